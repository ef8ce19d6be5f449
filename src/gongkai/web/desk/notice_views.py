"""Holiday notices (放假通知): the years known and missing, and loading the next one after a look at its days."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect

from gongkai.crossings.notices import load_and_recount, told
from gongkai.foundation import calendars
from gongkai.foundation.models import Organ
from gongkai.rules.calendar import (
    CalendarRefused,
    HolidayNotice,
    built_in_notices,
    notice_warnings,
    parse_notice,
)
from gongkai.rules.holiday_notices import NATIONAL, REGIONS
from gongkai.web.clock import moment, today
from gongkai.web.desk.frame import page, said

_SALT = "notice"
_LARGEST = 1_000_000
_WEEKDAYS = "一二三四五六日"


def notice_list(request: Any) -> HttpResponse:
    """The years known, national and regional, and what a missing one means."""
    government = Organ.objects.filter(kind="government", parent=None).first()
    region = (government.region if government is not None else "") or NATIONAL
    notices = [
        *((notice, "程序自带") for notice in built_in_notices()),
        *((notice, "本区载入") for notice in calendars.loaded_notices(None, every_region=True)),
    ]
    latest = {(notice.region, notice.year): (notice, origin) for notice, origin in notices}
    known = sorted({year for where, year in latest if where == NATIONAL})
    here = today(request)
    # From November the next year's notice is due; before it, nothing is missing yet.
    coming = here.year + 1
    years = range(known[0], max(coming, known[-1]) + 1) if known else range(here.year, coming + 1)
    rows = [_row(year, region, latest) for year in reversed(years)]
    context = {
        "rows": rows,
        "missing": [row["year"] for row in rows if row["national"] is None and row["year"] != coming],
        "coming": coming if (NATIONAL, coming) not in latest else None,
        "region": REGIONS[region] if region != NATIONAL else "",
        "today": here,
    }
    return page(request, "desk/notices.html", context)


def _row(year: int, region: str, latest: dict[tuple[str, int], tuple[HolidayNotice, str]]) -> dict[str, Any]:
    return {
        "year": year,
        "national": latest.get((NATIONAL, year)),
        "regional": latest.get((region, year)) if region != NATIONAL else None,
    }


def load(request: Any) -> HttpResponse:
    """Choose the notice's file; then its days, before it is loaded."""
    if request.method != "POST":
        return page(request, "desk/notice_load.html", {"example": _example(today(request))})
    chosen = request.FILES.get("file")
    try:
        if chosen is None:
            raise CalendarRefused("还没有选文件。选写好的 JSON 文件。")
        if chosen.size > _LARGEST:
            raise CalendarRefused("文件太大，不像一份放假通知。核对文件。")
        content = _parsed(chosen.read())
        notice = parse_notice(content)
    except CalendarRefused as refused:
        context = {"errors": refused.findings, "example": _example(today(request))}
        return page(request, "desk/notice_load.html", context, status=422)
    return _preview(request, content, notice)


def _parsed(content: bytes) -> object:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise CalendarRefused("这个文件不是 JSON。照下面的样子写，存成 UTF-8 的 .json 文件。") from None


def _preview(request: Any, content: object, notice: HolidayNotice) -> HttpResponse:
    context = {
        "notice": notice,
        "region": REGIONS[notice.region],
        "holidays": _breaks(notice),
        "workdays": [(day, _weekday(day)) for day in notice.workdays],
        "warnings": notice_warnings(notice),
        "replaces": [n for n in _known() if (n.year, n.region) == (notice.year, notice.region)][-1:],
        "held": signing.dumps(content, salt=_SALT, compress=True),
    }
    return page(request, "desk/notice_preview.html", context)


def _known() -> Iterable[HolidayNotice]:
    return (*built_in_notices(), *calendars.loaded_notices(None, every_region=True))


def _weekday(day: date) -> str:
    return f"周{_WEEKDAYS[day.weekday()]}"


def _breaks(notice: HolidayNotice) -> list[dict[str, Any]]:
    """The days off as runs, each with the festival it belongs to."""
    runs: list[list[date]] = []
    for day in notice.holidays:
        if runs and (day - runs[-1][-1]).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return [
        {
            "name": notice.occasion(run[0]),
            "first": run[0],
            "last": run[-1],
            "count": len(run),
            "weekdays": f"{_weekday(run[0])}至{_weekday(run[-1])}" if len(run) > 1 else _weekday(run[0]),
        }
        for run in runs
    ]


def confirm(request: Any) -> HttpResponse:
    """Load the notice that was looked at."""
    try:
        content = signing.loads(request.POST.get("held", ""), salt=_SALT, max_age=24 * 3600)
    except signing.BadSignature:
        said(request, "预览已经过期，没有载入。重新选一次文件。")
        return redirect("desk:notice-load")
    notice, moved = load_and_recount(content, by=request.actor, now=moment(request))
    said(
        request,
        f"已载入{REGIONS[notice.region]} {notice.year} 年放假安排（{notice.number}）："
        f"放假 {len(notice.holidays)} 天，调休上班 {len(notice.workdays)} 天。待定的到期日已经按它算出。{told(moved)}",
    )
    return redirect("desk:notices")


def _example(day: date) -> str:
    year = day.year + 1
    return (
        f'{{"year": {year}, "region": "national",\n "notice": "国办发明电〔{day.year}〕×号",\n'
        f' "holidays": ["{year}-01-01", "…"],\n "workdays": ["…"]}}'
    )
