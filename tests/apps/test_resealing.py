"""A changed data key: everything sealed is sealed anew in batches, the old key goes, and all of it opens and proves."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from gongkai.archive import package
from gongkai.casework import draft_papers, first_answers, queries
from gongkai.casework import files as case_files
from gongkai.casework.codes import secret_of, side_secret_of
from gongkai.casework.keeping import kept_file
from gongkai.casework.lives import texts_of
from gongkai.casework.models import Applicant, CarriedSecret, Case, CaseFile, Letter, SealedText, SideRequest
from gongkai.casework.redaction_boxes import Boxes, RedactionBox
from gongkai.casework.redaction_drafts import draft_of, save_draft
from gongkai.casework.side import files as side_files
from gongkai.casework.side import queries as side_queries
from gongkai.config.key_file import KeyRing
from gongkai.foundation import (
    data_keys,
    durable,
    files,
    kinds,
    ledger,
    message_settings,
    outbox,
    personal,
    records,
    resealing,
    sign_in,
)
from gongkai.foundation.actors import COMMAND_LINE, PUBLIC, NotAllowed
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import (
    Channel,
    EventKey,
    LedgerEvent,
    MessageSettings,
    OutboxMessage,
    StoredFile,
)
from gongkai.foundation.outbox import Enclosed, Written
from gongkai.foundation.outbox_sending import send_next
from gongkai.foundation.resealing import Resealed, needs
from gongkai.foundation.verification import verify
from gongkai.remedies.models import Complaint
from tests.apps.casework_support import CARD, People, actor, at, filing, told
from tests.apps.side_support import correction
from tests.apps.side_support import filed as side_filed
from tests.conftest import District
from tests.mail_server import free_port, mail_server

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SECOND_FACTOR = "JBSWY3DPEHPK3PXP"
NEW = {2: bytes(range(32))}


def clock() -> datetime:
    return at("2021-09-01")


def reseal(**sizes: int) -> list[Resealed]:
    return list(resealing.reseal(by=COMMAND_LINE, clock=clock, **sizes))


@pytest.fixture(autouse=True)
def _first_key(settings: Any) -> None:
    settings.GONGKAI_DATA_KEYS = KeyRing({1: os.urandom(32)}, 1)


@pytest.fixture
def people(district: District) -> People:
    return People(district.education)


@pytest.fixture
def changed(settings: Any, house: Case) -> dict[int, bytes]:
    """The house under its first key, and a second one that is current; the first as it was."""
    first = dict(settings.GONGKAI_DATA_KEYS)
    settings.GONGKAI_DATA_KEYS = KeyRing({**first, **NEW}, 2)
    return first


@pytest.fixture
def house(people: People) -> Case:
    """One of everything that is sealed: a case with papers, letters and package, a side request, a complaint …"""
    story = told(people, "2021-07-01")
    case_files.add_file(
        story.case, PDF, name="申请书.pdf", purpose="application", by=COMMAND_LINE, now=at("2021-07-01")
    )
    story.registered("2021-07-01")
    case_files.add_file(
        story.case,
        PDF + b"%",
        name="纪要.pdf",
        purpose="information",
        by=actor(people.clerk),
        now=at("2021-07-02"),
    )
    boxes = Boxes(
        (RedactionBox(page=1, left=1, top=1, right=9, bottom=9, ground="privacy", note="申请人甲"),)
    )
    save_draft(story.case, 2, boxes, by=actor(people.clerk), now=at("2021-07-02"), based_on=0)
    story.answered("2021-07-05").do("archive", "2021-08-02", retention_class="ordinary")
    case = Case.objects.get(pk=story.case.pk)
    package.pack(case, by=actor(people.clerk), now=at("2021-08-03"))
    side = side_filed(people.organ, correction()).side
    side_files.add_file(side, PDF, name="证明.pdf", purpose="evidence", by=COMMAND_LINE, now=at("2021-07-01"))
    records.enter(
        kinds.get("complaints"), people.organ,
        {"received_on": at("2021-07-01").date(), "how": "phone", "about": "区教育局", "complainant": "投诉人甲",
         "content": "没有答复"},
        by=COMMAND_LINE, now=at("2021-07-01"),
    )  # fmt: skip
    once = first_answers.Idempotency("platform:1", "key", b"{}")
    first_answers.remember_refusal(once, first_answers.Refused(422, {"x": "申请人甲"}), now=at("2021-08-30"))
    people.clerk.second_factor = sign_in.seal(SECOND_FACTOR, place=sign_in.second_factor_place(people.clerk))
    people.clerk.save()
    letter = Letter.objects.filter(case=case).first()
    assert letter is not None and letter.pdf is not None
    message_settings.configure(
        "email", {"smtp_user": "u", "smtp_password": "geheim"}, by=COMMAND_LINE, now=clock()
    )
    with write_transaction():
        outbox.put(
            Written(
                channel=Channel.EMAIL, to="applicant@example.cn", text="见附件。", subject="答复", about="答复",
                dedupe_key="1",
                enclosed=[Enclosed(letter.pdf, "答复书.pdf", "application/pdf", f"case:{case.pk} letter {letter.place} pdf")],
            ),
            MessageSettings(sender="gongkai@example.cn"), now=clock(),
        )  # fmt: skip
    return case


def test_everything_opens_and_proves_without_the_old_key(
    house: Case, people: People, changed: dict[int, bytes], settings: Any,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:  # fmt: skip
    assert verify().breaks == ()
    before, secret = texts_of(house), secret_of(house)
    side = SideRequest.objects.get()
    side_secret = side_secret_of(side)
    letter = Letter.objects.filter(case=house).first()
    assert letter is not None
    as_it_left = kept_file(letter, "pdf")
    old_files = [row.digest for row in StoredFile.objects.all() if row.sealed_under]
    waiting = resealing.left()
    assert {number for counted in needs().values() for number in counted if counted[number]} == set(changed)
    with django_capture_on_commit_callbacks(execute=True):
        steps = reseal(most=3, files_most=2)
    assert steps[-1] == Resealed(steps[-2].sealed, 0) and steps[0].left < waiting and len(steps) > 20
    assert not any(step.stuck for step in steps)
    assert {number for counted in needs().values() for number in counted if counted[number]} == {2}
    assert not any(files.location(digest).exists() for digest in old_files), "the old bytes are destroyed"

    settings.GONGKAI_DATA_KEYS = KeyRing(NEW, 2)
    assert verify().breaks == ()
    case = Case.objects.get(pk=house.pk)
    assert texts_of(case) == before
    assert kept_file(Letter.objects.get(pk=letter.pk), "pdf") == as_it_left
    paper = CaseFile.objects.filter(case=case).first()
    assert paper is not None and case_files.opened(paper) == PDF
    found = package.package_of(actor(people.clerk), case)
    assert (
        found is not None
        and package.take(found, reason="移交", by=actor(people.clerk), now=clock())[:2] == b"PK"
    )
    assert secret_of(case) == secret and queries.by_query_code(case.query_code, secret) is not None
    assert side_queries.by_query_code(side.query_code, side_secret) == side
    complaint = Complaint.objects.get()
    assert (complaint.complainant, complaint.content) == ("投诉人甲", "没有答复")
    assert message_settings.opened(message_settings.current(), "smtp_password") == "geheim"
    people.clerk.refresh_from_db()
    assert sign_in.secret_of(people.clerk) == SECOND_FACTOR
    assert Applicant.objects.get(case=case).identity_index in personal.lookups(CARD, purpose="identity")
    assert all(ledger.open_personal(LedgerEvent.objects.get(pk=key.pk)) for key in EventKey.objects.all())
    once = first_answers.Idempotency("platform:1", "key", b"{}")
    assert first_answers.remember_refusal(once, first_answers.Refused(400, {}), now=clock()).status == 422
    assert draft_of(CaseFile.objects.get(case=case, place=2)).boxes.boxes[0].note == "申请人甲"
    port = free_port()
    message_settings.configure(
        "email", {"email_on": True, "smtp_host": "127.0.0.1", "smtp_port": port, "smtp_tls": "starttls",
                  "sender": "gongkai@example.cn"}, by=COMMAND_LINE, now=clock(),
    )  # fmt: skip
    message = OutboxMessage.objects.get()
    assert personal.open_sealed(message.recipient, place=message.place("recipient")) == "applicant@example.cn"
    attached = message.attachments.select_related("file").get()
    assert personal.open_bytes(files.read(attached.file.digest), place=attached.opens_at) == as_it_left


def test_stopped_and_begun_again_it_goes_on(house: Case, changed: dict[int, bytes]) -> None:
    steps = resealing.reseal(by=COMMAND_LINE, clock=clock, most=2, files_most=1)
    for _ in range(5):
        done = next(steps)
    steps.close()
    left = resealing.left()
    assert 5 <= done.sealed <= 10 and left == done.left
    assert verify().breaks == (), "half under one key, half under the other"
    assert reseal()[0].sealed <= left and resealing.left() == 0
    assert reseal() == [Resealed(0, 0)]
    told_ = [event.kind for event in LedgerEvent.objects.order_by("-seq")[:2]]
    assert told_ == [resealing.RESEALED] * 2


def test_what_does_not_open_is_told_and_stops_nothing(house: Case, changed: dict[int, bytes]) -> None:
    text = SealedText.objects.order_by("pk").first()
    assert text is not None
    SealedText.objects.filter(pk=text.pk).update(sealed="aes-256-gcm:1:" + "A" * 60)
    paper = CaseFile.objects.select_related("file").get(case=house, place=1)
    files.location(paper.file.digest).unlink()
    stuck = [words for step in reseal() for words in step.stuck]
    assert len(stuck) == 2 and stuck[0].startswith(text.at) and "不在存档目录里" in stuck[1]
    assert resealing.left() == 2 and needs()["案卷里的文字"][1] == 1 and needs()["案卷材料"][1] == 1


def test_files_of_before_are_looked_at_first(house: Case, changed: dict[int, bytes]) -> None:
    StoredFile.objects.update(sealed_under=None)
    assert needs()["案卷材料"] == {0: 2} and resealing.left()
    assert reseal()[-1].left == 0
    assert needs()["案卷材料"] == {2: 2}


def test_a_file_that_claims_to_be_another_is_found(house: Case, changed: dict[int, bytes]) -> None:
    paper = CaseFile.objects.select_related("file").get(case=house, place=1)
    forged = files.keep(
        personal.seal_bytes(b"other", place=case_files.opens_at(house)), name="x", media_type="x"
    )
    StoredFile.objects.filter(pk=forged.pk).update(named_as=paper.file.ledger_name)
    CaseFile.objects.filter(pk=paper.pk).update(file=forged)
    assert [one.message for one in verify().breaks] == [
        "标记为换密钥后重新加密的，底账里没有这件事。从备份恢复。"
    ]


def test_nothing_is_left_of_a_file_that_could_not_be_put_in_place(
    house: Case, changed: dict[int, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def bytes_there() -> set[str]:
        root = files.location("00").parent.parent
        return {name for _, _, names in os.walk(root) for name in names}

    before = bytes_there()
    monkeypatch.setattr(ledger, "append", lambda *_, **__: 1 / 0)
    monkeypatch.setattr(resealing, "_reseal_texts", lambda *_: resealing.Batch(0, None))
    with pytest.raises(ZeroDivisionError):
        reseal()
    assert bytes_there() == before
    assert not StoredFile.objects.exclude(named_as="").exists()


def test_secrets_are_carried_over_only_where_the_key_is_an_older_one(
    house: Case, people: People, changed: dict[int, bytes]
) -> None:
    reseal()
    assert CarriedSecret.objects.count() == Case.objects.count() + SideRequest.objects.count()
    told(people, "2021-08-20", applicant=filing().applicant)
    assert reseal()[-1].left == 0
    assert CarriedSecret.objects.count() == Case.objects.count() + SideRequest.objects.count() - 1


def test_a_lost_secret_is_found(house: Case, changed: dict[int, bytes], settings: Any) -> None:
    reseal()
    settings.GONGKAI_DATA_KEYS = KeyRing(NEW, 2)
    CarriedSecret.objects.filter(case=house).delete()
    CarriedSecret.objects.exclude(side=None).update(sealed="aes-256-gcm:2:AAAA")
    found = {one.place for one in verify().breaks if "字节还在" not in one.message}
    assert found == {f"{house.number} 的查询口令", "查询口令"}


def test_who_may(house: Case, changed: dict[int, bytes]) -> None:
    with pytest.raises(NotAllowed):
        next(resealing.reseal(by=PUBLIC, clock=clock))


def test_a_letter_that_waits_leaves_after_the_change(
    house: Case, changed: dict[int, bytes], settings: Any
) -> None:
    port = free_port()
    with mail_server(port) as (taken, _):
        message_settings.configure(
            "email", {"email_on": True, "smtp_host": "127.0.0.1", "smtp_port": port, "smtp_tls": "none",
                      "smtp_user": "", "smtp_password": "", "sender": "gongkai@example.cn"}, by=COMMAND_LINE, now=clock(),
        )  # fmt: skip
        reseal()
        settings.GONGKAI_DATA_KEYS = KeyRing(NEW, 2)
        assert send_next(clock())
    (attached,) = taken.letters[0].iter_attachments()
    assert attached.get_content()[:4] == b"%PDF"


def test_a_key_is_retired_when_nothing_needs_it_any_more(house: Case, changed: dict[int, bytes]) -> None:
    data_keys.added(2, by=COMMAND_LINE, now=clock())
    later = clock() + timedelta(days=2)
    assert "没有第 7 号" in data_keys.why_not_retire(7, now=later)
    assert "现用" in data_keys.why_not_retire(2, now=later)
    assert "处用着；先运行 gongkai keys reseal" in data_keys.why_not_retire(1, now=later)
    reseal()
    (old, new), unknown = data_keys.held()
    assert (old.needed, new.current, unknown) == ({}, True, 0) and new.needed["案卷材料"] == 2
    assert "不满一天" in data_keys.why_not_retire(1, now=clock() + timedelta(hours=23))
    assert data_keys.why_not_retire(1, now=later) == ""
    held = draft_papers.hold(PDF, name="证.pdf", purpose="identity", key="k")
    assert data_keys.why_not_retire(1, now=later) == "", "handed in since: sealed under the new key"
    draft_papers.drop(held)
    StoredFile.objects.filter(pk=CaseFile.objects.get(case=house, place=1).file_id).update(sealed_under=None)
    assert "1 处看不出" in data_keys.why_not_retire(1, now=later)
    with pytest.raises(NotAllowed):
        data_keys.retired(1, by=PUBLIC, now=later)


def test_papers_handed_in_before_filing_hold_the_key_until_they_are_gone(house: Case, settings: Any) -> None:
    held = draft_papers.hold(PDF, name="证.pdf", purpose="identity", key="k")
    settings.GONGKAI_DATA_KEYS = KeyRing({**settings.GONGKAI_DATA_KEYS, **NEW}, 2)
    reseal()
    assert [counted[1] for label, counted in needs().items() if "没有提交" in label] == [1]
    draft_papers.drop(held)
    assert not any(counted[1] for counted in needs().values())


def test_old_bytes_stay_until_the_act_is_on_the_disk(
    house: Case,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    def power_cut(_: Any) -> None:
        raise OSError

    paper = CaseFile.objects.select_related("file").get(case=house, place=1)
    monkeypatch.setattr(durable, "settle", power_cut)
    with pytest.raises(OSError), django_capture_on_commit_callbacks(execute=True), write_transaction():
        files.destroy([paper.file], seq=1)
    assert files.location(paper.file.digest).exists()
