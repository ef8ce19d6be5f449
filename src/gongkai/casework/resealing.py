"""Sealing every word again under the current key and cipher, while the system runs (更换密钥)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from gongkai.casework.models import Redaction, RedactionDraft, SealedText, SideText
from gongkai.foundation import ledger, personal
from gongkai.foundation.actors import Actor, NotAllowed
from gongkai.foundation.locks import write_transaction
from gongkai.rules.roles import Permission

RESEALED = "personal.resealed"
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Resealed:
    """How far it is (进度): so many sealed now, so many left."""

    sealed: int
    left: int


_SEALED: tuple[type[SealedText | Redaction | RedactionDraft | SideText], ...] = (
    SealedText,
    Redaction,
    RedactionDraft,
    SideText,
)


def _old(table: Any) -> QuerySet[Any]:
    name, number = personal.current_cipher()
    return table.objects.exclude(sealed="").exclude(sealed__startswith=f"{name}:{number}:")  # type: ignore[no-any-return]


def reseal_some(*, by: Actor, now: datetime, most: int = _BATCH) -> Resealed:
    """Seal some of what still stands under an older key anew; to be called until nothing is left.

    A batch at a time, so that nobody waits behind it. Papers keep the key they came with, which stays in the
    key file. Raises NotAllowed, Unreadable.
    """
    if not by.holds(Permission.SYSTEM_OPERATE):
        raise NotAllowed("没有更换密钥的权限。由运行维护人员办理。")
    with write_transaction():
        done = 0
        for table in _SEALED:
            rows = list(_old(table).order_by("pk")[: most - done])
            for row in rows:
                row.sealed = personal.reseal(row.sealed, place=row.at)
            table.objects.bulk_update(rows, ["sealed"])
            done += len(rows)
        if done:
            name, number = personal.current_cipher()
            payload = {"cipher": name, "data_key": number, "texts": done}
            ledger.append(RESEALED, subject="system", actor=by.ref, now=now, payload=payload)
    return Resealed(done, sum(_old(table).count() for table in _SEALED))
