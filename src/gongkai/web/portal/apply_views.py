"""Applying on the web (网上申请): the way in, the questions one by one, the last look, and the sending."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.casework import draft_papers
from gongkai.casework.filing import Idempotency, KeyReused, Receipt
from gongkai.casework.filing_checks import DELIVERIES, FORMS, MOST
from gongkai.casework.lives import calendar_for
from gongkai.casework.refusals import CaseworkRefused
from gongkai.foundation.actors import PUBLIC
from gongkai.foundation.canonical import canonical_json
from gongkai.foundation.models import Organ
from gongkai.rules.applicants import APPLICANT_CLASSES
from gongkai.rules.deadlines import Deadline, compute
from gongkai.rules.identifiers import ID_TYPES, NATURAL
from gongkai.rules.requests.reply_clock import known
from gongkai.web.clock import moment, today
from gongkai.web.desk.sign_in_views import address_of
from gongkai.web.portal import apply_forms, apply_papers, apply_steps, filing_throttle
from gongkai.web.portal.apply_choices import beside, organ_choices, words_of
from gongkai.web.portal.apply_forms import Problem
from gongkai.web.portal.apply_steps import ORDER, STEPS, Draft
from gongkai.web.portal.catalogue import Names
from gongkai.web.portal.day_words import said, weeks
from gongkai.web.portal.frame import answer, district
from gongkai.web.portal.visitor import opened, remember

_CURRENT = "apply"
_SCOPE = "portal"


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What is asked, what it leads to, and who helps those who cannot write."""
    draft = apply_steps.draft_of(request.session)
    context = {"begun": bool(draft.values), "going_on": _first_open(request, draft)}
    return answer(request, "portal/apply_start.html", context, current=_CURRENT)


@require_POST
def clear(request: HttpRequest) -> HttpResponse:
    """Forget everything that was typed (清除), for a computer that others use too."""
    apply_steps.forget(request.session)
    return redirect("portal:apply")


@require_POST
def alike(request: HttpRequest) -> HttpResponse:
    """What is public and alike to the words sent, as the page lists it; nothing of them is kept."""
    words = f"{request.POST.get('title', '')} {request.POST.get('description', '')}"[: MOST["description"]]
    context = {"alike": beside(words), "said": {"description": words.strip()}}
    page = HttpResponse(render_to_string("portal/_apply_alike_list.html", context, request))
    page["Cache-Control"] = "no-store"
    return page


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, code: str) -> HttpResponse:
    """One question; a right answer leads on, a wrong one comes back as it was typed."""
    step = STEPS.get(code)
    if step is None:
        raise Http404
    draft = apply_steps.draft_of(request.session)
    if code == "papers":
        return apply_papers.papers(request, step, draft)
    if code == "person" and not draft.answered("who"):
        return redirect("portal:apply-question", "who")
    if request.method != "POST":
        return _show(request, code, draft, [])
    sent = {name: request.POST.get(name, "") for name in step.fields}
    tried = apply_forms.typed(step, sent, draft)
    clean = apply_forms.tidied(tried, step)
    wrong = apply_forms.problems(clean, today(request), code)
    if wrong:
        return _show(request, code, tried, wrong)
    apply_steps.keep(request.session, clean)
    if "look" in request.POST:
        return redirect(f"{reverse('portal:apply-question', args=[code])}{_from(request)}#like")
    following = apply_steps.after(code)
    changed_class = code == "who" and clean.values.get("class") != draft.values.get("class")
    if following and (not _returning(request) or changed_class):
        return redirect(reverse("portal:apply-question", args=[following]) + _from(request))
    return redirect("portal:apply-check")


def _returning(request: HttpRequest) -> bool:
    """Whether the visitor came from the last look to change one answer."""
    return request.GET.get("from") == "check"


def _from(request: HttpRequest) -> str:
    return "?from=check" if _returning(request) else ""


def _show(request: HttpRequest, code: str, draft: Draft, wrong: list[Problem]) -> HttpResponse:
    step, here = STEPS[code], district()
    earlier = apply_steps.before(code)
    back = reverse("portal:apply-question", args=[earlier]) if earlier else reverse("portal:apply")
    context = {
        "district": here,
        "step": step,
        "number": step.number,
        "last": apply_steps.LAST,
        "said": draft.values,
        "draft": draft,
        "errors": {one.field: one.message for one in wrong},
        "wrong": wrong,
        "back": reverse("portal:apply-check") if _returning(request) else back,
        "most": MOST["description"],
        **_choices(code, draft, here.short),
    }
    page = answer(
        request, f"portal/apply_{code}.html", context, current=_CURRENT, status=422 if wrong else 200
    )
    # A page with a person's data is not left in the browser of a computer that others use.
    if code in ("person", "contact"):
        page["Cache-Control"] = "no-store"
    return page


