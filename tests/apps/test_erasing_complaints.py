"""Erasing a person from a complaint: words, keys and evidence go; the row, what was done and the proof stay."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from gongkai.config.key_file import KeyRing
from gongkai.foundation import files, kinds, ledger, records, resealing
from gongkai.foundation.actors import COMMAND_LINE, NotAllowed
from gongkai.foundation.models import EventKey, LedgerEvent, StoredFile
from gongkai.foundation.records import RowRefused
from gongkai.foundation.verification import verify
from gongkai.remedies import acts, erasing, queries
from gongkai.remedies.complainants import reveal
from gongkai.remedies.models import Complaint
from tests.apps.casework_support import People, actor, at, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(district) -> People:  # type: ignore[no-untyped-def]
    return People(district.education)


def complained(people: People, *, evidence: StoredFile | None = None, **values: Any) -> Complaint:
    given = {
        "received_on": day("2021-07-01"), "how": "letter", "about": "区教育局", "complainant": "投诉人甲",
        "content": "申请后没有答复", **values,
    }  # fmt: skip
    made = records.enter(
        kinds.get("complaints"), people.organ, given, by=COMMAND_LINE, now=at("2021-07-01"), evidence=evidence
    )
    assert isinstance(made, Complaint)
    return made


def closed(record: Complaint) -> Complaint:
    for act, values in (
        ("find", {"finding": "unfounded"}),
        ("tell", {"told_on": day("2021-07-05")}),
        ("close", {"closed_on": day("2021-07-06")}),
    ):
        acts.go_on(record, act, values, by=COMMAND_LINE, now=at("2021-07-06"))
    return Complaint.objects.get(pk=record.pk)


def erase(record: Complaint, reason: str = "保管期满", by: Any = COMMAND_LINE) -> erasing.Erased:
    return erasing.erase_complainant(record, reason=reason, by=by, now=at("2032-01-05"))


def letter(content: bytes) -> StoredFile:
    return files.keep(content, name="投诉信.pdf", media_type="application/pdf")


def messages() -> list[str]:
    return [one.message for one in verify().breaks]


def test_words_and_keys_go_and_the_rest_stays(people: People) -> None:
    record = complained(people)
    reveal(record, reason="告知投诉人甲", by=COMMAND_LINE, now=at("2021-07-02"))
    with pytest.raises(RowRefused, match="还没有办结"):
        erase(record)
    record = closed(record)
    with pytest.raises(NotAllowed):
        erase(record, by=actor(people.head))
    with pytest.raises(RowRefused, match="写明删除的原因"):
        erase(record, reason=" ")
    before = queries.every_row(COMMAND_LINE, [people.organ])
    keys = EventKey.objects.filter(event__subject=record.ref).count()
    assert erase(record) == erasing.Erased(keys, 0, 0) and keys == 5
    record.refresh_from_db()
    assert (record.complainant, record.content, record.finding) == ("", "", "unfounded")
    assert not any(ledger.open_personal(event) for event in LedgerEvent.objects.filter(subject=record.ref))
    assert queries.every_row(COMMAND_LINE, [people.organ]) == before
    event = LedgerEvent.objects.latest("seq")
    assert (event.kind, event.subject) == ("person.erased", record.ref) and "保管期满" in event.payload
    assert messages() == []
    with pytest.raises(RowRefused, match="已经删除"):
        erase(record)


def test_what_was_erased_is_not_put_back(people: People) -> None:
    record = closed(complained(people))
    erase(record)
    kind = kinds.get("complaints")
    with pytest.raises(RowRefused, match="不能再改"):
        records.correct(
            kind, record, {"content": "x"}, by=COMMAND_LINE, now=at("2032-01-06"), reason="漏写"
        )  # fmt: skip
    record.refresh_from_db()
    with pytest.raises(RowRefused, match="个人信息已经删除，没有可以看的"):
        reveal(record, reason="看", by=COMMAND_LINE, now=at("2032-01-06"))
    assert {why for _, why in acts.available(Complaint.objects.get(pk=record.pk))} == {
        "个人信息已经删除，不能再办。"
    }


def test_one_entered_by_mistake_may_be_erased_too(people: People) -> None:
    record = complained(people)
    records.withdraw(
        kinds.get("complaints"), record, by=COMMAND_LINE, now=at("2021-07-02"), reason="重复登记"
    )
    assert erase(record).keys == 2 and messages() == []


def test_its_evidence_goes_unless_others_use_it(
    people: People, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    first, later, shared = letter(b"first"), letter(b"later"), letter(b"shared")
    record = complained(people, evidence=first)
    records.correct(
        kinds.get("complaints"),
        record,
        {},
        by=COMMAND_LINE,
        now=at("2021-07-02"),
        reason="换清楚的",
        evidence=later,
    )
    other = closed(complained(people, evidence=shared))
    complained(people, evidence=shared)
    record = closed(record)
    with django_capture_on_commit_callbacks(execute=True):
        assert (erase(record).files, erase(other).shared) == (2, 1)
    assert not files.location(first.digest).exists() and not files.location(later.digest).exists()
    assert files.read(shared.digest) == b"shared" and messages() == []
    again = letter(b"later")
    assert again.pk == later.pk and files.read(again.digest) == b"later" and messages() == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"content_sealed": ""}, "投诉的内容被绕过系统删除了。从备份恢复。"),
        ({"content_sealed": "aes-256-gcm:1:AAAA"}, "加密的内容被改过，或者不是这里的"),
        ({"complainant_sealed": ""}, "投诉人或者内容与底账第"),
    ],
)
def test_words_changed_around_the_actions_are_found(
    people: People, change: dict[str, str], words: str
) -> None:
    record = complained(people)
    assert messages() == []
    Complaint.objects.filter(pk=record.pk).update(**change)
    (found,) = messages()
    assert words in found


def test_words_put_back_are_found(people: People) -> None:
    record = closed(complained(people))
    sealed = record.content_sealed
    erase(record)
    Complaint.objects.filter(pk=record.pk).update(content_sealed=sealed)
    assert messages() == ["个人信息已经删除，又被绕过系统放回。"]


def test_nothing_erased_is_sealed_again(people: People, settings: Any) -> None:
    erase(closed(complained(people)))
    settings.GONGKAI_DATA_KEYS = KeyRing({**settings.GONGKAI_DATA_KEYS, 99: bytes(32)}, 99)
    assert list(resealing.reseal(by=COMMAND_LINE, clock=lambda: at("2032-01-06")))[-1].left == 0
    assert Complaint.objects.get().erased and messages() == []
