"""The ledger: append-only in the database itself, chained, anchored outside, and a person can be forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from gongkai.foundation import anchors, guards, ledger
from gongkai.foundation.locks import NotInWriteTransaction
from gongkai.foundation.models import EventKey, LedgerEvent
from gongkai.foundation.verification import Break, verify
from tests.conftest import NOW, District, day, enter

TABLE = "foundation_ledgerevent"


def places() -> list[str]:
    return [found.place for found in verify().breaks]


def refused(statement: str) -> str:
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return str(error.value)


@contextmanager
def guard_down(table: str = TABLE) -> Iterator[None]:
    """As somebody with the database's password would: the guard is taken down, and put up again."""
    with connection.cursor() as cursor:
        for statement in guards.removal(connection.vendor, table):
            cursor.execute(statement)
    yield


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("table", [table for table, _ in guards.GUARDED])
def test_the_database_itself_refuses_change(district: District, table: str) -> None:
    number = dict(guards.GUARDED)[table]
    if table == TABLE:
        assert "append-only" in refused(f"UPDATE {table} SET {number} = {number}")
        assert "append-only" in refused(f"DELETE FROM {table} WHERE {number} = 1")
    else:
        from gongkai.foundation import publication_log
        from gongkai.foundation.locks import write_transaction

        with write_transaction():
            publication_log.append("published", subject="x", digest="0" * 64, event_seq=1, now=NOW)
        assert "append-only" in refused(f"UPDATE {table} SET act = 'x'")
        assert "append-only" in refused(f"DELETE FROM {table}")


def test_no_gap_and_no_replacement(district: District) -> None:
    row = LedgerEvent.objects.order_by("-seq").values().first()
    assert row is not None
    columns = ", ".join(row)
    verb = "INSERT OR REPLACE INTO" if connection.vendor == "sqlite" else "INSERT INTO"
    again = f"{verb} {TABLE} ({columns}) SELECT {columns} FROM {TABLE} WHERE seq = {row['seq']}"
    assert "append-only" in refused(again)
    later = columns.replace("seq", f"{row['seq'] + 5}", 1)
    assert "without gaps" in refused(
        f"INSERT INTO {TABLE} ({columns}) SELECT {later} FROM {TABLE} WHERE seq = {row['seq']}"
    )


def test_an_intact_record_proves(district: District) -> None:
    enter("requests", district.office, received_on=day("2021-03-01"), **{"class": "natural"})
    proof = verify()
    assert proof.breaks == () and proof.events == LedgerEvent.objects.count() and proof.records == 1
    assert proof.head == ledger.head()[1]


def test_a_changed_event_is_named(district: District) -> None:
    with guard_down():
        execute(f"UPDATE {TABLE} SET payload = '{{}}' WHERE seq = 3")
    assert places() == ["底账第 3 号事件"]


def test_a_rehashed_event_breaks_the_next(district: District) -> None:
    with guard_down():
        event = LedgerEvent.objects.get(seq=3)
        event.payload = "{}"
        event.hash = ledger.event_hash(event)
        LedgerEvent.objects.filter(seq=3).update(payload=event.payload, hash=event.hash)
    assert places() == ["底账第 4 号事件"]


def test_a_missing_event_is_named(district: District) -> None:
    with guard_down():
        execute(f"DELETE FROM {TABLE} WHERE seq = 3")
    found = verify().breaks
    assert found[0].place == "底账第 4 号事件" and "缺第 3 号" in found[0].message


def test_a_cut_off_end_is_found_by_the_anchor_outside(
    district: District, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        enter("requests", district.office, received_on=day("2021-03-01"), **{"class": "natural"})
    last = ledger.head()[0]
    assert [anchor.seq for anchor in anchors.read()][-1] == last
    execute("DELETE FROM casework_informationrequest")
    with guard_down():
        execute(f"DELETE FROM {TABLE} WHERE seq = {last}")
    assert verify().breaks == (
        Break(
            f"底账第 {last} 到 {last} 号事件",
            f"账外记着 {last} 号，底账只到 {last - 1} 号：末尾被截去。从备份恢复。",
        ),
    )


def test_a_forged_anchor_is_found(
    district: District, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        enter("requests", district.office, received_on=day("2021-03-01"), **{"class": "natural"})
    line = json.loads(anchors.path().read_text("utf-8").splitlines()[-1])
    anchors.path().write_text(json.dumps(line | {"hash": "0" * 64}) + "\n", "utf-8")
    assert "锚点" in places()[0]


def test_a_record_changed_behind_the_ledger_is_named(district: District) -> None:
    record = enter("requests", district.office, received_on=day("2021-03-01"), **{"class": "natural"})
    execute("UPDATE casework_informationrequest SET applicant_class = 'legal'")
    found = verify().breaks
    assert found[0].place.endswith(record.ref) and "申请人类别" in found[0].message


def test_a_record_that_nobody_entered_is_named(district: District) -> None:
    from gongkai.casework.models import InformationRequest

    forged = InformationRequest.objects.create(
        organ=district.office,
        received_on=day("2021-03-01"),
        applicant_class="natural",
        entered_seq=1,
        latest_seq=1,
    )
    assert places() == [f"政府信息公开申请 {forged.ref}"]


def test_a_person_can_be_forgotten_and_the_chain_still_proves(district: District) -> None:
    record = enter(
        "requests",
        district.office,
        received_on=day("2021-03-01"),
        subject="某小区的规划许可",
        **{"class": "natural"},
    )
    event = LedgerEvent.objects.get(seq=record.latest_seq)
    assert "规划许可" not in event.payload and "规划许可" in (ledger.open_personal(event) or "")
    assert ledger.erase_personal(subject=record.ref, by="account:1", reason="本人要求", now=NOW) == 1
    assert ledger.open_personal(event) is None and not EventKey.objects.exists()
    assert verify().breaks == ()


def test_sm3_by_setting_beside_sha256(district: District, settings: object) -> None:
    settings.GONGKAI_LEDGER_HASH = "sm3"  # type: ignore[attr-defined]
    enter("requests", district.office, received_on=day("2021-03-01"), **{"class": "natural"})
    assert LedgerEvent.objects.order_by("-seq").values_list("algorithm", flat=True)[0] == "sm3"
    assert verify().breaks == ()


def test_nothing_is_appended_outside_an_action(db: None) -> None:
    with pytest.raises(NotInWriteTransaction):
        ledger.append("x", subject="x", actor="x", now=NOW, payload={})
