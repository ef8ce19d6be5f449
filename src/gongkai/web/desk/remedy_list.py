"""The list of remedies (复议诉讼): open ones by the nearest day, over all organs one may read."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from gongkai.casework.readers import READ, organs_where
from gongkai.crossings.remedies import rows_of
from gongkai.foundation import kinds, organs
from gongkai.foundation.models import Organ
from gongkai.remedies.models import Complaint
from gongkai.remedies.queries import MODELS, calendar_for, every_row, open_rows
from gongkai.rules import roles
from gongkai.rules.calendar import WorkingCalendar
from gongkai.web.clock import today
from gongkai.web.desk.admin_lists import Filter, book, kept
from gongkai.web.desk.frame import page, seat
from gongkai.web.desk.remedy_words import Line, line

_MOST_SHOWN = 500
_STATES = (("all", "全部，连同办完的"),)
_COLUMNS = (
    "种类", "单位", "案号或名称", "对应的申请编号", "提起（收到）日期", "状态", "现在该做什么", "该谁做", "最迟",
    "审结（办结）日期",
)  # fmt: skip


def remedy_list(request: Any) -> HttpResponse:
    """The list, or the same rows as xlsx."""
    readable = organs_where(request.actor, READ)
    lines = _lines(request, readable)
    if request.GET.get("export") == "xlsx":
        return book("复议诉讼", _COLUMNS, [_exported(one) for one in lines])
    here = seat(request).organ
    enters = here is not None and request.actor.may("record.enter", here)
    query = kept(request.GET)
    context = {
        "lines": lines[:_MOST_SHOWN],
        "total": len(lines),
        "hidden": max(0, len(lines) - _MOST_SHOWN),
        "overdue": sum(one.row.overdue for one in lines),
        "filters": _filters(request, readable),
        "narrowed": any(query.get(name) for name in ("kind", "organ", "state")),
        "query": "&".join(f"{k}={v}" for k, v in query.items() if k in ("kind", "organ", "state")),
        "many": len(readable) > 1,
        "here": here if enters else None,
        "kinds": [kinds.get(code) for code in MODELS],
        "who_enters": "、".join(role.label for role in roles.permitting("record.enter")),
    }
    return page(request, "desk/remedies.html", context)


def _lines(request: Any, readable: list[Organ]) -> list[Line]:
    query, day = request.GET, today(request)
    chosen = [one for one in readable if one.code == query.get("organ")] or readable
    codes = [query["kind"]] if query.get("kind") in MODELS else []
    every = query.get("state") == "all"
    records = (
        every_row(request.actor, chosen, kinds=codes)
        if every
        else open_rows(request.actor, chosen, day, kinds=codes)
    )
    rows = [row for row in rows_of(records, day) if every or row.step is not None]
    names = organs.current_names(readable)
    known: dict[int, WorkingCalendar] = {}
    return [
        line(
            row,
            names.get(row.record.organ_id, row.record.organ.code),
            calendar_for(row.record.organ, known),
            day,
        )
        for row in rows
    ]


def _filters(request: Any, readable: list[Organ]) -> list[Filter]:
    query = request.GET
    found = [
        Filter("kind", "种类", tuple((c, kinds.get(c).label) for c in MODELS), query.get("kind", "")),
        Filter("state", "范围", _STATES, query.get("state", "")),
    ]
    if len(readable) > 1:
        names = organs.current_names(readable)
        options = tuple((one.code, names.get(one.pk, one.code)) for one in readable)
        found.append(Filter("organ", "单位", options, query.get("organ", "")))
    return found


def _exported(one: Line) -> tuple[Any, ...]:
    record = one.row.record
    came = record.received_on if isinstance(record, Complaint) else record.filed_on
    return (
        one.kind, one.organ, one.title, record.request_number, came, one.state, one.act, one.whose, one.row.day,
        record.closed_on,
    )  # fmt: skip
