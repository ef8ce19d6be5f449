"""Corrections and proposals as the desk says them (更正、转主动公开的措辞): the clock, the acts, the values."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.casework.models import SideRequest
from gongkai.casework.side.queries import SideSaid, SideView, story
from gongkai.foundation.models import Account
from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.requests.steps import NextStep
from gongkai.rules.side_requests.clock import SideClock
from gongkai.rules.side_requests.fields import FIELDS, METHODS
from gongkai.rules.side_requests.kinds import CRITERIA, OUTCOMES, RESULTS
from gongkai.web.desk.case_beside import told_beside
from gongkai.web.desk.case_words import Told
from gongkai.web.desk.tasks import Clock, between, spoken

_NEAR = 3


def tell(found: SideView, names: dict[str, str]) -> list[Told]:
    """The acts, newest first, the filing last; that it was struck out before them."""
    side = found.side
    who = names.get(side.filed_by, "申请人" if side.filed_by.startswith("applicant") else "网上提交")
    first = Told(side.arrived_on, side.filed_at, "到达", who, (), "", side.entered_seq)
    return [*told_beside(side), *(_told(said, found, names) for said in reversed(story(found))), first]


def _told(said: SideSaid, found: SideView, names: dict[str, str]) -> Told:
    details = tuple(
        f"{_label(code, said.act.id)}：{value_text(code, said.given[code], found, names)}"
        for code in (f.code for f in said.act.fields)
        if code in said.given
    )
    who = names.get(said.row.actor, "提出的人" if said.row.actor.startswith("side-person") else "系统")
    return Told(said.row.on, said.row.at, said.act.label, who, details, "", said.row.seq)


def _label(code: str, act: str) -> str:
    return "审核的情况" if (act, code) == ("assess", "found") else FIELDS[code].label


def value_text(code: str, value: Any, found: SideView, names: dict[str, str]) -> str:
    """A value of an act as a person reads it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    match code:
        case "handler":
            return names.get(str(value), str(value))
        case "result":
            return RESULTS[found.side.kind][value]
        case "outcome":
            return OUTCOMES[value].label
        case "method":
            return METHODS[value]
        case "criteria":
            return "；".join(CRITERIA[one][0] for one in value)
    return str(value)


def names_of(found: SideView) -> dict[str, str]:
    """The names of the accounts that acted, or were named: one query."""
    refs = {found.side.filed_by, *(row.actor for row in found.acts)}
    refs |= {str(said.given["handler"]) for said in story(found) if "handler" in said.given}
    ids = [int(ref.partition(":")[2]) for ref in refs if ref.startswith("account:")]
    return {a.ref: a.display_name for a in Account.objects.filter(pk__in=ids)}


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
