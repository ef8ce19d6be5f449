"""The closed tree of outcomes: every leaf row of table three, its articles, grounds and what it needs."""

from __future__ import annotations

import pytest

from gongkai.rules.applicants import APPLICANT_CLASSES
from gongkai.rules.grounds import GROUNDS, NEEDS, WITHHOLDING
from gongkai.rules.outcomes import OUTCOMES, OutcomeRefused, check_grounds, needed

REGULATION = "《中华人民共和国政府信息公开条例》"


def row(code: str, printed: str, articles: str, **needs: set[str]) -> None:
    """The row is printed so, rests on these articles, and each ground needs exactly these."""
    outcome = OUTCOMES[code]
    assert outcome.printed == printed
    assert outcome.citation().removeprefix(REGULATION) == articles
    assert outcome.grounds == tuple(ground.replace("_", "-") for ground in needs)
    for ground, keys in needs.items():
        assert set(needed(code, [ground.replace("_", "-")])) == keys


def test_the_tree_is_closed() -> None:
    assert list(OUTCOMES) == [f"r{i}" for i in range(3, 24)]
    assert {g for o in OUTCOMES.values() for g in o.grounds} == set(GROUNDS)
    assert {key for g in GROUNDS.values() for key in g.needs} == set(NEEDS)
    withheld = [o.row for o in OUTCOMES.values() if set(o.grounds) & set(WITHHOLDING)]
    assert withheld == ["r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11"]


def test_grounds_that_do_not_belong_are_refused() -> None:
    assert check_grounds("r10", ["draft", "discussion-record", "draft"]) == ("draft", "discussion-record")
    with pytest.raises(OutcomeRefused, match="没有“r24”这个办理结果，应为 r3 到 r23 之一"):
        check_grounds("r24", [])
    with pytest.raises(OutcomeRefused, match="理由不能是“petition”，应为：provided|already-public"):
        check_grounds("r3", ["petition"])
    with pytest.raises(OutcomeRefused, match="没有写理由，从这些里选：repeated"):
        check_grounds("r17", [])


def test_OUT_r3() -> None:
    """(一)所申请公开信息已经主动公开的，告知申请人获取该政府信息的方式、途径；"""
    route = {"access-route"}
    row("r3", "（一）予以公开", "第三十六条第（一）项、第（二）项", already_public=route, provided=route)


def test_OUT_r4() -> None:
    """申请公开的信息中含有不应当公开或者不属于政府信息的内容，但是能够作区分处理的，行政机关应当向申请人
    提供可以公开的政府信息内容，并对不予公开的内容说明理由。
    """
    outcome = OUTCOMES["r4"]
    assert outcome.printed == "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
    assert outcome.citation() == f"{REGULATION}第三十七条"
    assert set(WITHHOLDING) < set(outcome.grounds)
    assert set(needed("r4", ["trade-secret", "not-found"])) == {
        "withheld-reason",
        "third-party-opinion",
        "search-record",
    }


def test_OUT_r5() -> None:
    """依法确定为国家秘密的政府信息，法律、行政法规禁止公开的政府信息，以及公开后可能危及国家安全、公共安
    全、经济安全、社会稳定的政府信息，不予公开。
    """
    row(
        "r5",
        "（三）不予公开/1.属于国家秘密",
        "第十四条、第三十六条第（三）项",
        state_secret={"withheld-reason", "secrecy-basis"},
    )


def test_OUT_r6() -> None:
    """依法确定为国家秘密的政府信息，法律、行政法规禁止公开的政府信息，以及公开后可能危及国家安全、公共安
    全、经济安全、社会稳定的政府信息，不予公开。
    """
    row(
        "r6",
        "（三）不予公开/2.其他法律行政法规禁止公开",
        "第十四条、第三十六条第（三）项",
        forbidden_by_law={"withheld-reason"},
    )


