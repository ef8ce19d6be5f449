"""Golden stories 6 and 7: the information processing fee, by page and paid; by case and lapsed."""

from __future__ import annotations

from gongkai.annual_report.compile import compile_report
from gongkai.casework.models import ProcessingFee
from gongkai.foundation.actors import COMMAND_LINE
from tests.apps.casework_support import People, day, told
from tests.apps.golden.support import letter, letters_of, proven, rows, tables


def told_of_fees(people: People, year: int) -> str:
    report = compile_report(people.organ, year, reader=COMMAND_LINE, today=day(f"{year + 1}-01-20"))
    return report.draft.narrative().other


def test_fee_by_page_paid(people: People) -> None:
    story = told(people, "2024-04-01").registered("2024-04-01")
    assert story.case.due_on == day("2024-04-29")
    story.do("issue_fee", "2024-04-08", method="page", count=145)
    assert (story.case.state, story.case.due_on) == ("awaiting_payment", None)
    story.do("fee_reached", "2024-04-10").do("record_payment", "2024-04-15", proof="缴款单 0001")
    # From the 16th: 16–19, 22–26, the made-up Sunday 28th, 29, 30; 6–10, the made-up Saturday 11th, 13, 14 May.
    assert story.case.due_on == day("2024-05-14")
    fee = ProcessingFee.objects.get(case=story.case)
    # 30 pages free, 70 at 10 yuan, 45 at 20 yuan.
    assert (fee.charged_on, fee.method, fee.units, fee.amount_fen) == (
        day("2024-04-15"),
        "page",
        145,
        160_000,
    )
    story.refused("已经发过收费通知", "issue_fee", "2024-04-16", method="case", count=35)
    story.answered("2024-04-22")
    assert ProcessingFee.objects.count() == 1

    assert letters_of(story.case) == [
        ("fee-notice", "示教公复〔2024〕1号", "2024-04-08"),
        ("reply-provided", "示教公复〔2024〕2号", "2024-04-22"),
    ]
    letter(
        story.case, "fee-notice",
        "申请人甲：", "按量计收：第1页至第30页，不收费", "第31页至第100页，70页 × 10元 = 700元",
        "第101页至第145页，45页 × 20元 = 900元", "1600元", "收到本通知书次日起20个工作日内", "非税收入",
        "逾期未按要求缴纳费用的，视为放弃申请",
        "《中华人民共和国政府信息公开条例》第四十二条、《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）第三条、第五条、第六条",
    )  # fmt: skip
    assert tables(people.organ, 2024) == rows("r1", "r3", "r24")
    assert "1600" in told_of_fees(people, 2024)
    proven(story.case, "register issue_fee fee_reached record_payment decide submit sign send prove_service")


def test_fee_by_case_lapses_only_by_a_persons_finding(people: People) -> None:
    story = told(people, "2024-04-01").registered("2024-04-01")
    story.do("issue_fee", "2024-04-08", method="case", count=12).do("fee_reached", "2024-04-10")
    # Twenty working days from the 11th end on 10 May: the 28th is made up, 1–5 May are off.
    story.refused("缴费期限到 2024-05-10，还没有过", "lapse_fee", "2024-05-10", reason="没有缴费")
    story.do("lapse_fee", "2024-05-11", reason="至2024年5月10日没有收到缴费")
    assert story.row is not None and story.row.fee_notice_on == day("2024-04-10")
    assert (story.row.outcome, story.row.closed_on) == ("r22", day("2024-05-11"))
    assert not ProcessingFee.objects.exists()
    story.do("tell_lapse", "2024-05-13", method="post", proof="挂号单 0002")

    assert letters_of(story.case) == [
        ("fee-notice", "示教公复〔2024〕1号", "2024-04-08"),
        ("reply-fee-unpaid", "示教公复〔2024〕2号", "2024-05-13"),
    ]
    letter(
        story.case,
        "fee-notice",
        "按件计收：当月累计第1件至第10件，不收费",
        "第11件至第12件",
        "200元",
        "第三条、第四条、第六条",
    )
    letter(
        story.case, "reply-fee-unpaid",
        "申请人甲：", "您逾期未按收费通知要求缴纳费用", "至2024年5月10日没有收到缴费", "视为放弃申请", "不再处理",
        "六十日内，向示范区人民政府申请行政复议", "六个月内", "2024年5月13日", without=("应当先申请行政复议",),
    )  # fmt: skip
    assert tables(people.organ, 2024) == rows("r1", "r22", "r24")
    proven(story.case, "register issue_fee fee_reached lapse_fee tell_lapse")
