"""Letters of a case: made from the record by each act, whole or not at all, numbered, kept once, proven."""

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


@pytest.fixture
def people(district) -> People:  # type: ignore[no-untyped-def]
    return People(district.education)


def proven() -> None:
    assert [(b.place, b.message) for b in verify().breaks] == []


def handled(people: People, on: str = "2024-03-01", **changes: Any) -> Told:
    return told(people, on, **changes).registered(on)


def said(case: Case, code: str) -> str:
    """The words of the case's last letter of that kind."""
    return content_of(Letter.objects.filter(case=case, code=code).latest("place")).text


# What each act writes ------------------------------------------------------------------------------


def test_a_supplement_notice_is_made_from_the_record(people: People) -> None:
    story = handled(people).do(
        "ask_supplement", "2024-03-04", matters="写明哪一年的", term_on=day("2024-03-18")
    )
    text = said(story.case, "supplement")
    for words in (
        "示范区教育局", "示教公复〔2024〕1号", "申请人甲", "2024年3月1日", "农村危房改造补助资金", "第三十条",
        "写明哪一年的", "2024年3月18日以前", "视为放弃申请", "2024年3月4日",
    ):  # fmt: skip
        assert words in text, words
    event = LedgerEvent.objects.filter(kind="case.act").latest("seq")
    open_ = json.loads(event.payload)["letters"][0]
    row = Letter.objects.get()
    assert (open_["number"], open_["code"], open_["digest"]) == (row.number, "supplement", row.digest)
    assert "申请人甲" not in event.payload and "写明哪一年的" not in event.payload
    proven()


def test_consulting_a_third_party_writes_three_and_names_nobody_to_the_applicant(people: People) -> None:
    story = handled(people).do("consult_third_party", whom="示范建筑公司", content="合同第 2 页")
    rows = list(Letter.objects.order_by("place"))
    assert [r.code for r in rows] == ["consult-third-party", "consult-confirmation", "consult-applicant"]
    assert [r.number for r in rows] == ["示教公复〔2024〕1号", "", "示教公复〔2024〕2号"]
    third, form, own = (content_of(row) for row in rows)
    assert third.addressee == "示范建筑公司" and "你单位" in third.text and "合同第 2 页" in third.text
    assert third.enclosures and "示教公复〔2024〕1号" in form.text and "是否同意公开" in form.text
    assert own.addressee == "申请人甲" and "示范建筑公司" not in own.text and "第三十三条第三款" in own.text
    mine = letters.letters_of(applicant_of(story.case), story.case)
    assert [one.row.code for one in mine] == ["consult-applicant"]


def test_asking_others(people: People) -> None:
    story = handled(people)
    story.do("consult_organ", whom="示范区财政局", content="分配表")
    assert "逾期未提出意见，视为同意公开" in said(story.case, "consult-joint-organ")
    story.do("record_reached", "2024-03-05", consultation=0)
    story.do("record_opinion", "2024-03-06", consultation=0, agrees=True)
    story.do("assign_part", organ="示范区民政局", what="分户名单", term_on=day("2024-03-15"))
    assert "分户名单" in said(story.case, "co-handling") and "2024年3月15日以前" in said(
        story.case, "co-handling"
    )
    story.do("forward", organ="示范区水务局", contact="电话 0000-1", consent=True)
    assert "示范区水务局（电话 0000-1）" in said(story.case, "forward")
    proven()


def test_an_extension_names_its_new_day(people: People) -> None:
    story = handled(people).do("propose_extension", "2024-03-06", days=10, reason="材料分散")
    story.do("approve_extension", "2024-03-07").do("tell_extension", "2024-03-08")
    text = said(story.case, "extension")
    assert "延长10个工作日，至2024年4月15日" in text and "2024年3月7日" in text and "材料分散" in text


