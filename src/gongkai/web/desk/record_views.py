"""One register and its records (登记簿、登记、更正、撤销): list, form, history, and where a record counts."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header

from gongkai.annual_report.counted_in import Counted, counted_in
from gongkai.foundation import files, kinds, organs, records
from gongkai.foundation.actors import Actor
from gongkai.foundation.kinds import Column, Kind
from gongkai.foundation.models import Organ, Record
from gongkai.foundation.personal import mask_name
from gongkai.foundation.records import RowRefused, values_of
from gongkai.rules import roles
from gongkai.web.clock import moment, today
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.history import history
from gongkai.web.desk.interrupted import resumed
from gongkai.web.desk.lists import export, listing, shown
from gongkai.web.portal.number_labels import NUMBER_LABELS

# These have a page of their own with a clock and what comes next.
REMEDIES = frozenset({"reconsiderations", "lawsuits", "complaints"})
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def kind_or_404(code: str) -> Kind:
    """The kind of an address. Raises Http404."""
    try:
        return kinds.get(code)
    except KeyError:
        raise Http404 from None


def record_or_404(kind: Kind, actor: Actor, organ: Organ, pk: int) -> Record:
    """A record the reader may see; another organ's is as if absent. A withdrawn one is still shown."""
    model = records.model_of(kind)
    rows = model._default_manager.select_related("organ", "evidence", *kind.list_related)
    record = rows.filter(pk=pk, organ=organ).first()
    if record is None or not actor.may("record.read", organ):
        raise Http404
    return record


def base(request: Any, organ: Organ, kind: Kind) -> dict[str, Any]:
    """What every page of a register knows."""
    return {
        "organ": organ,
        "organ_name": organs.current_name(organ),
        "kind": kind,
        "may_enter": request.actor.may("record.enter", organ),
        "may_correct": request.actor.may("record.correct", organ),
        "who_enters": "、".join(role.label for role in roles.permitting("record.enter")),
    }


def register_list(request: Any, organ: Organ, kind: str) -> HttpResponse:
    """The register, or the same rows as xlsx."""
    found = kind_or_404(kind)
    if request.GET.get("export") == "xlsx":
        answer = HttpResponse(export(found, organ, request.actor, request.GET), content_type=_XLSX)
        answer["Content-Disposition"] = _attachment(f"{organs.current_name(organ)}{found.label}.xlsx")
        return answer
    context = {**base(request, organ, found), "listing": listing(found, organ, request.actor, request.GET)}
    return page(request, "desk/register.html", context)


def _attachment(name: str) -> str:
    return content_disposition_header(True, name) or "attachment"


def template(request: Any, organ: Organ, kind: str) -> HttpResponse:
    """The empty xlsx to fill in."""
    from gongkai.foundation.intake.template import write_template

    found = kind_or_404(kind)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(found, path)
        answer = HttpResponse(path.read_bytes(), content_type=_XLSX)
    answer["Content-Disposition"] = _attachment(f"{found.label}导入模板.xlsx")
    return answer


def record(request: Any, organ: Organ, kind: str, pk: int) -> HttpResponse:
    """One record: its values, where it counts, what was done to it."""
    found = kind_or_404(kind)
    one = record_or_404(found, request.actor, organ, pk)
    values = values_of(found, one)
    context = {
        **base(request, organ, found),
        "record": one,
        "title": found.title(one),
        "remedy": found.code in REMEDIES,
        "elsewhere": found.kept_elsewhere(one) if found.kept_elsewhere is not None else "",
        "values": [(column, shown_value(column, values[column.code])) for column in found.columns],
        "counted": places(found, one, request),
        "history": history(one.ref, kind=found),
    }
    return page(request, "desk/record.html", context)


def shown_value(column: Column, value: Any) -> str:
    """A value as the page shows it: of a name the first character alone."""
    text = shown(column, value)
    return mask_name(text) if column.masked else text


def places(kind: Kind, record: Record, request: Any) -> list[tuple[Counted, str, str]]:
    """Where a record counts, each with its label and its page."""
    organ = record.organ
    if organ.kind == "office" and organ.parent is not None:
        # The office keeps its own part of the government's report.
        organ = organ.parent
    return [
        (
            one,
            one.label or NUMBER_LABELS.get(one.code, one.code),
            reverse("desk:cell", args=[organ.code, one.year, one.code]),
        )
        for one in counted_in(kind, record, reader=request.actor, today=today(request))
    ]


def evidence(request: Any, organ: Organ, kind: str, pk: int) -> HttpResponseBase:
    """The evidence file of a record, as a download."""
    one = record_or_404(kind_or_404(kind), request.actor, organ, pk)
    if one.evidence is None:
        raise Http404
    if one.evidence.destroyed_seq is not None:
        gone = f"“{one.evidence.name}”已经随个人信息删除而销毁；什么时候、为什么，在这条登记的沿革里。"
        return page(request, "desk/refused.html", {"message": gone}, status=410)
    try:
        files.read(one.evidence.digest)
    except files.FileMissing as missing:
        return page(request, "desk/refused.html", {"message": str(missing)}, status=503)
    handle = files.location(one.evidence.digest).open("rb")
    return FileResponse(
        handle, as_attachment=True, filename=one.evidence.name, content_type="application/octet-stream"
    )


def withdraw(request: Any, organ: Organ, kind: str, pk: int) -> HttpResponse:
    """Withdraw a record, after saying what that means."""
    found = kind_or_404(kind)
    one = record_or_404(found, request.actor, organ, pk)
    context: dict[str, Any] = {
        **base(request, organ, found),
        "record": one,
        "title": found.title(one),
        "counted": places(found, one, request),
        "reason": request.POST.get("reason", ""),
    }
    if request.method == "GET" or resumed(request):
        return page(request, "desk/record_withdraw.html", context)
    try:
        records.withdraw(found, one, by=request.actor, now=moment(request), reason=context["reason"])
    except RowRefused as refused:
        return page(request, "desk/record_withdraw.html", {**context, "error": str(refused)}, status=422)
    said(request, f"已撤销登记：{found.title(one)}。它不再计入年报，原来的内容留在底账里。")
    return redirect("desk:register", organ=organ.code, kind=found.code)
