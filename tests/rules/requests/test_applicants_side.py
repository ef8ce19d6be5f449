"""What is the applicant's to do and to know: reasons stated, a fee said to be paid, remedies with their days."""

from __future__ import annotations

from gongkai.rules.requests.open_remedies import open_remedies
from gongkai.rules.requests.terms import Whose
from tests.rules.requests.lives import CALENDAR, REFUSAL, Story, day


def opened(on: str = "2024-03-01") -> Story:
    return Story("counter", on).registered(on)


def test_stated_reasons_wait_for_a_persons_judgement() -> None:
    story = opened().do("ask_reasons", matters="当月 60 件", term_on=day("2024-03-11"))
    assert story.step().whose is Whose.APPLICANT
    story.do("state_reasons", "2024-03-08", opinion="为写论文收集各年数据。")
    assert story.state == "awaiting_reasons", "what the applicant says judges nothing"
    step = story.step("2024-03-12")
    assert (step.act, step.whose, step.overdue) == ("receive_reasons", Whose.HANDLER, False)
    assert story.tasks("2024-03-12") == [], "nobody is late who has answered"
    story.refused("已于 2024-03-08 说明", "note_no_reasons", "2024-03-12")
    story.do("receive_reasons", "2024-03-12", reasonable=True)
    assert story.step().act == "delay"


def test_a_fee_said_to_be_paid_is_paid_once_the_office_has_seen_it() -> None:
    story = opened().do("issue_fee", "2024-03-04", method="case", count=35)
    story.do("fee_reached", "2024-03-05").do("claim_payment", "2024-03-06")
    assert story.state == "awaiting_payment" and story.clock().status == "waits"
    assert (story.step().act, story.step().whose, story.step().due) == (
        "record_payment",
        Whose.HANDLER,
        day("2024-03-07"),
    )
    assert "payment-lapsed" in story.tasks("2024-04-10"), "a claim stops no term"
    story.do("record_payment", "2024-03-07")
    assert story.state == "handling"


def test_remedies_are_counted_from_the_day_of_signing() -> None:
    story = (
        opened().do("decide", "2024-03-05", **REFUSAL).do("submit").do("sign", number="利政公复〔2024〕1号")
    )
    assert open_remedies(story.life, CALENDAR, story.today) is None
    story.do("send", method="direct").do("prove_service", signed_for_on=day("2024-03-05"), proof="回证")
    found = open_remedies(story.life, CALENDAR, day("2024-03-20"))
    assert found is not None and found.review_first
    # Sixty days end on Saturday 4 May, in the holiday; the first working day after it is the 6th.
    assert [(r.act, r.until, r.over) for r in found.remedies] == [("review", day("2024-05-06"), False)]
    assert "顺延" in found.remedies[0].why and "第二十三条" in found.remedies[0].provision
    late = open_remedies(story.life, CALENDAR, day("2024-05-07"))
    assert late is not None and late.remedies[0].over


def test_where_nobody_knows_when_a_letter_arrived_it_is_said() -> None:
    story = opened()
    story.do("decide", "2024-03-05", outcome="r3", grounds=("provided",), reason="可以公开。").do("submit")
    story.do("sign", number="利政公复〔2024〕1号").do("send", method="post").do(
        "prove_service", proof="挂号单"
    )
    found = open_remedies(story.life, CALENDAR, day("2024-03-20"))
    assert found is not None and not found.review_first
    assert [(r.act, r.until) for r in found.remedies] == [("review", None), ("suit", None)]
    assert all("您收到的日期没有登记" in r.why and r.length for r in found.remedies)


def test_a_year_without_a_notice_leaves_the_day_open() -> None:
    story = opened("2026-11-20").answered("2026-11-23", "利政公复〔2026〕1号")
    found = open_remedies(story.life, CALENDAR, day("2026-11-24"))
    assert found is not None and [r.until for r in found.remedies] == [None, None]
    assert "2027 年放假安排还没有公布" in found.remedies[0].why
    assert found.remedies[0].at_least == day("2027-01-22")
