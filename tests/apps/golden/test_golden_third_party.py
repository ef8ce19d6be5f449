"""Golden story 3: a third party objects with good reason and is overridden, and is told before the disclosure."""

from __future__ import annotations

from tests.apps.casework_support import People, day, told
from tests.apps.golden.support import letter, letters_of, proven, rows, tables

PUBLIC_INTEREST = "涉及校舍安全，不公开可能危及在校师生的人身安全"
OBJECTION = "其中的单价是经营信息，公开会影响以后的投标"


def test_third_party_objects_and_is_overridden(people: People) -> None:
    story = told(people, "2024-03-01").registered("2024-03-01")
    assert story.case.due_on == day("2024-03-29")
    story.do("consult_third_party", "2024-03-05", whom="示范建筑有限公司", content="检测合同第 2 页的单价")
    assert "示范建筑" not in story.case.facts, "the name is kept apart: 第三方甲"
    story.do("record_reached", "2024-03-07", consultation=0)
    story.do("record_opinion", "2024-03-18", consultation=0, agrees=False, reasonable=True, opinion=OBJECTION)
    # Two days were gone, the nine from the 6th to the 18th do not count: 19–22, 25–29; 1–3, 7–12 April.
    assert story.case.due_on == day("2024-04-12")
    grant = {"outcome": "r3", "grounds": ("provided",), "reason": "涉及校舍安全"}
    story.refused(
        "不公开可能对公共利益造成重大影响而决定公开的，写明公共利益的理由", "decide", "2024-03-19", **grant
    )
    story.do("decide", **grant, override=PUBLIC_INTEREST).do("submit").do(
        "sign", number="示教公复〔2024〕3号"
    )
    story.refused("先书面告知第三方：第三方甲", "send", method="post")
    story.do("tell_third_party", "2024-03-20", consultation=0, content="检测合同第 2 页的单价")
    story.do("send", "2024-03-21", method="post").do("prove_service", "2024-03-25", proof="挂号单 003")
    assert story.row is not None
    assert (story.row.outcome, story.row.closed_on) == ("r3", day("2024-03-21")), (
        "served on the day of posting"
    )

    assert letters_of(story.case) == [
        ("consult-third-party", "示教公复〔2024〕1号", "2024-03-05"),
        ("consult-confirmation", "", "2024-03-05"),
        ("consult-applicant", "示教公复〔2024〕2号", "2024-03-05"),
        ("reply-provided", "示教公复〔2024〕3号", "2024-03-19"),
        ("third-party-notice", "示教公复〔2024〕4号", "2024-03-20"),
    ]
    letter(
        story.case, "consult-third-party",
        "示范建筑有限公司：", "涉及你单位，公开可能损害你单位的合法权益", "检测合同第 2 页的单价", "第三十二条",
        "自收到本征求意见书之日起15个工作日内",
        "逾期未提出意见的，由本机关依照《中华人民共和国政府信息公开条例》的规定决定是否公开",
        "附件：政府信息公开征求意见确认函", without=("申请人甲", "视为同意"),
    )  # fmt: skip
    letter(story.case, "consult-confirmation", "示教公复〔2024〕1号", "是否同意公开", without=("申请人甲",))
    letter(
        story.case, "consult-applicant", "申请人甲：", "第三十三条第三款", "征求意见所需时间不计算在答复期限内",
        without=("示范建筑",),
    )  # fmt: skip
    letter(
        story.case, "third-party-notice",
        "示范建筑有限公司：", "你单位不同意公开", "第三十二条", "检测合同第 2 页的单价",
        f"本机关认为不公开可能对公共利益造成重大影响。{PUBLIC_INTEREST}",
        "如对本决定不服，可以自知道或者应当知道本决定之日起六十日内，向示范区人民政府申请行政复议", "六个月内",
        "2024年3月20日", without=("申请人甲", "应当先申请行政复议"),
    )  # fmt: skip
    letter(story.case, "reply-provided", "申请人甲：", "决定予以公开", without=("示范建筑", OBJECTION))
    assert tables(people.organ, 2024) == rows("r1", "r3", "r24")
    acts = "register consult_third_party record_reached record_opinion decide submit sign tell_third_party"
    proven(story.case, f"{acts} send prove_service")


def test_an_objection_without_good_reason_is_told_so_not_overridden(people: People) -> None:
    story = told(people, "2024-03-01").registered("2024-03-01")
    story.do(
        "consult_third_party",
        "2024-03-05",
        whom="第三方甲",
        whom_name="某人",
        party="person",
        content="中标结果",
    )
    story.do("record_reached", "2024-03-07", consultation=0)
    story.do("record_opinion", "2024-03-11", consultation=0, agrees=False, reasonable=False)
    grant = {"outcome": "r3", "grounds": ("provided",), "reason": "中标结果已经依法公告"}
    story.do("decide", "2024-03-12", **grant).do("submit").do("sign", number="示教公复〔2024〕3号")
    story.do("tell_third_party", "2024-03-13", consultation=0, content="中标结果").do("send", method="post")
    letter(
        story.case, "third-party-notice",
        "某人：", "您不同意公开", "本机关认为您不同意公开没有合理的理由。中标结果已经依法公告", "本机关决定予以公开",
        without=("公共利益", "你单位", "申请人甲"),
    )  # fmt: skip
