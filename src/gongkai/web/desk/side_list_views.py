"""The list of corrections and proposals (更正和转主动公开): a list of its own, beside the inbox."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse

from gongkai.casework.lives import calendar_for
from gongkai.casework.side.queries import SideRow, listed, told_in
from gongkai.casework.side.search import numbered
from gongkai.foundation import organs
from gongkai.foundation.actors import Actor
from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.requests.terms import WHOSE
from gongkai.rules.side_requests.kinds import KINDS, SideKind
from gongkai.rules.side_requests.life import WAYS
from gongkai.rules.side_requests.states import STATES
from gongkai.web.clock import today
from gongkai.web.desk.admin_lists import book, words
from gongkai.web.desk.frame import page
from gongkai.web.desk.side_words import step_clock
from gongkai.web.desk.tasks import Clock

_MOST_EXPORTED = 5_000
_COLUMNS = (
    "编号", "种类", "单位", "状态", "怎样来的", "到达日期", "收到日期", "现在该做什么", "该谁做", "最迟（内部时间）",
    "时间", "经办人",
)  # fmt: skip
TABS = {"mine": "我的", "all": "全部", "archived": "已归档"}


@dataclass(frozen=True, slots=True)
class Line:
    """One as the list shows it."""

    row: SideRow
    kind: SideKind
    organ: str
    state: str
    clock: Clock
    act: str
    whose: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, with what it asks wrongly left out."""

    scope: str
    kind: str
    q: str
    page: int


def side_list(request: Any) -> HttpResponse:
    """What waits, by its day, or the same rows as xlsx; ``scope``, ``kind`` and a number narrow it."""
    actor, day = request.actor, today(request)
    asked = _asked(request)
    if request.GET.get("export") == "xlsx":
        return _book(actor, day, asked)
    rows, more = _rows(actor, day, asked)
    keep = {
        name: value for name, value in (("scope", asked.scope), ("kind", asked.kind), ("q", asked.q)) if value
    }
    context = {
        "tabs": [(code, label, code == asked.scope and not asked.q) for code, label in TABS.items()],
        "asked": asked,
        "kinds": KINDS.values(),
        "kind": KINDS.get(asked.kind),
        "query": urlencode(keep),
        "year": day.year,
        "told": [(KINDS[code].label, number) for code, number in told_in(actor, day.year).items()],
        "lines": _lines(rows, day),
        "following": asked.page + 1 if more else 0,
        "enters": actor.holds("case.enter") and actor.holds("record.read"),
    }
    return page(request, "desk/sides.html", context)


def _asked(request: Any) -> Asked:
    actor, query = request.actor, request.GET
    works = actor.holds("case.handle") or actor.holds("case.approve")
    scope, kind, number = query.get("scope", ""), query.get("kind", ""), query.get("page", "")
    place = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1
    return Asked(
        scope=scope if scope in TABS else "mine" if works else "all",
        kind=kind if kind in KINDS else "",
        q=words(query),
        page=max(place, 1),
    )


def _rows(actor: Actor, day: date, asked: Asked) -> tuple[tuple[SideRow, ...], bool]:
    if asked.q:
        return numbered(actor, day, asked.q, kind=asked.kind, page=asked.page)
    return listed(
        actor,
        day,
        mine=asked.scope == "mine",
        kind=asked.kind,
        archived=asked.scope == "archived",
        page=asked.page,
    )


def _book(actor: Actor, day: date, asked: Asked) -> HttpResponse:
    """The rows of the list, all pages; no word of what was asked and no name of who asked leaves with them."""
    found: list[SideRow] = []
    place, more = 1, True
    while more and len(found) < _MOST_EXPORTED:
        rows, more = _rows(actor, day, replace(asked, page=place))
        found += rows
        place += 1
    return book("更正和转主动公开", _COLUMNS, [_exported(line) for line in _lines(tuple(found), day)])


def _exported(line: Line) -> tuple[Any, ...]:
    side, step = line.row.side, line.row.step
    return (
        side.number, line.kind.label, line.organ, line.state, WAYS[side.channel], side.arrived_on, side.received_on,
        line.act, line.whose, step.due if step else None, f"{line.clock.words} {line.clock.said}".strip(),
        side.handler.display_name if side.handler else "",
    )  # fmt: skip


def _lines(rows: tuple[SideRow, ...], day: date) -> list[Line]:
    calendars: dict[int, WorkingCalendar] = {}
    names = organs.current_names([row.side.organ for row in rows])
    found = []
    for row in rows:
        organ = row.side.organ
        district = organ.parent_id or organ.pk
        if district not in calendars:
            calendars[district] = calendar_for(organ)
        found.append(
            Line(
                row,
                KINDS[row.side.kind],
                names.get(organ.pk, organ.code),
                "已撤销登记" if row.side.voided_seq is not None else STATES[row.side.state].label,
                step_clock(row.side, row.step, row.clock, calendars[district], day),
                row.step.sentence if row.step else "没有要办的",
                WHOSE[row.step.whose] if row.step else "—",
            )
        )
    return found
