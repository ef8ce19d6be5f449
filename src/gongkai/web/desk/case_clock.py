"""A case's clock as a page says it (期限账): chip, ruler of working days, account day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.deadlines import TraceDay
from gongkai.rules.requests.reply_clock import ReplyClock
from gongkai.rules.requests.steps import NextStep
from gongkai.rules.requests.terms import WHOSE, Whose
from gongkai.web.desk.tasks import Clock, between, spoken

NEAR = 3
_ONE = timedelta(days=1)
_WAITED_FOR = frozenset({Whose.APPLICANT, Whose.THIRD_PARTY, Whose.OTHER_ORGAN})


def waits_for_others(step: NextStep) -> bool:
    """Whether nobody in the house has anything to do yet (等别人)."""
    return step.whose in _WAITED_FOR and not step.overdue


def reply_words(clock: ReplyClock, today: date) -> Clock:
    """The reply clock in words (答复期限)."""
    match clock.status:
        case "not-started":
            return Clock("", "期限没有起算", "等与申请人确认收到")
        case "ended":
            return Clock("", "不再计算")
        case "waits":
            return Clock("pause", "停下，等申请人", "补上以后重新起算")
        case "stopped":
            return _stopped(clock)
        case "paused":
            return Clock("pause", "暂停中", _paused(clock, today))
    return _running(clock, today)


def _stopped(clock: ReplyClock) -> Clock:
    if clock.late_by:
        return Clock("over", f"逾期 {clock.late_by} 个工作日才答复", f"应于 {clock.due}")
    n = _nth(clock, clock.stopped_on)
    return Clock("done", f"第 {n} 个工作日答复" if n else "已答复", str(clock.stopped_on))


def _nth(clock: ReplyClock, day: date | None) -> int:
    """Which counted day that is; 0 where the account does not say."""
    counted = [d.n or 0 for d in clock.account.trace if day and d.date <= day] if clock.account else []
    return max(counted, default=0)


def _paused(clock: ReplyClock, today: date) -> str:
    said = []
    for one in clock.waiting:
        until = f"，最迟 {spoken(one.until, today)}" if one.until else ""
        said.append(f"等{one.whom}的意见{until}")
    return "；".join(said) + "；这些天不计入期限"


def _running(clock: ReplyClock, today: date) -> Clock:
    if clock.due is None:
        return Clock("near", "到期日待定", clock.note)
    day = spoken(clock.due, today)
    if clock.overdue:
        late = f"{-clock.left} 个工作日" if clock.left else f"{(today - clock.due).days} 天"
        return Clock("over", f"逾期 {late}", f"应于 {day} 答复；现在办结并说明原因，仍要办")
    if clock.due == today:
        n = _nth(clock, today)
        return Clock("near", "今天是最后一天", f"第 {n} 个工作日" if n else "今天答复")
    left = f"剩 {clock.left} 个工作日" if clock.left is not None else f"剩 {(clock.due - today).days} 天"
    near = clock.left is not None and clock.left <= NEAR
    return Clock("near" if near else "", left, f"{day}前答复")


def step_words(step: NextStep | None, clock: ReplyClock, calendar: WorkingCalendar, today: date) -> Clock:
    """The nearest day of a case in words, as the inbox is ordered by (最近的一天)."""
    owed = clock.due if clock.status in ("running", "paused") else None
    if step is None or step.due is None or (owed is not None and owed < step.due):
        if step is not None and step.due is None and step.note and owed is None:
            return Clock("near", "到期日待定", step.note)
        return reply_words(clock, today)
    due, short = step.due, _short(step.due, today)
    if today > due:
        late = between(calendar, due, today)
        words = f"逾期 {late} 个工作日" if late else f"逾期 {(today - due).days} 天"
        return Clock("over", words, f"应于 {short}")
    if step.whose in _WAITED_FOR:
        return Clock("pause", f"等{WHOSE[step.whose]}", f"最迟 {short}")
    if due == today:
        return Clock("near", "今天是最后一天", short)
    left = between(calendar, today, due)
    if left is None:
        return Clock("", f"剩 {(due - today).days} 天", short)
    return Clock("near" if left <= NEAR else "", f"剩 {left} 个工作日", short)


def _short(day: date, today: date) -> str:
    return f"{day.month} 月 {day.day} 日" if day.year == today.year else day.isoformat()


@dataclass(frozen=True, slots=True)
class Ruler:
    """One tick a working day (期限尺): ``ticks`` are classes, ``said`` the sentence for who cannot see it."""

    ticks: tuple[str, ...]
    said: str
    near: bool
    paused: bool


def ruler(clock: ReplyClock, today: date) -> Ruler | None:
    """The ruler; None where no account can be drawn."""
    if clock.account is None:
        return None
    end = clock.stopped_on or today
    days = [d for d in clock.account.trace if d.counted or _paused_working(d)]
    ticks = [_tick(d, end, today) for d in days]
    late = -clock.left if clock.left is not None and clock.left < 0 else clock.late_by
    ticks += ["o"] * min(late, 20)
    total = sum(d.counted for d in days)
    past = sum(d.counted and d.date <= end for d in days)
    paused = sum(not d.counted for d in days)
    said = f"共 {total} 个工作日，已过 {past} 个"
    said += f"，暂停 {paused} 个" if paused else ""
    said += f"，逾期 {late} 个" if late else f"，还剩 {total - past} 个"
    near = clock.left is not None and 0 <= clock.left <= NEAR
    return Ruler(tuple(ticks), said, near, bool(paused))


def _paused_working(day: TraceDay) -> bool:
    # A paused day off says why it is one behind a semicolon; days off are not drawn.
    return "暂停：" in day.why and "；" not in day.why


def _tick(day: TraceDay, end: date, today: date) -> str:
    if not day.counted:
        return "p"
    if day.date == today and end == today:
        return "t"
    return "c" if day.date <= end else ""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One cell of the account (逐日账的一格)."""

    text: str
    count: str
    remark: str
    made_up: bool
    classes: str
    today: bool


Week = tuple[CalendarDay | None, ...]


def account_weeks(clock: ReplyClock, today: date) -> tuple[Week, ...]:
    """The account as weeks from Monday; None stands outside it."""
    if clock.account is None:
        return ()
    trace = {d.date: d for d in clock.account.trace}
    first, last = clock.account.start, clock.account.due
    monday = first - timedelta(days=first.weekday())
    weeks, day = [], monday
    while day <= last:
        week = [day + timedelta(days=n) for n in range(7)]
        weeks.append(tuple(_cell(d, trace, first, last, today) for d in week))
        day += timedelta(days=7)
    return tuple(weeks)


def _cell(day: date, trace: dict[date, TraceDay], first: date, last: date, today: date) -> CalendarDay | None:
    if not first <= day <= last:
        return None
    text, here = f"{day.month}/{day.day}", day == today
    if day == first:
        return CalendarDay(text, "", "起点，不计", False, "today" if here else "", here)
    one = trace[day]
    why = one.why.rpartition("当日不计入。")[2]
    made_up = one.counted and "，" in why
    if one.counted:
        remark = "到期" if day == last else ""
        classes = "due" if day == last else "today" if here else ""
        return CalendarDay(text, f"第{one.n}日", remark, made_up, classes, here)
    if "暂停：" in why:
        return CalendarDay(text, "", "暂停", False, "pause today" if here else "pause", here)
    return CalendarDay(text, "", _day_off(why), False, "off today" if here else "off", here)


def _day_off(why: str) -> str:
    """The festival's name, or that it is a day of rest."""
    for name in ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆"):
        if name in why:
            return name
    return "休息"
