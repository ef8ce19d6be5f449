"""The tasks that silence and lapse raise for a person (逾期和不答引起的待办); nothing decides by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.citations import cite
from gongkai.rules.consultations import consequence
from gongkai.rules.requests.conditions import untold
from gongkai.rules.requests.facts import Life
from gongkai.rules.requests.law import OTHER_ORGAN
from gongkai.rules.requests.life import receipt, state
from gongkai.rules.requests.reply_clock import (
    due_before_extension,
    known,
    payment_due,
    reply_clock,
    service_day,
    term_end,
)
from gongkai.rules.requests.states import ACTS, STATES
from gongkai.rules.requests.terms import DEFAULT, Terms, Whose, confirmation_due
from gongkai.rules.rule import implements

_ONE = timedelta(days=1)
# The act that leads on towards an answer, from each state in which one is owed.
ONWARD: dict[str, str] = {
    "received": "register",
    "handling": "decide",
    "delayed": "decide",
    "awaiting_supplement": "receive_supplement",
    "awaiting_reasons": "receive_reasons",
    "awaiting_payment": "record_payment",
    "consulting_third_party": "record_opinion",
    "consulting_organ": "record_opinion",
    "drafting": "submit",
    "in_review": "sign",
    "signed": "send",
    "sent": "prove_service",
}


@dataclass(frozen=True, slots=True)
class Task:
    """One task (待办). ``since``: the first day it stands; ``acts``: what may be done about it."""

    code: str
    sentence: str
    provision: str
    since: date
    acts: tuple[str, ...]
    whose: Whose


def tasks(life: Life, today: date, calendar: WorkingCalendar, terms: Terms = DEFAULT) -> tuple[Task, ...]:
    """Every task that stands on ``today``, the oldest first."""
    where = state(life)
    found = [
        *_confirmation(life, where, calendar, terms),
        *_supplement(life, where),
        *_reasons(life, where),
        *_consultations(life, where, calendar),
        *_payment(life, where, calendar),
        *_parts(life, where),
        *_extension(life, where, calendar, today),
        *_third_parties(life, where),
        *_proof(life, where, calendar, terms),
        *_reply(life, where, calendar, today),
    ]
    return tuple(sorted((t for t in found if t.since <= today), key=lambda t: (t.since, t.code)))


def _task(code: str, words: str, since: date, acts: str, whose: Whose = Whose.HANDLER) -> Task:
    names = tuple(acts.split())
    return Task(code, words, cite(ACTS[names[0]].provisions), since, names, whose)


def _confirmation(life: Life, where: str, calendar: WorkingCalendar, terms: Terms) -> Iterator[Task]:
    if where != "awaiting_confirmation":
        return
    due, _ = confirmation_due(life, calendar, terms)
    if due is not None:
        words = f"{life.arrived_on} 到达的申请还没有与申请人确认，期限没有起算"
        yield _task("confirmation-late", words, due + _ONE, "confirm note_unreachable", Whose.OFFICE)


def _supplement(life: Life, where: str) -> Iterator[Task]:
    supplement = life.round.supplement
    if where == "awaiting_supplement" and supplement is not None:
        words = f"补正期限 {supplement.due_on} 已过；没有正当理由的视为放弃申请，由人认定"
        acts = "lapse_supplement receive_supplement"
        yield _task("supplement-lapsed", words, supplement.due_on + _ONE, acts, Whose.APPROVER)


def _reasons(life: Life, where: str) -> Iterator[Task]:
    reasons = life.round.reasons
    if where == "awaiting_reasons" and reasons is not None and reasons.stated_on is None:
        words = f"说明理由的期限 {reasons.due_on} 已过，由人判断怎样答复"
        yield _task("reasons-lapsed", words, reasons.due_on + _ONE, "note_no_reasons receive_reasons")


@implements(OTHER_ORGAN)
def _consultations(life: Life, where: str, calendar: WorkingCalendar) -> Iterator[Task]:
    if where not in ("consulting_third_party", "consulting_organ"):
        return
    for one in life.round.consultations:
        end, _ = term_end(one, calendar)
        if one.open and end is not None:
            words = f"{one.whom}：{consequence(one.kind, None).words}"
            if not one.jointly:
                words += "（不是共同制作，参照第三十四条。）"
            yield _task("opinion-lapsed", words, end + _ONE, "record_silence record_opinion")


def _payment(life: Life, where: str, calendar: WorkingCalendar) -> Iterator[Task]:
    end, _ = payment_due(life, calendar)
    if where == "awaiting_payment" and end is not None:
        words = f"缴费期限 {end} 已过；逾期未缴纳的视为放弃申请，由人认定"
        acts = "lapse_fee record_payment cancel_fee"
        yield _task("payment-lapsed", words, end + _ONE, acts, Whose.APPROVER)


def _parts(life: Life, where: str) -> Iterator[Task]:
    if where not in ACTS["part_answered"].sources:
        return
    for part in life.round.parts:
        if part.open:
            words = f"{part.organ}逾期没有回复协办的部分；催办，或者收回自办，答复期限照常计算"
            yield _task("part-late", words, part.due_on + _ONE, "part_answered take_back_part")


def _extension(life: Life, where: str, calendar: WorkingCalendar, today: date) -> Iterator[Task]:
    extension = life.round.extension
    if extension is None or extension.notified_on or where not in ACTS["tell_extension"].sources:
        return
    due, _ = due_before_extension(life, calendar, today)
    if due is not None:
        words = f"延期没有在原期限 {due} 以前告知申请人，没有成立；现在答复"
        yield _task("extension-failed", words, due + _ONE, ONWARD[where])


def _third_parties(life: Life, where: str) -> Iterator[Task]:
    answer = life.round.answer
    if where in ACTS["tell_third_party"].sources and answer is not None:
        for one in untold(life):
            words = f"{one.whom}不同意公开；公开以前，把内容和理由书面告知"
            yield _task("third-party-untold", words, answer.decided_on, "tell_third_party")


def _proof(life: Life, where: str, calendar: WorkingCalendar, terms: Terms) -> Iterator[Task]:
    answer = life.round.answer
    if where != "sent" or answer is None or answer.sent_on is None:
        return
    sent_on = answer.sent_on
    due, _ = known(lambda: calendar.add_working_days(sent_on, terms.proof))
    if due is not None:
        words = f"{sent_on} 发出的答复还没有送达凭据；查询，没有送到的换一种方式"
        yield _task("service-unproven", words, due + _ONE, "prove_service service_failed")


def _reply(life: Life, where: str, calendar: WorkingCalendar, today: date) -> Iterator[Task]:
    """Overdue, or no day to be said for want of a holiday notice (期限待定)."""
    answer = life.round.answer
    given = answer is not None and (answer.corrects or service_day(answer) is not None)
    started = receipt(life).day
    if started is None or given or not (STATES[where].open or where == "sent"):
        return
    clock = reply_clock(life, calendar, today)
    if clock.due is not None and clock.overdue:
        words = f"应于 {clock.due} 答复，已经逾期；现在办结并说明原因，仍要办"
        yield _task("reply-overdue", words, clock.due + _ONE, ONWARD[where])
    elif clock.due is None and clock.status in ("running", "paused"):
        yield _task("date-open", clock.note, clock.started_on or started, ONWARD[where])
