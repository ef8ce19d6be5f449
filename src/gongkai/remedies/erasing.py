"""Erasing a person from a complaint (删除投诉举报里的个人信息，个人信息保护法第四十七条): words go, what was done stays."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from gongkai.foundation import files, ledger
from gongkai.foundation.actors import Actor, require
from gongkai.foundation.kinds import Finding
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import LedgerEvent, StoredFile
from gongkai.foundation.records import RowRefused
from gongkai.remedies.models import Complaint

_REASON = 200


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased (删除了什么): keys of the ledger's personal parts, files; ``shared``: files others still use."""

    keys: int
    files: int
    shared: int


def why_not(record: Complaint) -> str:
    """Why a complaint cannot be erased now, with the cure; "" where it can."""
    if record.erased:
        return "个人信息已经删除。"
    if record.closed_on is None and record.withdrawn_seq is None:
        return "这件投诉还没有办结，个人信息要用来查证和告知；办结以后再删除。"
    return ""


def erase_complainant(record: Complaint, *, reason: str, by: Actor, now: datetime) -> Erased:
    """Delete who complained and what they said, for good; days, finding, measure and the chain stay.

    The keys of the ledger's personal parts go, and the evidence files that no other record uses. Raises NotAllowed,
    RowRefused.
    """
    require(by, "account.manage", record.organ, "删除个人信息")
    words = " ".join(reason.split())
    if not words:
        raise RowRefused(Finding("reason", "写明删除的原因，例如“保管期满”。"))
    if len(words) > _REASON:
        raise RowRefused(Finding("reason", f"原因最多 {_REASON} 个字，写短一些。"))
    with write_transaction():
        record = Complaint.objects.select_related("organ").get(pk=record.pk)
        refusal = why_not(record)
        if refusal:
            raise RowRefused(Finding("", refusal))
        record.complainant_sealed = record.content_sealed = ""
        record.save(update_fields=["complainant_sealed", "content_sealed"])
        own, shared = _evidence(record)
        digests = files.destroy(own, seq=ledger.next_seq())
        keys = ledger.erase_personal(subject=record.ref, by=by.ref, reason=words, now=now, files=digests)
    return Erased(keys, len(digests), len(shared))


def evidence_of(record: Complaint) -> tuple[int, int]:
    """How many evidence files go with it, and how many stay because other records use them."""
    own, shared = _evidence(record)
    return len(own), len(shared)


def _evidence(record: Complaint) -> tuple[list[StoredFile], list[StoredFile]]:
    """Every file that ever was its evidence: those that are its alone, those that others use."""
    events = LedgerEvent.objects.filter(subject=record.ref).values_list("payload", flat=True)
    digests = {json.loads(payload).get("evidence") for payload in events} - {None}
    found = list(StoredFile.objects.filter(digest__in=digests, destroyed_seq=None).order_by("pk"))
    shared = [one for one in found if files.used_beside(one, record)]
    return [one for one in found if one not in shared], shared
