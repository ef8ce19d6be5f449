"""Proving what was handed on (验证转来的申请): each row is what the acts, the takings and the entries say."""

from __future__ import annotations

import json
from collections.abc import Iterator

from gongkai.casework.forward_papers import misfits
from gongkai.casework.forwarding import SETTLED, TAKEN, left_by, origin_values
from gongkai.casework.models import Case, CaseForward
from gongkai.foundation.models import LedgerEvent
from gongkai.rules.requests.facts import Life

_CHANGED = "转来的申请与底账记的不同，被绕过系统改过。"


def forward_breaks(case: Case, life: Life, events: list[LedgerEvent]) -> Iterator[str]:
    """Every place where the rows of what this case handed on, or came from, do not hold."""
    forwards = [one for round_ in life.rounds for one in round_.forwards]
    rows = list(case.handed_on.all())
    if any(row.place >= len(forwards) or row.on != forwards[row.place].on for row in rows):
        yield "代转的清单与案情不符，被绕过系统改过。"
    said = [(e, json.loads(e.payload)["place"]) for e in events if e.kind in (TAKEN, SETTLED)]
    takers = {place: event.actor for event, place in said if event.kind == TAKEN}
    ticked = {place: event.seq for event, place in said if event.kind == SETTLED}
    if any(not _holds(row, takers, ticked) for row in rows) or set(takers) - {row.place for row in rows}:
        yield _CHANGED
    yield from _origin(case, events)


def _holds(row: CaseForward, takers: dict[int, str], ticked: dict[int, int]) -> bool:
    settled = row.entered.entered_seq if row.entered is not None else ticked.get(row.place)
    return (row.taken_by, row.settled_seq) == (takers.get(row.place, ""), settled)


def _origin(case: Case, events: list[LedgerEvent]) -> Iterator[str]:
    """A case entered from a request handed on says so in its first event, and has its papers from there alone."""
    said = next((json.loads(e.payload).get("handed_on_from") for e in events if e.kind == "case.filed"), None)
    row: CaseForward | None = getattr(case, "handed_on_from", None)
    if row is None and said is not None:
        row = _given_up(case)
    if said != (origin_values(row)["handed_on_from"] if row is not None else None):
        yield _CHANGED
    if misfits(case, row):
        yield "随申请转来的材料与转来的案卷不符，被绕过系统改过。"


def _given_up(case: Case) -> CaseForward | None:
    """Where an entry came from that was struck out before the request was entered anew, or ticked off."""
    row = left_by(case) if case.voided_seq is not None else None
    later = row is not None and row.settled_seq is not None and row.settled_seq > (case.voided_seq or 0)
    return row if later else None
