"""Today (今日): what waits for me, by when, one click from the act; then what happened last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from gongkai.foundation.models import Organ
from gongkai.web.clock import moment, today
from gongkai.web.desk import (
    beginning,
    case_tasks,
    filing_tasks,
    forward_views,
    message_tasks,
    part_views,
    remedy_tasks,
    side_tasks,
    task_sources,
)
from gongkai.web.desk.four_weeks import four_weeks
from gongkai.web.desk.frame import page, seat
from gongkai.web.desk.history import lately
from gongkai.web.desk.newcomer import path_of
from gongkai.web.desk.tasks import Clock, Look, Source, Task, clock, in_order
from gongkai.web.desk.year_numbers import year_numbers

# Every area that makes somebody wait adds its source here; each asks a fixed number of queries.
SOURCES: tuple[Source, ...] = (
    filing_tasks.filings,
    filing_tasks.collection,
    case_tasks.cases,
    remedy_tasks.remedies,
    part_views.tasks,
    forward_views.tasks,
    side_tasks.sides,
    task_sources.requests,
    task_sources.statistics,
    task_sources.letters,
    task_sources.notices,
    message_tasks.messages,
)
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Waiting:
    """A task with its clock, as the page draws it; ``anchor`` is what the four weeks link to."""

    task: Task
    clock: Clock
    anchor: str

    @property
    def tone(self) -> str:
        """The look of the panel of the first one."""
        return {"over": "bad", "near": "near"}.get(self.clock.tone, "")


def today_page(request: Any) -> HttpResponse:
    """The first page of the desk."""
    day, here = today(request), seat(request)
    look = Look(request.actor, day, moment(request))
    waiting = _waiting(look)
    own = here.organ if here.organ is not None and request.actor.may("record.read", here.organ) else None
    signs = own is not None and request.actor.may("case.approve", own)
    enters = own is not None and request.actor.may("record.enter", own) and own in look.held
    first, rest = (waiting[0], waiting[1:]) if waiting else (None, [])
    everything = request.GET.get("all") == "1"
    context = {
        "day": day,
        "weekday": "一二三四五六日"[day.weekday()],
        "first": first,
        "rest": rest if everything else rest[:_SHOWN],
        "hidden": 0 if everything else max(0, len(rest) - _SHOWN),
        "total": len(rest),
        "weeks": four_weeks(look.calendar, day, [one.task.due for one in waiting if one.task.due]),
        "own": own,
        "numbers": year_numbers(own, day.year) if own is not None and enters else [],
        "report_href": _report(own, day) if own is not None and enters else "",
        "lately": lately(own.code) if own is not None else [],
        "path": path_of(request.account, own, may_enter=enters, may_sign=signs, now=moment(request)),
        "may_enter": enters,
        "beginning": beginning.path_of(request.actor),
    }
    return page(request, "desk/today.html", context)


def _waiting(look: Look) -> list[Waiting]:
    tasks = in_order([task for source in SOURCES for task in source(look)], look.day)
    found, dated = [], set()
    for place, task in enumerate(tasks):
        anchor = f"due-{task.due}" if task.due and task.due not in dated else f"task-{place}"
        dated.add(task.due)
        found.append(Waiting(task, clock(task, look.calendar, look.day), anchor))
    return found


def _report(organ: Organ, day: date) -> str:
    """The unit's own filing of the year in hand."""
    if organ.kind in ("government", "office"):
        return reverse("desk:reports")
    return reverse("desk:filing", args=[organ.code, day.year if day.month > 3 else day.year - 1])
