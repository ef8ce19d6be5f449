"""Letters of a case: made from the record by each act, whole or not at all, numbered, kept once, proven."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gongkai.casework import letters, snapshot
from gongkai.casework.keeping import content_of
from gongkai.casework.letter_matter import matter_of
from gongkai.casework.letter_settings import change_settings
from gongkai.casework.lives import calendar_for, life_of
from gongkai.casework.models import Letter, LetterNumber
from gongkai.casework.readers import applicant_of
from gongkai.casework.refusals import CaseworkRefused
from gongkai.foundation.models import LedgerEvent
from gongkai.rules.requests.given import Given
from gongkai.rules.requests.perform import CHANGES
from gongkai.rules.requests.states import ACTS
from tests.apps.casework_support import GRANT, People, actor, at, day
from tests.apps.letters_support import handled, proven, said


@pytest.fixture
def people(district) -> People:  # type: ignore[no-untyped-def]
    return People(district.education)


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


def test_a_third_party_is_addressed_as_the_clerk_says(people: People) -> None:
    for party, you, not_you in (("person", "您", "你单位"), ("organisation", "你单位", "您")):
        # Names that alone would tell the other way round.
        name = "高行" if party == "person" else "某某律师事务"
        story = handled(people).do("consult_third_party", whom="第三方甲", whom_name=name, party=party)
        letter = said(story.case, "consult-third-party")
        assert you in letter and not_you not in letter, (party, letter)
        assert story.case.facts.count(f'"party":"{party}"') == 1
    handled(people).refused("应为：person（个人）", "consult_third_party", whom="第三方甲", party="公司")
    handled(people).refused("“第三方是”没有填", "consult_third_party", whom="第三方甲", party="")


def test_a_third_party_asked_before_that_was_said_is_addressed_by_its_name(people: People) -> None:
    for name, organisation in (("示范建筑公司", True), ("某人", False)):
        story = handled(people).do("consult_third_party", whom="第三方甲", whom_name=name)
        older = story.case.facts.replace('"party":"organisation",', "")
        assert older != story.case.facts
        life = snapshot.decode(older)
        assert life.round.consultations[0].party == "" and snapshot.encode(life) == older
        matter = matter_of(story.case, day("2024-03-05"), life=life)
        assert matter.organisation("third-party-notice") is organisation
    given = Given(ACTS["consult_third_party"], {"whom": "第三方甲"})
    calendar = calendar_for(people.organ)
    again = CHANGES["consult_third_party"](life_of(handled(people).case), day("2024-03-05"), given, calendar)
    assert again.round.consultations[0].party == "", "an older act is replayed as it was given"


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
