"""Due dates in working days (期限), each with the day-by-day account of how it was counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.citations import cite
from gongkai.rules.clocks import CLOCKS, EXTENSION, PAID_RESTART, PAUSE, RESTART, Clock
from gongkai.rules.rule import Rule

_ONE = timedelta(days=1)
MOST_DAYS = 400
MOST_EXTENSION = 20
Pause = tuple[date, date]


class DeadlineRefused(ValueError):
    """A clock that cannot be counted so; the message names the cure."""


@dataclass(frozen=True, slots=True)
class TraceDay:
    """One day of the account (逐日说明). ``n`` is the number of a counted day."""

    date: date
    counted: bool
    n: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A due date with its account (期限的最后一日).

    ``start`` is the day that is not counted; ``base_due`` the due date before the extension;
    ``notes`` what a reader must know beside the account.
    """

    due: date
    trace: tuple[TraceDay, ...]
    provision: str
    rule: str
    start: date
    base_due: date
    notes: tuple[str, ...] = ()


def compute(
    rule_code: str,
    received: date,
    calendar: WorkingCalendar,
    *,
    days: int | None = None,
    pauses: Sequence[Pause] = (),
    extend: int = 0,
    supplement_received: date | None = None,
    fee_paid_on: date | None = None,
) -> Deadline:
    """The last day of a clock. Raises DeadlineRefused, or YearNotAnnounced for a year without a notice.

    A pause begins the day after its first date and ends with its second. A supplement or a payment
    restarts the reply clock from its day. An extension is counted on after the last day.
    """
    return _counted(
        rule_code, received, calendar, days, tuple(pauses), extend, supplement_received, fee_paid_on
    )


# Lists ask for the same days again and again; a calendar never changes, a new notice makes another one.
@lru_cache(maxsize=512)
def _counted(
    rule_code: str,
    received: date,
    calendar: WorkingCalendar,
    days: int | None,
    pauses: tuple[Pause, ...],
    extend: int,
    supplement_received: date | None,
    fee_paid_on: date | None,
) -> Deadline:
    clock = _clock(rule_code)
    length = clock.days if days is None else days
    _check_numbers(clock, length, extend)
    _check_reply_only(clock, pauses, supplement_received, fee_paid_on)
    if received == date.max:
        raise calendar.not_announced(received.year)
    start, start_words = _start(clock, received, supplement_received, fee_paid_on)
    merged = _merge(received, pauses)
    trace = _trace(calendar, start, start_words, merged, length, extend)
    applied = {RESTART: supplement_received, PAID_RESTART: fee_paid_on, EXTENSION: extend, PAUSE: pauses}
    used = [clock.rule, *(rule for rule, given in applied.items() if given)]
    base_due = next(d.date for d in trace if d.n == length)
    due = trace[-1].date
    notes = _notes(clock, length, received, due, merged, calendar)
    return Deadline(due, trace, _citation(used), clock.rule.id, start, base_due, notes)


def _clock(code: str) -> Clock:
    clock = CLOCKS.get(code)
    if clock is None:
        known = "、".join(f"{c.code}（{c.label}）" for c in CLOCKS.values())
        raise DeadlineRefused(f"没有“{code}”这种期限，应为：{known}。")
    return clock


def _check_numbers(clock: Clock, length: int, extend: int) -> None:
    for number, words in ((length, "工作日数"), (extend, "延长的工作日数")):
        if isinstance(number, bool) or not isinstance(number, int):
            raise DeadlineRefused(f"{words}是“{number}”，应是整数。")
    if not 1 <= length <= MOST_DAYS:
        raise DeadlineRefused(f"工作日数是 {length}，应在 1 到 {MOST_DAYS} 之间。")
    if extend and not clock.reply:
        raise DeadlineRefused(f"{clock.label}的期限不能延长，只有答复期限（reply）可以；去掉延长。")
    if not 0 <= extend <= MOST_EXTENSION:
        raise DeadlineRefused(
            f"延长 {extend} 个工作日不行：延长的期限最长不得超过 {MOST_EXTENSION} 个工作日"
            f"（{EXTENSION.citation()}），应在 1 到 {MOST_EXTENSION} 之间。"
        )


