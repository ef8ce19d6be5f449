"""The first answer under a key (幂等键的第一次回答), given again for seven days: receipts and refusals alike."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gongkai.casework.models import IdempotencyKey
from gongkai.casework.refusals import CaseworkRefused, refused
from gongkai.foundation import personal
from gongkai.foundation.kinds import Finding
from gongkai.foundation.locks import write_transaction

KEPT_FOR = timedelta(days=7)
_LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class Idempotency:
    """The key of a filing (幂等键): ``scope`` a platform's reference or ``portal``; ``body``: what was sent."""

    scope: str
    key: str
    body: bytes = b""

    @property
    def digest(self) -> str:
        """The key as it is kept. Raises CaseworkRefused for one that cannot be."""
        if not self.key.strip() or len(self.key) > _LONGEST_KEY:
            raise refused("Idempotency-Key", f"Idempotency-Key 应有 1 到 {_LONGEST_KEY} 个字符，换一个。")
        return hashlib.sha256(self.key.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def fingerprint(self) -> str:
        """The body as it is kept."""
        return hashlib.sha256(self.body).hexdigest()


class KeyReused(CaseworkRefused):
    """Another body came under a key already used (422)."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal as it was first answered (第一次的拒绝)."""

    status: int
    body: dict[str, Any]


class RefusedBefore(CaseworkRefused):
    """The same was refused before under this key; ``answer`` is given again."""

    def __init__(self, answer: Refused) -> None:
        super().__init__(Finding("", "这个 Idempotency-Key 第一次的回答是拒绝；改好内容后换一个键再提交。"))
        self.answer = answer


def row_of(once: Idempotency, now: datetime) -> IdempotencyKey | None:
    """What is remembered of the key. Raises KeyReused, RefusedBefore. Call inside the write transaction."""
    rows = IdempotencyKey.objects.filter(scope=once.scope, key_digest=once.digest)
    row = rows.select_related("case__organ").first()
    if row is not None and row.at < now - KEPT_FOR:
        # Its week is over; the background process has not swept it away yet.
        row.delete()
        row = None
    if row is None:
        return None
    if row.fingerprint != once.fingerprint:
        raise KeyReused(
            Finding(
                "Idempotency-Key",
                "这个 Idempotency-Key 已经用于另一份内容；换一个键，或者原样重发第一次的内容。",
            )
        )
    if row.case is None:
        said = json.loads(personal.open_sealed(row.receipt, place=place(once.scope, once.digest)))
        raise RefusedBefore(Refused(said["status"], said["body"]))
    return row


def remember_refusal(once: Idempotency, answer: Refused, *, now: datetime) -> Refused:
    """Keep a refusal as the key's first answer; where another answer came first, that one.

    Raises KeyReused for another body under the key, CaseworkRefused for a key that cannot be.
    """
    with write_transaction():
        try:
            if row_of(once, now) is None:
                IdempotencyKey.objects.create(
                    scope=once.scope,
                    key_digest=once.digest,
                    fingerprint=once.fingerprint,
                    case=None,
                    # Escaped: what was sent may hold half a character, and the words may quote it.
                    receipt=personal.seal(
                        json.dumps({"status": answer.status, "body": answer.body}),
                        place=place(once.scope, once.digest),
                    ),
                    at=now,
                )
        except RefusedBefore as before:
            return before.answer
    return answer


def place(scope: str, digest: str) -> str:
    """The only place where a refusal that is kept opens."""
    return f"answer {scope} {digest}"


def forget_keys(now: datetime) -> bool:
    """Delete the idempotency keys whose seven days are over (过期的幂等键)."""
    old = IdempotencyKey.objects.filter(at__lt=now - KEPT_FOR)
    if old.exists():
        with write_transaction():
            old.delete()
    return False
