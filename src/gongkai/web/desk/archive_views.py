"""The shelf (档案): what is archived, with its terms, those past them, the lists for destruction; the terms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect

from gongkai.archive import destroying
from gongkai.archive import terms as retention
from gongkai.archive.refusals import ArchiveRefused
from gongkai.archive.shelf import Kept, shelf
from gongkai.casework.readers import READ, organs_where
from gongkai.foundation import organs
from gongkai.foundation.models import Organ
from gongkai.rules.citations import cite
from gongkai.rules.requests.retention import CLASSES, RETENTION
from gongkai.rules.side_requests.retention import RETENTION as SIDE_RETENTION
from gongkai.web.clock import moment, today
from gongkai.web.desk.admin_lists import book, kept
from gongkai.web.desk.dossiers import address_of, kind_of
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed

_TABS = (("", "保管中"), ("over", "期满"), ("lists", "销毁清册"))
_COLUMNS = ("编号", "种类", "单位", "归档日期", "保管类别", "保管年数", "保管到", "情况")
_MOST_EXPORTED = 5_000


def shelf_page(request: Any) -> HttpResponse:
    """What is archived by the day, with the end of its term, or the same as xlsx; the lists for destruction."""
    actor, day = request.actor, today(request)
    readable = organs_where(actor, READ)
    names = organs.current_names(readable)
    query = request.GET
    organ = next((one for one in readable if one.code == query.get("organ", "")), None)
    tab = query.get("tab", "") if query.get("tab") in dict(_TABS) else ""
    number = query.get("page", "")
    place = max(int(number), 1) if number.isascii() and number.isdigit() and len(number) < 7 else 1
    if query.get("export") == "xlsx" and tab != "lists":
        found = shelf(actor, day, organ=organ, over=tab == "over", page_size=_MOST_EXPORTED)
        return book("归档案卷", _COLUMNS, [_exported(one, names, day) for one in found.rows])
    context = {
        "tabs": [(code, label, code == tab) for code, label in _TABS],
        "tab": tab,
        "day": day,
        "organ": organ,
        "organs": [(one.code, names.get(one.pk, one.code)) for one in readable] if len(readable) > 1 else [],
        "query": urlencode({k: v for k, v in kept(query).items() if k != "page"}),
        "sheet_number": place,
        "handles": [one.code for one in readable if actor.may("case.handle", one)],
        "approves": _approves(actor, readable, names),
    }
    if tab == "lists":
        context["lists"] = [
            (one, names.get(one.organ_id, ""), _stage(one)) for one in destroying.lists_for(actor)
        ]
    else:
        found = shelf(actor, day, organ=organ, over=tab == "over", page=place)
        context |= {
            "rows": [_line(one, names, day) for one in found.rows],
            "following": place + 1 if found.more else 0,
        }
    return page(request, "desk/archive.html", context)


@dataclass(frozen=True, slots=True)
class Line:
    """One archived file as the shelf shows it."""

    kept: Kept
    organ: str
    over: bool
    href: str
    kind: str


def _line(one: Kept, names: dict[int, str], day: date) -> Line:
    file = one.file
    return Line(one, names.get(file.organ_id, ""), one.over(day), address_of(file), kind_of(file))


def _approves(actor: Any, readable: list[Organ], names: dict[int, str]) -> list[tuple[str, str]]:
    """The organs whose terms the person may set, those where a role is held first."""
    found = [one for one in readable if actor.may("case.approve", one)]
    found.sort(key=lambda one: one.code not in actor.held)
    return [(one.code, names.get(one.pk, one.code)) for one in found[:1]]


def _stage(one: Any) -> tuple[str, str]:
    if one.confirmed_seq is not None:
        return "已销毁", "gone"
    return ("已撤回", "gone") if one.withdrawn_seq is not None else ("等第二个人复核", "wait")


def _state(one: Kept, day: date) -> str:
    if one.destroyed:
        return "已销毁"
    if one.listed:
        return "已列入清册"
    return "期满" if one.over(day) else "保管中"


def _exported(one: Kept, names: dict[int, str], day: date) -> tuple[Any, ...]:
    organ = names.get(one.file.organ_id, "")
    term, kind = one.term, kind_of(one.file) or "申请"
    return (
        one.file.number,
        kind,
        organ,
        one.archived_on,
        term.label,
        term.years,
        one.kept_until,
        _state(one, day),
    )


def terms(request: Any, organ: Organ) -> HttpResponse:
    """How long each class is kept at an organ, and by what source; set one class at a time."""
    held = retention.terms_of(organ)
    context: dict[str, Any] = {
        "organ": organ,
        "organ_name": organs.current_name(organ),
        "terms": list(held.values()),
        "of_requests": tuple(CLASSES),
        "law": cite(RETENTION.provisions),
        "notes": [RETENTION.note, SIDE_RETENTION.note],
    }
    if request.method == "GET" or resumed(request):
        return page(request, "desk/archive_terms.html", context)
    code, years = request.POST.get("class_code", ""), request.POST.get("years", "").strip()
    source = request.POST.get("source", "")
    number = int(years) if years.isascii() and years.isdigit() and len(years) < 5 else 0
    try:
        made = retention.set_term(organ, code, number, source, by=request.actor, now=moment(request))
    except ArchiveRefused as error:
        typed = [replace(t, years=years, source=source) if t.class_code == code else t for t in held.values()]
        findings = [(f"#f-{f.column}-{code}", f.message) for f in error.findings]
        errors = {f.column: f.message for f in error.findings}
        context |= {"terms": typed, "findings": findings, "errors": errors, "wrong": code}
        return page(request, "desk/archive_terms.html", context, status=422)
    said(request, f"“{made.label}”保管 {made.years} 年，从现在起按它算；已经归档的也按它。")
    return redirect("desk:archive-terms", organ.code)