def test_a_delay_and_its_reasons(people: People) -> None:
    story = handled(people).do(
        "ask_reasons", "2024-03-06", matters="写明多次申请的用意", term_on=day("2024-03-12")
    )
    assert "写明多次申请的用意" in said(story.case, "reasons")
    story.do("receive_reasons", "2024-03-08", reasonable=True)
    story.do("delay", "2024-03-11", until=day("2024-06-28"), reason="量大")
    assert "延迟至2024年6月28日答复" in said(story.case, "delay")


def test_a_fee_with_its_steps_and_where_to_pay(people: People) -> None:
    story = handled(people).do("issue_fee", "2024-03-06", method="case", count=35)
    text = said(story.case, "fee-notice")
    assert "按件计收" in text and "3000元" in text and "非税收入" in text and "20个工作日内" in text
    story.do("cancel_fee", "2024-03-07", reason="件数重复计算")
    assert "示教公复〔2024〕1号" in said(story.case, "fee-cancelled")
    change_settings(people.organ, {"payment": ""}, by=actor(people.head), now=at("2024-03-07"))
    other = handled(people)
    other.refused("缺缴纳方式.*“文书设置”", "issue_fee", "2024-03-08", method="case", count=35)


def test_giving_up_is_told_with_the_remedies(people: People) -> None:
    story = handled(people).do("ask_supplement", "2024-03-04", matters="写明年份", term_on=day("2024-03-15"))
    story.do("lapse_supplement", "2024-03-18", reason="到期没有收到补正")
    story.do("tell_lapse", "2024-03-19", method="post", proof="挂号单")
    text = said(story.case, "reply-not-supplemented")
    assert "到期没有收到补正" in text and "六个月内" in text and "示范区人民政府" in text
    assert letters.letters_of(applicant_of(story.case), story.case)[-1].row.code == "reply-not-supplemented"


@pytest.mark.parametrize(
    ("decision", "code", "words"),
    [
        (GRANT, "reply-provided", ("予以公开", "纸质复制件一份", "第三十六条第（二）项")),
        ({"outcome": "r10", "grounds": ("draft",), "reason": "是过程稿"}, "reply-withheld-16",
         ("不予公开", "应当先申请行政复议", "第十六条第二款")),
        ({"outcome": "r16", "grounds": ("petition",), "reason": "属于投诉"}, "reply-petition", ("第三十九条",)),
        ({"outcome": "r14", "grounds": ("needs-processing",), "reason": "要另行统计"},
         "reply-needs-processing", ("第三十八条",)),
    ],
)  # fmt: skip
def test_the_reply_that_a_decision_asks_for(
    people: People, decision: dict[str, Any], code: str, words: tuple[str, ...]
) -> None:
    story = handled(people).answered("2024-03-12", decision)
    text = said(story.case, code)
    for one in (
        *words,
        "示教公复〔2024〕1号",
        "2024年3月12日",
        "示范区人民政府",
        "https://review.example.cn/",
    ):
        assert one in text, one
    proven()


def test_before_2024_the_old_law_names_its_remedies(people: People) -> None:
    story = handled(people, "2021-07-01").answered("2021-07-12", GRANT)
    assert "示范区人民政府或者上一级主管部门" in said(story.case, "reply-provided")


def test_a_correction_names_what_it_corrects(people: People) -> None:
    story = handled(people).answered("2024-03-12")
    story.do("correct", "2024-03-18", outcome="r10", grounds=("draft",), reason="核对后属于过程稿")
    story.do("submit").do("sign", number="示教公复〔2024〕2号")
    assert "示教公复〔2024〕1号" in said(story.case, "reply-correction")
    story.do("send", method="post")
    assert [one.number for one in letters.letters_of(applicant_of(story.case), story.case)] == [
        "示教公复〔2024〕1号",
        "示教公复〔2024〕2号",
    ]


def test_the_applicants_own_crosses_are_no_blanks_of_ours(people: People) -> None:
    story = handled(people, description="××村 XX 组 {{number}} ____ 的低保名单").answered("2024-03-12")
    assert "××村 XX 组 {{number}} ____ 的低保名单" in said(story.case, "reply-provided")


