"""Who complains (投诉人): masked everywhere, shown with a reason, on record."""

from __future__ import annotations

from datetime import datetime

from gongkai.foundation import ledger
from gongkai.foundation.actors import Actor, require
from gongkai.foundation.kinds import Finding
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.records import RowRefused
from gongkai.remedies.models import Complaint

REVEALED = "complaint.revealed"


def reveal(record: Complaint, *, reason: str, by: Actor, now: datetime) -> str:
    """Show who complains (查看投诉人); who, what and why go to the ledger first.

    Raises NotAllowed, RowRefused, personal.Unreadable.
    """
    require(by, "record.correct", record.organ, "查看投诉人")
    if not reason.strip():
        raise RowRefused(Finding("reason", "写明为什么要看，例如“告知处理结果”。记入底账。"))
    if len(reason) > 200:
        raise RowRefused(Finding("reason", "理由最多 200 个字，写短一些。"))
    if record.erased:
        raise RowRefused(Finding("", "个人信息已经删除，没有可以看的；什么时候、为什么删除，在沿革里。"))
    plain = record.complainant
    if not plain:
        raise RowRefused(Finding("", "没有登记投诉人，或者是匿名提出的。"))
    with write_transaction():
        ledger.append(
            REVEALED,
            subject=record.ref,
            actor=by.ref,
            now=now,
            organ_code=record.organ.code,
            payload={"field": "complainant"},
            # The reason may name a person as the field does.
            personal={"reason": reason.strip()},
        )
    return plain
