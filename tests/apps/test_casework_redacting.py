"""Redacting a paper of a case: who may, with which grounds, what is recorded, and what the applicant gets."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gongkai.casework import erasing, redacting
from gongkai.casework.files import add_file, papers_of, read_file
from gongkai.casework.models import Case, CaseFile, Redaction, RedactionDraft
from gongkai.casework.readers import applicant_of
from gongkai.casework.redacting import LeaksFound, issue_redacted, passages_from, redactions_of
from gongkai.casework.redaction_boxes import Boxes, RedactionBox
from gongkai.casework.redaction_drafts import DraftChanged, draft_of, save_draft
from gongkai.casework.refusals import CaseworkRefused
from gongkai.foundation.actors import COMMAND_LINE, NotAllowed
from gongkai.foundation.models import LedgerEvent
from gongkai.foundation.redaction import apart
from gongkai.foundation.verification import verify
from tests.apps.casework_support import People, Told, account, actor, at, told
from tests.foundation.redaction_papers import CARD, NAME, PHONE, photograph, typeset

PARTIAL = {"outcome": "r4", "grounds": ("privacy",), "reason": "含有个人隐私。"}


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return typeset()


@pytest.fixture
def people(district) -> People:  # type: ignore[no-untyped-def]
    return People(district.education)


@pytest.fixture
def story(people: People, pdf: bytes) -> Told:
    """A case with one paper that holds information."""
    begun = told(people, "2021-07-01").registered("2021-07-01")
    put(begun, pdf)
    return begun


def put(story: Told, content: bytes, name: str = "纪要.pdf", **given: Any) -> CaseFile:
    values: dict[str, Any] = {"purpose": "information", **given}
    return add_file(
        story.case, content, name=name, by=actor(story.people.clerk), now=at("2021-07-02"), **values
    )


def boxes_over(content: bytes, *words: str, ground: str = "privacy", note: str = "") -> Boxes:
    """Boxes over every place of some words."""
    found = []
    for word in words:
        answer, _ = apart.run("search", content, words=word, today="2021-07-02")
        for one in answer["boxes"]:
            sides = {name: one[name] for name in ("page", "left", "top", "right", "bottom")}
            found.append(RedactionBox(**sides, ground=ground, note=note))
    return Boxes(tuple(found))


def issue(story: Told, boxes: Boxes, place: int = 1, who: Any = None, on: str = "2021-07-05") -> Redaction:
    return issue_redacted(story.case, place, boxes, by=actor(who or story.people.clerk, on), now=at(on))


def text_of(content: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_what_is_issued_is_recorded_once_and_proves(story: Told, pdf: bytes) -> None:
    before = LedgerEvent.objects.count()
    row = issue(story, boxes_over(pdf, NAME, CARD, PHONE, note="当事人"))
    event = LedgerEvent.objects.latest("seq")
    assert LedgerEvent.objects.count() == before + 1 and event.kind == "case.redacted"
    said = json.loads(event.payload)
    assert said["grounds"] == {"privacy": 3} and said["source"] == 1 and said["file"]["place"] == 2
    assert said["proof"]["searched"] > 3 and said["proof"]["places"]["pixels"] == 3
    for word in (NAME, CARD, "当事人", "left"):
        assert word not in event.payload and word not in row.proof and word not in row.sealed
    assert row.issued.to_applicant and not row.source.to_applicant
    assert verify().breaks == ()


def test_the_applicant_gets_it_with_the_answer_and_nothing_more(story: Told, pdf: bytes) -> None:
    issue(story, boxes_over(pdf, NAME, CARD, PHONE))
    applicant = applicant_of(story.case)
    assert papers_of(applicant, story.case) == []
    story.do("record_search", "2021-07-05", where="档案室", by="经办人", words="危房", found=1)
    story.answered("2021-07-07", {"outcome": "r3", "grounds": ("provided",), "reason": "可以公开。"})
    (paper,) = papers_of(applicant, story.case)
    content = read_file(applicant, story.case, paper.place, now=at("2021-07-08"))
    assert content is not None and content.startswith(b"%PDF-")
    text = text_of(content)
    assert "会议同意按照规定拨付补助资金" in text.replace("\r\n", "").replace(" ", "")
    assert NAME not in text and CARD not in text
    assert read_file(applicant, story.case, 1, now=at("2021-07-08")) is None, "the source is never given"


def test_a_name_left_elsewhere_issues_nothing(people: People) -> None:
    story = told(people, "2021-07-01").registered("2021-07-01")
    content = typeset([("第一页写着申请人甲乙。",), ("第二页又写着申请人甲乙。",)])
    put(story, content)
    both = boxes_over(content, NAME)
    first = Boxes(tuple(box for box in both.boxes if box.page == 1))
    with pytest.raises(LeaksFound, match="第 2 页没有涂黑的文字里还有“申请人甲乙”") as found:
        issue(story, first)
    assert [leak["page"] for leak in found.value.leaks] == [2]
    assert not Redaction.objects.exists() and CaseFile.objects.count() == 1
    accepted = Boxes(first.boxes, (), (NAME,))
    assert issue(story, accepted).place == 1
    assert json.loads(LedgerEvent.objects.latest("seq").payload)["proof"]["pages"] == 2


def test_words_to_be_searched_besides(story: Told, pdf: bytes) -> None:
    with pytest.raises(LeaksFound, match="示范村"):
        issue(story, Boxes(boxes_over(pdf, NAME).boxes, ("示范村",)))


@pytest.mark.parametrize(
    ("boxes", "message"),
    [
        (Boxes(), "还没有框"),
        (Boxes((RedactionBox(1, 10, 10, 20, 20),)), "第 1 页有 1 个框没有选理由"),
        (Boxes((RedactionBox(1, 10, 10, 20, 20, "provided"),)), "没有选理由"),
        (Boxes((RedactionBox(1, 20, 10, 20, 20, "privacy"),)), "位置不对"),
        (Boxes((RedactionBox(3, 10, 10, 20, 20, "privacy"),)), "只有 1 页"),
        (Boxes((RedactionBox(1, 10, 10, 20, 20, "privacy", "长" * 201),)), "备注最多"),
    ],
)
def test_what_cannot_be_issued_is_said(story: Told, boxes: Boxes, message: str) -> None:
    with pytest.raises(CaseworkRefused, match=message):
        issue(story, boxes)
    assert not Redaction.objects.exists()


def test_which_papers_can_be_redacted(story: Told, pdf: bytes) -> None:
    boxes = boxes_over(pdf, NAME)
    put(story, pdf, purpose="opinion")
    put(story, pdf + b"\n", to_applicant=True)
    for place, message in ((2, "只有“所申请的信息”"), (3, "已经可以取走"), (9, "没有第 9 份")):
        with pytest.raises(CaseworkRefused, match=message):
            issue(story, boxes, place)
    row = issue(story, boxes)
    with pytest.raises(CaseworkRefused, match="已经可以取走"):
        issue(story, boxes, row.issued.place)


def test_the_source_cannot_be_given_afterwards(story: Told, pdf: bytes) -> None:
    issue(story, boxes_over(pdf, NAME, CARD, PHONE))
    with pytest.raises(CaseworkRefused, match="原件不能再提供"):
        put(story, pdf, name="另一个名字.pdf", to_applicant=True)
    assert put(story, pdf).place == 3, "kept in the case it may be"


def test_who_may(story: Told, people: People, pdf: bytes, district: Any) -> None:
    boxes = boxes_over(pdf, NAME)
    stranger = account("外单位", district.civil, "unit_clerk")
    for by in (actor(stranger), actor(people.head), applicant_of(story.case)):
        with pytest.raises(NotAllowed):
            issue_redacted(story.case, 1, boxes, by=by, now=at("2021-07-05"))
        with pytest.raises(NotAllowed):
            save_draft(story.case, 1, boxes, by=by, now=at("2021-07-05"), based_on=0)
    assert redactions_of(actor(stranger), story.case) == []


def test_a_corrected_redaction_replaces_the_first(story: Told, pdf: bytes) -> None:
    first = issue(story, boxes_over(pdf, NAME))
    assert draft_of(first.source).boxes.boxes, "the next begins with the boxes of the last"
    second = issue(story, boxes_over(pdf, NAME, CARD, PHONE))
    story.do("record_search", "2021-07-05", where="档案室", by="经办人", words="危房", found=1)
    story.answered("2021-07-07")
    assert [p.pk for p in papers_of(applicant_of(story.case), story.case)] == [second.issued_id]
    assert verify().breaks == ()


def test_scans_go_the_same_way(story: Told) -> None:
    put(story, photograph(), "扫描.png")
    box = RedactionBox(1, 140, 60, 320, 900, "privacy")
    row = issue(story, Boxes((box,), (NAME,)), 2)
    assert row.issued.media_type == "application/pdf" and verify().breaks == ()


def test_passages_for_the_decision(story: Told, pdf: bytes) -> None:
    boxes = boxes_over(pdf, NAME, CARD).boxes + boxes_over(pdf, PHONE, ground="third-party-other").boxes
    said = passages_from(issue(story, Boxes(boxes)))
    assert [(one.place, one.ground) for one in said] == [
        ("材料 1 第 1 页，2 处个人隐私", "privacy"),
        ("材料 1 第 1 页，1 处第三方权益", "third-party-other"),
    ]


# Drafts ------------------------------------------------------------------------------------------


def test_a_draft_is_kept_sealed_and_two_people_lose_nothing(story: Told, people: People, pdf: bytes) -> None:
    mine, other = boxes_over(pdf, NAME, note="当事人"), boxes_over(pdf, CARD)
    clerk, second = actor(people.clerk), actor(people.other)
    kept = save_draft(story.case, 1, mine, by=clerk, now=at("2021-07-03"), based_on=0)
    assert kept.version == 1 and "当事人" not in RedactionDraft.objects.get().sealed
    with pytest.raises(DraftChanged) as changed:
        save_draft(story.case, 1, other, by=second, now=at("2021-07-03", 11), based_on=0)
    both = changed.value.both
    assert set(both.boxes) == {*mine.boxes, *other.boxes} and changed.value.theirs.saved_by == clerk.ref
    again = save_draft(story.case, 1, both, by=second, now=at("2021-07-03", 12), based_on=1)
    assert again.version == 2
    same = save_draft(story.case, 1, both, by=second, now=at("2021-07-03", 12), based_on=0)
    assert same.version == 2, "the same boxes saved twice are no conflict"
    assert LedgerEvent.objects.filter(kind="case.redacted").count() == 0
    issue(story, both)
    assert not RedactionDraft.objects.exists()


# Proof -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda row: Redaction.objects.update(grounds='{"privacy":9}'), "与底账第"),
        (lambda row: Redaction.objects.update(sealed="aes-256-gcm:1:AAAA"), "加密的内容被改过"),
        (lambda row: Redaction.objects.filter(pk=row.pk).delete(), "不在案卷里"),
        (lambda row: Redaction.objects.update(issued_by="account:999"), "与底账第"),
        (lambda row: CaseFile.objects.filter(pk=row.source_id).update(to_applicant=True), "涂黑的原件"),
    ],
)
def test_what_is_changed_around_the_action_is_found(
    story: Told, pdf: bytes, change: Any, message: str
) -> None:
    row = issue(story, boxes_over(pdf, NAME))
    change(row)
    assert any(message in one.message for one in verify().breaks), verify().breaks


def test_erasing_takes_the_boxes_along(story: Told, pdf: bytes) -> None:
    issue(story, boxes_over(pdf, NAME))
    story.do("record_search", "2021-07-05", where="档案室", by="经办人", words="危房", found=1)
    story.answered("2021-07-07").do("archive", "2021-07-08", retention_class="ordinary")
    erasing.erase_person(
        Case.objects.get(pk=story.case.pk), reason="保管期满", by=COMMAND_LINE, now=at("2051-07-09")
    )
    assert Redaction.objects.get().sealed == "" and passages_from(Redaction.objects.get()) == ()
    assert verify().breaks == ()


def test_nothing_is_kept_where_the_worker_fails(
    story: Told, pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    boxes = boxes_over(pdf, NAME)
    monkeypatch.setattr(redacting.apart, "run", lambda *a, **k: ({"leaks": [], "digest": ""}, b""))
    with pytest.raises(LeaksFound):
        issue(story, boxes)
    assert not Redaction.objects.exists()
