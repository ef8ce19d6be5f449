"""Working days (工作日) as the State Council's notices make them, with regional festivals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from gongkai.rules.holiday_notices import (
    NATIONAL,
    REGIONS,
    CalendarRefused,
    HolidayNotice,
    built_in_notices,
    notice_warnings,
    parse_notice,
)

__all__ = [
    "CalendarRefused",
    "DayStatus",
    "HolidayNotice",
    "WorkingCalendar",
    "WorkingRun",
    "YearNotAnnounced",
    "announced",
    "built_in_notices",
    "notice_warnings",
    "parse_notice",
]
_WEEKDAYS = "一二三四五六日"


class YearNotAnnounced(CalendarRefused):
    """A day of a year without a holiday notice (放假安排还没有公布)."""

    def __init__(self, year: int, *, earliest: int | None = None) -> None:
        self.year = year
        if earliest is not None and year < earliest:
            message = (
                f"没有 {year} 年的放假安排，本程序的放假通知从 {earliest} 年起，算不出这一年的工作日。"
                "要算的，由运行维护人员载入该年的通知文件。"
            )
        else:
            message = (
                f"{year} 年放假安排还没有公布（缺《国务院办公厅关于{year}年部分节假日安排的通知》），"
                "算不出这一年的工作日；公布后由运行维护人员载入通知文件即可。"
            )
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class DayStatus:
    """Whether a day is a working day, why, and by which notice (None: by the weekday alone)."""

    working: bool
    reason: str
    notice: HolidayNotice | None = None


@dataclass(frozen=True, slots=True)
class WorkingRun:
    """A run of announced years as a rank/select table.

    ``rank[i]`` is the number of working days before day ``first + i``; ``days[k]`` is the k-th working
    day, both as ordinals. The n-th working day after a day is then one look-up.
    """

    first: int
    last: int
    rank: tuple[int, ...]
    days: tuple[int, ...]


class WorkingCalendar:
    """The working days that notices make (工作日历). Immutable; one look-up per question.

    Of two notices for the same year and region the later one holds. Regional notices add to the
    national ones.
    """

    def __init__(self, notices: Iterable[HolidayNotice], region: str | None = None) -> None:
        self.region = region or NATIONAL
        wanted = {NATIONAL, self.region}
        self.notices = tuple(n for n in notices if n.region in wanted)
        latest = {(n.region, n.year): n for n in self.notices}
        # National before regional, years in order: what a notice says of the days around New Year
        # changes the year before, and a regional day changes both.
        self._effective = tuple(latest[k] for k in sorted(latest, key=lambda k: (k[0] != NATIONAL, k[1])))
        self._named: dict[date, tuple[bool, HolidayNotice]] = {}
        for notice in self._effective:
            self._named.update((day, (False, notice)) for day in notice.holidays)
            self._named.update((day, (True, notice)) for day in notice.workdays)
        self.years = tuple(sorted(n.year for n in self._effective if n.region == NATIONAL))
        self._regional_years = frozenset(n.year for n in self._effective if n.region != NATIONAL)
        self.runs = tuple(self._tables())

    def with_notices(self, extra: Iterable[HolidayNotice]) -> WorkingCalendar:
        """This calendar with further notices, each later than those before it."""
        notices = (*self.notices, *extra)
        return self if notices == self.notices else _calendar(notices, self.region)

    def status(self, day: date) -> DayStatus:
        """Whether ``day`` is a working day, and why. Raises YearNotAnnounced."""
        if day.year not in self.years:
            raise self.not_announced(day.year)
        named = self._named.get(day)
        if named is None:
            if day.weekday() < 5:
                return DayStatus(True, "工作日")
            return DayStatus(False, f"周{_WEEKDAYS[day.weekday()]}")
        working, notice = named
        if working:
            return DayStatus(True, f"调休上班（{notice.number}）", notice)
        return DayStatus(False, f"{notice.occasion(day)}放假（{notice.number}）", notice)

    def is_working_day(self, day: date) -> DayStatus:
        """The same as ``status``; read ``.working`` for the bare answer."""
        return self.status(day)

    def add_working_days(self, start: date, n: int) -> date:
        """The n-th working day after ``start``, which is not counted (期间开始之日不计算在期间内)."""
        if n < 1:
            raise CalendarRefused(f"工作日数是 {n}，至少是 1。")
        day = start.toordinal() + 1
        for run in self.runs:
            if run.first <= day <= run.last:
                k = run.rank[day - run.first] + n - 1
                if k < len(run.days):
                    return date.fromordinal(run.days[k])
                raise self.not_announced(date.fromordinal(run.last).year + 1)
        raise self.not_announced(start.year + int((start.month, start.day) == (12, 31)))

    def first_working_day_from(self, day: date) -> date:
        """``day`` itself if it is a working day, else the first one after it (期满日顺延)."""
        return self.add_working_days(day - timedelta(days=1), 1)

    def gaps(self, year: int) -> tuple[str, ...]:
        """What the calendar does not know of a year, in words for the reader of a due date."""
        if self.region == NATIONAL or year in self._regional_years:
            return ()
        return (
            f"没有{REGIONS.get(self.region, self.region)} {year} 年的地区放假通知，地区节日未计。"
            "少计放假，期限只会偏早，不会偏晚；补上通知后重算即可。",
        )

    def not_announced(self, year: int) -> YearNotAnnounced:
        """The refusal that names the missing notice."""
        return YearNotAnnounced(year, earliest=self.years[0] if self.years else None)

    def _tables(self) -> Iterable[WorkingRun]:
        years = list(self.years)
        while years:
            run = [years.pop(0)]
            while years and years[0] == run[-1] + 1:
                run.append(years.pop(0))
            first, last = date(run[0], 1, 1).toordinal(), date(run[-1], 12, 31).toordinal()
            rank: list[int] = []
            days: list[int] = []
            for ordinal in range(first, last + 1):
                rank.append(len(days))
                day = date.fromordinal(ordinal)
                named = self._named.get(day)
                if named[0] if named else day.weekday() < 5:
                    days.append(ordinal)
            yield WorkingRun(first, last, tuple(rank), tuple(days))


@lru_cache(maxsize=32)
def _calendar(notices: tuple[HolidayNotice, ...], region: str) -> WorkingCalendar:
    return WorkingCalendar(notices, region)


@cache
def announced(region: str | None = None) -> WorkingCalendar:
    """The calendar of the built-in notices: the country's, or with a region's festivals.

    Raises CalendarRefused for a region nobody knows.
    """
    if region is not None and region not in REGIONS:
        known = "、".join(f"{code}（{name}）" for code, name in REGIONS.items())
        raise CalendarRefused(f"没有“{region}”这个地区，应为：{known}。")
    return WorkingCalendar(built_in_notices(), region)
