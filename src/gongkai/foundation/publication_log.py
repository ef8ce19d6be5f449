"""Appending to the publication log (公开日志)."""

from __future__ import annotations

from datetime import datetime

from gongkai.foundation.locks import transaction_notes
from gongkai.foundation.models import PublicationLogEntry


def append(act: str, *, subject: str, digest: str, event_seq: int, now: datetime) -> PublicationLogEntry:
    """Add what the public now sees (发布, 更正, 撤回); call inside the action that makes it so."""
    notes = transaction_notes()
    last = notes.get("log_position")
    if last is None:
        last = position()
    notes["log_position"] = last + 1
    return PublicationLogEntry.objects.create(
        position=last + 1, act=act, subject=subject, digest=digest, appeared_at=now, event_seq=event_seq
    )


def position() -> int:
    """The last position of the log; 0 while nothing was ever public."""
    return PublicationLogEntry.objects.order_by("-position").values_list("position", flat=True).first() or 0
