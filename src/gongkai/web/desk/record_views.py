"""One register and its records (登记簿、登记、更正、撤销): list, form, history, and where a record counts."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from gongkai.annual_report.counted_in import counted_in
from gongkai.foundation import files, kinds, organs, records
from gongkai.foundation.actors import Actor
from gongkai.foundation.kinds import Finding, Kind
from gongkai.foundation.models import Organ, Record, StoredFile
from gongkai.foundation.records import RowRefused, values_of
from gongkai.web.clock import moment, today
from gongkai.web.desk import record_forms as forms
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.history import history
from gongkai.web.desk.lists import export, listing, shown

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _kind(code: str) -> Kind:
    try:
        return kinds.get(code)
    except KeyError:
        raise Http404 from None


def _record(kind: Kind, actor: Actor, organ: Organ, pk: int) -> Record:
    """A record the reader may see; another organ's is as if absent. A withdrawn one is still shown."""
    model = records.model_of(kind)
    rows = model._default_manager.select_related("organ", "evidence", *kind.list_related)
    record = rows.filter(pk=pk, organ=organ).first()
    if record is None or not actor.may("record.read", organ):
        raise Http404
    return record


def _base(request: Any, organ: Organ, kind: Kind) -> dict[str, Any]:
    return {
        "organ": organ,
        "organ_name": organs.current_name(organ),
        "kind": kind,
        "may_enter": request.actor.may("record.enter", organ),
        "may_correct": request.actor.may("record.correct", organ),
    }


def register_list(request: Any, organ: Organ, kind: str) -> HttpResponse:
    """The register, or the same rows as xlsx."""
    found = _kind(kind)
    if request.GET.get("export") == "xlsx":
        answer = HttpResponse(export(found, organ, request.actor, request.GET), content_type=_XLSX)
        name = f"{organs.current_name(organ)}{found.label}.xlsx"
        answer["Content-Disposition"] = _attachment(name)
        return answer
    context = {**_base(request, organ, found), "listing": listing(found, organ, request.actor, request.GET)}
    return page(request, "desk/register.html", context)


def _attachment(name: str) -> str:
    from django.utils.http import content_disposition_header

    return content_disposition_header(True, name) or "attachment"


def template(request: Any, organ: Organ, kind: str) -> HttpResponse:
    """The empty xlsx to fill in."""
    import tempfile
    from pathlib import Path

    from gongkai.foundation.intake.template import write_template

    found = _kind(kind)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(found, path)
        answer = HttpResponse(path.read_bytes(), content_type=_XLSX)
    answer["Content-Disposition"] = _attachment(f"{found.label}导入模板.xlsx")
    return answer


def new(request: Any, organ: Organ, kind: str) -> HttpResponse:
    """Enter one record."""
    found = _kind(kind)
    context = {**_base(request, organ, found), "act": "登记", "evidence": None}
    if request.method == "GET":
        raw = {code: request.GET.get(code, "") for code in (c.code for c in found.columns)}
        return page(request, "desk/record_form.html", {**context, "fields": forms.fields(found, raw)})
    raw = forms.typed(found, request.POST)
    values, findings = forms.cleaned(found, raw)
    evidence, problem = _evidence(request)
    if problem:
        findings.append(Finding("evidence", problem))
    if not findings:
        try:
            record = records.enter(
                found, organ, values, by=request.actor, now=moment(request), evidence=evidence
            )
        except RowRefused as refused:
            findings = list(refused.findings)
        else:
            said(request, f"已登记：{found.title(record)}。它马上计入年报；写错了用“更正”，不要重新登记。")
            if request.POST.get("another"):
                return redirect("desk:record-new", organ=organ.code, kind=found.code)
            return redirect("desk:record", organ=organ.code, kind=found.code, pk=record.pk)
    context |= {"fields": forms.fields(found, raw, findings), "findings": findings, "evidence": evidence}
    context["token"] = forms.evidence_token(evidence)
    return page(request, "desk/record_form.html", context, status=422)


