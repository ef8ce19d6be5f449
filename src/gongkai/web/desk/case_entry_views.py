"""Entry of a request that came by counter, mail, fax, or to the wrong door (录入申请), and its receipt."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gongkai.casework import acts, forward_papers
from gongkai.casework import files as papers
from gongkai.casework.codes import grouped
from gongkai.casework.filing import Idempotency, KeyReused, Receipt, file_request, receipt_of
from gongkai.casework.forwarding import carried, forward_named
from gongkai.casework.models import CaseForward
from gongkai.casework.readers import organs_where
from gongkai.casework.refusals import CaseworkRefused
from gongkai.foundation import organs
from gongkai.foundation.kinds import Finding
from gongkai.foundation.models import Organ
from gongkai.web.clock import moment, today
from gongkai.web.desk import case_entry_forms as forms
from gongkai.web.desk.access import refused
from gongkai.web.desk.case_views import found_or_404, head
from gongkai.web.desk.forward_form import seen
from gongkai.web.desk.frame import page, said, seat
from gongkai.web.desk.interrupted import resumed


def new(request: Any) -> HttpResponse:
    """Enter one request."""
    actor, day = request.actor, today(request)
    if not actor.holds("record.read"):
        # A linked platform files by its token, not here.
        return refused(request, "case.handle")
    places = organs_where(actor, "case.enter")
    names = organs.current_names(places)
    options = [(one.code, names.get(one.pk, one.code)) for one in places]
    if request.method == "GET":
        forward = _taken_on(request)
        first = _first(request, places, day)
        return _form(request, {**first, **_from_forward(forward, request)} if forward else first, options)
    raw = forms.typed(request.POST)
    if resumed(request):
        return _form(request, raw, options)
    entered, wrong = forms.entered(raw, day)
    scans, wrong_scans = forms.scans(request.FILES)
    organ = next((one for one in places if one.code == raw["organ"]), None)
    if organ is None:
        wrong.insert(0, Finding("organ", "没有选收到申请的机关；从列出的机关里选。"))
    wrong += wrong_scans
    if _named(request) and _handed_on(request) is None:
        wrong.insert(0, Finding("", "找不到这件转来的申请；回到待办，从“转来的申请”里再打开。"))
    if wrong or organ is None:
        return _form(request, raw, options, wrong, status=422)
    try:
        receipt = _filed(request, organ, entered, raw)
    except KeyReused:
        again = Finding("", "这张表单刚才已经录入为一件，后来又改过。确是另一件，再按一次“录入”。")
        return _form(request, raw, options, [again], status=409)
    except CaseworkRefused as error:
        return _form(request, raw, options, list(error.findings), status=422)
    if receipt.repeated:
        said(request, f"这张表单已经录入为 {receipt.number}，没有再录入一件。")
        return redirect("desk:case", organ.code, receipt.number)
    _also(request, receipt, entered, scans)
    return redirect("desk:case-receipt", organ.code, receipt.number)


def _first(request: Any, places: list[Organ], day: Any) -> dict[str, str]:
    """The form before anything is typed."""
    here = seat(request).organ
    if here is not None and here.kind == "office" and here.parent is not None:
        # A request is made to the government; its office receives it.
        here = here.parent
    codes = {one.code for one in places}
    organ = here.code if here is not None and here.code in codes else ""
    return {
        "organ": request.GET.get("organ", organ), "arrived_on": day.isoformat(), "channel": "counter",
        "applicant.class": "natural", "applicant.id_type": "identity-card", "form": "electronic",
        "delivery": "online",
    }  # fmt: skip


def _handed_on(request: Any) -> CaseForward | None:
    """What another organ handed on, if the form is for that."""
    code, _, rest = _named(request).partition("/")
    number, _, place = rest.partition("/")
    organ = Organ.objects.select_related("parent").filter(code=code).first() if place else None
    if organ is None or not (place.isascii() and place.isdigit() and len(place) < 4):
        return None
    return forward_named(request.actor, organ, number, int(place))


def _named(request: Any) -> str:
    """How the form names what was handed on; "" for every other request."""
    return str(request.POST.get("forward") or request.GET.get("forward") or "")[:100]


def _taken_on(request: Any) -> CaseForward | None:
    """The same while it waits, for the person who took it on: the form may show who asks."""
    found = _handed_on(request)
    mine = found is not None and found.waits and found.taken_by == request.actor.ref
    return found if mine else None


def _from_forward(forward: CaseForward, request: Any) -> dict[str, str]:
    """The form with what was handed on: how and when it came is left to the clerk, the law names no day for it."""
    raw = forms.raw_of(carried(forward, by=request.actor))
    return {**raw, "organ": forward.organ.code, "channel": "", "arrived_on": ""}


def _form(
    request: Any,
    raw: dict[str, str],
    options: list[tuple[str, str]],
    wrong: list[Finding] | tuple[Finding, ...] = (),
    *,
    status: int = 200,
) -> HttpResponse:
    """The form with everything that was typed; after a key was used up, under a new one."""
    key = request.POST.get("key", "")
    known = {code for _, _, codes in forms.SECTIONS for code in codes} | {code for code, _ in forms.SCANS}
    context = {
        "sections": forms.sections(raw, wrong, options),
        "scans": [(c, label, "".join(f.message for f in wrong if f.column == c)) for c, label in forms.SCANS],
        "findings": [
            (f"#f-{f.column.replace('.', '-')}" if f.column in known else "#form", f.message) for f in wrong
        ],
        "key": secrets.token_urlsafe(18) if not key or status == 409 else key,
        "resumed": resumed(request),
        "files_lost": bool(request.FILES),
        "forward": _named(request),
        **_come(request),
    }
    return page(request, "desk/case_new.html", context, status=status)


def _come(request: Any) -> dict[str, Any]:
    """From where the request came, and its papers, for who took it on."""
    forward = _taken_on(request)
    if forward is None:
        return {}
    by = f"{organs.current_name(forward.case.organ)} {forward.on} 转来（{forward.case.number}）"
    papers = [seen(paper, name) for paper, name in forward_papers.named(forward)]
    return {"forwarded_by": by, "forwarded_papers": papers}


def _filed(request: Any, organ: Organ, entered: forms.Entered, raw: dict[str, str]) -> Receipt:
    """File it once, however often the button is pressed."""
    key = request.POST.get("key", "")[:100] or secrets.token_urlsafe(18)
    body = hashlib.sha256(json.dumps(raw, sort_keys=True).encode()).digest()
    return file_request(
        organ, entered.filing, by=request.actor, now=moment(request), channel=entered.channel,
        idempotency=Idempotency(f"desk {request.actor.ref}"[:48], key, body),
        forward=_handed_on(request),
    )  # fmt: skip


def _also(
    request: Any, receipt: Receipt, entered: forms.Entered, scans: list[tuple[str, str, bytes]]
) -> None:
    """What came with the request: its scans, and the confirmation where there was one."""
    by, now, case = request.actor, moment(request), receipt.case
    done = [f"已录入，编号 {receipt.number}"]
    came = case.papers.filter(came_from__isnull=False).count()
    if came:
        done.append(f"随转的 {came} 份材料已放进案卷")
    for purpose, name, content in scans:
        papers.add_file(case, content, name=name, purpose=purpose, by=by, now=now)
    if scans:
        done.append(f"{len(scans)} 份材料已放进案卷")
    if entered.confirmed_on is not None:
        how = {"confirmed_how": entered.confirmed_how}
        case = acts.act(case, "confirm", how, by=by, now=now, on=entered.confirmed_on)
    if case.received_on is not None:
        done.append(f"收到申请之日 {case.received_on}，答复期限从次日起算")
    else:
        done.append("等与申请人确认收到，期限还没有起算")
    said(request, "；".join(done) + "。")


def receipt(request: Any, organ: Organ, number: str) -> HttpResponse:
    """The receipt for the applicant: number, query code, secret; for whoever entered the request alone."""
    found = found_or_404(request, organ, number)
    if found.case.filed_by != request.actor.ref:
        raise Http404
    known = receipt_of(found.case)
    context = {
        **head(found, organ),
        "receipt": known,
        "code": grouped(known.query_code),
        "secret": grouped(known.secret),
        "address": request.build_absolute_uri(reverse("portal:track")),
    }
    return page(request, "desk/case_receipt.html", context)
