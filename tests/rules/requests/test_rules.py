"""Each rule of a request's life by its name (办理规则)."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.rules.calendar import parse_notice
from gongkai.rules.requests.content import missing_content
from gongkai.rules.requests.life import begin, outcome
from gongkai.rules.requests.reply_clock import reply_clock
from gongkai.rules.requests.retention import (
    CLASSES,
    Held,
    RetentionRefused,
    check_class,
    check_destruction,
    expired,
    expires_on,
    retention_class,
)
from gongkai.rules.requests.similar import Known, alike, in_month, likeness, shingles
from gongkai.rules.requests.tasks import tasks
from gongkai.rules.requests.terms import Terms, Whose, confirmation_due
from tests.rules.requests.lives import CALENDAR, GRANT, REFUSAL, Story, day


def opened(arrived: str = "2024-03-01") -> Story:
    return Story("counter", arrived).registered(arrived)


def test_REQ_31_confirmation_term() -> None:
    """以平常信函等无需签收的邮寄方式提交政府信息公开申请的，政府信息公开工作机构应当于收到申请的当日与申请人确认"""
    friday = day("2024-03-01")
    for channel, last in (
        ("ordinary_mail", friday),
        ("misdirected", friday),
        ("online", day("2024-03-04")),
        ("fax", day("2024-03-04")),
    ):
        assert confirmation_due(begin(channel, friday), CALENDAR)[0] == last
    assert confirmation_due(begin("online", friday), CALENDAR, Terms(confirmation=2))[0] == day("2024-03-05")
    story = Story("ordinary_mail", "2024-03-01")
    assert story.step().act == "confirm" and not story.step().overdue
    assert (story.step("2024-03-02").whose, story.tasks("2024-03-02")) == (
        Whose.OFFICE,
        ["confirmation-late"],
    )
    story.do("note_unreachable", "2024-03-04", tried_how="两次无人接听")
    assert story.state == "awaiting_confirmation" and story.life.contact_tries == (day("2024-03-04"),)


def test_REQ_29_content() -> None:
    """政府信息公开申请应当包括下列内容：(一)申请人的姓名或者名称、身份证明、联系方式；(二)申请公开的政府信息的名称、文号或
    者便于行政机关查询的其他特征性描述；(三)申请公开的政府信息的形式要求，包括获取信息的方式、途径。
    """
    whole = {"name": "申请人甲", "identity": True, "contact": "电话", "description": "预算", "form": "电子"}
    assert missing_content(**whole) == ()  # type: ignore[arg-type]
    lacking = missing_content(name="申请人甲", identity=False, contact=" ", description="预算", form="")
    assert [gap.code for gap in lacking] == ["identity", "contact", "form"]
    assert lacking[0].provision.citation().endswith("第二十九条第二款第（一）项")
    assert [g.code for g in missing_content(**whole, by_agent=True)] == ["authority"]  # type: ignore[arg-type]


def test_REQ_33_other_organ() -> None:
    """行政机关征求第三方和其他机关意见所需时间不计算在前款规定的期限内。"""
    story = opened().do("consult_organ", whom="区财政局", jointly=False).do("record_reached", consultation=0)
    # Fifteen working days from 1 March: 4–8, 11–15, 18–22.
    assert story.clock().waiting[0].until == day("2024-03-22")
    raised = tasks(story.life, day("2024-03-25"), CALENDAR)
    assert [t.code for t in raised] == ["opinion-lapsed"] and "参照第三十四条" in raised[0].sentence
    joint = opened().do("consult_organ", whom="区财政局").do("record_reached", consultation=0)
    assert "视为同意公开。" in tasks(joint.life, day("2024-03-25"), CALENDAR)[0].sentence
    joint.do("record_silence", "2024-03-25", consultation=0)
    # The pause ended with the term on the 22nd: 25–29 March, 1–3 April, 7–12, 15–19, 22.
    assert joint.due() == day("2024-04-22") and joint.state == "handling"


def test_a_letter_whose_arrival_is_not_known_pauses_up_to_today_alone() -> None:
    story = opened().do("consult_third_party", "2024-03-04", whom="第三方甲", party="person")
    clock = story.clock("2024-03-11")
    assert clock.waiting[0].until is None and "还没有登记" in clock.waiting[0].note
    assert clock.due is not None and clock.due < (story.due("2024-03-13") or date.min)
    assert story.step("2024-03-12").act == "record_reached" and story.step("2024-03-12").overdue


def test_two_consultations_wait_for_both() -> None:
    story = (
        opened()
        .do("consult_third_party", whom="第三方甲", party="person")
        .do("consult_organ", whom="区财政局")
    )
    story.do("record_reached", consultation=0).do("record_reached", consultation=1)
    story.do("record_opinion", "2024-03-05", consultation=0, agrees=True)
    assert story.state == "consulting_organ"
    story.refused("已经登记过", "record_opinion", consultation=0, agrees=False)
    story.refused("只有 2 项", "record_opinion", consultation=5, agrees=False)
    story.do("record_opinion", "2024-03-06", consultation=1, agrees=True)
    assert story.state == "handling"


def test_REQ_32_told_first() -> None:
    """行政机关认为不公开可能对公共利益造成重大影响的，可以决定予以公开，并将决定公开的政府信息内容和理由书面告知第三方。"""
    story = (
        opened()
        .do("consult_third_party", whom="第三方甲", party="person")
        .do("record_reached", consultation=0)
    )
    story.do("record_opinion", consultation=0, agrees=False, reasonable=False).do("decide", **GRANT)
    assert story.tasks("2024-03-01") == ["third-party-untold"]
    story.do("submit").do("sign", number="利政公复〔2024〕1号")
    story.refused("先书面告知第三方", "send", method="post")
    story.do("tell_third_party", consultation=0).do("send", method="post")
    assert story.state == "sent"


def test_REQ_35_reasons() -> None:
    """申请人申请公开政府信息的数量、频次明显超过合理范围，行政机关可以要求申请人说明理由。"""
    story = opened().do("ask_reasons", matters="当月 60 件", term_on=day("2024-03-11"))
    assert (story.state, story.clock().status, story.due()) == (
        "awaiting_reasons",
        "running",
        day("2024-03-29"),
    )
    story.refused("还没有过", "note_no_reasons", "2024-03-11")
    assert story.tasks("2024-03-12") == ["reasons-lapsed"]
    story.do("note_no_reasons", "2024-03-12")
    assert story.step().act == "decide", "a person decides what the silence means"
    story.refused("并认为理由合理", "delay", until=day("2024-06-03"), reason="量大")
    story.do("decide", outcome="r19", grounds=("excessive",), reason="没有说明理由。")
    assert story.state == "drafting"


def test_REQ_36_responsible_organ() -> None:
    """所申请公开信息不属于本行政机关负责公开的，告知申请人并说明理由；能够确定负责公开该政府信息的行政机关的，告知申请人该
    行政机关的名称、联系方式；
    """
    story = opened().do("forward", organ="区财政局", contact="电话", consent=True)
    assert story.state == "handling" and outcome(story.life) is None, "handing on is no answer"
    story.answered(
        "2024-03-04",
        "利政公复〔2024〕1号",
        {"outcome": "r13", "grounds": ("other-organ",), "reason": "归区财政局。"},
    )
    assert outcome(story.life) == "r13"


def test_REQ_36_parts() -> None:
    """对政府信息公开申请，行政机关根据下列情况分别作出答复："""
    story = opened().do("assign_part", organ="区财政局", what="资金", term_on=day("2024-03-11"))
    story.refused("还没有回复协办的部分", "decide", **GRANT)
    story.do("part_answered", part=0).do("decide", **GRANT)
    assert story.state == "drafting"


def test_FEE_6_notice() -> None:
    """行政机关应当在申请处理期限内，按照申请人获取信息的途径向申请人发出收费通知，说明收费的依据、标准、数额、缴纳方式等。"""
    story = opened()
    story.refused("答复期限 2024-03-29 以前发出", "issue_fee", "2024-04-01", method="page", count=150)
    story.do("issue_fee", "2024-03-29", method="page", count=150).do("cancel_fee", reason="页数算错")
    assert (story.state, story.due()) == ("handling", day("2024-03-29"))
    story.do("issue_fee", method="case", count=35)
    assert story.state == "awaiting_payment"


def test_REM_70_redo() -> None:
    """行政行为有下列情形之一的，人民法院判决撤销或者部分撤销，并可以判决被告重新作出行政行为:"""
    story = opened().do("note_order", "2024-03-15", order_kind="superior", order_number="督办 1 号")
    assert story.due() == day("2024-04-15"), "no day set: twenty working days from the order"
    dated = opened().do(
        "note_order",
        "2024-03-15",
        order_kind="court",
        order_number="（2024）行初 2 号",
        term_on=day("2024-03-20"),
    )
    assert (dated.due(), dated.clock().note[:13]) == (day("2024-03-20"), "（2024）行初 2 号 ")
    dated.refused(
        "早于收到判决、决定的日期", "record_search", "2024-03-14", where="a", by="b", words="c", found=0
    )


def test_REQ_36_correction() -> None:
    """对政府信息公开申请，行政机关根据下列情况分别作出答复："""
    story = opened().answered("2024-03-04", "利政公复〔2024〕1号").do("archive", retention_class="ordinary")
    story.do("correct", "2024-03-06", **GRANT)
    assert story.state == "drafting" and len(story.life.round.answers) == 2
    story.do("reconsider_decision", reason="不必更正")
    assert story.state == "served"
    withdrawn = opened().do("withdraw").do("archive", retention_class="ordinary")
    withdrawn.refused("没有可以更正的", "correct", **GRANT)


def test_REQ_withdrawal() -> None:
    """（六）其他处理 3.其他"""
    story = opened().do("decide", **GRANT).do("withdraw")
    assert outcome(story.life) == "r23"
    unconfirmed = Story("online", "2024-03-01").do("withdraw")
    unconfirmed.refused("作为新的申请登记", "reopen", order_kind="court", order_number="（2024）行初 3 号")


def test_REQ_36_repeated() -> None:
    """行政机关已就申请人提出的政府信息公开申请作出答复、申请人重复申请公开相同政府信息的，告知申请人不予重复处理；"""
    text = "申请公开2020年利通区农村危房改造补助资金分配到各乡镇的情况"
    before = [
        Known(
            "A",
            "甲",
            day("2024-02-01"),
            "2020 年利通区农村危房改造补助资金，分配到各乡镇的情况。",
            answered=True,
        ),
        Known("B", "乙", day("2024-02-02"), text, answered=True),
        Known("C", "甲", day("2024-02-03"), "2023年财政预算公开表格"),
        Known("D", "甲", day("2024-03-03"), text),
    ]
    found = alike(text, "甲", before)
    assert [(a.ref, a.possibly_repeated) for a in found] == [("A", True), ("D", False), ("B", False)]
    assert in_month("甲", day("2024-02-29"), before) == 2 and in_month("乙", day("2024-03-01"), before) == 0


def test_likeness_of_texts_that_are_hardly_texts() -> None:
    assert likeness(shingles(""), shingles("")) == 0.0
    assert shingles("危\u200b房\u202e改造") == shingles("危房改造"), (
        "invisible letters do not hide a repetition"
    )
    assert shingles("ＡＢＣ") == shingles("abc")
    assert len(shingles("一二三" * 400_000)) == 3
    assert shingles("申请公开") == frozenset()


def test_ARC_14_retention() -> None:
    """应当归档的材料，按照国家有关规定定期向本单位档案机构或者档案工作人员移交，集中管理，任何个人不得拒绝归档或者据为己有。"""
    granted = opened().answered("2024-03-04", "利政公复〔2024〕1号").life
    refused = opened().answered("2024-03-04", "利政公复〔2024〕1号", REFUSAL).life
    assert (retention_class(granted).years, retention_class(refused).years) == (10, 30)
    assert retention_class(granted, disputed=True).code == "disputed"
    assert retention_class(opened().do("withdraw").life).years == 10
    charged = opened().do("issue_fee", method="page", count=150).do("record_payment")
    assert retention_class(charged.answered("2024-03-04", "利政公复〔2024〕1号").life).years == 30
    assert expires_on(day("2024-03-04"), 10) == day("2034-12-31")
    assert check_class("ordinary") is CLASSES["ordinary"]
    opened().answered("2024-03-04", "利政公复〔2024〕1号").refused(
        "应为：disputed", "archive", retention_class="x"
    )


def test_ARC_14_never_silent() -> None:
    """应当归档的材料，按照国家有关规定定期向本单位档案机构或者档案工作人员移交，集中管理，任何个人不得拒绝归档或者据为己有。"""
    old, new = Held("A", day("2024-03-04"), 10), Held("B", day("2024-03-05"), 30)
    assert expired([new, old], day("2034-12-31")) == () and expired([new, old], day("2035-01-01")) == (old,)
    two = {"first": "鉴定人甲", "second": "鉴定人乙", "reason": "没有继续保存的价值"}
    check_destruction(old, **two, today=day("2035-01-01"))
    for change, message in (
        ({"today": day("2034-12-31")}, "还没有期满"),
        ({"second": "鉴定人甲"}, "两个不同的人"),
        ({"reason": " "}, "鉴定意见"),
    ):
        facts = {**two, "today": day("2035-01-01"), **change}
        with pytest.raises(RetentionRefused, match=message):
            check_destruction(old, **facts)  # type: ignore[arg-type]


def test_a_holiday_announced_late_moves_the_day() -> None:
    """The same facts read with another calendar: nothing of the day is stored (放假通知补发)."""
    story = Story("online", "2026-12-10", confirmed=True)
    assert story.due() is None
    notice = parse_notice(
        {
            "year": 2027,
            "region": "national",
            "notice": "试拟",
            "holidays": ["2027-01-01"],
            "workdays": [],
        }
    )
    moved = reply_clock(story.life, CALENDAR.with_notices([notice]), story.today)
    # 11, 14–18, 21–25, 28–31 December; 4–8 January.
    assert moved.due == day("2027-01-08")
