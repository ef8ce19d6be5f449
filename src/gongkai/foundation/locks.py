"""The one way to write (写锁): every action runs in ``write_transaction``, on both databases alike."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from gongkai.foundation import durable

# Any number, the same in every process: PostgreSQL's advisory lock that stands for the ledger.
_ADVISORY_LOCK = 7_110_711
_state = threading.local()
# Seconds: how a waiting writer tries for the lock.
_AT_ONCE, _JUST_COME, _NOW_AND_THEN, _QUEUE_AFTER = 0.000_02, 0.003, 0.05, 0.3


class NotInWriteTransaction(RuntimeError):
    """The record was about to change outside an action; our mistake, never a user's."""


@contextmanager
def write_transaction() -> Iterator[dict[str, Any]]:
    """One writer at a time, one transaction; an action inside an action joins the outer one.

    Yields a dictionary that lives as long as the outermost transaction: what may be remembered
    while nobody else can write (the ledger's head).
    """
    if getattr(_state, "notes", None) is not None:
        yield _state.notes
        return
    with _queue(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADVISORY_LOCK])
        notes: dict[str, Any] = {}
        notes["after"] = [lambda: durable.settle(notes)]
        _state.notes = notes
        try:
            yield notes
        finally:
            _state.notes = None
    # The next writer does not wait for this; inside a transaction of somebody else it waits for theirs.
    for work in notes["after"]:
        transaction.on_commit(work)


def after_commit(work: Callable[[], None]) -> None:
    """Have something done once the write transaction has really happened, outside the lock."""
    transaction_notes()["after"].append(work)


def transaction_notes() -> dict[str, Any]:
    """The notes of the running write transaction. Raises NotInWriteTransaction outside one."""
    notes = getattr(_state, "notes", None)
    if notes is None:
        raise NotInWriteTransaction("an action must run inside write_transaction()")
    return notes  # type: ignore[no-any-return]


@contextmanager
def _queue() -> Iterator[None]:
    """On SQLite, queue writers on a file: its own busy handler is unfair and starves some for seconds."""
    path = (
        None
        if connection.in_atomic_block
        else _lock_file(connection.vendor, connection.settings_dict["NAME"])
    )
    if path is None:
        yield
        return
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(handle)
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> None:
    """Wait for the lock. Who has just come tries again at once, who waits longer tries less often.

    Its processor still has the work of who has just come at hand: eight processes on two processors get through a
    third more than in the order of their coming. After a third of a second one stands in the kernel's queue,
    so that nobody waits for ever.
    """
    came = time.monotonic()
    while (waited := time.monotonic() - came) < _QUEUE_AFTER:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_AT_ONCE if waited < _JUST_COME else _NOW_AND_THEN)
        else:
            return
    fcntl.flock(handle, fcntl.LOCK_EX)


@cache
def _lock_file(vendor: str, name: str) -> str | None:
    """The file beside a SQLite database; None for PostgreSQL, and for a database in memory."""
    name = str(name)
    if vendor != "sqlite" or name == ":memory:" or "mode=memory" in name:
        return None
    return str(Path(name).with_suffix(".writelock"))
