"""Golden story 2: a supplement, then a refusal under article 14, against which reconsideration comes first."""

from __future__ import annotations

from tests.apps.casework_support import People, day, told
from tests.apps.golden.support import letter, letters_of, proven, rows, tables

REFUSAL = {
    "outcome": "r6",
    "grounds": ("forbidden-by-law",),
    "reason": "分配表中的单个调查对象资料，《中华人民共和国统计法》禁止对外提供",
}


def test_supplement_then_refusal_with_reconsideration_first(people: People) -> None:
    story = told(people, "2024-03-04", channel="online")
    assert (story.case.state, story.case.due_on, story.row) == ("awaiting_confirmation", None, None)
    assert tables(people.organ, 2024) == {}, "an unconfirmed filing counts not at all"
    story.do("confirm", "2024-03-05", confirmed_how="电话确认，尾号 0000")
    assert story.row is not None and story.row.received_on == day("2024-03-05")
    assert story.case.due_on == day("2024-04-02")
    story.registered("2024-03-05")
    story.do("ask_supplement", "2024-03-08", matters="写明要哪一年的分配表", term_on=day("2024-03-22"))
    assert (story.case.state, story.case.due_on) == ("awaiting_supplement", None)
    assert story.row.supplement_due_on == day("2024-03-22")
    story.do("receive_supplement", "2024-03-15", note="要 2020 年的")
    # From the 18th: 18–22, 25–29; 1–3 April, 清明, the made-up Sunday 7th; 8–12, 15.
    assert story.case.due_on == day("2024-04-15")
    story.answered("2024-03-29", REFUSAL)
    assert (story.row.outcome, story.row.closed_on) == ("r6", day("2024-03-29"))

    assert letters_of(story.case) == [
        ("receipt", "", "2024-03-05"),
        ("supplement", "示教公复〔2024〕1号", "2024-03-08"),
        ("reply-withheld-14", "示教公复〔2024〕2号", "2024-03-29"),
    ]
    letter(story.case, "receipt", "申请人甲：", "本机关于2024年3月5日收到", story.case.number, "2024年4月2日")
    letter(
        story.case, "supplement",
        "《中华人民共和国政府信息公开条例》第三十条", "写明要哪一年的分配表", "2024年3月22日以前（含当日）",
        "无正当理由逾期不补正的，视为放弃申请", "答复期限自本机关收到补正的申请之日起计算", "2024年3月8日",
        without=("行政复议",),
    )  # fmt: skip
    letter(
        story.case, "reply-withheld-14",
        "示教公复〔2024〕2号", "2024年3月15日补正：要 2020 年的",
        "第十四条规定：“依法确定为国家秘密的政府信息，法律、行政法规禁止公开",
        REFUSAL["reason"], "本机关决定不予公开",
        "如对本答复不服，应当先申请行政复议：可以自知道或者应当知道本答复之日起六十日内，向示范区人民政府申请行政复议",
        "自收到行政复议决定书之日起十五日内，向有管辖权的人民法院提起行政诉讼",
        "行政复议申请书可以通过互联网提交：https://review.example.cn/", "2024年3月29日",
        without=("六个月", "上一级主管部门"),
    )  # fmt: skip
    assert tables(people.organ, 2024) == rows("r1", "r6", "r24")
    proven(
        story.case, "confirm register ask_supplement receive_supplement decide submit sign send prove_service"
    )
