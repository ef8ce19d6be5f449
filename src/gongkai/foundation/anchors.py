"""The ledger's head outside the database (账外锚点): so that a cut-off end is found."""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from gongkai.foundation.clock import canonical_moment

_NAME = "ledger-heads.jsonl"
# Longer than several lines: the last whole one is found without reading years of them.
_TAIL = 4096


@dataclass(frozen=True, slots=True)
class Anchor:
    """One kept head: event number, its hash, when; ``sound`` is False where the line was tampered with."""

    seq: int
    hash: str
    sound: bool


def path() -> Path:
    """The file of anchors, one line a transaction."""
    return Path(settings.GONGKAI_HOME) / _NAME


def write(seq: int, head_hash: str, at: datetime) -> None:
    """Add the head as one line. One short write, so that processes never mix their lines.

    Not synced: a power cut may take the lines of the last seconds, and those before them prove as much.
    """
    line = {"seq": seq, "hash": head_hash, "at": canonical_moment(at)}
    line["mac"] = _mac(seq, head_hash)
    handle = os.open(f"{settings.GONGKAI_HOME}/{_NAME}", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, (json.dumps(line) + "\n").encode())
    finally:
        os.close(handle)


def read() -> Iterator[Anchor]:
    """Every kept head, in file order; a last line cut short by a power failure is passed over."""
    if not path().exists():
        return
    lines = path().read_text("utf-8", errors="replace").split("\n")
    for number, text in enumerate(lines):
        if not text:
            continue
        try:
            line = json.loads(text)
            seq, head_hash = int(line["seq"]), str(line["hash"])
        except (ValueError, KeyError, TypeError):
            if number < len(lines) - 1:
                yield Anchor(0, f"第 {number + 1} 行", False)
            continue
        yield Anchor(seq, head_hash, hmac.compare_digest(str(line.get("mac")), _mac(seq, head_hash)))


def newest() -> tuple[int, datetime] | None:
    """The last head kept outside, and when it was written; None where there is none yet."""
    if not path().exists():
        return None
    with path().open("rb") as handle:
        handle.seek(0, os.SEEK_END)
        handle.seek(max(0, handle.tell() - _TAIL))
        lines = handle.read().decode("utf-8", errors="replace").split("\n")
    for text in reversed(lines):
        try:
            line = json.loads(text)
            return int(line["seq"]), datetime.fromisoformat(line["at"])
        except (ValueError, KeyError, TypeError):
            continue
    return None


def _mac(seq: int, head_hash: str) -> str:
    # The secret key lies outside the database, so whoever rewrites the database cannot rewrite this.
    return hmac.digest(settings.SECRET_KEY.encode(), f"{seq}:{head_hash}".encode(), "sha256").hex()
