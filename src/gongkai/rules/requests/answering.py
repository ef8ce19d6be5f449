"""What each act adds to the facts from the decision on (决定以后各动作怎样改变事实)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.requests.changes import Change, order_of
from gongkai.rules.requests.decisions import check
from gongkai.rules.requests.facts import Answer, Life, Round
from gongkai.rules.requests.given import Given
from gongkai.rules.requests.law import CORRECTION
from gongkai.rules.requests.numbers import check_number
from gongkai.rules.requests.retention import check_class
from gongkai.rules.rule import implements
from gongkai.rules.service import ServiceRefused, service_date
from gongkai.rules.supplements import CaseRefused


def _answer(on: date, given: Given, *, corrects: bool) -> Answer:
    return Answer(
        decided_on=on,
        outcome=given.text("outcome"),
        grounds=given.words("grounds"),
        reason=given.text("reason"),
        passages=given.passages(),
        override=given.text("override"),
        corrects=corrects,
    )


def _decide(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    answer = check(_answer(on, given, corrects=False), life)
    return life.with_round(answers=(*life.round.answers, answer))


@implements(CORRECTION)
def _correct(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    answer = check(_answer(on, given, corrects=True), life)
    return replace(life.with_round(answers=(*life.round.answers, answer)), archived_on=None)


def _reconsider(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    return life.with_round(answers=life.round.answers[:-1])


def _in_hand(life: Life) -> Answer:
    """The answer in hand. Raises CaseRefused where there is none."""
    if life.round.answer is None:
        raise CaseRefused("还没有作出决定。")
    return life.round.answer


def _submit(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    _not_before(on, _in_hand(life).decided_on, "送审", "作出决定")
    return life.with_answer(submitted_on=on)


def _return(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    return life.with_answer(submitted_on=None, returned_on=on)


def _sign(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    answer = _in_hand(life)
    _not_before(on, answer.submitted_on or answer.decided_on, "签发", "送审")
    used = {a.number for r in life.rounds for a in r.answers if a is not answer and a.number}
    number = check_number(given.text("number"), on)
    if number in used:
        raise CaseRefused(f"文号 {number} 已经用过；用下一个号。")
    return life.with_answer(signed_on=on, number=number)


def _unsign(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    return life.with_answer(signed_on=None, submitted_on=None, number="")


def _send(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    _not_before(on, _in_hand(life).signed_on or on, "送达", "签发")
    method, consent = given.text("method"), given.flag("consent")
    service_date(method, sent_on=on, consent=consent)
    return life.with_answer(method=method, consent=consent, sent_on=on)


def _prove(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    answer = _in_hand(life)
    signed_for = given.day_or_none("signed_for_on")
    if signed_for is not None:
        _not_before(signed_for, answer.sent_on or signed_for, "签收", "发出")
        _not_before(on, signed_for, "登记", "签收")
    found = service_date(answer.method, sent_on=answer.sent_on, signed_on=signed_for, consent=answer.consent)
    if found.day is None:
        raise ServiceRefused(found.why)
    return life.with_answer(proof=given.text("proof"), signed_for_on=signed_for, served_on=on)


def _failed(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    return life.with_answer(method="", consent=False, sent_on=None)


def _reopen(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    rounds = (*life.rounds, Round(order=order_of(given, on)))
    # Withdrawn before it was registered: the order stands for the registration.
    return replace(life, rounds=rounds, archived_on=None, registered_on=life.registered_on or on)


def _tell_lapse(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    lapse = life.round.lapse
    if lapse is None:
        raise CaseRefused("这件申请没有按逾期结案。")
    return life.with_round(lapse=replace(lapse, told_on=on))


def _archive(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    check_class(given.text("retention_class"))
    return replace(life, archived_on=on)


def _not_before(day: date, other: date, words: str, other_words: str) -> None:
    if day < other:
        raise CaseRefused(f"{words}的日期 {day} 早于{other_words}的日期 {other}，核对两个日期。")


CHANGES: dict[str, Change] = {
    "decide": _decide,
    "reconsider_decision": _reconsider,
    "submit": _submit,
    "return": _return,
    "sign": _sign,
    "withdraw_signature": _unsign,
    "send": _send,
    "prove_service": _prove,
    "service_failed": _failed,
    "correct": _correct,
    "reopen": _reopen,
    "tell_lapse": _tell_lapse,
    "archive": _archive,
}
