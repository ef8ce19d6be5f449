"""Writing a record by form (登记、更正): everything that was typed comes back, with all that is wrong at once."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from gongkai.foundation import records
from gongkai.foundation.kinds import Finding, Kind
from gongkai.foundation.models import Organ, Record
from gongkai.foundation.records import RowRefused, values_of
from gongkai.web.clock import moment
from gongkai.web.desk import record_forms as forms
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.history import history
from gongkai.web.desk.holding import Held, held_of, kept
from gongkai.web.desk.interrupted import resumed
from gongkai.web.desk.record_views import base, kind_or_404, record_or_404

# What the next record of the same sitting has in common with this one.
_CARRIED = ("year", "month")


def new(request: Any, organ: Organ, kind: str) -> HttpResponse:
    """Enter one record."""
    found = kind_or_404(kind)
    context = {**base(request, organ, found), "act": "登记", "types": forms.EVIDENCE_TYPES}
    if request.method == "GET":
        raw = {column.code: request.GET.get(column.code, "") for column in found.columns}
        return page(request, "desk/record_form.html", {**context, "fields": forms.fields(found, raw)})
    raw = forms.typed(found, request.POST)
    if resumed(request):
        return _form_again(request, context, found, raw, held_of(request.POST.get("evidence_token", "")))
    values, findings = forms.cleaned(found, raw)
    held, findings = _evidence(request, findings)
    if not findings:
        try:
            record = records.enter(
                found, organ, values, by=request.actor, now=moment(request), evidence=kept(held)
            )
        except RowRefused as refused:
            findings = list(refused.findings)
        else:
            return _entered(request, organ, found, record, raw)
    context["findings"] = _placed(found, findings)
    return _form_again(request, context, found, raw, held, findings, status=422)


def _entered(request: Any, organ: Organ, kind: Kind, record: Record, raw: dict[str, str]) -> HttpResponse:
    said(request, f"已登记：{kind.title(record)}。年报里的数已经跟着变；写错了用“更正”，不要重新登记。")
    if request.POST.get("another"):
        same = QueryDict(mutable=True)
        same.update({code: raw[code] for code in _CARRIED if raw.get(code)})
        address = reverse("desk:record-new", args=[organ.code, kind.code])
        return redirect(f"{address}?{same.urlencode()}" if same else address)
    return redirect("desk:record", organ=organ.code, kind=kind.code, pk=record.pk)


def _form_again(
    request: Any,
    context: dict[str, Any],
    kind: Kind,
    raw: dict[str, str],
    held: Held | None,
    findings: list[Finding] | tuple[Finding, ...] = (),
    *,
    status: int = 200,
) -> HttpResponse:
    """The form with everything that was typed: after a mistake, or after signing in again."""
    context |= {"fields": forms.fields(kind, raw, findings), "held": held, "resumed": resumed(request)}
    context["evidence_error"] = "".join(f.message for f in findings if f.column == "evidence")
    return page(request, "desk/record_form.html", context, status=status)


def _placed(kind: Kind, findings: list[Finding]) -> list[tuple[str, str]]:
    """The findings for the summary: where each leads, and its message."""
    known = {column.code for column in kind.columns} | {"evidence", "reason"}
    return [(f"#f-{f.column}" if f.column in known else "#form", f.message) for f in findings]


def _evidence(request: Any, findings: list[Finding]) -> tuple[Held | None, list[Finding]]:
    """The evidence that came with the form, now or when it was sent before; and what is wrong with it."""
    before = held_of(request.POST.get("evidence_token", ""))
    try:
        return forms.hold_evidence(request.FILES.get("evidence")) or before, findings
    except forms.UploadRefused as refused:
        return before, [*findings, Finding("evidence", str(refused))]


def correct(request: Any, organ: Organ, kind: str, pk: int) -> HttpResponse:
    """Correct a record by a new event."""
    found = kind_or_404(kind)
    one = record_or_404(found, request.actor, organ, pk)
    if one.withdrawn_seq is not None:
        said(request, "这条登记已经撤销，不能再改。需要时重新登记一条。")
        return redirect("desk:record", organ=organ.code, kind=found.code, pk=one.pk)
    # A masked name is not shown to who corrects something else: left blank, it stays.
    before = forms.as_typed(values_of(found, one)) | {c.code: "" for c in found.columns if c.masked}
    context: dict[str, Any] = {
        **base(request, organ, found),
        "act": "更正",
        "record": one,
        "title": found.title(one),
        "seq": one.latest_seq,
        "types": forms.EVIDENCE_TYPES,
    }
    if request.method == "GET":
        return page(request, "desk/record_form.html", {**context, "fields": forms.fields(found, before)})
    raw = forms.typed(found, request.POST)
    context |= {"reason": request.POST.get("reason", ""), "seq": _seq(request, one)}
    if resumed(request):
        return _form_again(request, context, found, raw, held_of(request.POST.get("evidence_token", "")))
    held, findings = _corrected(request, found, one, raw, before, context)
    if not findings:
        said(request, "已更正。原来的内容留在底账里，年报里的数已经跟着变。")
        return redirect("desk:record", organ=organ.code, kind=found.code, pk=one.pk)
    context["findings"] = _placed(found, findings)
    context["reason_error"] = "".join(f.message for f in findings if f.column == "reason")
    if one.latest_seq != context["seq"]:
        context |= _meanwhile(found, one, before, raw)
    return _form_again(request, context, found, raw, held, findings, status=422)


def _corrected(
    request: Any,
    kind: Kind,
    one: Record,
    raw: dict[str, str],
    before: dict[str, str],
    context: dict[str, Any],
) -> tuple[Held | None, list[Finding]]:
    """Correct the record as the form says; what is wrong where it cannot be, all of it at once."""
    values, findings = forms.cleaned(kind, raw)
    masked = {column.code for column in kind.columns if column.masked}
    values = {code: value for code, value in values.items() if value or code not in masked}
    held, findings = _evidence(request, findings)
    if not findings and raw == before and held is None:
        return held, [Finding("", "没有改动任何一项。改好要更正的内容再存；不用改就返回。")]
    if not context["reason"].strip():
        # The action refuses a missing reason before all else.
        reason = Finding("reason", "写明更正的原因，例如“漏计一件”。")
        return held, [*findings, *_lacking(kind, values, findings), reason]
    if findings:
        return held, findings
    try:
        records.correct(
            kind, one, values, by=request.actor, now=moment(request), reason=context["reason"],
            based_on=context["seq"], evidence=kept(held),
        )  # fmt: skip
    except RowRefused as refused:
        return held, list(refused.findings)
    return held, []


def _lacking(kind: Kind, values: dict[str, Any], findings: list[Finding]) -> list[Finding]:
    """Required values that are not there, but for columns where something else is wrong already."""
    known = {finding.column for finding in findings}
    return [one for one in records.missing(kind, values) if one.column not in known]


def _seq(request: Any, one: Record) -> int:
    """The event of the record that the person had before them."""
    text = request.POST.get("seq", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else one.latest_seq


def _meanwhile(kind: Kind, one: Record, before: dict[str, str], raw: dict[str, str]) -> dict[str, Any]:
    """What somebody else made of the record meanwhile, beside what was typed; saving again is based on it."""
    differing = [
        (column, shown_text(column, before[column.code]), shown_text(column, raw[column.code]))
        for column in kind.columns
        if before[column.code] != raw[column.code]
    ]
    return {"seq": one.latest_seq, "differing": differing, "lately": history(one.ref, kind=kind, most=1)}


def shown_text(column: Any, text: str) -> str:
    """What was typed into a column, as a person reads it."""
    chosen = column.choice(text) if column.choices else None
    return chosen.label if chosen is not None else text or "空"
