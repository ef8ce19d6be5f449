"""Doing one act on the facts (办一个动作): a new life, or a refusal that says why and what instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.consultations import ConsultationRefused
from gongkai.rules.deadlines import DeadlineRefused
from gongkai.rules.fees import FeeRefused
from gongkai.rules.outcomes import OutcomeRefused
from gongkai.rules.receipt import ReceiptRefused
from gongkai.rules.requests import answering, changes
from gongkai.rules.requests.act import Act
from gongkai.rules.requests.conditions import why_not
from gongkai.rules.requests.facts import Life
from gongkai.rules.requests.fields import FIELDS
from gongkai.rules.requests.given import Given
from gongkai.rules.requests.law import STEPS
from gongkai.rules.requests.life import receipt, state
from gongkai.rules.requests.retention import RetentionRefused
from gongkai.rules.requests.states import ActRefused, available, check_allowed
from gongkai.rules.rule import implements
from gongkai.rules.service import ServiceRefused
from gongkai.rules.supplements import CaseRefused

CHANGES: dict[str, changes.Change] = {**changes.CHANGES, **answering.CHANGES}
# What the rules say of a value they cannot take; each message names its cure.
REFUSALS = (
    CaseRefused,
    ConsultationRefused,
    DeadlineRefused,
    FeeRefused,
    OutcomeRefused,
    ReceiptRefused,
    RetentionRefused,
    ServiceRefused,
)


# Acts that only answer another one: of no interest before it is done.
FOLLOWING = frozenset(
    {
        "approve_extension",
        "decline_extension",
        "tell_extension",
        "part_answered",
        "take_back_part",
        "record_reached",
        "record_silence",
        "tell_third_party",
        "fee_reached",
        "delay",
        "correct",
    }
)


@dataclass(frozen=True, slots=True)
class Offer:
    """An act that the state allows (依法还可以), with why it cannot be done today; "" where it can."""

    act: Act
    reason: str = ""

    @property
    def shown(self) -> bool:
        """Whether a clerk need see it: open, or closed by law; not one that has nothing to follow (没有前一步)."""
        return not self.reason or self.act.id not in FOLLOWING


def offers(life: Life, today: date, calendar: WorkingCalendar) -> tuple[Offer, ...]:
    """Every act the state allows, in the order of the table, those that cannot be done today with why."""
    return tuple(Offer(a, why_not(a.id, life, today, calendar)) for a in available(state(life)))


@implements(STEPS)
def perform(
    life: Life,
    act: str,
    *,
    on: date,
    today: date,
    calendar: WorkingCalendar,
    given: Mapping[str, object] | None = None,
) -> Life:
    """The life after the act, done on ``on`` and entered on ``today``. Raises ActRefused, and only that."""
    where = state(life)
    found = check_allowed(act, where)
    values = Given(found, given or {})
    _check_day(life, found, on, today, where)
    reason = why_not(act, life, on, calendar)
    if reason:
        raise _refused(found, where, reason, life, on, calendar)
    missing = values.missing()
    if missing:
        labels = "、".join(FIELDS[code].label for code in missing)
        raise ActRefused(f"“{found.label}”还缺：{labels}。填好再办。", act=act, state=where, missing=missing)
    try:
        return CHANGES[act](life, on, values, calendar)
    except REFUSALS as refused:
        raise _refused(found, where, str(refused), life, on, calendar) from refused


def _refused(
    act: Act, where: str, message: str, life: Life, on: date, calendar: WorkingCalendar
) -> ActRefused:
    instead = tuple(o.act.id for o in offers(life, on, calendar) if not o.reason and o.act.id != act.id)
    return ActRefused(f"不能“{act.label}”：{message}", act=act.id, state=where, instead=instead)


def _check_day(life: Life, act: Act, on: date, today: date, where: str) -> None:
    """The day lies between receipt and today (日期不早于收到之日，不晚于今天)."""
    if on > today:
        raise ActRefused(f"“{act.label}”的日期 {on} 还没有到，核对日期。", act=act.id, state=where)
    if on < life.arrived_on:
        words = f"“{act.label}”的日期 {on} 早于申请到达的日期 {life.arrived_on}，核对两个日期。"
        raise ActRefused(words, act=act.id, state=where)
    day = receipt(life).day
    if day is not None and on < day:
        words = f"“{act.label}”的日期 {on} 早于收到申请之日 {day}，核对两个日期。"
        raise ActRefused(words, act=act.id, state=where)
    started = life.round.order.received_on if life.round.order else None
    if started is not None and on < started:
        words = f"“{act.label}”的日期 {on} 早于收到判决、决定的日期 {started}，核对两个日期。"
        raise ActRefused(words, act=act.id, state=where)
