"""The ledger's acts (底账): append an event, read its personal part, destroy that part's key."""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings

from gongkai.foundation.canonical import FORM, GENESIS, canonical_json, digest
from gongkai.foundation.clock import canonical_moment, legal_day
from gongkai.foundation.current_key import current_key
from gongkai.foundation.inserting import insert, insert_tuples
from gongkai.foundation.locks import transaction_notes, write_transaction
from gongkai.foundation.models import EventKey, LedgerEvent
from gongkai.foundation.statements import run

ERASED = "person.erased"


def head() -> tuple[int, str]:
    """The last event's number and hash; (0, zeros) before the first."""
    # By hand, as every action asks this inside the lock.
    rows = run("SELECT seq, hash FROM foundation_ledgerevent ORDER BY seq DESC LIMIT 1")
    return rows[0] if rows else (0, GENESIS)


def next_seq() -> int:
    """The number the next event of this write transaction will have."""
    return _head_of_transaction()[0] + 1


def _head_of_transaction() -> tuple[int, str]:
    notes = transaction_notes()
    if "head" not in notes:
        notes["head"] = head()
    return notes["head"]  # type: ignore[no-any-return]


def append(
    kind: str,
    *,
    subject: str,
    actor: str,
    now: datetime,
    payload: Mapping[str, Any],
    organ_code: str = "",
    occurred_on: date | None = None,
    personal: Mapping[str, Any] | None = None,
    schema: int = 1,
) -> LedgerEvent:
    """Add one event (追加事件); call inside a write transaction, once per action.

    ``payload`` holds no personal data; ``personal`` is encrypted under a key of its own.
    ``occurred_on`` is the day it happened, by default the legal day of ``now``.
    """
    seq, previous = _head_of_transaction()
    seq += 1
    number = current_key()
    key, sealed = _seal(personal, seq, number) if personal else (None, "")
    event = LedgerEvent(
        seq=seq,
        form=FORM,
        kind=kind,
        schema=schema,
        occurred_on=occurred_on or legal_day(now),
        recorded_at=now,
        actor=actor,
        organ_code=organ_code,
        subject=subject,
        payload=canonical_json(payload),
        personal=sealed,
        algorithm=settings.GONGKAI_LEDGER_HASH,
        previous_hash=previous,
    )
    event.hash = event_hash(event)
    insert(event)
    if key is not None:
        insert_tuples(EventKey, [(seq, number, key)])
    transaction_notes().update(head=(seq, event.hash), head_at=now)
    return event


def event_hash(event: LedgerEvent) -> str:
    """The hash of an event over its canonical form, by the form and algorithm it names.

    Raises KeyError for a form or algorithm this version does not know.
    """
    return digest(event.algorithm, _FORMS[event.form](event))


def _form_1(event: LedgerEvent) -> str:
    return canonical_json(
        {
            "form": 1,
            "seq": event.seq,
            "kind": event.kind,
            "schema": event.schema,
            "occurred_on": event.occurred_on.isoformat(),
            "recorded_at": canonical_moment(event.recorded_at),
            "actor": event.actor,
            "organ": event.organ_code,
            "subject": event.subject,
            "payload": event.payload,
            "personal": event.personal,
            "algorithm": event.algorithm,
            "previous": event.previous_hash,
        }
    )


_FORMS = {1: _form_1}


def _seal(personal: Mapping[str, Any], seq: int, number: int) -> tuple[str, str]:
    """A new key (wrapped by the data key of that number) and the personal part encrypted under it."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # loaded when first needed: ADR 16

    key = AESGCM.generate_key(256)
    return _encrypt(settings.GONGKAI_DATA_KEYS[number], key, seq), _encrypt(
        key, canonical_json(personal).encode(), seq
    )


def _encrypt(key: bytes, plain: bytes, seq: int) -> str:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # loaded when first needed: ADR 16

    nonce = os.urandom(12)
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, plain, str(seq).encode())).decode()


def _decrypt(key: bytes, sealed: str, seq: int) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # loaded when first needed: ADR 16

    raw = base64.b64decode(sealed)
    return AESGCM(key).decrypt(raw[:12], raw[12:], str(seq).encode())


def open_personal(event: LedgerEvent) -> str | None:
    """The personal part as canonical JSON; None where there was none or its key was destroyed."""
    if not event.personal:
        return None
    key_row = EventKey.objects.filter(event=event).first()
    if key_row is None:
        return None
    key = _decrypt(settings.GONGKAI_DATA_KEYS[key_row.data_key], key_row.wrapped, event.seq)
    return _decrypt(key, event.personal, event.seq).decode()


def wrapped_anew(row: EventKey) -> EventKey:
    """An event's key wrapped by the current data key (换密钥), not saved. Raises KeyError, InvalidTag."""
    key = _decrypt(settings.GONGKAI_DATA_KEYS[row.data_key], row.wrapped, row.pk)
    number = current_key()
    row.data_key, row.wrapped = number, _encrypt(settings.GONGKAI_DATA_KEYS[number], key, row.pk)
    return row


def erase_personal(*, subject: str, by: str, reason: str, now: datetime, files: Sequence[str] = ()) -> int:
    """Forget what the ledger holds of a person under ``subject`` (删除个人信息，个人信息保护法第四十七条).

    Destroys the keys of the subject's events; the chain still proves. ``files``: the digests of those destroyed in
    the same act. Returns how many keys were destroyed.
    """
    with write_transaction():
        keys = EventKey.objects.filter(event__subject=subject)
        destroyed = keys.count()
        payload: dict[str, Any] = {"reason": reason, "keys": destroyed}
        if files:
            payload["files"] = list(files)
        append(ERASED, subject=subject, actor=by, now=now, payload=payload)
        keys.delete()
    return destroyed
