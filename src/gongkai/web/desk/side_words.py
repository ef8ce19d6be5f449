"""Corrections and proposals as the desk says them (更正、转主动公开的措辞): the clock, the story."""

from __future__ import annotations

from datetime import date

from gongkai.casework.models import SideRequest
from gongkai.casework.side.queries import SideSaid, SideView, story
from gongkai.casework.side.told import acted_by, details, filed_by
from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.requests.steps import NextStep
from gongkai.rules.side_requests.clock import SideClock
from gongkai.web.desk.case_beside import told_beside
from gongkai.web.desk.case_words import Told
from gongkai.web.desk.tasks import Clock, between, spoken

_NEAR = 3


def tell(found: SideView, names: dict[str, str]) -> list[Told]:
    """The acts, newest first, the filing last; that it was struck out before them."""
    side = found.side
    first = Told(side.arrived_on, side.filed_at, "到达", filed_by(found, names), (), "", side.entered_seq)
    return [*told_beside(side), *(_told(said, found, names) for said in reversed(story(found))), first]


def _told(said: SideSaid, found: SideView, names: dict[str, str]) -> Told:
    row, words = said.row, details(said, found, names)
    return Told(row.on, row.at, said.act.label, acted_by(said, names), words, "", row.seq)


def step_clock(
    side: SideRequest, step: NextStep | None, clock: SideClock, calendar: WorkingCalendar, day: date
) -> Clock:
    """The chip of a line: until when the next step, or why no day can be said."""
    if side.voided_seq is not None:
        return Clock("", "已撤销登记")
    if step is None or clock.stopped_on is not None:
        return Clock("done", "已办结")
    if step.due is None:
        return Clock("pause" if clock.waits else "", step.note.partition("。")[0] or "没有期限")
    if step.due < day:
        late = between(calendar, step.due, day)
        return Clock("over", f"过了 {late} 个工作日" if late else "过了", f"应于 {spoken(step.due, day)}")
    if step.due == day:
        return Clock("near", "今天到期")
    left = between(calendar, day, step.due)
    words = f"剩 {left} 个工作日" if left is not None else f"剩 {(step.due - day).days} 天"
    return Clock("near" if left is not None and left <= _NEAR else "", words, spoken(step.due, day))
