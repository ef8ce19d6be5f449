"""The inbox (待办): what the law wants next of whom, by when; what is overdue is in every list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse

from gongkai.casework import inbox as cases
from gongkai.casework import inbox_search
from gongkai.casework.inbox import PAGE_SIZE, SCOPES, Row
from gongkai.casework.lives import calendar_for
from gongkai.casework.readers import READ, all_organs, organs_where
from gongkai.casework.side.queries import counts as side_counts
from gongkai.foundation import organs
from gongkai.foundation.actors import Actor
from gongkai.foundation.models import Organ
from gongkai.rules.applicants import APPLICANT_CLASSES
from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.requests.states import STATES
from gongkai.rules.requests.terms import WHOSE
from gongkai.web.clock import today
from gongkai.web.desk import forward_views, part_views
from gongkai.web.desk.admin_lists import book, kept, words
from gongkai.web.desk.case_clock import reply_words, step_words, waits_for_others
from gongkai.web.desk.frame import page, seat
from gongkai.web.desk.tasks import Clock

_ARCHIVED = "archived"
_MOST_EXPORTED = 5_000
_COLUMNS = (
    "编号", "单位", "状态", "申请人类别", "收到日期", "答复期限", "现在该做什么", "该谁做", "最迟", "期限", "经办人",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One case as the inbox shows it (一行)."""

    row: Row
    organ: str
    clock: Clock
    reply: Clock
    act: str
    whose: str
    others: bool
    applicant_class: str


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of the inbox with how many are open in it."""

    code: str
    label: str
    href: str
    number: int | None
    here: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, with what it asks wrongly left out."""

    scope: Any
    organ: Organ | None
    state: str
    q: str
    page: int


def inbox_page(request: Any) -> HttpResponse:
    """The inbox, or the same rows as xlsx."""
    actor, day = request.actor, today(request)
    everywhere = all_organs()
    readable = organs_where(actor, READ, everywhere)
    asked = _asked(request, readable)
    names = organs.current_names(readable)
    if request.GET.get("export") == "xlsx":
        return _book(actor, day, asked, names)
    rows, more = _rows(actor, day, asked, everywhere)
    counts = cases.counts(actor, day, scope=asked.scope, organ=asked.organ, among=everywhere)
    keep = kept(request.GET)
    tabs = _tabs(actor, day, asked, (readable, everywhere), counts.open)
    context = {
        "tabs": tabs,
        # Where an empty list sends on to.
        "elsewhere_tabs": [tab for tab in tabs if tab.number and not tab.here],
        "approves": actor.holds("case.approve"),
        "asked": asked,
        "lines": _lines(rows, names, day),
        "parts": part_views.lines(actor, day, asked.organ, everywhere) if _shows_parts(asked) else [],
        "forwards": forward_views.lines(actor, asked.organ, everywhere) if _shows_parts(asked) else [],
        "supervised": inbox_search.unconfirmed_late(actor, day, everywhere)
        if asked.scope != _ARCHIVED and not asked.q
        else 0,
        "counts": counts,
        "states": [(s.id, s.label) for s in STATES.values() if s.id != _ARCHIVED],
        "organs": [(one.code, names.get(one.pk, one.code)) for one in readable] if len(readable) > 1 else [],
        "many": len(readable) > 1,
        "query": urlencode({k: v for k, v in keep.items() if k != "page"}),
        "narrowed": bool(asked.state or asked.organ or asked.q),
        "following": asked.page + 1 if more else 0,
        "enters": actor.holds("case.enter"),
        "seat": seat(request),
        "sides": side_counts(actor, day, everywhere),
    }
    return page(request, "desk/inbox.html", context)


def _shows_parts(asked: Asked) -> bool:
    """Parts other organs asked for, and requests they handed on, stand on the first page of one's own work."""
    return asked.scope in ("mine", "organ") and not asked.q and not asked.state and asked.page == 1


