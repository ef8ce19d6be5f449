"""Days as the portal says them, and the account of a deadline as weeks (日期的写法、逐日表)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from gongkai.rules.calendar import WorkingCalendar, YearNotAnnounced
from gongkai.rules.deadlines import Deadline, TraceDay

_WEEKDAYS = "一二三四五六日"
_ONE = timedelta(days=1)


def said(day: date, today: date | None = None) -> str:
    """10 月 15 日（周五）; with its year where that is not the year of ``today``."""
    year = f"{day.year} 年 " if today is None or day.year != today.year else ""
    return f"{year}{day.month} 月 {day.day} 日（周{_WEEKDAYS[day.weekday()]}）"


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the table: how it is drawn, its number, and its word; without a day it is left blank."""

    day: date | None
    look: str = "out"
    n: int | None = None
    word: str = ""
    made_up: bool = False


def weeks(account: Deadline, calendar: WorkingCalendar, *, start_word: str, today: date) -> list[list[Cell]]:
    """The account as weeks from Monday (逐日表), from the day that is not counted to the last."""
    cells = [Cell(account.start, "t0", None, start_word)]
    cells += [_cell(one, account, calendar) for one in account.trace]
    cells = [replace(cell, look=f"{cell.look} today") if cell.day == today else cell for cell in cells]
    lead = [Cell(None)] * account.start.weekday()
    filled = lead + cells
    filled += [Cell(None)] * (-len(filled) % 7)
    return [filled[i : i + 7] for i in range(0, len(filled), 7)]


def _cell(one: TraceDay, account: Deadline, calendar: WorkingCalendar) -> Cell:
    made_up = one.date.weekday() >= 5 and _working(one.date, calendar)
    if one.counted:
        last = one.date == account.due
        return Cell(one.date, "due" if last else "", one.n, "到期" if last else "", made_up)
    if "暂停" in one.why:
        return Cell(one.date, "pause", None, "暂停", made_up)
    return Cell(one.date, "off", None, "放假" if one.date.weekday() < 5 else "休息")


def _working(day: date, calendar: WorkingCalendar) -> bool:
    try:
        return calendar.status(day).working
    except YearNotAnnounced:
        return False


@dataclass(frozen=True, slots=True)
class Ruler:
    """The working days as ticks (工作日尺): filled past, tall today, hatched pause, empty ahead."""

    ticks: tuple[str, ...]
    words: str


def ruler(account: Deadline, calendar: WorkingCalendar, today: date) -> Ruler:
    """The ruler of an account on a day; days off are not drawn."""
    ticks = []
    for one in account.trace:
        if one.counted:
            ticks.append("c" if one.date < today else "t" if one.date == today else "")
        elif "暂停" in one.why and _working(one.date, calendar):
            ticks.append("p")
    counted = [one for one in account.trace if one.counted]
    past = sum(one.date <= today for one in counted)
    paused = ticks.count("p")
    pause = f"，暂停 {paused} 个" if paused else ""
    return Ruler(
        tuple(ticks), f"共 {len(counted)} 个工作日，已过 {past} 个{pause}，还剩 {len(counted) - past} 个"
    )