def _check_reply_only(
    clock: Clock, pauses: Sequence[Pause], supplement_received: date | None, fee_paid_on: date | None
) -> None:
    if clock.reply:
        return
    given = (
        (bool(pauses), "不因征求意见暂停", "暂停"),
        (supplement_received is not None, "不因补正重新计算", "收到补正的日期"),
        (fee_paid_on is not None, "不因缴费重新计算", "缴费日期"),
    )
    for present, words, part in given:
        if present:
            raise DeadlineRefused(f"{clock.label}的期限{words}，只有答复期限（reply）可以；去掉{part}。")


def _start(
    clock: Clock, received: date, supplement_received: date | None, fee_paid_on: date | None
) -> tuple[date, str]:
    start, words = received, clock.start
    for day, label, restarted in (
        (supplement_received, "收到补正", "收到补正的申请之日"),
        (fee_paid_on, "缴费", "申请人完成缴费之日"),
    ):
        if day is None:
            continue
        if day < received:
            raise DeadlineRefused(f"{label}日期 {day} 早于收到申请的日期 {received}，核对两个日期。")
        if day >= start:
            start, words = day, restarted
    return start, words


def _merge(received: date, pauses: Sequence[Pause]) -> list[Pause]:
    """Pauses in order; those that overlap or touch become one."""
    merged: list[Pause] = []
    for first, last in sorted(pauses):
        if last < first:
            raise DeadlineRefused(f"暂停 {first}:{last} 的止日早于起日，改成 起:止。")
        if first < received:
            raise DeadlineRefused(
                f"暂停 {first}:{last} 起于收到申请（{received}）之前，征求意见只能在收到之后；核对日期。"
            )
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def _trace(
    calendar: WorkingCalendar,
    start: date,
    start_words: str,
    pauses: Sequence[Pause],
    length: int,
    extend: int,
) -> tuple[TraceDay, ...]:
    account: list[TraceDay] = []
    day, n = start, 0
    opening = f"自 {start}（{start_words}）的次日起算，当日不计入。"
    while n < length + extend:
        day += _ONE
        status = calendar.status(day)
        pause = next((p for p in pauses if p[0] < day <= p[1]), None)
        if pause is not None:
            rest = "" if status.working else f"；{status.reason}"
            entry = TraceDay(day, False, None, f"暂停：{pause[0]} 起征求意见，至 {pause[1]}{rest}")
        elif not status.working:
            entry = TraceDay(day, False, None, status.reason)
        else:
            n += 1
            made_up = f"，{status.reason}" if status.notice else ""
            words = f"第 {n} 个工作日" if n <= length else f"第 {n} 个工作日（延长第 {n - length} 日）"
            entry = TraceDay(day, True, n, words + made_up)
        if not account:
            entry = TraceDay(entry.date, entry.counted, entry.n, opening + entry.why)
        account.append(entry)
    return tuple(account)


def _notes(
    clock: Clock,
    length: int,
    received: date,
    due: date,
    pauses: Sequence[Pause],
    calendar: WorkingCalendar,
) -> tuple[str, ...]:
    notes = []
    if length != clock.days:
        notes.append(f"按指定的 {length} 个工作日计算；规定的是 {clock.days} 个工作日。")
    since = clock.rule.since
    if since is not None and received < since:
        notes.append(f"{received} 早于这一规则施行之日 {since}，当时的期限按当时的规定。")
    notes += [f"暂停 {a}:{b} 在期限届满之后，没有影响。" for a, b in pauses if a >= due]
    for year in range(received.year, due.year + 1):
        notes += calendar.gaps(year)
    return tuple(notes)


def _citation(rules: Sequence[Rule]) -> str:
    return cite(p for rule in rules for p in rule.provisions)
