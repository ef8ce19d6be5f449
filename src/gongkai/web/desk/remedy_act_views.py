"""Acts on a remedy (登记进展、重新办理、查看投诉人): each a page of its own, which keeps what was typed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from gongkai.casework.refusals import CaseworkRefused
from gongkai.crossings.remedies import binding_form, carry_out_order, case_of
from gongkai.foundation import kinds
from gongkai.foundation.kinds import Finding, Kind
from gongkai.foundation.models import Organ
from gongkai.foundation.personal import Unreadable
from gongkai.foundation.records import RowRefused, values_of
from gongkai.remedies import acts
from gongkai.remedies.acts import RemedyAct
from gongkai.remedies.complainants import reveal
from gongkai.remedies.models import Complaint, Lawsuit
from gongkai.remedies.queries import AnyRemedy
from gongkai.rules.remedies.forms import Track, known_on
from gongkai.web.clock import moment, today
from gongkai.web.desk import record_forms as forms
from gongkai.web.desk.access import refused
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed
from gongkai.web.desk.remedy_views import head, remedy_or_404


def act_page(request: Any, organ: Organ, kind: str, pk: int, act: str) -> HttpResponse:
    """The form of one act; by POST the act itself, once."""
    known = acts.ACTS.get(act)
    record = remedy_or_404(request, organ, kind, pk)
    if known is None or record.KIND not in known.kinds:
        raise Http404
    asked = _asked(record, known)
    if request.method == "GET":
        raw = forms.as_typed({**_now(asked, record), **_today(request, known)})
        return _ask(request, record, known, asked, raw)
    raw = forms.typed(asked, request.POST)
    if resumed(request):
        return _ask(request, record, known, asked, raw)
    values, findings = forms.cleaned(asked, raw)
    if not findings:
        try:
            acts.go_on(record, act, values, by=request.actor, now=moment(request), based_on=_seq(request))
        except RowRefused as error:
            findings = list(error.findings)
        else:
            said(request, known.what_next)
            return redirect("desk:remedy", organ.code, record.KIND, record.pk)
    return _ask(request, record, known, asked, raw, findings, status=422)


def _asked(record: AnyRemedy, act: RemedyAct) -> Kind:
    """The record's kind with the columns of the act alone; what the act needs must be given."""
    kind = kinds.get(record.KIND)
    columns = []
    for code in (*act.needs, *act.also):
        column = replace(kind.column(code), required=code in act.needs and code != "closed_on")
        if code == "decision_form":
            column = replace(column, choices=_forms(record, kind))
        columns.append(column)
    return replace(kind, columns=tuple(columns))


def _forms(record: AnyRemedy, kind: Kind) -> Any:
    """The forms of decision that this procedure and instance know."""
    if isinstance(record, Complaint):
        return ()
    track: Track = "suit" if isinstance(record, Lawsuit) else "review"
    second = isinstance(record, Lawsuit) and record.instance == "second"
    day = record.accepted_on or record.filed_on
    offered = {form.code for form in known_on(track, day) if second or not form.second}
    return tuple(one for one in kind.column("decision_form").choices if one.code in offered)


def _now(asked: Kind, record: AnyRemedy) -> dict[str, Any]:
    """What stands in the record already; a name or a sealed word is never among it."""
    return values_of(asked, record)


def _today(request: Any, act: RemedyAct) -> dict[str, Any]:
    """What is done the day it is entered, mostly."""
    same = {"answer": "answered_on", "tell": "told_on", "close": "closed_on", "correct": "corrected_on"}
    return {same[act.id]: today(request)} if act.id in same else {}


def _seq(request: Any) -> int | None:
    text = request.POST.get("seq", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _ask(
    request: Any,
    record: AnyRemedy,
    act: RemedyAct,
    asked: Kind,
    raw: dict[str, str],
    findings: list[Finding] | tuple[Finding, ...] = (),
    *,
    status: int = 200,
) -> HttpResponse:
    shown = {column.code for column in asked.columns}
    context = {
        **head(request, record),
        "act": act,
        "asked": asked,
        "fields": forms.fields(asked, raw, findings),
        "findings": [(f"#f-{f.column}" if f.column in shown else "#form", f.message) for f in findings],
        "why_not": "" if status != 200 else acts.why_not(record, act),
        "resumed": resumed(request),
        "counts": act.id in ("decision", "appeal"),
    }
    return page(request, "desk/remedy_act.html", context, status=status)


def redo(request: Any, organ: Organ, kind: str, pk: int) -> HttpResponse:
    """Take the case up again as the decision orders, after showing what will be entered there."""
    record = remedy_or_404(request, organ, kind, pk)
    if isinstance(record, Complaint):
        raise Http404
    if not request.actor.may("case.handle", organ):
        return refused(request, "case.handle")
    error, status = "", 200
    if request.method == "POST" and not resumed(request):
        try:
            case = carry_out_order(record, by=request.actor, now=moment(request))
        except (RowRefused, CaseworkRefused) as wrong:
            error, status = str(wrong), 422
        else:
            said(
                request,
                f"案卷 {case.number} 已按 {record.decision_number} 重新办理，最迟 {case.due_on or '待定'} 答复。",
            )
            return redirect("desk:case", organ.code, case.number)
    form = binding_form(record)
    context = {
        **head(request, record),
        "case": case_of(request.actor, record),
        "form": form,
        "bars": form is not None and form.bars_same,
        "error": error,
        "resumed": resumed(request),
    }
    return page(request, "desk/remedy_redo.html", context, status=status)


def reveal_page(request: Any, organ: Organ, kind: str, pk: int) -> HttpResponse:
    """Show who complains, once, with a reason, on record."""
    record = remedy_or_404(request, organ, kind, pk)
    if not isinstance(record, Complaint):
        raise Http404
    context: dict[str, Any] = {**head(request, record), "reason": request.POST.get("reason", "")}
    if request.method == "GET" or resumed(request):
        return page(request, "desk/remedy_reveal.html", context)
    try:
        context["plain"] = reveal(record, reason=context["reason"], by=request.actor, now=moment(request))
    except RowRefused as wrong:
        messages = {f.column: f.message for f in wrong.findings}
        findings = [("#f-reason" if c == "reason" else "#form", m) for c, m in messages.items()]
        context |= {"error": messages.get("reason", ""), "findings": findings}
        return page(request, "desk/remedy_reveal.html", context, status=422)
    except Unreadable as lost:
        return page(request, "desk/refused.html", {"message": str(lost)}, status=503)
    return page(request, "desk/remedy_reveal.html", context)
