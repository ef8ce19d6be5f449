"""By when (办理时间): the law names no days; the office's own terms, shown as such."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.requests.reply_clock import known
from gongkai.rules.rule import implements
from gongkai.rules.side_requests.facts import SideLife
from gongkai.rules.side_requests.kinds import CORRECTION
from gongkai.rules.side_requests.law import PROMPTLY, TERM
from gongkai.rules.side_requests.life import received_on, state

OWN_TERM = "法律没有规定天数，这是内部时间，需确认"


@dataclass(frozen=True, slots=True)
class SideTerms:
    """Working days the office allows itself (内部时间，工作日); an installation may set others."""

    confirmation: int = 1
    registration: int = 1
    correction: int = 20
    conversion: int = 20
    publication: int = 5


DEFAULT = SideTerms()


@dataclass(frozen=True, slots=True)
class SideClock:
    """The day to have told the person by (办结的内部时间). ``due`` None has a ``note``; ``stopped_on``: told, or withdrawn.

    ``waits``: the person is waited for, and the time starts anew when the evidence comes.
    """

    due: date | None
    note: str
    started_on: date | None
    stopped_on: date | None = None
    overdue: bool = False
    waits: bool = False


@implements(TERM)
def answer_clock(
    life: SideLife, calendar: WorkingCalendar, today: date, terms: SideTerms = DEFAULT
) -> SideClock:
    """The clock of one: from receipt, anew from the evidence that was asked for, to the telling."""
    stopped = _stopped(life)
    started = received_on(life)
    if started is None:
        return SideClock(None, "还没有与申请人确认收到，时间没有起算。", None, stopped)
    if state(life) == "awaiting_evidence":
        return SideClock(None, "等申请人补交证据；收到以后重新起算。", started, None, waits=True)
    begun = max([started, *(n.received_on for n in life.notices if n.received_on)])
    days = terms.correction if life.kind == CORRECTION else terms.conversion
    due, note = known(lambda: calendar.add_working_days(begun, days))
    late = due is not None and (stopped or today) > due and life.withdrawn_on is None
    return SideClock(due, note or OWN_TERM, begun, stopped, late)


def _stopped(life: SideLife) -> date | None:
    decision = life.decision
    return life.withdrawn_on or (decision.told_on if decision else None)


@implements(PROMPTLY)
def publish_by(
    life: SideLife, calendar: WorkingCalendar, terms: SideTerms = DEFAULT
) -> tuple[date | None, str]:
    """The day to publish or correct by, once that was agreed (及时); None with a note, or where nothing was."""
    decision = life.decision
    if decision is None or decision.approved_on is None:
        return None, ""
    agreed = decision.approved_on
    return known(lambda: calendar.add_working_days(agreed, terms.publication))
