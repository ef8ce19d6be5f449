"""Four weeks of due days (四周到期表), working days as the district's notices make them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.rules.calendar import WorkingCalendar, YearNotAnnounced

_LENGTH = 28


@dataclass(frozen=True, slots=True)
class Day:
    """One day: whether it is worked (None: not announced yet), why not, and how much is due."""

    date: date
    working: bool | None
    reason: str
    due: int
    today: bool

    @property
    def classes(self) -> str:
        """The classes of its cell."""
        off = self.working is False or (self.working is None and self.date.weekday() >= 5)
        return " ".join(name for name, on in (("off", off), ("today", self.today)) if on)


@dataclass(frozen=True, slots=True)
class FourWeeks:
    """The days from this week's Monday, what is out of the ordinary in them, and the years not announced."""

    days: tuple[Day, ...]
    remarks: tuple[str, ...]
    unknown: tuple[int, ...]


def four_weeks(calendar: WorkingCalendar, today: date, dues: Iterable[date]) -> FourWeeks:
    """The four weeks that begin with this one."""
    counts = Counter(dues)
    first = today - timedelta(days=today.weekday())
    days = tuple(
        _day(calendar, first + timedelta(days=n), today, counts[first + timedelta(days=n)])
        for n in range(_LENGTH)
    )
    unknown = tuple(sorted({one.date.year for one in days if one.working is None}))
    return FourWeeks(days, tuple(_remarks(days, today)), unknown)


def _day(calendar: WorkingCalendar, day: date, today: date, due: int) -> Day:
    try:
        status = calendar.status(day)
    except YearNotAnnounced:
        return Day(day, None, "", due, day == today)
    return Day(day, status.working, status.reason if status.notice else "", due, day == today)


def _remarks(days: tuple[Day, ...], today: date) -> list[str]:
    """Breaks and made-up working days ahead, in words: 10 月 1 日—7 日放假，10 月 9 日（周六）上班."""
    found: list[str] = []
    run: list[Day] = []
    for one in (*days, None):
        if one is not None and one.working is False and one.reason:
            run.append(one)
            continue
        if run and run[-1].date >= today:
            found.append(_break(run))
        run = []
        if one is not None and one.working and one.reason and one.date >= today:
            weekday = "一二三四五六日"[one.date.weekday()]
            found.append(f"{one.date.month} 月 {one.date.day} 日（周{weekday}）上班")
    return found


def _break(run: list[Day]) -> str:
    first, last = run[0].date, run[-1].date
    if first == last:
        return f"{first.month} 月 {first.day} 日放假"
    end = f"{last.day} 日" if first.month == last.month else f"{last.month} 月 {last.day} 日"
    return f"{first.month} 月 {first.day} 日—{end}放假"
