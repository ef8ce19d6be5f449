"""Decisions: outcome, grounds, articles, search, passages, objections, and the remedies paragraph."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.rules.grounds import GROUNDS
from gongkai.rules.outcomes import OUTCOMES, OutcomeRefused
from gongkai.rules.requests.decisions import articles, basis, findings, remedy, third_party_remedy
from gongkai.rules.requests.facts import Answer, Consultation, Life, Order, Passage, Reasons, Round, Search
from gongkai.rules.supplements import CaseRefused

DAY = date(2024, 3, 1)
SEARCHED = Search(on=DAY, where="档案室", by="经办人", words="危房", found=0)


def answer(outcome: str, *grounds: str, **more: object) -> Answer:
    facts: dict[str, object] = {"reason": "写明", **more}
    return Answer(decided_on=DAY, outcome=outcome, grounds=grounds, **facts)  # type: ignore[arg-type]


def life(**round_: object) -> Life:
    return Life(channel="counter", arrived_on=DAY, rounds=(Round(**round_),))  # type: ignore[arg-type]


def rules(found: Answer, facts: Life) -> list[str]:
    return [one.rule for one in findings(found, facts)]


def test_REQ_36_reason() -> None:
    """行政机关依据本条例的规定决定不予公开的，告知申请人不予公开并说明理由；"""
    assert rules(answer("r6", "forbidden-by-law", reason=" "), life()) == ["REQ-36-reason"]
    assert rules(answer("r6", "forbidden-by-law"), life()) == []


def test_REQ_36_searched() -> None:
    """经检索没有所申请公开信息的，告知申请人该政府信息不存在；"""
    not_held = answer("r13", "not-found")
    assert rules(not_held, life()) == ["REQ-36-searched"]
    without_words = Search(on=DAY, where="档案室", by="经办人", words=" ", found=0)
    assert rules(not_held, life(searches=(without_words,))) == ["REQ-36-searched"]
    assert rules(not_held, life(searches=(SEARCHED,))) == []
    assert rules(answer("r13", "other-organ"), life()) == [], "what another organ holds needs no search"


def test_REQ_37_passages() -> None:
    """申请公开的信息中含有不应当公开或者不属于政府信息的内容，但是能够作区分处理的，行政机关应当向申请人提供可以公开的
    政府信息内容，并对不予公开的内容说明理由。
    """
    named = (Passage(place="第 2 页第 3 段", ground="draft"),)
    assert rules(answer("r4", "draft", passages=named), life()) == []
    assert rules(answer("r4", "draft"), life())[0] == "REQ-37-passages"
    wrong = findings(answer("r4", "draft", "personnel", passages=named), life())
    assert "内部事务信息：人事管理”没有对应的部分" in wrong[0].message
    assert (
        "没有写位置"
        in findings(answer("r4", "draft", passages=(Passage(place="", ground="draft"),)), life())[0].message
    )
    other = (Passage(place="第 1 页", ground="privacy"), *named)
    assert "不在所选的理由里" in findings(answer("r4", "draft", passages=other), life())[0].message
    assert rules(answer("r3", "provided", passages=named), life()) == ["REQ-37-passages"]


def test_REM_71_not_the_same() -> None:
    """人民法院判决被告重新作出行政行为的，被告不得以同一的事实和理由作出与原行政行为基本相同的行政行为。"""
    old = Round(answers=(answer("r6", "forbidden-by-law", sent_on=DAY),))

    def again(bars: bool) -> Life:
        order = Order(kind="court", number="（2025）行初 1 号", received_on=date(2025, 6, 3), bars_same=bars)
        return Life(channel="counter", arrived_on=DAY, rounds=(old, Round(order=order)))

    assert rules(answer("r6", "forbidden-by-law"), again(True)) == ["REM-71-not-the-same"]
    assert rules(answer("r6", "forbidden-by-law"), again(False)) == [], "annulled for its procedure alone"
    assert rules(answer("r3", "provided"), again(True)) == []


def test_grounds_need_what_the_record_can_show() -> None:
    assert "补正告知书" in findings(answer("r15", "still-unclear"), life())[0].message
    assert "第三方意见" in findings(answer("r8", "privacy"), life())[0].message
    asked = Consultation(kind="third-party", whom="第三方甲", sent_on=DAY, silent_on=DAY)
    assert rules(answer("r8", "privacy"), life(consultations=(asked,))) == []
    assert "说明理由" in findings(answer("r19", "excessive"), life())[0].message
    good = Reasons(asked_on=DAY, due_on=DAY, answered_on=DAY, reasonable=True, closed_on=DAY)
    assert "理由合理的不能不予处理" in findings(answer("r19", "excessive"), life(reasons=good))[0].message


def test_an_objection_without_good_reason_does_not_bind() -> None:
    def facts(reasonable: bool) -> Life:
        one = Consultation(
            kind="third-party",
            whom="第三方甲",
            sent_on=DAY,
            opinion_on=DAY,
            agrees=False,
            reasonable=reasonable,
        )
        return life(consultations=(one,))

    assert rules(answer("r3", "provided"), facts(True)) == ["REQ-32-override"]
    assert rules(answer("r3", "provided"), facts(False)) == []
    assert rules(answer("r3", "provided", override="公共利益"), facts(True)) == []
    withheld = answer("r4", "privacy", passages=(Passage(place="姓名", ground="privacy"),))
    assert rules(withheld, facts(True)) == []


def test_what_silence_and_the_applicant_end_is_not_decided() -> None:
    for row, ground in (("r21", "not-supplemented"), ("r22", "fee-unpaid"), ("r23", "withdrawn")):
        with pytest.raises(CaseRefused, match="不在这里选"):
            findings(answer(row, ground), life())
    with pytest.raises(OutcomeRefused, match="没有写理由"):
        findings(answer("r3"), life())


def test_the_articles_are_those_of_the_grounds_chosen() -> None:
    regulation = "《中华人民共和国政府信息公开条例》"
    assert basis("r3", ["provided"]) == f"{regulation}第三十六条第（二）项"
    assert basis("r13", ["not-found"]) == f"{regulation}第三十六条第（四）项"
    assert basis("r13", ["other-organ"]) == f"{regulation}第三十六条第（五）项"
    assert basis("r4", ["draft"]) == f"{regulation}第十六条第二款、第三十七条"
    assert basis("r6", ["forbidden-by-law"]) == f"{regulation}第十四条、第三十六条第（三）项"


@pytest.mark.parametrize("row", list(OUTCOMES))
def test_every_ground_of_every_outcome_has_articles(row: str) -> None:
    for ground in OUTCOMES[row].grounds:
        found = articles(row, [ground])
        assert found[0] == GROUNDS[ground].provision and basis(row, [ground])


def test_the_remedy_follows_date_ground_and_authority() -> None:
    def paragraph(one: Answer, on: date) -> str:
        return remedy(
            one,
            decided_on=on,
            organ_kind="township",
            government_name="区人民政府",
            higher_government_name="市人民政府",
        ).text

    refusal, partial = answer("r6", "forbidden-by-law"), answer("r4", "privacy")
    assert "应当先申请行政复议" in paragraph(refusal, DAY) and "应当先申请行政复议" in paragraph(partial, DAY)
    assert "应当先" not in paragraph(refusal, date(2023, 12, 31))
    assert "六个月内" in paragraph(answer("r12", "special-access"), DAY)
    assert "六个月内" in paragraph(answer("r22", "fee-unpaid"), DAY)


def test_a_third_party_may_choose_its_remedy() -> None:
    found = third_party_remedy(
        decided_on=DAY,
        organ_kind="department",
        government_name="区人民政府",
        higher_government_name="市人民政府",
    )
    assert not found.review_first and "六个月内" in found.text
