"""The reply clock of one request (答复期限): due day, day-by-day account, who holds it up, days left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from gongkai.rules.calendar import WorkingCalendar, YearNotAnnounced
from gongkai.rules.clocks import CLOCKS
from gongkai.rules.consultations import pause_of
from gongkai.rules.deadlines import Deadline, Pause, compute
from gongkai.rules.requests.facts import Answer, Consultation, Life, Round
from gongkai.rules.requests.law import ORDERED
from gongkai.rules.requests.life import receipt, state
from gongkai.rules.rule import implements
from gongkai.rules.service import service_date

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody the clock stands still for (暂停中：等谁), and until when at most; None: not known yet."""

    kind: str
    whom: str
    until: date | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReplyClock:
    """The clock as it stands on a day (期限账).

    ``status``: ``not-started``, ``running``, ``paused``, ``waits`` (for the applicant), ``stopped``
    (answered) or ``ended``. ``due`` None with ``note`` where it cannot be said. ``left``: working days
    still to come, negative when overdue. ``late_by``: working days the answer was late.
    """

    status: str
    due: date | None = None
    started_on: date | None = None
    first_due: date | None = None
    account: Deadline | None = None
    waiting: tuple[Waiting, ...] = ()
    stopped_on: date | None = None
    left: int | None = None
    late_by: int = 0
    overdue: bool = False
    note: str = ""


def reply_clock(life: Life, calendar: WorkingCalendar, today: date) -> ReplyClock:
    """The reply clock on ``today``. A day in a year without a notice is left open, never guessed."""
    received = receipt(life)
    where = state(life)
    if received.day is None:
        return ReplyClock("ended" if where == "withdrawn" else "not-started", note=received.why)
    if life.round.lapse is not None or life.round.withdrawn_on is not None:
        return ReplyClock("ended", started_on=received.day)
    start = _start(life.round, received.day)
    if where in ("awaiting_supplement", "awaiting_payment") and _ordered_day(life.round, calendar) is None:
        return ReplyClock("waits", started_on=start, note=_waits_for(where))
    due, account, note = _due(life.round, start, calendar, today)
    first_due, _ = known(lambda: compute("reply", start, calendar).due)
    waiting = _waiting(life.round, calendar, today)
    stopped_on = _stopped_on(life.round)
    status = "stopped" if stopped_on else "paused" if waiting else "running"
    return _dated(
        ReplyClock(status, due, start, first_due, account, waiting, stopped_on, note=note), calendar, today
    )


def known(ask: Callable[[], T]) -> tuple[T | None, str]:
    """The answer, or None with the note that names the missing holiday notice (放假安排还没有公布)."""
    try:
        return ask(), ""
    except YearNotAnnounced as missing:
        return None, str(missing)


def working_days(calendar: WorkingCalendar, after: date, until: date) -> int:
    """How many working days lie after ``after`` up to ``until`` (其间的工作日数). Raises YearNotAnnounced."""
    first, last = after.toordinal() + 1, until.toordinal()
    if first > last:
        return 0
    for run in calendar.runs:
        if run.first <= first <= run.last:
            if last > run.last:
                raise calendar.not_announced(date.fromordinal(run.last).year + 1)
            end = run.rank[last + 1 - run.first] if last < run.last else len(run.days)
            return end - run.rank[first - run.first]
    raise calendar.not_announced(date.fromordinal(first).year)


def notice_due(life: Life, calendar: WorkingCalendar) -> tuple[date | None, str]:
    """The last day to ask for a supplement (告知补正的最后一日, art 30), or None with a note."""
    day = receipt(life).day
    if day is None:
        return None, ""
    return known(lambda: compute("supplement", day, calendar).due)


def due_before_extension(life: Life, calendar: WorkingCalendar, today: date) -> tuple[date | None, str]:
    """The reply term as it stands without an extension or a delay (原答复期限), or None with a note."""
    day = receipt(life).day
    if day is None:
        return None, ""
    found, note = _counted(life.round, _start(life.round, day), calendar, today, extended=False)
    return (found.due if found else None), note


def term_end(consultation: Consultation, calendar: WorkingCalendar) -> tuple[date | None, str]:
    """The last day for the opinion (提出意见的最后一日), or None with a note."""
    reached = consultation.reached_on
    if reached is None:
        return None, "对方收到征求意见书的日期还没有登记，算不出意见期限。"
    return known(lambda: compute(consultation.kind, reached, calendar).due)


