"""Sealing everything again under the current cipher and key, while the system runs (换密钥以后重新加密)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongkai.foundation import files, ledger, personal
from gongkai.foundation.actors import Actor, NotAllowed
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import StoredFile
from gongkai.foundation.sealed_places import Batch, Files, Place
from gongkai.foundation.sealing_census import all_places
from gongkai.rules.roles import Permission

RESEALED = "personal.resealed"
_TEXTS = 500
# The bytes are sealed outside the lock and written inside it: few enough that nobody waits behind them.
_FILES, _BYTES = 20, 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Resealed:
    """How far it is (进度): so many sealed by now, so many left; ``stuck``: what did not open just now."""

    sealed: int
    left: int
    stuck: tuple[str, ...] = ()


def left() -> int:
    """How much does not stand under the current cipher and key."""
    return sum(place.left() for place in all_places())


def needs() -> dict[str, Counter[int]]:
    """How many things need each data key, by number and place; only places that hold something."""
    found: dict[str, Counter[int]] = {}
    for place in all_places():
        counted = found.setdefault(place.label, Counter())
        counted += place.under()
    return {label: counted for label, counted in found.items() if counted.total()}


def reseal(
    *, by: Actor, clock: Callable[[], datetime], most: int = _TEXTS, files_most: int = _FILES
) -> Iterator[Resealed]:
    """Seal what stands under an older cipher or key anew, one batch at each step; what was done stays done.

    Stopped at any moment, it goes on where it was when it is begun again. Texts change in place; a file is kept
    anew and the old one destroyed, in one event. Raises NotAllowed, Unreadable where the current key is lost.
    """
    if not by.holds(Permission.SYSTEM_OPERATE):
        raise NotAllowed("没有更换密钥的权限。由运行维护人员办理。")
    while files.look(most):
        pass
    done, waiting = 0, left()
    for place in all_places():
        last: int | None = 0
        while last is not None:
            if isinstance(place, Files):
                batch = _reseal_files(place, last, files_most, by, clock())
            else:
                batch = _reseal_texts(place, last, most, by, clock())
            done, last = done + batch.sealed, batch.last
            if batch.sealed or batch.stuck:
                yield Resealed(done, max(waiting - done, 0), batch.stuck)
    yield Resealed(done, left())


def _reseal_texts(place: Place, after: int, most: int, by: Actor, now: datetime) -> Batch:
    with write_transaction():
        batch = place.reseal(after, most)
        if batch.sealed:
            _tell({"texts": batch.sealed, "place": place.label}, by, now)
    return batch


def _reseal_files(place: Files, after: int, most: int, by: Actor, now: datetime) -> Batch:
    rows = list(place.old().filter(pk__gt=after).order_by("pk")[:most])
    made: dict[int, tuple[StoredFile, bytes]] = {}
    stuck: list[str] = []
    size, last = 0, None
    for row in rows:
        old: StoredFile = getattr(row, place.column)
        at, last = place.at(row), row.pk
        if old.pk in made:
            continue  # Another row points at it too.
        try:
            plain = personal.open_bytes(files.read(old.digest), place=at)
        except (files.FileMissing, personal.Unreadable) as wrong:
            stuck.append(str(wrong))
            continue
        made[old.pk] = old, personal.seal_bytes(plain, place=at)
        size += len(plain)
        if size >= _BYTES:
            break
    sealed = _replace(list(made.values()), place, by, now) if made else 0
    return Batch(sealed, last, tuple(stuck))


def _replace(made: list[tuple[StoredFile, bytes]], place: Files, by: Actor, now: datetime) -> int:
    """Put the new files in the place of the old ones, which are destroyed in the same event."""
    new: list[StoredFile] = []
    try:
        with write_transaction():
            seq, pairs, gone = ledger.next_seq(), {}, []
            for old, content in made:
                old.refresh_from_db()
                if old.destroyed_seq is not None:
                    continue  # Destroyed with its file meanwhile.
                new.append(files.replace(old, content, seq=seq))
                pairs[old.digest] = new[-1].digest
                gone.append(old)
            if pairs:
                digests = files.destroy(gone, seq=seq)
                _tell({"files": digests, "resealed": pairs, "place": place.label}, by, now)
    except BaseException:
        files.discard(row.digest for row in new)
        raise
    return len(new)


def _tell(payload: dict[str, Any], by: Actor, now: datetime) -> None:
    name, number = personal.current_cipher()
    said = {"cipher": name, "data_key": number, **payload}
    ledger.append(RESEALED, subject="system", actor=by.ref, now=now, payload=said)
