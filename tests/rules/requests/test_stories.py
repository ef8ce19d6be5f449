"""Golden cases (典型案例): whole lives of requests, their days counted by hand from the holiday notices."""

from __future__ import annotations

from datetime import UTC, datetime

from gongkai.foundation.clock import legal_day
from gongkai.rules.requests.decisions import remedy
from gongkai.rules.requests.life import begin, days_of_delay, outcome, receipt
from gongkai.rules.requests.reply_clock import reply_clock
from gongkai.rules.requests.terms import Whose
from tests.rules.requests.lives import CALENDAR, GRANT, REFUSAL, SEARCH, Story, day


def test_plain_grant() -> None:
    story = Story("online", "2021-09-12")
    assert story.state == "awaiting_confirmation" and story.clock().status == "not-started"
    assert (story.step().act, story.step().due) == ("confirm", day("2021-09-13"))
    assert days_of_delay(story.life, day("2021-09-13")) == 1
    story.do("confirm", "2021-09-13", confirmed_how="电话，尾号 0000，申请人甲")
    assert receipt(story.life).day == day("2021-09-13") and story.state == "received"
    story.registered("2021-09-14")
    # 14–17 and the made-up Saturday 18th; 22–24, the made-up Sunday 26th, 27–30; 8, 9 and 11–15 October.
    assert story.due() == day("2021-10-15")
    assert (story.step().act, story.step().due) == ("ask_supplement", day("2021-09-23"))
    story.do("record_search", "2021-09-15", **SEARCH)
    assert (story.step().act, story.step().due) == ("decide", day("2021-10-15"))
    story.do("decide", "2021-09-22", **GRANT).do("submit")
    assert (story.step().act, story.step().whose) == ("sign", Whose.APPROVER)
    story.do("sign", "2021-09-23", number="利政公复〔2021〕3号").served("2021-09-24")
    clock = story.clock("2022-03-01")
    assert (clock.status, clock.stopped_on, clock.late_by, clock.left) == (
        "stopped",
        day("2021-09-24"),
        0,
        None,
    )
    assert outcome(story.life) == "r3"
    story.do("archive", "2021-12-01", retention_class="ordinary")
    assert story.state == "archived" and days_of_delay(story.life, day("2030-01-01")) == 1


def test_supplement_then_refusal_with_reconsideration_first() -> None:
    story = Story("counter", "2024-03-01").registered("2024-03-01")
    assert story.due() == day("2024-03-29")
    # Seven working days: 4–8 and 11, 12 March.
    assert story.step().due == day("2024-03-12")
    story.do("ask_supplement", "2024-03-05", matters="写明年份和项目", term_on=day("2024-03-29"))
    clock = story.clock("2024-03-15")
    assert (clock.status, clock.due) == ("waits", None) and "补正" in clock.note
    assert (story.step().whose, story.step().due) == (Whose.APPLICANT, day("2024-03-29"))
    story.do("receive_supplement", "2024-03-20")
    # 21, 22; 25–29; 1–3 April; the made-up Sunday 7th; 8–12; 15–18.
    assert story.due() == day("2024-04-18")
    assert "只能告知一次" in str(
        story.refused("告知补正", "ask_supplement", matters="再补", term_on=day("2024-05-01"))
    )
    story.answered("2024-04-18", "利政公复〔2024〕7号", REFUSAL)
    assert story.clock().late_by == 0 and outcome(story.life) == "r6"
    answer = story.life.round.answer
    assert answer is not None
    paragraph = remedy(
        answer,
        decided_on=day("2024-04-18"),
        organ_kind="department",
        government_name="区人民政府",
        higher_government_name="市人民政府",
        review_channel="https://fuyi.example.cn",
    )
    assert paragraph.review_first and "应当先申请行政复议" in paragraph.text
    assert paragraph.review_authority == "区人民政府"


