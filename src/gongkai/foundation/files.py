"""Keeping files by content (存档文件): written, synced and named before the row that refers to them."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import models

from gongkai.foundation import seal_marks
from gongkai.foundation.locks import after_commit, write_transaction
from gongkai.foundation.models import StoredFile


class FileMissing(Exception):
    """A kept file is not there or is not what it was; the message names it."""


def location(digest: str) -> Path:
    """Where the bytes of that digest lie."""
    return Path(settings.GONGKAI_FILES) / digest[:2] / digest


def keep(content: bytes, *, name: str, media_type: str, event_seq: int | None = None) -> StoredFile:
    """Keep a file's bytes; the same bytes are kept once, under the name they first came with."""
    digest = hashlib.sha256(content).hexdigest()
    _write(location(digest), content)
    with write_transaction():
        row, _ = StoredFile.objects.get_or_create(
            digest=digest,
            defaults={
                "name": name,
                "size": len(content),
                "media_type": media_type,
                "entered_seq": event_seq,
                "sealed_under": seal_marks.sealed_under(content),
            },
        )
        if row.destroyed_seq is not None:
            # Plain bytes that were destroyed once came in again, with another record: they are kept again.
            row.destroyed_seq = None
            row.save(update_fields=["destroyed_seq"])
            _write(location(digest), content)
    return row


def _write(target: Path, content: bytes) -> None:
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    directory = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def replace(old: StoredFile, content: bytes, *, seq: int) -> StoredFile:
    """Put the same content sealed anew in the place of a kept file (重新加密), in the event of that number.

    Whatever pointed at the old one points at the new one; destroying the old one is the caller's.
    """
    new = keep(content, name=old.name, media_type=old.media_type, event_seq=seq)
    new.named_as = old.ledger_name
    new.save(update_fields=["named_as"])
    for model, field in pointing():
        model._base_manager.filter(**{field: old}).update(**{field: new})
    return new


def pointing() -> list[tuple[type[models.Model], str]]:
    """Every table and column that points at kept files, of whatever app."""
    found = StoredFile._meta.get_fields(include_hidden=True)
    return [(one.related_model, one.field.name) for one in found if isinstance(one, models.ManyToOneRel)]


def used_beside(row: StoredFile, one: models.Model) -> bool:
    """Whether anything else than ``one`` points at a kept file."""
    for model, field in pointing():
        rows = model._base_manager.filter(**{field: row})
        if (rows.exclude(pk=one.pk) if isinstance(one, model) else rows).exists():
            return True
    return False


def look(most: int) -> int:
    """Note how kept files are sealed where nobody has looked yet (看文件头); returns how many were looked at."""
    heads: list[StoredFile] = []
    unknown = StoredFile.objects.filter(sealed_under=None, destroyed_seq=None).order_by("pk")
    for row in unknown.iterator():
        try:
            with location(row.digest).open("rb") as file:
                row.sealed_under = seal_marks.sealed_under(file.read(seal_marks.HEAD))
        except OSError:
            continue  # Named by the proof; it stays unknown until it is back.
        heads.append(row)
        if len(heads) == most:
            break
    with write_transaction():
        StoredFile.objects.bulk_update(heads, ["sealed_under"])
    return len(heads)


def destroy(rows: Iterable[StoredFile], *, seq: int) -> list[str]:
    """Destroy the bytes of files (销毁), in the event of that number; they go once it is on the disk that it happened.

    Returns their digests. A file whose bytes outlive a crash is named by ``gongkai verify`` and goes by ``sweep``.
    """
    found = [row for row in rows if row.destroyed_seq is None]
    for row in found:
        row.destroyed_seq = seq
        row.save(update_fields=["destroyed_seq"])
    digests = [row.digest for row in found]
    # Not at the commit: a power cut may still take it back, and a file sealed anew has nothing else to fall back on.
    after_commit(lambda: _remove(digests))
    return digests


def _remove(digests: Iterable[str]) -> None:
    for digest in digests:
        location(digest).unlink(missing_ok=True)


def discard(digests: Iterable[str]) -> None:
    """Remove the bytes of what was to be kept in a transaction that failed; what has its row stays."""
    written = set(digests)
    _remove(written - set(StoredFile.objects.filter(digest__in=written).values_list("digest", flat=True)))


def sweep() -> int:
    """Remove the bytes of destroyed files that are still there (销毁后残留的字节). Returns how many there were."""
    rows = StoredFile.objects.filter(destroyed_seq__isnull=False).values_list("digest", flat=True)
    left = [location(digest) for digest in rows if location(digest).exists()]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def read(digest: str) -> bytes:
    """The bytes of a kept file. Raises FileMissing where they are gone or changed."""
    try:
        content = location(digest).read_bytes()
    except OSError as error:
        raise FileMissing(f"文件 {digest[:12]}… 不在存档目录里。从备份恢复 GONGKAI_FILES 后再试。") from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise FileMissing(f"文件 {digest[:12]}… 的内容被改过。从备份恢复这个文件后再试。")
    return content
