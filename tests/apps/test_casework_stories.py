"""Golden stories through the actions: dates, ledger, and the place in table three."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from gongkai.casework.filing import file_request
from gongkai.casework.models import Case, ProcessingFee
from gongkai.foundation.actors import PUBLIC
from gongkai.foundation.clock import SHANGHAI
from gongkai.foundation.models import LedgerEvent
from gongkai.foundation.verification import verify
from gongkai.rules.requests.facts import Passage
from tests.apps.casework_support import GRANT, People, Told, day, filing, table_three, told


@pytest.fixture
def people(district) -> People:  # type: ignore[no-untyped-def]
    return People(district.education)


def proven() -> None:
    assert [(b.place, b.message) for b in verify().breaks] == []


def test_plain_grant(people: People) -> None:
    story = told(people, "2021-07-01")
    assert (story.case.state, story.case.received_on, story.case.due_on) == (
        "received",
        day("2021-07-01"),
        day("2021-08-02"),  # the region's two days of 古尔邦节 lie between
    )
    assert story.row is not None and story.row.outcome == ""
    story.registered("2021-07-01").do(
        "record_search", "2021-07-05", where="档案室", by="经办人", words="危房改造", found=1
    )
    story.answered("2021-07-12")
    assert story.case.state == "served"
    assert (story.row.outcome, story.row.closed_on) == ("r3", day("2021-07-12"))
    story.do("archive", "2021-07-20", retention_class="ordinary")
    assert story.case.order_key == "9"
    assert table_three(people.organ, 2021) == {"t3.r1.c1": 1, "t3.r3.c1": 1, "t3.r24.c1": 1}
    proven()


def test_supplement_then_refusal_with_reconsideration_first(people: People) -> None:
    story = told(people, "2024-03-04", channel="online")
    assert (story.case.state, story.case.due_on, story.row) == ("awaiting_confirmation", None, None)
    assert table_three(people.organ, 2024) == {}, "an unconfirmed filing counts not at all"
    story.do("confirm", "2024-03-05", confirmed_how="电话确认，尾号 0000")
    assert story.row is not None and story.row.received_on == day("2024-03-05")
    story.registered("2024-03-05")
    story.do("ask_supplement", "2024-03-08", matters="写明哪一年的", term_on=day("2024-03-22"))
    assert (story.case.state, story.case.due_on) == ("awaiting_supplement", None)
    assert story.row.supplement_due_on == day("2024-03-22")
    story.do("receive_supplement", "2024-03-15")
    assert story.case.due_on == day("2024-04-15"), "from the day after the supplement, over 清明"
    story.answered(
        "2024-03-29",
        {"outcome": "r6", "grounds": ("forbidden-by-law",), "reason": "统计法禁止公开单个调查对象的资料。"},
    )
    assert table_three(people.organ, 2024) == {"t3.r1.c1": 1, "t3.r6.c1": 1, "t3.r24.c1": 1}
    proven()


def test_third_party_objects_and_is_overridden(people: People) -> None:
    story = told(people, "2021-03-01").registered("2021-03-01")
    story.do("consult_third_party", "2021-03-03", whom="第三方甲", whom_name="某企业")
    story.do("record_reached", "2021-03-05", consultation=0)
    story.do("record_opinion", "2021-03-16", consultation=0, agrees=False, reasonable=True, opinion="不同意")
    assert story.case.due_on == day("2021-04-12"), "nine working days were not counted"
    story.do(
        "decide",
        "2021-03-17",
        outcome="r3",
        grounds=("provided",),
        reason="涉及公共安全。",
        override="不公开对公共利益造成重大影响。",
    ).do("submit").do("sign", number="示教公复〔2021〕3号")
    story.refused("先书面告知第三方：第三方甲", "send", method="post")
    story.do("tell_third_party", consultation=0).do("send", method="post")
    story.do("prove_service", "2021-03-22", proof="回执")
    assert story.row is not None and story.row.closed_on == day("2021-03-17")
    assert table_three(people.organ, 2021) == {"t3.r1.c1": 1, "t3.r3.c1": 1, "t3.r24.c1": 1}
    events = LedgerEvent.objects.filter(subject=story.case.ref)
    assert not [
        e.seq for e in events if "某企业" in e.payload or "申请人甲" in e.payload or "不同意" in e.payload
    ]
    proven()


def test_extension_over_national_day_with_make_up_days(people: People) -> None:
    story = told(people, "2021-09-13").registered("2021-09-13")
    assert story.case.due_on == day("2021-10-15")
    story.do("propose_extension", "2021-09-24", days=20, reason="要查的年份多")
    assert story.case.extension_pending
    story.do("approve_extension", "2021-09-26").do("tell_extension", "2021-09-27")
    assert not story.case.extension_pending
    assert story.case.due_on == day("2021-11-12")
    story.answered("2021-11-12")
    assert table_three(people.organ, 2021) == {"t3.r1.c1": 1, "t3.r3.c1": 1, "t3.r24.c1": 1}
    proven()


def test_by_page_fee_paid_is_a_record_of_its_own(people: People) -> None:
    story = told(people, "2021-04-01").registered("2021-04-01")
    story.do("issue_fee", "2021-04-06", method="page", count=45).do("fee_reached", "2021-04-07")
    story.do("record_payment", "2021-04-12", proof="缴款单")
    fee = ProcessingFee.objects.get(case=story.case)
    assert (fee.charged_on, fee.method, fee.units, fee.amount_fen) == (day("2021-04-12"), "page", 45, 15_000)
    story.answered("2021-04-20")
    assert ProcessingFee.objects.count() == 1
    proven()


def test_fee_lapses_only_by_a_persons_finding(people: People) -> None:
    story = told(people, "2021-04-01").registered("2021-04-01")
    story.do("issue_fee", "2021-04-06", method="case", count=11).do("fee_reached", "2021-04-07")
    story.refused("还没有过", "lapse_fee", "2021-04-30", reason="没有缴费")
    story.do("lapse_fee", "2021-05-20", reason="逾期没有缴费")
    assert story.row is not None and story.row.fee_notice_on == day("2021-04-07")
    assert table_three(people.organ, 2021) == {"t3.r1.c1": 1, "t3.r22.c1": 1, "t3.r24.c1": 1}
    assert not ProcessingFee.objects.exists()
    story.do("tell_lapse", method="post", proof="挂号单")
    proven()


def test_withdrawn_before_receipt_never_counts_and_after_it_is_other(people: People) -> None:
    before = told(people, "2021-05-06", channel="online").do("withdraw", "2021-05-07")
    assert (before.case.state, before.row) == ("withdrawn", None)
    told(people, "2021-05-06").registered("2021-05-06").do("withdraw", "2021-05-10", reason="已经找到")
    assert table_three(people.organ, 2021) == {"t3.r1.c1": 1, "t3.r23.c1": 1, "t3.r24.c1": 1}
    proven()


def test_filed_in_the_last_second_of_the_year(people: People) -> None:
    late = datetime(2021, 12, 31, 23, 59, 59, 999999, SHANGHAI)
    receipt = file_request(people.organ, filing(), by=PUBLIC, now=late)
    assert (receipt.number, receipt.serial) == ("999002-2021-0001", 1)
    after = file_request(people.organ, filing(), by=PUBLIC, now=datetime(2022, 1, 1, 0, 0, 0, 0, SHANGHAI))
    assert (after.number, after.serial) == ("999002-2022-0001", 1)
    story = Told(people, receipt.case).do("confirm", "2022-01-04", confirmed_how="电话")
    assert story.case.received_on == day("2022-01-04")
    assert table_three(people.organ, 2021) == {}
    assert table_three(people.organ, 2022) == {"t3.r1.c1": 1, "t3.r25.c1": 1}
    proven()


def test_carried_over_two_year_ends(people: People) -> None:
    story = told(people, "2021-12-13").registered("2021-12-13")
    story.do("consult_organ", "2021-12-16", whom="示范区民政局")
    story.do("record_reached", "2021-12-17", consultation=0)
    story.do("record_opinion", "2022-01-10", consultation=0, agrees=True)
    story.do("ask_reasons", "2022-01-11", matters="一个月 60 件", term_on=day("2022-01-25"))
    story.do("receive_reasons", "2022-01-20", reasonable=True)
    story.do("delay", "2022-01-21", until=day("2023-02-28"), reason="量大")
    assert (story.case.state, story.case.due_on) == ("delayed", day("2023-02-28"))
    story.answered("2023-02-28")
    assert table_three(people.organ, 2021) == {"t3.r1.c1": 1, "t3.r25.c1": 1}
    assert table_three(people.organ, 2022) == {"t3.r2.c1": 1, "t3.r25.c1": 1}
    assert table_three(people.organ, 2023) == {"t3.r2.c1": 1, "t3.r3.c1": 1, "t3.r24.c1": 1}
    proven()


def test_lost_in_court_and_redone_counts_once(people: People) -> None:
    refusal = {"outcome": "r10", "grounds": ("draft",), "reason": "过程稿。"}
    story = told(people, "2021-06-01").registered("2021-06-01").answered("2021-06-21", refusal)
    story.do("archive", "2021-06-30", retention_class="disputed")
    story.do("reopen", "2022-01-17", order_kind="court", order_number="（2021）示01行初3号")
    assert (story.case.state, story.case.due_on) == ("handling", day("2022-02-17"))
    story.refused("基本相同", "decide", "2022-01-20", **refusal)
    story.answered("2022-01-24")
    assert story.row is not None and (story.row.outcome, story.row.closed_on) == ("r10", day("2021-06-21"))
    assert table_three(people.organ, 2021) == {"t3.r1.c1": 1, "t3.r10.c1": 1, "t3.r24.c1": 1}
    assert table_three(people.organ, 2022) == {}, "table four has the judgment; the request counted once"
    proven()


def test_a_correction_moves_the_outcome_never_the_day(people: People) -> None:
    story = told(people, "2021-06-01").registered("2021-06-01").answered("2021-06-21")
    partly = {
        "outcome": "r4",
        "grounds": ("privacy",),
        "reason": "其中有身份证号码。",
    }
    story.refused(
        "缺第三方意见",
        "correct",
        "2021-07-05",
        passages=(Passage(place="第 2 页", ground="privacy"),),
        **partly,
    )
    inner = {"outcome": "r4", "grounds": ("personnel",), "reason": "含人事管理内容。"}
    story.do("correct", "2021-07-05", passages=(Passage(place="第 2 页", ground="personnel"),), **inner)
    assert story.row is not None and (story.row.outcome, story.row.closed_on) == ("r3", day("2021-06-21"))
    story.do("submit").do("sign", number="示教公复〔2021〕2号").do("send", method="post")
    assert (story.row.outcome, story.row.closed_on) == ("r4", day("2021-06-21"))
    proven()


def test_the_ledger_tells_each_act_and_nothing_personal(people: People) -> None:
    story = told(people, "2021-07-01").registered("2021-07-01").answered("2021-07-12")
    events = list(LedgerEvent.objects.filter(subject=story.case.ref).order_by("seq"))
    assert [e.kind for e in events if e.kind != "case.letter_kept"] == ["case.filed"] + ["case.act"] * 6
    assert [json.loads(e.payload)["act"] for e in events if e.kind == "case.act"] == [
        "register",
        "decide",
        "submit",
        "sign",
        "send",
        "prove_service",
    ]
    everything = "".join(e.payload for e in events) + story.case.facts
    for word in ("申请人甲", "110101199001010015", "13800000000", "危房改造", GRANT["reason"], "挂号单"):
        assert word not in everything
    assert Case.objects.get().latest_seq == events[-1].seq
