"""What is committed is on the disk before anybody is told: one sync for all who committed before it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings

from gongkai.foundation import anchors, durable, ledger
from gongkai.foundation.locks import write_transaction

NOW = datetime(2021, 3, 1, 2, 0, tzinfo=UTC)


@pytest.fixture
def syncs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, db: None) -> Iterator[list[str]]:
    """What was done, in order: the log synced, an anchor written."""
    done: list[str] = []
    kept = anchors.write
    monkeypatch.setattr(settings, "GONGKAI_HOME", tmp_path)
    monkeypatch.setattr(durable, "_sync_log", lambda: done.append("log"))

    def write(*given: Any) -> None:
        done.append("anchor")
        kept(*given)

    monkeypatch.setattr(anchors, "write", write)
    yield done


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The machine's running clock, one step at each look."""
    moment = [1000]

    def look() -> int:
        moment[0] += 1
        return moment[0]

    monkeypatch.setattr("gongkai.foundation.durable.time.monotonic_ns", look)
    yield moment


def happened() -> dict[str, Any]:
    """The notes of an action that has been committed."""
    with write_transaction() as notes:
        ledger.append("test.happened", subject="test:1", actor="command-line", now=NOW, payload={})
        return notes


def test_the_log_is_synced_before_the_head_goes_outside(syncs: list[str]) -> None:
    durable.settle(happened())
    assert syncs == ["log", "anchor"]
    assert [anchor.seq for anchor in anchors.read()] == [ledger.head()[0]]


def test_who_committed_before_a_sync_began_needs_none_of_its_own(syncs: list[str], clock: list[int]) -> None:
    first, second = happened(), happened()
    durable.settle(first)
    # The second committed before that sync began, and comes to its turn after it.
    began = int.from_bytes(Path(durable._turns()).read_bytes(), "big")
    clock[0] = began - 2
    durable.settle(second)
    assert syncs == ["log", "anchor"]
    assert [anchor.seq for anchor in anchors.read()] == [second["head"][0]]


def test_who_committed_after_a_sync_began_waits_for_one_more(syncs: list[str], clock: list[int]) -> None:
    durable.settle(happened())
    durable.settle(happened())
    assert syncs == ["log", "anchor"] * 2


def test_a_moment_of_an_earlier_start_of_the_machine_is_not_believed(
    syncs: list[str], clock: list[int]
) -> None:
    Path(durable._turns()).write_bytes((10**12).to_bytes(8, "big"))
    durable.settle(happened())
    assert syncs == ["log", "anchor"]


def test_a_write_without_an_event_is_synced_alone(syncs: list[str]) -> None:
    with write_transaction() as notes:
        pass
    durable.settle(notes)
    assert syncs == ["log"]


def test_the_log_that_is_synced_is_the_database_s_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    synced: list[int] = []
    log = tmp_path / "town.sqlite3-wal"
    log.touch()
    monkeypatch.setattr(
        durable,
        "connection",
        SimpleNamespace(vendor="sqlite", settings_dict={"NAME": tmp_path / "town.sqlite3"}),
    )
    monkeypatch.setattr(
        "gongkai.foundation.durable.os.fdatasync", lambda handle: synced.append(os.fstat(handle).st_ino)
    )
    durable._sync_log()
    assert synced == [log.stat().st_ino]