def test_third_party_objects_and_is_overridden() -> None:
    story = Story("counter", "2021-09-13").registered("2021-09-14")
    story.do("consult_third_party", "2021-09-15", whom="第三方甲", party="person")
    assert story.state == "consulting_third_party"
    story.do("record_reached", "2021-09-17", consultation=0)
    # Fifteen working days from the 17th: 18, 22–24, 26–30; 8, 9, 11–14 October.
    clock = story.clock("2021-09-20")
    assert clock.status == "paused" and clock.waiting[0].until == day("2021-10-14")
    # Two days gone; then 15, 18–22, 25–29 October and 1–5, 8, 9 November.
    assert clock.due == day("2021-11-09")
    story.refused("期限到 2021-10-14，还没有过", "record_silence", "2021-10-14", consultation=0)
    story.today = day("2021-09-24")
    story.do("record_opinion", "2021-09-24", consultation=0, agrees=False, reasonable=True)
    # Two days gone; 26–30; 8, 9, 11–15, 18–22, 25 October.
    assert story.state == "handling" and story.due() == day("2021-10-25")
    story.refused("不公开可能对公共利益造成重大影响", "decide", "2021-09-26", **GRANT)
    story.do("decide", **GRANT, override="涉及公共安全，不公开会造成重大影响。").do("submit")
    story.do("sign", "2021-09-27", number="利政公复〔2021〕4号")
    assert story.step().act == "tell_third_party"
    refusal = story.refused("先书面告知第三方：第三方甲", "send", method="electronic", consent=True)
    assert "tell_third_party" in refusal.instead
    story.do("tell_third_party", consultation=0).served("2021-09-28")
    assert story.state == "served" and outcome(story.life) == "r3"


def test_extension_over_the_national_day_holiday() -> None:
    story = Story("registered_mail", "2021-09-01").registered("2021-09-02")
    # 2, 3; 6–10; 13–18 (the 18th made up); 22–24; the made-up 26th; 27–29.
    assert story.due() == day("2021-09-29")
    story.do("propose_extension", "2021-09-22", days=10, reason="资料分在几处")
    assert story.step().whose == Whose.LEAD
    story.refused("先报请同意", "tell_extension")
    story.do("approve_extension", "2021-09-23")
    assert story.due() == day("2021-09-29"), "an extension holds only once it is told"
    story.refused("期限届满后不能再延长", "tell_extension", "2021-09-30")
    assert "extension-failed" in story.tasks("2021-09-30")
    story.do("tell_extension", "2021-09-29")
    # 30; the made-up Saturday 9th with 8; 11–15; 18, 19 October.
    clock = story.clock()
    assert (clock.due, clock.first_due) == (day("2021-10-19"), day("2021-09-29"))
    story.refused("已经延长过一次", "propose_extension", days=5, reason="再延")


def test_fee_by_page_paid() -> None:
    story = Story("counter", "2024-03-01").registered("2024-03-04")
    story.do("issue_fee", "2024-03-11", method="page", count=150)
    notice = story.life.round.fee_notice
    assert notice is not None and notice.fee.amount_fen == 170_000
    assert (story.step().act, story.clock().status) == ("fee_reached", "waits")
    story.do("fee_reached", "2024-03-13")
    # 14, 15; 18–22; 25–29; 1–3 April; the made-up 7th; 8–11.
    assert (story.step().due, story.step().whose) == (day("2024-04-11"), Whose.APPLICANT)
    story.do("record_payment", "2024-04-08")
    # 9–12; 15–19; 22–26; the made-up Sunday 28th, 29, 30; 6–8 May.
    assert (story.state, story.due()) == ("handling", day("2024-05-08"))
    story.refused("按件、按量只能用一种", "issue_fee", method="case", count=35)


def test_fee_by_case_lapsed() -> None:
    story = Story("counter", "2024-03-01").registered("2024-03-04")
    story.do("issue_fee", "2024-03-11", method="case", count=35).do("fee_reached", "2024-03-13")
    refusal = story.refused("缴费期限到 2024-04-11，还没有过", "lapse_fee", "2024-04-11", reason="未缴")
    assert set(refusal.instead) >= {"record_payment", "cancel_fee", "withdraw"}
    # Nothing decides by itself: months later it still waits, with a task for a person.
    story.today = day("2024-06-03")
    assert story.state == "awaiting_payment" and story.tasks("2024-06-03") == ["payment-lapsed"]
    assert story.step().whose == Whose.APPROVER
    story.do("lapse_fee", "2024-06-03", reason="到期未缴，无其他情况")
    assert (story.state, outcome(story.life), story.clock().status) == ("lapsed", "r22", "ended")
    assert story.step().act == "tell_lapse"
    story.do("tell_lapse", method="post", proof="挂号单").do("archive", retention_class="disputed")
    assert story.state == "archived"


