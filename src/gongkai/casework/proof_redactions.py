"""Proving the redactions of a case (验证涂黑): each row says what its event says, and no source was given away."""

from __future__ import annotations

import json
from collections.abc import Iterator

from gongkai.casework.models import Case
from gongkai.casework.redacting import REDACTED, redacted_payload
from gongkai.foundation import ledger, personal
from gongkai.foundation.canonical import canonical_json
from gongkai.foundation.models import LedgerEvent


def redaction_breaks(case: Case, events: list[LedgerEvent]) -> Iterator[str]:
    """Every place where a redaction of the case does not hold."""
    said = {event.seq: event for event in events if event.kind == REDACTED}
    for row in case.redactions.all():
        event = said.pop(row.seq, None)
        if event is None:
            yield f"第 {row.place} 次涂黑在底账里没有事件：不是通过系统办的。"
            continue
        payload = json.loads(event.payload)
        told = (event.actor, event.recorded_at)
        if payload != redacted_payload(row) or told != (row.issued_by, row.issued_at):
            yield f"第 {row.place} 次涂黑与底账第 {event.seq} 号事件记的不同，被改过。"
        if row.source.to_applicant:
            yield f"第 {row.source.place} 份材料是涂黑的原件，却可以由申请人取走，被绕过系统改过。"
        yield from _boxes(event, row.place, row.sealed, row.at)
    for event in said.values():
        yield f"底账第 {event.seq} 号事件记的涂黑不在案卷里，被删除了。"


def _boxes(event: LedgerEvent, place: int, sealed: str, at: str) -> Iterator[str]:
    """The boxes are those of the event, unless the person was erased."""
    told = ledger.open_personal(event)
    if told is None:
        return
    try:
        kept = personal.open_sealed(sealed, place=at)
    except personal.Unreadable as wrong:
        yield str(wrong)
        return
    if canonical_json(json.loads(kept)) != canonical_json(
        json.loads(json.loads(told).get(f"redaction.{place}", "null"))
    ):
        yield f"第 {place} 次涂黑的框与底账第 {event.seq} 号事件记的不同，被改过。"
