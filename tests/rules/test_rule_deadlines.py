"""The statutory clocks: golden dates, restarts, pauses, extensions, and what is refused."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.rules.calendar import YearNotAnnounced, announced
from gongkai.rules.clocks import CLOCKS
from gongkai.rules.deadlines import DeadlineRefused, compute

CALENDAR = announced()
RECEIVED = date(2021, 9, 13)
starts = st.dates(date(2019, 1, 1), date(2024, 12, 31))


def due(code: str, received: date, **options: object) -> date:
    return compute(code, received, CALENDAR, **options).due  # type: ignore[arg-type]


def refused(message: str, code: str = "reply", received: date = RECEIVED, **options: object) -> None:
    with pytest.raises(DeadlineRefused, match=message):
        due(code, received, **options)


def test_REQ_33_reply() -> None:
    """行政机关不能当场答复的，应当自收到申请之日起20个工作日内予以答复"""
    found = compute("reply", RECEIVED, CALENDAR)
    assert found.due == found.base_due == date(2021, 10, 15)
    assert found.provision == "《中华人民共和国政府信息公开条例》第三十三条第二款"
    assert (found.rule, found.start, found.notes) == ("REQ-33-reply", RECEIVED, ())


def test_the_account_lists_every_day_in_order() -> None:
    found = compute("reply", RECEIVED, CALENDAR)
    assert [d.date for d in found.trace] == [date(2021, 9, 14) + timedelta(days=i) for i in range(32)]
    assert [d.n for d in found.trace if d.counted] == list(range(1, 21))
    assert all((d.n is not None) == d.counted for d in found.trace)
    by_day = {d.date: d.why for d in found.trace}
    assert by_day[date(2021, 9, 14)].startswith("自 2021-09-13（收到申请之日）的次日起算，当日不计入。")
    assert by_day[date(2021, 9, 18)] == "第 5 个工作日，调休上班（国办发明电〔2020〕27号）"
    assert by_day[date(2021, 9, 20)] == "中秋节放假（国办发明电〔2020〕27号）"
    assert by_day[date(2021, 10, 3)] == "国庆节放假（国办发明电〔2020〕27号）"
    assert by_day[date(2021, 10, 10)] == "周日"


def test_REQ_33_extension() -> None:
    """需要延长答复期限的，应当经政府信息公开工作机构负责人同意并告知申请人，延长的期限最长不得超过20个工
    作日
    """
    found = compute("reply", RECEIVED, CALENDAR, extend=20)
    assert found.base_due == date(2021, 10, 15)
    assert found.due == CALENDAR.add_working_days(found.base_due, 20) == date(2021, 11, 12)
    assert found.trace[-1].why == "第 40 个工作日（延长第 20 日）"
    refused("延长 21 个工作日不行.*应在 1 到 20 之间", extend=21)
    refused("延长 -1 个工作日不行", extend=-1)
    refused("主动公开的期限不能延长", "publication", extend=1)


def test_REQ_33_pause() -> None:
    """行政机关征求第三方和其他机关意见所需时间不计算在前款规定的期限内。"""
    pause = (date(2021, 9, 22), date(2021, 10, 12))
    found = compute("reply", RECEIVED, CALENDAR, pauses=[pause])
    assert found.due == date(2021, 11, 1)
    assert found.provision == "《中华人民共和国政府信息公开条例》第三十三条第二款、第三款"
    by_day = {d.date: d for d in found.trace}
    assert by_day[date(2021, 9, 22)].counted, "the day it begins is still counted"
    assert by_day[date(2021, 9, 23)].why == "暂停：2021-09-22 起征求意见，至 2021-10-12"
    assert not by_day[date(2021, 10, 12)].counted
    assert by_day[date(2021, 10, 13)].n == 7


def test_overlapping_pauses_count_once() -> None:
    whole = [(date(2021, 9, 22), date(2021, 10, 12))]
    parts = [(date(2021, 9, 28), date(2021, 10, 12)), (date(2021, 9, 22), date(2021, 9, 30))]
    assert due("reply", RECEIVED, pauses=parts) == due("reply", RECEIVED, pauses=whole)


def test_pauses_that_cannot_be() -> None:
    refused("止日早于起日", pauses=[(date(2021, 9, 22), date(2021, 9, 21))])
    refused("起于收到申请（2021-09-13）之前", pauses=[(date(2021, 9, 10), date(2021, 9, 21))])
    refused("不因征求意见暂停", "supplement", pauses=[(date(2021, 9, 14), date(2021, 9, 15))])


def test_a_pause_after_the_end_is_said_to_have_no_effect() -> None:
    found = compute("reply", RECEIVED, CALENDAR, pauses=[(date(2021, 10, 15), date(2021, 12, 1))])
    assert found.due == date(2021, 10, 15)
    assert found.notes == ("暂停 2021-10-15:2021-12-01 在期限届满之后，没有影响。",)


def test_REQ_30_restart() -> None:
    """答复期限自行政机关收到补正的申请之日起计算。"""
    found = compute("reply", RECEIVED, CALENDAR, supplement_received=date(2021, 9, 24))
    assert found.start == date(2021, 9, 24)
    assert found.due == CALENDAR.add_working_days(date(2021, 9, 24), 20)
    assert found.trace[0].date == date(2021, 9, 25)
    assert "收到补正的申请之日" in found.trace[0].why
    assert "第三十条" in found.provision
    refused("收到补正日期 2021-09-12 早于", supplement_received=date(2021, 9, 12))
    refused("不因补正重新计算", "payment", supplement_received=date(2021, 9, 24))


def test_FEE_6_restart() -> None:
    """答复期限从申请人完成缴费次日起重新计算。"""
    paid = date(2021, 10, 8)
    found = compute("reply", RECEIVED, CALENDAR, fee_paid_on=paid, supplement_received=date(2021, 9, 24))
    assert (found.start, found.due) == (paid, CALENDAR.add_working_days(paid, 20))
    refused("缴费日期 2021-09-01 早于", fee_paid_on=date(2021, 9, 1))


def test_REQ_30_supplement() -> None:
    """自收到申请之日起7个工作日内一次性告知申请人作出补正，说明需要补正的事项和合理的补正期限。"""
    assert due("supplement", RECEIVED) == date(2021, 9, 23)


def test_REQ_32_third_party() -> None:
    """第三方应当自收到征求意见书之日起15个工作日内提出意见。"""
    assert due("third-party", date(2021, 9, 22)) == date(2021, 10, 18)


def test_REQ_34_joint_organ() -> None:
    """被征求意见机关应当自收到征求意见书之日起15个工作日内提出意见，逾期未提出意见的视为同意公开。"""
    assert due("joint-organ", date(2021, 9, 22)) == date(2021, 10, 18)


def test_PUB_26_publication() -> None:
    """属于主动公开范围的政府信息，应当自该政府信息形成或者变更之日起20个工作日内及时公开。法律、法规对政
    府信息公开的期限另有规定的，从其规定。
    """
    found = compute("publication", date(2026, 1, 30), CALENDAR)
    assert found.due == date(2026, 3, 5)
    assert "信息形成或者变更之日" in found.trace[0].why


def test_FEE_6_payment() -> None:
    """申请人应当在收到收费通知次日起20个工作日内缴纳费用，逾期未缴纳的视为放弃申请。"""
    found = compute("payment", date(2021, 4, 30), CALENDAR)
    assert found.due == date(2021, 6, 1)
    assert found.provision.endswith("（国办函〔2020〕109号）第六条")


def test_REM_48_answer() -> None:
    """被申请人应当自收到行政复议申请书副本或者行政复议申请笔录复印件之日起十日内，提出书面答复，并提交作
    出行政行为的证据、依据和其他有关材料。
    """
    assert due("review-answer", date(2024, 2, 5)) == date(2024, 2, 23)


def test_REM_54_answer() -> None:
    """被申请人应当自收到行政复议申请书副本或者行政复议申请笔录复印件之日起五日内，提出书面答复，并提交作
    出行政行为的证据、依据和其他有关材料。
    """
    assert due("review-answer-simple", date(2024, 2, 5)) == date(2024, 2, 18)


def test_CAL_85_first_day() -> None:
    """期间开始的时和日，不计算在期间内。"""
    for code, clock in CLOCKS.items():
        found = compute(code, date(2024, 3, 4), CALENDAR, days=1)
        assert found.due == date(2024, 3, 5), code
        assert clock.start in found.trace[0].why


def test_numbers_out_of_range_are_refused() -> None:
    refused("工作日数是 0", days=0)
    refused("工作日数是 401", days=401)
    refused("应是整数", days=1.5)
    refused("没有“answer”这种期限，应为：reply（答复）", "answer")


def test_an_unannounced_year_names_the_missing_notice() -> None:
    with pytest.raises(YearNotAnnounced, match="国务院办公厅关于2027年部分节假日安排的通知.*载入") as caught:
        due("reply", date(2026, 12, 10))
    assert caught.value.year == 2027
    with pytest.raises(YearNotAnnounced, match="2018"):
        due("reply", date(2018, 6, 1))
    for edge in (date.max, date.min):
        with pytest.raises(YearNotAnnounced):
            due("reply", edge)


def test_notes_say_what_the_reader_must_know() -> None:
    assert "规定的是 20 个工作日" in compute("reply", RECEIVED, CALENDAR, days=10).notes[0]
    assert "早于这一规则施行之日 2019-05-15" in compute("reply", date(2019, 3, 1), CALENDAR).notes[0]
    regional = compute("reply", date(2023, 12, 20), announced("ningxia"))
    assert [re.findall(r"\d{4}", note) for note in regional.notes] == [["2023"], ["2024"]]
    assert "没有宁夏回族自治区 2023 年的地区放假通知" in regional.notes[0]


@settings(max_examples=120, deadline=None)
@given(starts, st.sampled_from(sorted(CLOCKS)), st.integers(1, 60))
def test_due_is_a_working_day_and_the_count_is_exact(start: date, code: str, days: int) -> None:
    found = compute(code, start, CALENDAR, days=days)
    assert CALENDAR.is_working_day(found.due).working
    counted = [d.date for d in found.trace if d.counted]
    assert len(counted) == days and counted[-1] == found.due
    assert found.due == CALENDAR.add_working_days(start, days)


@settings(max_examples=120, deadline=None)
@given(starts, st.integers(0, 40), st.integers(0, 60), st.integers(0, 20), st.integers(0, 20))
def test_a_longer_pause_never_ends_earlier(
    start: date, offset: int, length: int, more: int, extend: int
) -> None:
    first = start + timedelta(days=offset)
    shorter = (first, first + timedelta(days=length))
    longer = (first, first + timedelta(days=length + more))
    plain = due("reply", start, extend=extend)
    assert plain <= due("reply", start, pauses=[shorter], extend=extend)
    assert due("reply", start, pauses=[shorter], extend=extend) <= due(
        "reply", start, pauses=[longer], extend=extend
    )


@settings(max_examples=80, deadline=None)
@given(starts, st.integers(1, 19))
def test_an_extension_is_counted_on_from_the_last_day(start: date, extend: int) -> None:
    found = compute("reply", start, CALENDAR, extend=extend)
    assert found.due == CALENDAR.add_working_days(found.base_due, extend)
    assert found.due < due("reply", start, extend=extend + 1)