def _evidence(request: Any) -> tuple[StoredFile | None, str]:
    """The evidence that came with the form, now or when it was sent before."""
    try:
        kept = forms.keep_evidence(request.FILES.get("evidence"))
    except forms.UploadRefused as refused:
        return None, str(refused)
    return kept or forms.evidence_of(request.POST.get("evidence_token", "")), ""


def record(request: Any, organ: Organ, kind: str, pk: int) -> HttpResponse:
    """One record: its values, where it counts, what was done to it."""
    found = _kind(kind)
    one = _record(found, request.actor, organ, pk)
    values = values_of(found, one)
    context = {
        **_base(request, organ, found),
        "record": one,
        "title": found.title(one),
        "values": [(column, shown(column, values[column.code])) for column in found.columns],
        "counted": counted_in(found, one, reader=request.actor, today=today(request)),
        "history": history(one.ref, kind=found),
    }
    return page(request, "desk/record.html", context)


def evidence(request: Any, organ: Organ, kind: str, pk: int) -> HttpResponseBase:
    """The evidence file of a record, as a download."""
    one = _record(_kind(kind), request.actor, organ, pk)
    if one.evidence is None:
        raise Http404
    files.read(one.evidence.digest)
    handle = files.location(one.evidence.digest).open("rb")
    return FileResponse(
        handle, as_attachment=True, filename=one.evidence.name, content_type="application/octet-stream"
    )


def correct(request: Any, organ: Organ, kind: str, pk: int) -> HttpResponse:
    """Correct a record by a new event."""
    found = _kind(kind)
    one = _record(found, request.actor, organ, pk)
    before = forms.as_typed(values_of(found, one))
    context: dict[str, Any] = {
        **_base(request, organ, found),
        "act": "更正",
        "record": one,
        "title": found.title(one),
        "seq": one.latest_seq,
        "evidence": one.evidence,
    }
    if request.method == "GET":
        return page(request, "desk/record_form.html", {**context, "fields": forms.fields(found, before)})
    raw = forms.typed(found, request.POST)
    values, findings = forms.cleaned(found, raw)
    reason = request.POST.get("reason", "")
    if not findings:
        try:
            based_on = request.POST.get("seq", "")
            records.correct(
                found, one, values, by=request.actor, now=moment(request), reason=reason,
                based_on=int(based_on) if based_on.isdigit() else None,
            )  # fmt: skip
        except RowRefused as refused:
            findings = list(refused.findings)
        else:
            said(request, "已更正。原来的内容留在底账里，年报里的数已经跟着变。")
            return redirect("desk:record", organ=organ.code, kind=found.code, pk=one.pk)
    now_ = [
        (column, before[column.code]) for column in found.columns if before[column.code] != raw[column.code]
    ]
    context |= {
        "fields": forms.fields(found, raw, findings),
        "findings": findings,
        "reason": reason,
        "as_it_is": now_,
    }
    return page(request, "desk/record_form.html", context, status=422)


def withdraw(request: Any, organ: Organ, kind: str, pk: int) -> HttpResponse:
    """Withdraw a record, after saying what that means."""
    found = _kind(kind)
    one = _record(found, request.actor, organ, pk)
    context: dict[str, Any] = {
        **_base(request, organ, found),
        "record": one,
        "title": found.title(one),
        "counted": counted_in(found, one, reader=request.actor, today=today(request)),
    }
    if request.method == "GET":
        return page(request, "desk/record_withdraw.html", context)
    reason = request.POST.get("reason", "")
    try:
        records.withdraw(found, one, by=request.actor, now=moment(request), reason=reason)
    except RowRefused as refused:
        context |= {"error": str(refused), "reason": reason}
        return page(request, "desk/record_withdraw.html", context, status=422)
    said(request, f"已撤销登记：{found.title(one)}。它不再计入年报，原来的内容留在底账里。")
    return redirect(reverse("desk:register", args=[organ.code, found.code]))
