"""Letters after their words: drafts, what is signed, what is kept and sent, the proof."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gongkai.casework import acts, keeping, letter_templates, letters
from gongkai.casework.draft_text import Draft, compare, edited, lines_of
from gongkai.casework.drafting import save_draft
from gongkai.casework.issuing import reply_preview
from gongkai.casework.keeping import content_of, keep_letter, kept_file
from gongkai.casework.letter_content import document_of, sealed_content, seen_digest
from gongkai.casework.letter_settings import change_settings
from gongkai.casework.models import Case, Letter, LetterDraft, LetterNumber, LetterSettings, LetterTemplate
from gongkai.casework.readers import applicant_of
from gongkai.casework.refusals import CaseChanged, CaseworkRefused
from gongkai.foundation.actors import NotAllowed
from gongkai.foundation.models import LedgerEvent, StoredFile
from gongkai.foundation.verification import verify
from gongkai.rules.requests.letters import LETTERS
from tests.apps.casework_support import GRANT, People, Told, account, actor, at, day, told
from tests.apps.letters_support import handled, proven, said


@pytest.fixture
def people(district) -> People:  # type: ignore[no-untyped-def]
    return People(district.education)


# The draft -----------------------------------------------------------------------------------------


def drafted(people: People) -> Told:
    return handled(people).do("decide", "2024-03-06", **{**GRANT, "access": ""})


def test_a_clerk_fills_in_and_rewords_and_the_letter_is_signed_so(people: People) -> None:
    story, clerk = drafted(people), actor(people.clerk)
    shown = reply_preview(story.case, day("2024-03-07"))
    assert shown is not None and [f.column for f in shown.faults] == ["number", "access"]
    text = lines_of(shown.generated).replace("经审查，", "经审查和核对，")
    saved = save_draft(
        story.case, text.replace("{{access}}", "见附件"), {"access": "见附件"}, by=clerk, now=at("2024-03-07")
    )
    assert saved is not None and (saved.version, LetterDraft.objects.count()) == (1, 1)
    story.do("submit", "2024-03-07").do("return", reason="改回去")
    again = save_draft(story.case, None, {"access": "见附件"}, by=clerk, now=at("2024-03-08"))
    assert again is not None and again.version == 2
    assert save_draft(story.case, None, {"access": "见附件"}, by=clerk, now=at("2024-03-08")) is None
    story.do("submit", "2024-03-08").do("sign", number="示教公复〔2024〕1号")
    assert "见附件" in said(story.case, "reply-provided") and "核对" not in said(story.case, "reply-provided")
    proven()


def test_two_clerks_at_one_draft(people: People) -> None:
    story = drafted(people)
    seen = story.case.latest_seq
    first, second = actor(people.clerk), actor(people.other)
    save_draft(story.case, None, {"access": "见附件"}, by=first, now=at("2024-03-07"), based_on=seen)
    with pytest.raises(CaseChanged, match="有变化，没有存"):
        save_draft(story.case, None, {"access": "邮寄"}, by=second, now=at("2024-03-07"), based_on=seen)
    with pytest.raises(CaseChanged, match="改了草稿"):
        acts.act(story.case, "submit", {}, by=second, now=at("2024-03-07"), based_on=seen)
    with pytest.raises(NotAllowed):
        save_draft(story.case, None, {}, by=actor(people.head), now=at("2024-03-07"))


def test_what_the_record_says_is_not_edited_away(people: People) -> None:
    story = handled(people).do("decide", "2024-03-06", **GRANT)
    shown = reply_preview(story.case, day("2024-03-07"))
    assert shown is not None
    text = lines_of(shown.generated).replace("有管辖权的人民法院", "本机关")
    save_draft(story.case, text, {}, by=actor(people.clerk), now=at("2024-03-07"))
    story.refused("正文里没有救济途径", "submit", "2024-03-07")
    with pytest.raises(CaseworkRefused, match="来自案卷"):
        save_draft(story.case, None, {"basis": "第一条"}, by=actor(people.clerk), now=at("2024-03-07"))
    with pytest.raises(CaseworkRefused, match="正文是空的"):
        save_draft(story.case, " \n ", {}, by=actor(people.clerk), now=at("2024-03-07"))


def test_a_changed_line_keeps_the_look_of_the_one_it_replaces(people: People) -> None:
    third = {"outcome": "r4", "grounds": ("draft",), "reason": "过程稿不公开"}
    from gongkai.rules.requests.facts import Passage

    story = handled(people).do(
        "decide", "2024-03-06", passages=(Passage(place="第 2 页", ground="draft"),), **third
    )
    shown = reply_preview(story.case, day("2024-03-07"))
    assert shown is not None
    text = lines_of(shown.generated).replace("一、可以公开的部分", "一、可以公开的内容")
    new = edited(shown.generated, Draft(text))
    kinds = {b.text: b.kind for b in new.blocks if hasattr(b, "kind")}
    assert kinds["一、可以公开的内容"] == "heading"
    assert [line.mark for line in compare(shown.generated, new) if line.mark != "same"] == [
        "removed",
        "added",
    ]
    assert edited(shown.generated, Draft(lines_of(shown.generated))).text == shown.generated.text


def test_what_was_seen_is_what_is_signed(people: People) -> None:
    story = handled(people).do("decide", "2024-03-06", **GRANT).do("submit")
    shown = reply_preview(story.case, day("2024-03-06"), number="示教公复〔2024〕1号")
    assert shown is not None
    seen, head = seen_digest(shown.document), actor(people.head)
    change_settings(people.organ, {"contact": "改了的电话"}, by=head, now=at("2024-03-06"))
    given = {"number": "示教公复〔2024〕1号"}
    with pytest.raises(CaseworkRefused, match="要签发的内容变了"):
        acts.act(story.case, "sign", given, by=head, now=at("2024-03-06"), seen=seen)
    shown = reply_preview(story.case, day("2024-03-06"))
    assert shown is not None
    acts.act(story.case, "sign", given, by=head, now=at("2024-03-06"), seen=seen_digest(shown.document))


# Kept as sent --------------------------------------------------------------------------------------


def test_a_letter_is_typeset_once_and_kept_encrypted(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.foundation import files
    from gongkai.foundation import letters as typeset

    story = (
        handled(people)
        .do("decide", "2024-03-06", **GRANT)
        .do("submit")
        .do("sign", number="示教公复〔2024〕1号")
    )
    row = Letter.objects.get()
    assert row.kept_seq is None, "an act waits for no page to be set"
    calls: list[str] = []
    real = typeset.to_pdf
    monkeypatch.setattr(typeset, "to_pdf", lambda one: calls.append("pdf") or real(one))
    first = keep_letter(row, now=at("2024-03-06"))
    assert keep_letter(row, now=at("2024-03-07")).pdf == first.pdf, "who comes second takes what is kept"
    story.do("send", "2024-03-07", method="post")
    assert LedgerEvent.objects.filter(kind="case.letter_kept").count() == 1
    keeping.keep_letters(story.case, now=at("2024-03-08"))
    assert len(calls) == 2, "twice only because two came at once with the old row"
    pdf = kept_file(Letter.objects.get(), "pdf")
    assert pdf.startswith(b"%PDF") and kept_file(Letter.objects.get(), "docx").startswith(b"PK")
    for stored in StoredFile.objects.all():
        assert (
            b"%PDF" not in files.location(stored.digest).read_bytes()[:64] and "申请人甲" not in stored.name
        )
    proven()


def test_sending_makes_the_file_that_a_crash_left_unmade(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = (
        handled(people)
        .do("decide", "2024-03-06", **GRANT)
        .do("submit")
        .do("sign", number="示教公复〔2024〕1号")
    )
    from gongkai.foundation import letters as typeset

    def broken(document: object) -> bytes:
        raise OSError("no typesetter")

    with monkeypatch.context() as broke:
        broke.setattr(typeset, "to_pdf", broken)
        keeping.keep_after(story.case, now=at("2024-03-06"))
        with pytest.raises(OSError, match="no typesetter"):
            story.do("send", "2024-03-07", method="post")
    assert Case.objects.get(pk=story.case.pk).state == "signed"
    story.do("send", "2024-03-07", method="post")
    assert Letter.objects.get().kept_seq is not None


def test_a_withdrawn_signature_voids_the_letter_and_its_number(people: People) -> None:
    story = handled(people).do("decide", "2024-03-06", **GRANT).do("submit")
    story.do("sign", number="示教公复〔2024〕1号").do("withdraw_signature", reason="错字").do("submit")
    story.do("sign", number="示教公复〔2024〕2号").do("send", method="post")
    old, new = Letter.objects.order_by("place")
    assert old.voided_seq is not None and new.voided_seq is None
    assert [one.number for one in letters.letters_of(applicant_of(story.case), story.case)] == [new.number]
    proven()


def test_an_electronic_reply_names_where_to_ask_for_a_reconsideration(people: People) -> None:
    change_settings(people.organ, {"review_channel": ""}, by=actor(people.head), now=at("2024-03-01"))
    story = (
        handled(people)
        .do("decide", "2024-03-06", **GRANT)
        .do("submit")
        .do("sign", number="示教公复〔2024〕1号")
    )
    story.refused("没有写提交行政复议申请的互联网渠道", "send", method="electronic", consent=True)
    story.do("send", method="post")


def test_nobody_reads_a_letter_that_is_not_theirs(people: People, district) -> None:  # type: ignore[no-untyped-def]
    story = (
        handled(people)
        .do("decide", "2024-03-06", **GRANT)
        .do("submit")
        .do("sign", number="示教公复〔2024〕1号")
    )
    own, now = applicant_of(story.case), at("2024-03-06")
    assert letters.letters_of(own, story.case) == ()
    assert letters.letter_file(own, story.case, 1, "pdf", now=now) is None
    stranger = actor(account("民政经办", district.civil, "unit_clerk"))
    assert letters.letter_file(stranger, story.case, 1, "pdf", now=now) is None
    other = told(people, "2024-03-01")
    story.do("send", method="post")
    assert letters.letter_file(applicant_of(other.case), story.case, 1, "pdf", now=now) is None
    got = letters.letter_file(own, story.case, 1, "pdf", now=now)
    assert got is not None and got.startswith(b"%PDF")
    with pytest.raises(NotAllowed):
        letters.make_form(story.case, "application", by=own, now=now)


@pytest.mark.parametrize(
    "code", ["application", "registration", "receipt", "approval", "search-record", "service-proof"]
)
def test_the_forms_of_the_file(people: People, code: str) -> None:
    search = {"where": "档案室", "by": "档案岗", "words": "危房", "found": 1}
    story = handled(people).do("record_search", "2024-03-05", **search).answered("2024-03-12")
    made = letters.make_form(story.case, code, by=actor(people.clerk), now=at("2024-03-13"))
    assert made.title == LETTERS[code].title and "{{" not in made.text
    assert {
        "application": "110101199001010015", "registration": story.case.number, "receipt": "查询码",
        "approval": "999002-单位负责人", "search-record": "档案室", "service-proof": "示教公复〔2024〕1号",
    }[code] in made.text  # fmt: skip
    event = LedgerEvent.objects.latest("seq")
    assert (event.kind, json.loads(event.payload)) == ("case.form_made", {"form": code})


# The proof -----------------------------------------------------------------------------------------


def _tampered_content(row: Letter) -> None:
    from gongkai.casework.models import SealedText
    from gongkai.foundation import personal

    sealed = SealedText.objects.get(case=row.case, token=row.token)
    document = document_of(personal.open_sealed(sealed.sealed, place=sealed.at))
    from dataclasses import replace

    changed = sealed_content(replace(document, addressee="申请人乙"))
    sealed.sealed = personal.seal(changed, place=sealed.at)
    sealed.save()


def _swapped(row: Letter) -> None:
    Letter.objects.filter(pk=row.pk).update(pdf=row.docx)


def _bytes(row: Letter) -> None:
    from gongkai.foundation import files

    assert row.pdf is not None
    place = files.location(row.pdf.digest)
    place.write_bytes(place.read_bytes()[:-1] + b"x")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_tampered_content, "内容与底账记的指纹不符"),
        (lambda r: Letter.objects.filter(pk=r.pk).update(number="示教公复〔2024〕9号"), "与底账第"),
        (lambda r: Letter.objects.filter(pk=r.pk).delete(), "被删除了"),
        (lambda r: Letter.objects.filter(pk=r.pk).update(voided_seq=1), "与底账第"),
        (_swapped, "PDF 原件与底账记的不同"),
        (_bytes, "PDF 原件"),
        (lambda r: LetterNumber.objects.all().delete(), "的登记被删除了"),
        (lambda r: LetterNumber.objects.update(serial=5), "没有取号的事件"),
        (lambda r: LetterSettings.objects.update(payment="别处"), "文书设置"),
        (lambda r: LetterTemplate.objects.update(text="别的"), "模板"),
        (lambda r: LetterDraft.objects.all().delete(), "答复草稿"),
    ],
)
def test_a_changed_letter_is_found_and_named(people: People, change: Any, words: str) -> None:
    head = actor(people.head, "2024-03-01")
    own = letter_templates.in_use(people.organ, "reply-provided").text + "\n此复。"
    letter_templates.save_template(people.organ, "reply-provided", own, by=head, now=at("2024-03-01"))
    story = handled(people).do("decide", "2024-03-06", **GRANT)
    save_draft(story.case, None, {"access": "见附件"}, by=actor(people.clerk), now=at("2024-03-06"))
    story.do("submit").do("sign", number="示教公复〔2024〕1号").do("send", method="post")
    proven()
    row = Letter.objects.get()
    assert content_of(row).text.count("此复。") == 1 and "见附件" in content_of(row).text
    change(row)
    found = [f"{b.place}：{b.message}" for b in verify().breaks]
    assert any(words in one for one in found), found