def test_OUT_r7() -> None:
    """依法确定为国家秘密的政府信息，法律、行政法规禁止公开的政府信息，以及公开后可能危及国家安全、公共安
    全、经济安全、社会稳定的政府信息，不予公开。
    """
    reason = {"withheld-reason"}
    row(
        "r7",
        "（三）不予公开/3.危及“三安全一稳定”",
        "第十四条、第三十六条第（三）项",
        national_security=reason,
        public_security=reason,
        economic_security=reason,
        social_stability=reason,
    )


def test_OUT_r8() -> None:
    """涉及商业秘密、个人隐私等公开会对第三方合法权益造成损害的政府信息，行政机关不得公开。但是，第三方同
    意公开或者行政机关认为不公开会对公共利益造成重大影响的，予以公开。
    """
    consulted = {"withheld-reason", "third-party-opinion"}
    row(
        "r8",
        "（三）不予公开/4.保护第三方合法权益",
        "第十五条、第三十二条、第三十六条第（三）项",
        trade_secret=consulted,
        privacy=consulted,
        third_party_other=consulted,
    )


def test_OUT_r9() -> None:
    """行政机关的内部事务信息，包括人事管理、后勤管理、内部工作流程等方面的信息，可以不予公开。"""
    reason = {"withheld-reason"}
    row(
        "r9",
        "（三）不予公开/5.属于三类内部事务信息",
        "第十六条第一款、第三十六条第（三）项",
        personnel=reason,
        logistics=reason,
        internal_workflow=reason,
    )


def test_OUT_r10() -> None:
    """行政机关在履行行政管理职能过程中形成的讨论记录、过程稿、磋商信函、请示报告等过程性信息以及行政执法
    案卷信息，可以不予公开。法律、法规、规章规定上述信息应当公开的，从其规定。
    """
    reason = {"withheld-reason"}
    row(
        "r10",
        "（三）不予公开/6.属于四类过程性信息",
        "第十六条第二款、第三十六条第（三）项",
        discussion_record=reason,
        draft=reason,
        consultation_letter=reason,
        report_for_instruction=reason,
    )


def test_OUT_r11() -> None:
    """行政机关在履行行政管理职能过程中形成的讨论记录、过程稿、磋商信函、请示报告等过程性信息以及行政执法
    案卷信息，可以不予公开。法律、法规、规章规定上述信息应当公开的，从其规定。
    """
    row(
        "r11",
        "（三）不予公开/7.属于行政执法案卷",
        "第十六条第二款、第三十六条第（三）项",
        enforcement_file={"withheld-reason"},
    )


def test_OUT_r12() -> None:
    """(七)所申请公开信息属于工商、不动产登记资料等信息，有关法律、行政法规对信息的获取有特别规定的，告知
    申请人依照有关法律、行政法规的规定办理。
    """
    row("r12", "（三）不予公开/8.属于行政查询事项", "第三十六条第（七）项", special_access={"access-route"})


def test_OUT_r13() -> None:
    """(四)经检索没有所申请公开信息的，告知申请人该政府信息不存在；"""
    row(
        "r13",
        "（四）无法提供/1.本机关不掌握相关政府信息",
        "第三十六条第（四）项、第（五）项",
        not_found={"search-record"},
        other_organ={"responsible-organ"},
    )


def test_OUT_r14() -> None:
    """行政机关向申请人提供的信息，应当是已制作或者获取的政府信息。除依照本条例第三十七条的规定能够作区分
    处理的外，需要行政机关对现有政府信息进行加工、分析的，行政机关可以不予提供。
    """
    row("r14", "（四）无法提供/2.没有现成信息需要另行制作", "第三十八条", needs_processing=set())


def test_OUT_r15() -> None:
    """政府信息公开申请内容不明确的，行政机关应当给予指导和释明，并自收到申请之日起7个工作日内一次性告知
    申请人作出补正，说明需要补正的事项和合理的补正期限。答复期限自行政机关收到补正的申请之日起计算。申
    请人无正当理由逾期不补正的，视为放弃申请，行政机关不再处理该政府信息公开申请。
    """
    row(
        "r15",
        "（四）无法提供/3.补正后申请内容仍不明确",
        "第三十条、第二十九条第二款",
        still_unclear={"supplement-notice"},
    )