def test_withdrawn() -> None:
    story = Story("counter", "2024-03-01").registered("2024-03-04").do("withdraw", "2024-03-06")
    assert (story.state, outcome(story.life), story.clock().status) == ("withdrawn", "r23", "ended")
    unconfirmed = Story("online", "2024-03-01").do("withdraw", "2024-03-02")
    assert unconfirmed.state == "withdrawn" and receipt(unconfirmed.life).day is None
    served = (
        Story("counter", "2024-03-01").registered("2024-03-04").answered("2024-03-05", "利政公复〔2024〕1号")
    )
    assert "不能“撤回申请”" in str(served.refused("已答复", "withdraw"))


def test_filed_in_the_last_second_of_the_year() -> None:
    moment = datetime(2021, 12, 31, 15, 59, 59, tzinfo=UTC)
    arrived = legal_day(moment)
    assert arrived == day("2021-12-31")
    linked = begin("online", arrived, confirmed=True)
    # 4–7, 10–14, 17–21, 24–28 January and the made-up Saturday 29th.
    assert reply_clock(linked, CALENDAR, arrived).due == day("2022-01-29")
    story = Story("online", "2021-12-31")
    assert story.step().due == day("2022-01-04") and story.step("2022-01-05").whose == Whose.OFFICE
    assert story.tasks("2022-01-04") == [] and story.tasks("2022-01-05") == ["confirmation-late"]
    story.do("confirm", "2022-01-04", confirmed_how="电话")
    assert receipt(story.life).day == day("2022-01-04"), "it is a request of the new year"
    assert story.due() == day("2022-01-30")


def test_a_year_that_is_not_announced_stays_open() -> None:
    story = Story("online", "2026-12-31", confirmed=True)
    clock = story.clock()
    assert (clock.status, clock.due) == ("running", None) and "2027年部分节假日安排的通知" in clock.note
    story.registered("2026-12-31")
    assert "2027年部分节假日安排的通知" in story.step().note and story.tasks("2026-12-31") == ["date-open"]
    # Nobody is turned away: every act is still open.
    story.do("ask_supplement", "2027-01-20", matters="写明年份", term_on=day("2027-02-20"))
    story.do("receive_supplement", "2027-02-01").do("record_search", **SEARCH)
    story.answered("2027-02-03", "利政公复〔2027〕1号")
    assert story.state == "served" and story.clock().stopped_on == day("2027-02-03")


def test_carried_over_two_year_ends() -> None:
    story = Story("counter", "2021-12-20").registered("2021-12-21")
    story.do("ask_reasons", "2021-12-22", matters="一月内 40 件", term_on=day("2022-01-10"))
    assert story.clock().status == "running", "asking for reasons does not stop the clock"
    story.do("receive_reasons", "2021-12-30", reasonable=True)
    assert story.step().act == "delay"
    story.refused("是休息日.*改为 2023-01-03", "delay", until=day("2023-01-01"), reason="量大")
    story.do("delay", "2022-01-10", until=day("2023-01-31"), reason="量大")
    for end in ("2021-12-31", "2022-12-31"):
        assert outcome(story.life) is None and story.due(end) == (day("2023-01-31"))
    assert (story.state, story.step().due) == ("delayed", day("2023-01-31"))
    story.do("record_search", "2022-06-01", **SEARCH).answered("2023-01-30", "利政公复〔2023〕1号")
    clock = story.clock("2023-02-20")
    assert (clock.stopped_on, clock.late_by) == (day("2023-01-30"), 0)


def test_lost_in_court_and_redone() -> None:
    story = Story("counter", "2024-03-01").registered("2024-03-04")
    story.answered("2024-03-20", "利政公复〔2024〕2号", REFUSAL)
    story.do("archive", "2024-06-03", retention_class="disputed")
    order = {"order_kind": "court", "order_number": "（2025）行初 1 号"}
    story.do("reopen", "2025-06-03", **order)
    # 4–6, 9–13, 16–20, 23–27, 30 June, 1 July.
    assert (story.state, story.due()) == ("handling", day("2025-07-01"))
    story.refused("与被撤销的答复相同", "decide", "2025-06-05", **REFUSAL)
    story.answered("2025-06-30", "利政公复〔2025〕9号")
    assert (outcome(story.life), story.clock().late_by) == ("r3", 0)
    dated = Story("counter", "2024-03-01").registered("2024-03-04")
    dated.answered("2024-03-20", "利政公复〔2024〕2号", REFUSAL)
    # The day the judgment names is a Saturday: the first day after it.
    dated.do("reopen", "2025-06-03", **order, term_on=day("2025-06-28"))
    assert dated.due() == day("2025-06-30")
    dated.refused("不能延期", "propose_extension", days=5, reason="量大")