def _asked(request: Any, readable: list[Organ]) -> Asked:
    query = request.GET
    scopes = _scopes(len(readable))
    wanted = query.get("scope", "")
    by_code = {organ.code: organ for organ in readable}
    state = query.get("state", "")
    number = query.get("page", "")
    place = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1
    return Asked(
        scope=wanted if wanted in (*scopes, _ARCHIVED) else _first_scope(request.actor),
        organ=by_code.get(query.get("organ", "")),
        state=state if state in STATES and state != _ARCHIVED else "",
        q=words(query),
        page=max(place, 1),
    )


def _scopes(readable: int) -> tuple[str, ...]:
    return tuple(SCOPES) if readable > 1 else ("mine", "organ")


def _first_scope(actor: Actor) -> str:
    """Who handles or approves looks at what is theirs; who oversees, at all of it."""
    works = actor.holds("case.handle") or actor.holds("case.approve")
    return "mine" if works else "organ" if not actor.holds("everything.read") else "district"


def _rows(
    actor: Actor, day: date, asked: Asked, among: list[Organ] | None = None
) -> tuple[tuple[Row, ...], bool]:
    if asked.q:
        sheet = inbox_search.numbered(actor, day, asked.q, page=asked.page)
        return sheet.rows, sheet.more
    if asked.scope == _ARCHIVED:
        found = cases.archived(actor, page=asked.page)
        return cases.rows_of(found, day), len(found) == PAGE_SIZE
    sheet = cases.inbox(
        actor, day, scope=asked.scope, organ=asked.organ, states=[asked.state] if asked.state else (),
        page=asked.page, among=among,
    )  # fmt: skip
    return sheet.rows, sheet.more


def _tabs(
    actor: Actor, day: date, asked: Asked, organs: tuple[list[Organ], list[Organ]], here: int
) -> list[Tab]:
    (readable, among), tabs = organs, []
    for code in _scopes(len(readable)):
        current = code == asked.scope and not asked.q
        known = here if current and asked.organ is None else None
        number = known if known is not None else cases.open_count(actor, day, scope=code, among=among)  # type: ignore[arg-type]
        tabs.append(Tab(code, SCOPES[code], f"?scope={code}", number, current))
    archived = asked.scope == _ARCHIVED and not asked.q
    return [*tabs, Tab(_ARCHIVED, "已归档", f"?scope={_ARCHIVED}", None, archived)]


def _lines(rows: Iterable[Row], names: dict[int, str], day: date) -> list[Line]:
    """The rows with their words; one calendar a district."""
    calendars: dict[int, WorkingCalendar] = {}
    found = []
    for row in rows:
        organ = row.case.organ
        district = organ.parent_id or organ.pk
        if district not in calendars:
            calendars[district] = calendar_for(organ)
        found.append(_line(row, names, day, calendars[district]))
    return found


def _line(row: Row, names: dict[int, str], day: date, calendar: WorkingCalendar) -> Line:
    step = row.step
    return Line(
        row=row,
        organ=names.get(row.case.organ_id, row.case.organ.code),
        clock=step_words(step, row.clock, calendar, day),
        reply=reply_words(row.clock, day),
        act=step.sentence if step else "",
        whose=WHOSE[step.whose] if step else "",
        others=step is not None and waits_for_others(step),
        applicant_class=APPLICANT_CLASSES[row.case.applicant_class].label,
    )


def _book(actor: Actor, day: date, asked: Asked, names: dict[int, str]) -> HttpResponse:
    """The rows of the list, all pages; no word of the request and no name of a person leaves with them."""
    found: list[Row] = []
    place, more = 1, True
    while more and len(found) < _MOST_EXPORTED:
        rows, more = _rows(actor, day, Asked(asked.scope, asked.organ, asked.state, asked.q, place))
        found += rows
        place += 1
    return book("依申请公开待办", _COLUMNS, [_exported(line) for line in _lines(found, names, day)])


def _exported(line: Line) -> tuple[Any, ...]:
    case = line.row.case
    step = line.row.step
    return (
        case.number, line.organ, line.row.state.label, line.applicant_class, case.received_on, case.due_on,
        line.act, line.whose, step.due if step else None, f"{line.clock.words} {line.clock.said}".strip(),
        line.row.handler,
    )  # fmt: skip
