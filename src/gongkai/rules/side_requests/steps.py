"""What comes next of whom and by when (下一步): one step for one on one day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.citations import cite
from gongkai.rules.requests.reply_clock import known
from gongkai.rules.requests.steps import NextStep
from gongkai.rules.requests.terms import Whose
from gongkai.rules.side_requests.clock import DEFAULT, SideTerms, answer_clock, publish_by
from gongkai.rules.side_requests.facts import SideLife
from gongkai.rules.side_requests.kinds import CORRECTION
from gongkai.rules.side_requests.life import received_on, state
from gongkai.rules.side_requests.states import ACTS

_Due = tuple[date | None, str]


def next_step(
    life: SideLife, today: date, calendar: WorkingCalendar, terms: SideTerms = DEFAULT
) -> NextStep | None:
    """The one step that comes next; None where nothing is left to do (已归档)."""
    where = state(life)
    clock = answer_clock(life, calendar, today, terms)
    found = _step(life, where, (clock.due, clock.note if clock.due is None else ""), calendar, terms, today)
    if found is None:
        return None
    sentence, act, (due, note), whose = found
    return NextStep(
        sentence, cite(ACTS[act].provisions), due, act, whose, note, due is not None and today > due
    )


_Found = tuple[str, str, _Due, Whose]


def _step(
    life: SideLife, where: str, owed: _Due, calendar: WorkingCalendar, terms: SideTerms, today: date
) -> _Found | None:
    if where == "awaiting_confirmation":
        due = known(lambda: calendar.add_working_days(life.arrived_on, terms.confirmation))
        return "与申请人确认收到", "confirm", due, Whose.HANDLER
    if where == "received":
        day = received_on(life) or life.arrived_on
        due = known(lambda: calendar.add_working_days(day, terms.registration))
        return "登记，分给经办人", "register", due, Whose.HANDLER
    if where == "awaiting_evidence":
        return _evidence(life, today)
    if where in ("correcting", "transferring", "publishing"):
        words, act = _CARRY[where]
        return words, act, publish_by(life, calendar, terms), Whose.HANDLER
    if where in ("verifying", "assessing"):
        return _checking(life, owed)
    return _LATER[where](owed) if where in _LATER else None


def _evidence(life: SideLife, today: date) -> _Found | None:
    notice = life.notice
    if notice is None:
        return None
    due = (notice.due_on, "")
    if today > notice.due_on:
        return "补交证据的日期已过；登记，按已有的材料接着核实", "go_on", due, Whose.HANDLER
    return "等申请人补交证据", "receive_evidence", due, Whose.APPLICANT


def _checking(life: SideLife, owed: _Due) -> _Found:
    last = life.decisions[-1] if life.decisions else None
    fresh = life.checked is not None and (
        last is None or last.returned_on is None or life.checked.on >= last.returned_on
    )
    if fresh:
        return "作出决定，送审批", "decide", owed, Whose.HANDLER
    if life.kind == CORRECTION:
        return "核实记录和证据，登记核实的情况", "verify", owed, Whose.HANDLER
    return "审核是否属于主动公开范围、有没有不予公开的情形", "assess", owed, Whose.HANDLER


_CARRY: dict[str, tuple[str, str]] = {
    "correcting": ("更正记录，登记怎样更正的", "correct_record"),
    "transferring": ("把申请和证据转送有权更正的机关", "transfer"),
    "publishing": ("及时主动公开，登记在哪里看", "publish"),
}
_LATER: dict[str, Callable[[_Due], _Found]] = {
    "in_review": lambda owed: ("审批：同意或者退回", "approve", owed, Whose.APPROVER),
    "telling": lambda owed: ("把结果告知", "tell", owed, Whose.HANDLER),
    "told": lambda owed: ("核对材料，归档", "archive", (None, ""), Whose.HANDLER),
    "withdrawn": lambda owed: ("核对材料，归档", "archive", (None, ""), Whose.HANDLER),
}