def test_not_held_needs_its_search() -> None:
    story = Story("counter", "2024-03-01").registered("2024-03-04")
    nothing = {"outcome": "r13", "grounds": ("not-found",), "reason": "经检索没有。"}
    story.refused("没有检索记录", "decide", **nothing)
    story.do("record_search", **{**SEARCH, "found": 1})
    story.refused("都写着找到了", "decide", **nothing)
    story.do("record_search", **{**SEARCH, "found": 0}).do("decide", **nothing)
    assert story.state == "drafting"


def test_split_among_organs_one_late() -> None:
    story = Story("counter", "2024-03-01").registered("2024-03-04")
    for organ in ("区财政局", "区住建局"):
        story.do("assign_part", organ=organ, what="资金部分", term_on=day("2024-03-11"))
    assert (story.step().whose, story.step().due) == (Whose.OTHER_ORGAN, day("2024-03-11"))
    assert story.due() == day("2024-03-29"), "parts are work and do not stop the clock"
    story.do("part_answered", "2024-03-08", part=0)
    assert story.tasks("2024-03-12") == ["part-late"]
    story.refused("区住建局还没有回复", "decide", "2024-03-12", **GRANT)
    story.do("take_back_part", part=1, reason="逾期未复")
    story.answered("2024-03-13", "利政公复〔2024〕5号")
    assert outcome(story.life) == "r3"


def test_a_served_reply_is_corrected_and_the_old_one_stays() -> None:
    story = (
        Story("counter", "2024-03-01").registered("2024-03-04").answered("2024-03-05", "利政公复〔2024〕1号")
    )
    story.do("correct", "2024-03-20", **{**GRANT, "reason": "附件有误，换附件。"})
    assert story.state == "drafting" and story.step().due is None
    story.refused("不能撤回申请", "withdraw")
    story.do("submit")
    story.refused("已经用过", "sign", number="利政公复〔2024〕1号")
    story.do("sign", number="利政公复〔2024〕6号").served("2024-03-21")
    assert [a.number for a in story.life.round.answers] == ["利政公复〔2024〕1号", "利政公复〔2024〕6号"]
    assert story.clock().stopped_on == day("2024-03-05"), "a correction does not make the answer late"


def test_a_late_supplement_with_good_reason_opens_a_lapsed_request() -> None:
    story = Story("counter", "2024-03-01").registered("2024-03-04")
    story.do("ask_supplement", "2024-03-05", matters="写明年份", term_on=day("2024-03-15"))
    story.refused("还没有过", "lapse_supplement", "2024-03-15", reason="没有收到")
    story.do("lapse_supplement", "2024-03-18", reason="没有收到")
    assert outcome(story.life) == "r21"
    story.refused("有正当理由的选", "receive_supplement", "2024-03-19")
    story.do("receive_supplement", "2024-03-19", justified=True)
    # 20–22, 25–29 March, 1–3 April, 7–12, 15–17.
    assert (story.state, story.due()) == ("handling", day("2024-04-17"))


def test_direct_service_counts_when_it_is_signed_for() -> None:
    story = Story("counter", "2024-03-01").registered("2024-03-04").do("decide", **GRANT).do("submit")
    story.do("sign", "2024-03-28", number="利政公复〔2024〕1号").do("send", method="direct")
    assert (story.state, story.step().act, story.clock().status) == ("sent", "prove_service", "running")
    story.refused("签收后填写签收日期", "prove_service", "2024-04-02", proof="回证")
    assert story.tasks("2024-04-01") == ["reply-overdue"]
    story.do("service_failed", "2024-03-29", reason="拒收").do("send", method="post")
    assert story.clock("2024-04-10").late_by == 0 and story.clock("2024-04-10").status == "stopped"
    assert story.tasks("2024-04-24") == ["service-unproven"]
