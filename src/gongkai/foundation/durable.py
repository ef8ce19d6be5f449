"""What was committed is on the disk, and its head outside the database (落盘与账外锚点), before anybody is told.

Writers that commit while another waits for the disk share the next wait (group commit): SQLite commits without
waiting (``synchronous=NORMAL``), the lock goes to the next writer, and the write-ahead log is synced here, once
for all who committed before. An action returns only after that. PostgreSQL syncs and groups by itself.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import connection

from gongkai.foundation import anchors
from gongkai.foundation.statements import run

_MOMENT = 8


def settle(notes: Mapping[str, Any]) -> None:
    """Sync what the write transaction with these notes committed, and keep the ledger's head outside."""
    committed = time.monotonic_ns()
    if "head_at" not in notes:
        _sync_log()
        return
    # Who waits here is often served by the one before, whose sync began after this commit.
    handle = os.open(_turns(), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if committed <= int.from_bytes(os.pread(handle, _MOMENT, 0), "big") <= time.monotonic_ns():
            return
        began = time.monotonic_ns()
        ((seq, head_hash),) = run("SELECT seq, hash FROM foundation_ledgerevent ORDER BY seq DESC LIMIT 1")
        _sync_log()
        anchors.write(seq, head_hash, notes["head_at"])
        os.pwrite(handle, began.to_bytes(_MOMENT, "big"), 0)
    finally:
        os.close(handle)


def _turns() -> str:
    """Where the writers take turns; it holds when the last sync began, by this machine's running clock."""
    return f"{settings.GONGKAI_HOME}/ledger-heads.turns"


def _sync_log() -> None:
    if connection.vendor != "sqlite":
        return
    try:
        handle = os.open(f"{connection.settings_dict['NAME']}-wal", os.O_RDWR)
    except FileNotFoundError:
        return  # In memory; or already in the database itself, which SQLite syncs before it drops the log.
    try:
        getattr(os, "fdatasync", os.fsync)(handle)  # macOS has no fdatasync.
    finally:
        os.close(handle)