def _choices(code: str, draft: Draft, short: str) -> dict[str, Any]:
    if code == "who":
        return {"classes": APPLICANT_CLASSES.values()}
    if code == "person":
        return {
            "id_types": [ID_TYPES[name] for name in NATURAL],
            "agent_id_types": [ID_TYPES[name] for name in NATURAL],
        }
    if code == "what":
        return {"alike": beside(words_of(draft)), "live": True}
    if code == "organ":
        return {"groups": organ_choices(draft, short), "alike": beside(words_of(draft))}
    return {"forms": FORMS, "deliveries": DELIVERIES} if code == "how" else {}


def _first_open(request: HttpRequest, draft: Draft) -> str:
    """The first question that still wants something; the last look where none does."""
    wrong = apply_forms.problems(draft, today(request), *ORDER)
    if wrong:
        return reverse("portal:apply-question", args=[wrong[0].step])
    return reverse("portal:apply-check")


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The last look with the counted day, and the sending."""
    draft = apply_steps.draft_of(request.session)
    if not draft.values:
        # Sent already, and come back by the back button or a second click.
        return redirect("portal:apply-receipt" if opened(request) else "portal:apply")
    wrong = apply_forms.problems(draft, today(request), *ORDER)
    if request.method != "POST" or wrong:
        return _look(request, draft, wrong, status=422 if request.method == "POST" else 200)
    if request.POST.get("true") != "yes":
        unticked = Problem("check", "true", "还没有勾选“以上内容属实”。看过没有错，勾上再提交。")
        return _look(request, draft, [unticked], status=422)
    address = address_of(request)
    try:
        filing_throttle.check(address, now=moment(request))
        receipt = _send(request, draft)
    except filing_throttle.TooManyFilings as error:
        return _look(request, draft, [Problem("check", "true", str(error))], status=429)
    except CaseworkRefused as error:
        found = [
            Problem(*apply_steps.FIELD_OF.get(f.column, ("what", "description")), f.message)
            for f in error.findings
        ]
        return _look(request, draft, found, status=422)
    if not receipt.repeated:
        filing_throttle.count(address, now=moment(request))
    apply_steps.forget(request.session)
    remember(request, receipt.case)
    return redirect("portal:apply-receipt")


def _send(request: HttpRequest, draft: Draft) -> Receipt:
    """File it, once for this draft however often the button is pressed. Raises CaseworkRefused."""
    organ = Organ.objects.select_related("parent").get(code=draft.values["organ"])
    body = canonical_json({"values": draft.values, "papers": [one.token for one in draft.papers]}).encode()

    def send(key: str) -> Receipt:
        return draft_papers.file_with_papers(
            organ, draft.filing(), draft.papers, key=draft.key, by=PUBLIC, now=moment(request),
            idempotency=Idempotency(_SCOPE, key, body),
        )  # fmt: skip

    try:
        return send(draft.key)
    except KeyReused:
        # Sent in another window, then changed in this one: it is another request now.
        return send(f"{draft.key} {len(body)}")


def _look(request: HttpRequest, draft: Draft, wrong: list[Problem], *, status: int) -> HttpResponse:
    organ = Organ.objects.select_related("parent").filter(code=draft.values.get("organ", "")).first()
    context = {
        "number": apply_steps.LAST,
        "last": apply_steps.LAST,
        "rows": apply_forms.answers(draft, Names(organ).now(organ) if organ is not None else ""),
        "wrong": wrong,
        "errors": {one.field: one.message for one in wrong},
        "back": reverse("portal:apply-question", args=[ORDER[-1]]),
        "cleaned": draft.values.get("cleaned", "").split(),
        **(counted(organ, request) if organ is not None else {}),
    }
    page = answer(request, "portal/apply_check.html", context, current=_CURRENT, status=status)
    page["Cache-Control"] = "no-store"
    return page


def counted(organ: Organ, request: HttpRequest) -> dict[str, Any]:
    """The day the answer would be due by, were receipt confirmed today; or the note that names what is missing."""
    day, calendar = today(request), calendar_for(organ)
    account: Deadline | None
    account, note = known(lambda: compute("reply", day, calendar))
    if account is None:
        return {"due_note": note}
    return {
        "due": said(account.due, day),
        "provision": account.provision,
        "weeks": weeks(account, calendar, start_word="确认收到", today=day),
    }
