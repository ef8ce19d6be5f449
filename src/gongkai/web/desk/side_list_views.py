"""The list of corrections and proposals (更正和转主动公开): a list of its own, beside the inbox."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from gongkai.casework.lives import calendar_for
from gongkai.casework.side.queries import SideRow, listed, told_in
from gongkai.foundation import organs
from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.requests.terms import WHOSE
from gongkai.rules.side_requests.kinds import KINDS, SideKind
from gongkai.rules.side_requests.states import STATES
from gongkai.web.clock import today
from gongkai.web.desk.frame import page
from gongkai.web.desk.side_words import step_clock
from gongkai.web.desk.tasks import Clock

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


def side_list(request: Any) -> HttpResponse:
    """What waits, by its day; ``scope`` and ``kind`` narrow it."""
    actor, day, query = request.actor, today(request), request.GET
    works = actor.holds("case.handle") or actor.holds("case.approve")
    scope = query.get("scope", "") if query.get("scope", "") in TABS else "mine" if works else "all"
    kind = query.get("kind", "") if query.get("kind", "") in KINDS else ""
    number = query.get("page", "")
    place = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1
    rows, more = listed(
        actor, day, mine=scope == "mine", kind=kind, archived=scope == "archived", page=max(place, 1)
    )
    context = {
        "tabs": [(code, label, code == scope) for code, label in TABS.items()],
        "scope": scope,
        "kind": kind,
        "kinds": KINDS.values(),
        "year": day.year,
        "told": [(KINDS[code].label, number) for code, number in told_in(actor, day.year).items()],
        "lines": _lines(rows, day),
        "page_number": max(place, 1),
        "following": max(place, 1) + 1 if more else 0,
        "enters": actor.holds("case.enter") and actor.holds("record.read"),
    }
    return page(request, "desk/sides.html", context)


def _lines(rows: tuple[SideRow, ...], day: Any) -> list[Line]:
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
                STATES[row.side.state].label,
                step_clock(row.step, row.clock, calendars[district], day),
                row.step.sentence if row.step else "没有要办的",
                WHOSE[row.step.whose] if row.step else "—",
            )
        )
    return found