def payment_due(life: Life, calendar: WorkingCalendar) -> tuple[date | None, str]:
    """The last day to pay (缴费的最后一日), or None with a note."""
    notice = life.round.fee_notice
    if notice is None or notice.received_on is None:
        return None, "申请人收到收费通知的日期还没有登记，算不出缴费期限。"
    received = notice.received_on
    return known(lambda: compute("payment", received, calendar).due)


@implements(ORDERED)
def _start(round_: Round, received: date) -> date:
    """The day the term runs from: of receipt, or of the order that asks for a new answer."""
    return received if round_.order is None else max(received, round_.order.received_on)


def _ordered_day(round_: Round, calendar: WorkingCalendar) -> date | None:
    """The day an order sets, moved past days off; as it stands where the year is not announced."""
    if round_.order is None or round_.order.due_on is None:
        return None
    return _shifted(round_.order.due_on, calendar)


def _shifted(day: date, calendar: WorkingCalendar) -> date:
    moved, _ = known(lambda: calendar.first_working_day_from(day))
    return moved or day


def _due(
    round_: Round, start: date, calendar: WorkingCalendar, today: date
) -> tuple[date | None, Deadline | None, str]:
    ordered = _ordered_day(round_, calendar)
    if ordered is not None and round_.order is not None:
        return ordered, None, f"{round_.order.number} 写明 {round_.order.due_on} 前答复，不延长、不暂停。"
    account, note = _counted(round_, start, calendar, today, extended=True)
    due = account.due if account else None
    if round_.delay is None:
        return due, account, note
    until = _shifted(round_.delay.until, calendar)
    if due is not None and due > until:
        return due, account, note
    return until, account, f"{round_.delay.notified_on} 已告知申请人延迟到 {until} 答复（条例第三十五条）。"


def _counted(
    round_: Round, start: date, calendar: WorkingCalendar, today: date, *, extended: bool
) -> tuple[Deadline | None, str]:
    extension = round_.extension
    held = extension.days if extended and extension and extension.notified_on else 0
    supplement = round_.supplement.received_on if round_.supplement else None
    notice = round_.fee_notice
    paid = notice.paid_on if notice else None

    def count() -> Deadline:
        return compute(
            "reply",
            start,
            calendar,
            pauses=_pauses(round_, start, calendar, today),
            extend=held,
            supplement_received=supplement if supplement and supplement >= start else None,
            fee_paid_on=paid if paid and paid >= start else None,
        )

    return known(count)


def _pauses(round_: Round, start: date, calendar: WorkingCalendar, today: date) -> list[Pause]:
    """What is not counted; a letter whose arrival is not known pauses up to ``today`` only."""
    found = []
    for one in round_.consultations:
        pause = pause_of(
            one.kind, one.sent_on, calendar, reached_on=one.reached_on, opinion_on=one.opinion_on
        ) or (one.sent_on, max(one.sent_on, today))
        if pause[1] >= start:
            found.append((max(pause[0], start), pause[1]))
    return found


def _waiting(round_: Round, calendar: WorkingCalendar, today: date) -> tuple[Waiting, ...]:
    found = []
    for one in round_.consultations:
        until, note = term_end(one, calendar)
        if one.open and (until is None or today <= until):
            found.append(Waiting(one.kind, one.whom, until, note))
    return tuple(found)


def _waits_for(where: str) -> str:
    if where == "awaiting_supplement":
        return "等申请人补正；答复期限自收到补正之日的次日重新起算（条例第三十条）。"
    return f"等申请人缴费；答复期限自缴费次日重新起算（{CLOCKS['payment'].rule.citation()}）。"


def service_day(answer: Answer) -> date | None:
    """The day that counts as answered (期限计算时点); None while it stands open."""
    if answer.sent_on is None:
        return None
    return service_date(
        answer.method, sent_on=answer.sent_on, signed_on=answer.signed_for_on, consent=answer.consent
    ).day


def _stopped_on(round_: Round) -> date | None:
    """When the first answer of the round was given; a correction does not undo it."""
    days = [service_day(answer) for answer in round_.answers if not answer.corrects]
    return next((day for day in days if day is not None), None)


def _dated(clock: ReplyClock, calendar: WorkingCalendar, today: date) -> ReplyClock:
    """The clock with the days left, or the days by which the answer was late."""
    due = clock.due
    if due is None:
        return clock
    end = clock.stopped_on or today
    left, note = known(
        lambda: working_days(calendar, end, due) if end <= due else -working_days(calendar, due, end)
    )
    late = -left if clock.stopped_on and left is not None and left < 0 else 0
    return replace(
        clock,
        left=None if clock.stopped_on else left,
        late_by=late,
        overdue=end > due,
        note=clock.note or note,
    )