def test_OUT_r16() -> None:
    """申请人以政府信息公开申请的形式进行信访、投诉、举报等活动，行政机关应当告知申请人不作为政府信息公开
    申请处理并可以告知通过相应渠道提出。
    """
    row("r16", "（五）不予处理/1.信访举报投诉类申请", "第三十九条第一款", petition=set())


def test_OUT_r17() -> None:
    """(六)行政机关已就申请人提出的政府信息公开申请作出答复、申请人重复申请公开相同政府信息的，告知申请人
    不予重复处理；
    """
    row("r17", "（五）不予处理/2.重复申请", "第三十六条第（六）项", repeated={"earlier-answer"})


def test_OUT_r18() -> None:
    """申请人提出的申请内容为要求行政机关提供政府公报、报刊、书籍等公开出版物的，行政机关可以告知获取的途
    径。
    """
    row("r18", "（五）不予处理/3.要求提供公开出版物", "第三十九条第二款", public_publication=set())


def test_OUT_r19() -> None:
    """申请人申请公开政府信息的数量、频次明显超过合理范围，行政机关可以要求申请人说明理由。行政机关认为申
    请理由不合理的，告知申请人不予处理；行政机关认为申请理由合理，但是无法在本条例第三十三条规定的期限
    内答复申请人的，可以确定延迟答复的合理期限并告知申请人。
    """
    row("r19", "（五）不予处理/4.无正当理由大量反复申请", "第三十五条", excessive={"reasons-asked"})


def test_OUT_r20() -> None:
    """要求行政机关确认或重新出具已获取信息"""
    outcome = OUTCOMES["r20"]
    assert outcome.printed == "（五）不予处理/5.要求行政机关确认或重新出具已获取信息"
    assert "国办公开办函〔2021〕30号" in outcome.citation()
    assert not outcome.rule.confirmed
    assert set(needed("r20", ["reconfirm"])) == {"earlier-answer"}


def test_OUT_r21() -> None:
    """政府信息公开申请内容不明确的，行政机关应当给予指导和释明，并自收到申请之日起7个工作日内一次性告知
    申请人作出补正，说明需要补正的事项和合理的补正期限。答复期限自行政机关收到补正的申请之日起计算。申
    请人无正当理由逾期不补正的，视为放弃申请，行政机关不再处理该政府信息公开申请。
    """
    row(
        "r21",
        "（六）其他处理/1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "第三十条",
        not_supplemented={"supplement-notice"},
    )


def test_OUT_r22() -> None:
    """申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"""
    outcome = OUTCOMES["r22"]
    assert outcome.printed == (
        "（六）其他处理/2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"
    )
    assert "国办函〔2020〕109号" in outcome.citation() and outcome.citation().endswith("第四十二条")
    assert set(needed("r22", ["fee-unpaid"])) == {"fee-notice"}


def test_OUT_r23() -> None:
    """其他"""
    outcome = OUTCOMES["r23"]
    assert (outcome.printed, outcome.rule.confirmed) == ("（六）其他处理/3.其他", False)
    assert set(needed("r23", ["withdrawn"])) == {"explanation"}


def test_APP_classes() -> None:
    """申请人情况：自然人；法人或其他组织：商业企业、科研机构、社会公益组织、法律服务机构、其他；总计。"""
    assert {code: (c.column, c.printed) for code, c in APPLICANT_CLASSES.items()} == {
        "natural": ("c1", "自然人"),
        "enterprise": ("c2", "法人或其他组织/商业企业"),
        "research": ("c3", "法人或其他组织/科研机构"),
        "welfare": ("c4", "法人或其他组织/社会公益组织"),
        "legal": ("c5", "法人或其他组织/法律服务机构"),
        "other": ("c6", "法人或其他组织/其他"),
    }
