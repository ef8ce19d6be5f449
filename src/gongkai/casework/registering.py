"""Writing the register from a case (登记簿随案更新): the row table three counts, the fee the report tells of."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.casework.derived import Registered, registered
from gongkai.casework.models import Case, InformationRequest, ProcessingFee
from gongkai.foundation import kinds
from gongkai.foundation.records import event_values
from gongkai.rules.requests.facts import FeeNotice, Life


def write(case: Case, life: Life, *, seq: int) -> dict[str, Any]:
    """Bring register and fees in line with the life; returns what changed, for the event's ``with``."""
    changed: dict[str, Any] = {}
    row = _request(case, registered(life), seq)
    if row is not None:
        changed[row.ref] = event_values(kinds.get(row.KIND), row)[0]
    for fee in _fees(case, life, seq):
        changed[fee.ref] = event_values(kinds.get(fee.KIND), fee)[0]
    return changed


def _request(case: Case, said: Registered | None, seq: int) -> InformationRequest | None:
    """The row, where it is new or has changed."""
    if said is None:
        return None
    values = {
        "received_on": said.received_on,
        "applicant_class": case.applicant_class,
        "outcome": said.outcome,
        "closed_on": said.closed_on,
        "channel": case.channel,
        "supplement_due_on": said.supplement_due_on,
        "fee_notice_on": said.fee_notice_on,
    }
    row = InformationRequest.objects.filter(case=case).first()
    if row is None:
        row = InformationRequest(organ=case.organ, case=case, entered_seq=seq, latest_seq=seq, **values)
        row.save(force_insert=True)
        return row
    if all(getattr(row, name) == value for name, value in values.items()):
        return None
    for name, value in values.items():
        setattr(row, name, value)
    row.latest_seq = seq
    row.save()
    return row


def strike_out(case: Case, *, seq: int) -> dict[str, Any]:
    """Withdraw the row of a case entered by mistake; returns it for the event's ``with``."""
    row = InformationRequest.objects.filter(case=case).first()
    if row is None:
        return {}
    row.withdrawn_seq = row.latest_seq = seq
    row.save(update_fields=["withdrawn_seq", "latest_seq"])
    return {row.ref: event_values(kinds.get(row.KIND), row)[0]}


def paid(life: Life) -> list[tuple[date, FeeNotice]]:
    """The fees collected over the rounds (已收的费), with the day of each."""
    return [(n.paid_on, n) for round_ in life.rounds for n in round_.fees if n.paid_on is not None]


def _fees(case: Case, life: Life, seq: int) -> list[ProcessingFee]:
    """A fee collected is a record of its own; each is entered once."""
    notices = paid(life)
    kept = case.fees.count() if notices else 0
    added = []
    for charged_on, notice in notices[kept:]:
        row = ProcessingFee(
            organ=case.organ,
            case=case,
            charged_on=charged_on,
            method=notice.method,
            units=notice.count,
            amount_fen=notice.fee.amount_fen,
            entered_seq=seq,
            latest_seq=seq,
        )
        row.save(force_insert=True)
        added.append(row)
    return added


def by_hand(record: InformationRequest | ProcessingFee) -> str:
    """Why a row of the register may not be changed by hand (由案卷生成的不能手改); "" where it may."""
    if record.case_id is None:
        return ""
    return "这条登记由案卷生成，随办理自动更新，不能在这里改。打开案卷，用相应的动作更正。"
