"""What waits for somebody (待办): one line each, with its clock; computed at every look, never stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from gongkai.foundation import organs
from gongkai.foundation.actors import Actor
from gongkai.foundation.calendars import calendar_of
from gongkai.foundation.models import Organ
from gongkai.rules.calendar import WorkingCalendar, YearNotAnnounced, announced

_WEEKDAYS = "一二三四五六日"
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits (一件待办): what, why, by when, and the one act.

    ``due``: None where no day is set; then ``pending`` says why, or ``since`` from when it waits.
    ``urgent``: comes before everything that is not overdue.
    """

    kind: str
    title: str
    why: str
    button: str
    href: str
    due: date | None = None
    law: str = ""
    pending: str = ""
    since: date | None = None
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A task's clock as a page shows it: tone, words, and the day, in a sentence or short in a list."""

    tone: str
    words: str
    said: str = ""
    short: str = ""


class Look:
    """One look at the desk (一次查看): who, on which day, at which moment, and what every source asks for, once."""

    def __init__(self, actor: Actor, day: date, moment: datetime | None = None) -> None:
        self.actor, self.day, self.moment = actor, day, moment

    @cached_property
    def held(self) -> list[Organ]:
        """The organs where the person holds a role."""
        rows = Organ.objects.filter(code__in=list(self.actor.held)).select_related("parent")
        return list(rows)

    @cached_property
    def names(self) -> dict[int, str]:
        """The short names of those organs, by id."""
        found = organs.names_in(self.held, self.day.year)
        return {pk: row.short_name for pk, row in found.items()}

    @cached_property
    def government(self) -> Organ | None:
        """The government that the person's organs belong to."""
        for organ in self.held:
            if organ.kind == "government":
                return organ
            if organ.parent is not None:
                return organ.parent
        return None

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """The working days of the district."""
        return calendar_of(self.government) if self.government is not None else announced(None)

    def where(self, permission: str) -> list[Organ]:
        """The organs of one's own where one may do something."""
        return [organ for organ in self.held if self.actor.may(permission, organ)]

    def called(self, organ: Organ) -> str:
        """Whose a task is, said only to those who work for more than one."""
        return f"{self.names.get(organ.pk, organ.code)}：" if len(self.held) > 1 else ""


Source = Callable[[Look], list[Task]]


def in_order(tasks: list[Task], today: date) -> list[Task]:
    """What cannot be counted first, then what is overdue or urgent, then by day, then the rest."""

    def presses(one: Task) -> bool:
        return one.urgent or (one.due is not None and one.due < today)

    return sorted(
        tasks,
        key=lambda one: (not one.pending, not presses(one), one.due or date.max, one.since or date.max),
    )


def clock(task: Task, calendar: WorkingCalendar, today: date) -> Clock:
    """The clock of a task, in working days where the calendar of that year is known."""
    if task.due is None:
        if task.pending:
            return Clock("near", "到期日待定", task.pending, task.pending)
        if task.since is None:
            return Clock("", "没有期限")
        days = (today - task.since).days
        return Clock("", f"已等 {days} 天" if days else "今天起等着")
    if task.due == today:
        return Clock("near", "今天到期")
    day, short = spoken(task.due, today), _short(task.due, today)
    if task.due < today:
        late = between(calendar, task.due, today)
        words = f"逾期 {late} 个工作日" if late else f"逾期 {(today - task.due).days} 天"
        return Clock("over", words, f"应于 {day}", f"应于 {short}")
    left = between(calendar, today, task.due)
    if left is None:
        return Clock("", f"剩 {(task.due - today).days} 天", day, short)
    return Clock("near" if left <= _NEAR else "", f"剩 {left} 个工作日", day, short)


def _short(day: date, today: date) -> str:
    return f"{day.month} 月 {day.day} 日" if day.year == today.year else day.isoformat()


def between(calendar: WorkingCalendar, after: date, until: date) -> int | None:
    """The working days after one day up to another; None where a year is not announced."""
    try:
        days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
        return sum(calendar.status(one).working for one in days)
    except YearNotAnnounced:
        return None


def spoken(day: date, today: date) -> str:
    """A day as a sentence says it; with the year where it is another."""
    year = f"{day.year} 年 " if day.year != today.year else ""
    return f"{year}{day.month} 月 {day.day} 日（周{_WEEKDAYS[day.weekday()]}）"