def test_a_supplement_is_quoted_with_the_request(people: People) -> None:
    story = handled(people).do("ask_supplement", "2024-03-04", matters="写明年份", term_on=day("2024-03-15"))
    story.do("receive_supplement", "2024-03-08", as_=applicant_of(story.case), note="要 2020 年的")
    story.answered("2024-03-20")
    assert "2024年3月8日补正：要 2020 年的" in said(story.case, "reply-provided")


# Whole or not at all -------------------------------------------------------------------------------


def test_a_letter_with_a_fault_refuses_its_act_and_nothing_is_written(people: People) -> None:
    story = handled(people).do("decide", "2024-03-06", **{**GRANT, "access": ""})
    before = LedgerEvent.objects.count()
    refused = story.refused("缺获取的方式、途径和时间", "submit")
    assert [f.column for f in refused.findings] == ["access"]
    other = handled(people)
    other.refused("第三方的姓名或者名称没有写", "consult_third_party", whom="第三方甲", whom_name="")
    other.refused("缺拟公开的内容", "consult_organ", whom="示范区财政局", content="")
    assert LedgerEvent.objects.count() == before + 2 and not Letter.objects.exists()
    assert not LetterNumber.objects.exists(), "a refused letter uses no number"
    proven()


def test_without_a_series_a_letter_says_where_to_set_it(people: People) -> None:
    change_settings(people.organ, {"letter_code": ""}, by=actor(people.head), now=at("2024-03-01"))
    story = handled(people)
    words = {"matters": "写明年份", "term_on": day("2024-03-18")}
    story.refused("还没有定机关代字.*“文书设置”", "ask_supplement", "2024-03-04", **words)
    # A series that was begun by hand goes on by itself.
    first = handled(people).answered("2024-03-05")
    assert first.case.state == "served"
    story.do("ask_supplement", "2024-03-06", **words)
    assert Letter.objects.latest("pk").number == "示教公复〔2024〕2号"


def test_an_office_goes_on_from_its_paper_numbers(people: People) -> None:
    head, now = actor(people.head), at("2024-03-01")
    change_settings(people.organ, {"used_year": 2024, "used_serial": 57}, by=head, now=now)
    story = handled(people).do("ask_supplement", "2024-03-04", matters="年份", term_on=day("2024-03-18"))
    assert Letter.objects.get(case=story.case).number == "示教公复〔2024〕58号"
    with pytest.raises(CaseworkRefused, match="已经用到 58 号"):
        change_settings(people.organ, {"used_serial": 90, "used_year": 2024}, by=head, now=now)
    proven()


def test_an_applicant_withdraws_whatever_the_office_has_set(people: People) -> None:
    change_settings(people.organ, {"letter_code": ""}, by=actor(people.head), now=at("2024-03-01"))
    story = handled(people)
    story.do("withdraw", "2024-03-04", as_=applicant_of(story.case))
    assert story.case.state == "withdrawn" and not Letter.objects.exists()
    assert letters.missing(story.case) == ("reply-withdrawn",)
    clerk = actor(people.clerk)
    with pytest.raises(CaseworkRefused, match="机关代字"):
        letters.issue_missing(story.case, "reply-withdrawn", by=clerk, now=at("2024-03-05"))
    change_settings(people.organ, {"letter_code": "示教公复"}, by=actor(people.head), now=at("2024-03-05"))
    made = letters.issue_missing(story.case, "reply-withdrawn", by=clerk, now=at("2024-03-05"))
    assert (made.number, letters.missing(story.case)) == ("示教公复〔2024〕1号", ())
    with pytest.raises(CaseworkRefused, match="已经出过"):
        letters.issue_missing(story.case, "reply-withdrawn", by=clerk, now=at("2024-03-05"))
    proven()


def test_a_wrong_series_is_a_slip_of_the_pen(people: People) -> None:
    story = handled(people).do("decide", "2024-03-06", **GRANT).do("submit")
    story.refused("机关代字设的是“示教公复”", "sign", number="示教公夏〔2024〕1号")


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
