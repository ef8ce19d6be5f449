"""Proving the complaints (验证投诉举报): the sealed words are those of the ledger, unless the person was erased."""

from __future__ import annotations

import json
from collections.abc import Iterator

from gongkai.foundation import ledger, personal
from gongkai.foundation.models import LedgerEvent
from gongkai.foundation.verification import Break
from gongkai.remedies.models import Complaint


def complaint_breaks() -> Iterator[Break]:
    """Every complaint whose sealed words do not hold."""
    erased = set(
        LedgerEvent.objects.filter(
            kind=ledger.ERASED, subject__startswith=f"{Complaint.KIND}:"
        ).values_list("subject", flat=True)
    )  # fmt: skip
    for record in Complaint.objects.order_by("pk").iterator():
        for message in _words(record, record.ref in erased):
            yield Break(f"投诉举报 {record.ref}", message)


def _words(record: Complaint, erased: bool) -> Iterator[str]:
    if erased:
        if record.content_sealed or record.complainant_sealed:
            yield "个人信息已经删除，又被绕过系统放回。"
        return
    if record.erased:
        yield "投诉的内容被绕过系统删除了。从备份恢复。"
        return
    try:
        kept = {"complainant": record.complainant, "content": record.content}
    except personal.Unreadable as wrong:
        yield str(wrong)
        return
    event = LedgerEvent.objects.filter(seq=record.latest_seq, subject=record.ref).first()
    told = ledger.open_personal(event) if event is not None else None
    if told is not None and json.loads(told) != kept:
        yield f"投诉人或者内容与底账第 {record.latest_seq} 号事件记的不同，被改过。"
