"""Calendar periods (日历期间) of reconsideration and lawsuits: sixty days, fifteen days, six months."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.provision import Provision
from gongkai.rules.rule import Rule, implements

LAST_DAY = Rule(
    id="CAL-85-last-day",
    title="期间届满之日顺延",
    sentence="期间届满的最后一日是法定休假日的，以法定休假日后的第一日为期间届满的日期。",
    provisions=(Provision("civil-procedure-2023", 85, 3), Provision("litigation-law-2017", 101)),
    confirmed=False,
    note="民事诉讼法未收全文，引文待核对；行政复议期间依行政复议法第八十八条第一款适用同一规定。",
)


class PeriodRefused(ValueError):
    """A period that cannot be counted; the message names the cure."""


@dataclass(frozen=True, slots=True)
class PeriodEnd:
    """The last day of a calendar period; ``nominal`` is the day before the shift past days off."""

    due: date
    nominal: date
    why: str
    provision: str


@implements(LAST_DAY)
def period_end(start: date, calendar: WorkingCalendar, *, days: int = 0, months: int = 0) -> PeriodEnd:
    """The last day of so many days or months after ``start``, which is not counted.

    Raises PeriodRefused unless exactly one length is given, YearNotAnnounced where the last day falls
    in a year without a notice.
    """
    if (days > 0) == (months > 0) or days < 0 or months < 0:
        raise PeriodRefused("期间写日数或者月数其中一种，至少是 1。")
    nominal = nominal_end(start, days=days, months=months)
    due = calendar.first_working_day_from(nominal)
    length = f"{days} 日" if days else f"{months} 个月"
    why = f"自 {start} 的次日起算 {length}，最后一日是 {nominal}"
    if due != nominal:
        why += f"（{calendar.status(nominal).reason}），顺延到 {due}"
    return PeriodEnd(due, nominal, why + "。", LAST_DAY.citation())


def nominal_end(start: date, *, days: int = 0, months: int = 0) -> date:
    """The last day before any shift past days off (期间届满之日): the period never ends before it."""
    return start + timedelta(days=days) if days else _months_after(start, months)


def _months_after(start: date, months: int) -> date:
    """The corresponding day of the last month; its last day where there is none (没有对应日的，月末日)."""
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
