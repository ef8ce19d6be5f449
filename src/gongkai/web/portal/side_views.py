"""Asking for a correction, proposing to publish (提出更正、建议公开): the questions, the last look, the receipt."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.casework.codes import grouped
from gongkai.casework.lives import texts_of
from gongkai.casework.lives import texts_of as case_texts_of
from gongkai.casework.models import Case, SideRequest
from gongkai.casework.readers import applicant_of
from gongkai.casework.refusals import CaseworkRefused
from gongkai.casework.side.filing import SideFiling, SideReceipt, file_side, receipt_of
from gongkai.casework.side.lives import terms
from gongkai.casework.side.queries import title_of
from gongkai.foundation.actors import PUBLIC
from gongkai.foundation.clock import legal_day
from gongkai.foundation.models import Organ
from gongkai.rules.identifiers import ID_TYPES
from gongkai.rules.side_requests.kinds import CONVERSION, CRITERIA, KINDS, PROPOSED
from gongkai.web.clock import moment, today
from gongkai.web.portal import side_forms, side_steps, side_visitor, visitor
from gongkai.web.portal.catalogue import Names, units
from gongkai.web.portal.frame import answer, district
from gongkai.web.portal.receipt_views import drawn_code
from gongkai.web.portal.side_forms import Problem
from gongkai.web.portal.side_steps import FLOWS, ID_CHOICES, Draft
from gongkai.web.portal.track_page import may_propose
from gongkai.web.portal.track_page import title_of as case_title

_CURRENT = "apply"
_MOST_WORDS = 3000
REASONS = [(code, CRITERIA[code][0]) for code in PROPOSED]


def _flow(kind: str) -> dict[str, side_steps.Step]:
    if kind not in FLOWS:
        raise Http404
    return FLOWS[kind]


@require_safe
def start(request: HttpRequest, kind: str) -> HttpResponse:
    """What is asked, and what it leads to."""
    flow, draft = _flow(kind), side_steps.draft_of(request.session, kind)
    wrong = side_forms.problems(draft, today(request)) if draft.values else []
    going_on = reverse("portal:side-question", args=[kind, wrong[0].step]) if wrong else _check(kind)
    context = {
        "kind": KINDS[kind], "first": next(iter(flow)), "begun": bool(draft.values), "going_on": going_on,
        "steps": len(flow) + 1, "terms": terms(),
    }  # fmt: skip
    return answer(request, f"portal/side_{kind}.html", context, current=_CURRENT)


@require_POST
def clear(request: HttpRequest, kind: str) -> HttpResponse:
    """Forget everything that was typed (清除)."""
    _flow(kind)
    side_steps.forget(request.session, kind)
    return redirect("portal:side-start", kind)


def _check(kind: str) -> str:
    return reverse("portal:side-check", args=[kind])


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """One question; a right answer leads on, a wrong one comes back as it was typed."""
    flow = _flow(kind)
    if code not in flow:
        raise Http404
    draft = side_steps.draft_of(request.session, kind)
    if request.method != "POST":
        return _show(request, code, draft, [])
    draft = draft.with_sent(flow[code], request.POST)
    wrong = side_forms.problems(draft, today(request), code)
    if wrong:
        return _show(request, code, draft, wrong)
    side_steps.keep(request.session, draft)
    order = list(flow)
    following = order[order.index(code) + 1 :]
    if following and request.GET.get("from") != "check":
        return redirect("portal:side-question", kind, following[0])
    return redirect(_check(kind))


def _show(request: HttpRequest, code: str, draft: Draft, wrong: list[Problem]) -> HttpResponse:
    flow, here = FLOWS[draft.kind], district()
    order = list(flow)
    place = order.index(code)
    earlier = [draft.kind, order[place - 1]] if place else []
    back = (
        reverse("portal:side-question", args=earlier)
        if earlier
        else reverse("portal:side-start", args=[draft.kind])
    )
    context = {
        "district": here,
        "kind": KINDS[draft.kind],
        "step": flow[code],
        "number": place + 1,
        "last": len(flow) + 1,
        "fields": side_forms.drawn(flow[code], draft, wrong),
        "wrong": wrong,
        "back": _check(draft.kind) if request.GET.get("from") == "check" else back,
        "id_types": [ID_TYPES[name] for name in ID_CHOICES],
        "reasons": REASONS,
        "ticked": draft.values.get("criteria", "").split(),
        "groups": units(here.short) if "organ" in flow[code].fields else [],
        "begun": bool(draft.values),
    }
    page = answer(
        request, "portal/side_question.html", context, current=_CURRENT, status=422 if wrong else 200
    )
    page["Cache-Control"] = "no-store"
    return page


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, kind: str) -> HttpResponse:
    """The last look, and the sending."""
    _flow(kind)
    draft = side_steps.draft_of(request.session, kind)
    if not draft.values:
        # Sent already, and come back by the back button or a second click.
        return redirect("portal:side-receipt" if side_visitor.opened(request) else "portal:apply")
    wrong = side_forms.problems(draft, today(request))
    if request.method != "POST" or wrong:
        return _look(request, draft, wrong, status=422 if request.method == "POST" else 200)
    if request.POST.get("true") != "yes":
        unticked = Problem("check", "true", "还没有勾选“以上内容属实”。看过没有错，勾上再提交。")
        return _look(request, draft, [unticked], status=422)
    organ = Organ.objects.select_related("parent").get(code=draft.values["organ"])
    try:
        receipt = file_side(organ, draft.filing(), by=PUBLIC, now=moment(request), key=draft.key)
    except CaseworkRefused as error:
        found = [Problem(_step_of(kind, f.column), f.column, f.message) for f in error.findings]
        return _look(request, draft, found, status=422)
    side_steps.forget(request.session, kind)
    side_visitor.remember(request, receipt.side)
    return redirect("portal:side-receipt")


def _step_of(kind: str, column: str) -> str:
    return next(
        (code for code, step in FLOWS[kind].items() if column in step.fields), next(iter(FLOWS[kind]))
    )


def _look(request: HttpRequest, draft: Draft, wrong: list[Problem], *, status: int) -> HttpResponse:
    organ = Organ.objects.select_related("parent").filter(code=draft.values.get("organ", "")).first()
    flow = FLOWS[draft.kind]
    context = {
        "kind": KINDS[draft.kind],
        "number": len(flow) + 1,
        "last": len(flow) + 1,
        "rows": side_forms.answers(draft, Names(organ).now(organ) if organ is not None else ""),
        "wrong": wrong,
        "untrue": next((one.message for one in wrong if one.field == "true"), ""),
        "back": reverse("portal:side-question", args=[draft.kind, list(flow)[-1]]),
        "terms": terms(),
        "begun": True,
    }
    page = answer(request, "portal/side_check.html", context, current=_CURRENT, status=status)
    page["Cache-Control"] = "no-store"
    return page


@require_safe
@side_visitor.let_in
def receipt(request: HttpRequest, side: SideRequest) -> HttpResponse:
    """The receipt of the one just sent, or just opened with code and secret."""
    paper: SideReceipt = receipt_of(side)
    code = grouped(paper.query_code)
    address = request.build_absolute_uri(f"{reverse('portal:track')}?code={code}")
    context = {
        "side": side, "kind": KINDS[side.kind], "code": code, "secret": grouped(paper.secret),
        "filed_on": legal_day(side.filed_at), "organ_name": Names(side.organ).now(side.organ), "address": address,
        "qr": drawn_code(address), "title": title_of(texts_of(side)), "terms": terms(),
    }  # fmt: skip
    return answer(request, "portal/side_receipt.html", context, current=_CURRENT)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """The applicant of an answered request proposes to publish what it gave (art 44 ¶2): one page, one click."""
    case = visitor.opened(request)
    if case is None:
        return redirect("portal:track")
    if not may_propose(case):
        return redirect("portal:track-case")
    texts = case_texts_of(case)
    context: dict[str, Any] = {
        "case": case, "title": case_title(texts), "reasons": REASONS, "terms": terms(),
        "ticked": request.POST.getlist("criteria"), "grounds": request.POST.get("grounds", ""),
    }  # fmt: skip
    status = 200
    if request.method == "POST":
        try:
            made = _proposed(request, case, texts)
            side_visitor.remember(request, made.side)
            return redirect("portal:side-receipt")
        except CaseworkRefused as error:
            context["error"], status = str(error), 422
    page = answer(request, "portal/side_propose.html", context, current="track", status=status)
    page["Cache-Control"] = "no-store"
    return page


def _proposed(request: HttpRequest, case: Case, texts: dict[str, str]) -> SideReceipt:
    """File it, once for a case and what was said of it."""
    words = request.POST.get("grounds", "")
    ticked = tuple(code for code in PROPOSED if code in request.POST.getlist("criteria"))
    said = texts.get("filing.title") or texts.get("filing.description") or f"申请 {case.number} 的信息"
    filing = SideFiling(
        kind=CONVERSION,
        information=said[:_MOST_WORDS],
        about_number=case.number,
        criteria=ticked,
        grounds=words,
    )
    key = f"{case.pk} {' '.join(ticked)} {words}"
    return file_side(
        case.organ, filing, by=applicant_of(case), now=moment(request), channel="tracked", about=case, key=key
    )
