"""What the facts of a request amount to (申请到了哪一步): its state, its day of receipt, days of delay."""

from __future__ import annotations

from datetime import date

from gongkai.rules.receipt import ReceiptDate, receipt_date
from gongkai.rules.requests.facts import Answer, Life, Round


def begin(channel: str, arrived_on: date, *, confirmed: bool = False) -> Life:
    """A request that has just come (收到). Raises ReceiptRefused for an unknown channel.

    ``confirmed``: applicant and organ have confirmed on the same day, as a linked platform does.
    """
    life = Life(channel=channel, arrived_on=arrived_on, confirmed_on=arrived_on if confirmed else None)
    receipt(life)
    return life


def receipt(life: Life) -> ReceiptDate:
    """The day of receipt with its reason (收到申请之日, 条例 art 31)."""
    return receipt_date(life.channel, life.arrived_on, life.confirmed_on)


def days_of_delay(life: Life, today: date) -> int:
    """Plain days from arrival to confirmation, or to ``today`` while it waits (到达后几天才确认)."""
    received = receipt(life).day
    return max(0, ((received or today) - life.arrived_on).days)


def state(life: Life) -> str:
    """The id of the state the facts amount to (当前状态)."""
    if life.archived_on is not None:
        return "archived"
    ended = _ended(life.round)
    if ended:
        return ended
    if life.registered_on is None:
        return "awaiting_confirmation" if receipt(life).day is None else "received"
    if life.round.answer is not None:
        return _answering(life.round.answer)
    return _waiting(life.round) or ("delayed" if life.round.delay else "handling")


def _ended(round_: Round) -> str | None:
    if round_.withdrawn_on is not None:
        return "withdrawn"
    return "lapsed" if round_.lapse is not None else None


def _answering(answer: Answer) -> str:
    for day, code in (
        (answer.served_on, "served"),
        (answer.sent_on, "sent"),
        (answer.signed_on, "signed"),
        (answer.submitted_on, "in_review"),
    ):
        if day is not None:
            return code
    return "drafting"


def _waiting(round_: Round) -> str | None:
    """The first of those waited for: the applicant before a third party before other organs."""
    if round_.supplement is not None and round_.supplement.received_on is None:
        return "awaiting_supplement"
    if round_.fee_notice is not None and round_.fee_notice.open:
        return "awaiting_payment"
    if round_.reasons is not None and round_.reasons.closed_on is None:
        return "awaiting_reasons"
    kinds = {c.kind for c in round_.consultations if c.open}
    if "third-party" in kinds:
        return "consulting_third_party"
    return "consulting_organ" if kinds else None


def outcome(life: Life) -> str | None:
    """The leaf of table three the last round ends with (办理结果); None while an answer is owed."""
    round_ = life.round
    if round_.withdrawn_on is not None:
        return "r23"
    if round_.lapse is not None:
        return round_.lapse.outcome
    sent = [answer for answer in round_.answers if answer.sent_on is not None]
    return sent[-1].outcome if sent else None
