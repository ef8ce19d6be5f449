"""Working days against the notices and an independent library; notices that cannot be."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import chinese_calendar
import numpy as np
import pytest

from gongkai.rules.calendar import (
    CalendarRefused,
    YearNotAnnounced,
    announced,
    built_in_notices,
    notice_warnings,
    parse_notice,
)
from gongkai.rules.calendar_batch import due_dates
from gongkai.rules.periods import PeriodRefused, period_end

CALENDAR = announced()
DAYS = [date(2019, 1, 1) + timedelta(days=i) for i in range(2922)]
# Made for the tests: shaped like a notice, and not one.
NEXT_YEAR: dict[str, Any] = {
    "year": 2027,
    "region": "national",
    "notice": "（测试用）2027年放假安排",
    "holidays": ["2026-12-31", "2027-01-01", "2027-05-01", "2027-10-01"],
    "workdays": ["2026-12-27"],
}


def test_CAL_working_day() -> None:
    """全体公民放假的假日，如果适逢周六、周日，应当在工作日补假。"""
    assert DAYS[-1] == date(2026, 12, 31)
    wrong = [d for d in DAYS if CALENDAR.is_working_day(d).working != chinese_calendar.is_workday(d)]
    assert wrong == []


@pytest.mark.parametrize("n", [7, 10, 15, 20, 40])
def test_due_dates_equal_a_day_loop_for_every_start(n: int) -> None:
    working = [d for d in DAYS if chinese_calendar.is_workday(d)]
    first_after = dict(zip(DAYS, _ranks(working), strict=True))
    starts = [d for d in DAYS if first_after[d] + n - 1 < len(working)]
    expected = [working[first_after[d] + n - 1] for d in starts]
    assert [CALENDAR.add_working_days(d, n) for d in starts] == expected
    batch = due_dates(CALENDAR, np.array(starts, dtype="datetime64[D]"), n)
    assert batch.tolist() == expected
    if len(starts) < len(DAYS):
        with pytest.raises(YearNotAnnounced):
            CALENDAR.add_working_days(DAYS[len(starts)], n)


def _ranks(working: list[date]) -> list[int]:
    """For each day, how many working days lie on or before it, by walking."""
    ranks, passed = [], 0
    for day in DAYS:
        if passed < len(working) and working[passed] == day:
            passed += 1
        ranks.append(passed)
    return ranks


def test_the_batch_refuses_what_the_single_refuses() -> None:
    starts = np.array(["2026-06-01", "2026-12-20"], dtype="datetime64[D]")
    with pytest.raises(YearNotAnnounced, match="2027"):
        due_dates(CALENDAR, starts, 20)
    with pytest.raises(CalendarRefused, match="至少是 1"):
        due_dates(CALENDAR, starts, 0)
    assert due_dates(CALENDAR, starts[:0], 20).size == 0


def test_reasons_name_the_festival_and_the_notice() -> None:
    expected = {
        date(2019, 2, 5): "春节放假（国办发明电〔2018〕15号；劳动节改按国办发明电〔2019〕3号）",
        date(2020, 10, 8): "国庆节、中秋节放假（国办发明电〔2019〕16号；春节改按国办发明电〔2020〕1号）",
        date(2021, 4, 5): "清明节放假（国办发明电〔2020〕27号）",
        date(2022, 12, 31): "元旦放假（国办发明电〔2022〕16号）",
        date(2023, 6, 23): "端午节放假（国办发明电〔2022〕16号）",
        date(2024, 5, 3): "劳动节放假（国办发明电〔2023〕7号）",
        date(2024, 9, 16): "中秋节放假（国办发明电〔2023〕7号）",
        date(2026, 2, 14): "调休上班（国办发明电〔2025〕7号）",
        date(2024, 2, 9): "工作日",
    }
    assert {day: CALENDAR.is_working_day(day).reason for day in expected} == expected


def test_CAL_4_regional() -> None:
    """少数民族习惯的节日，由各少数民族聚居地区的地方人民政府，按照各该民族习惯，规定放假日期。"""
    ningxia = announced("ningxia")
    differing = [d for d in DAYS if CALENDAR.status(d).working != ningxia.status(d).working]
    assert len(differing) == 14
    assert date(2021, 5, 13) in differing and not ningxia.status(date(2021, 5, 13)).working
    assert ningxia.status(date(2021, 5, 13)).reason.startswith("宁夏回族自治区规定的节日放假")
    assert ningxia.gaps(2022) == ()
    assert "没有宁夏回族自治区 2023 年的地区放假通知" in ningxia.gaps(2023)[0]
    assert CALENDAR.gaps(2023) == ()
    with pytest.raises(CalendarRefused, match="没有“mars”这个地区，应为：national（全国）、ningxia"):
        announced("mars")


def test_the_next_notice_is_loaded_and_reaches_over_new_year() -> None:
    longer = CALENDAR.with_notices([parse_notice(NEXT_YEAR)])
    assert not longer.status(date(2026, 12, 31)).working
    assert longer.status(date(2026, 12, 27)).working
    assert longer.status(date(2027, 1, 4)).working
    assert longer.add_working_days(date(2026, 12, 30), 1) == date(2027, 1, 4)
    assert CALENDAR.status(date(2026, 12, 31)).working, "the calendar it came from is unchanged"
    assert len(longer.runs) == 1


def test_the_later_notice_of_a_year_holds() -> None:
    changed = {**NEXT_YEAR, "holidays": [*NEXT_YEAR["holidays"], "2027-03-01"], "notice": "（测试用）改"}
    longer = CALENDAR.with_notices([parse_notice(NEXT_YEAR)]).with_notices([parse_notice(changed)])
    assert longer.status(date(2027, 3, 1)).reason.endswith("放假（（测试用）改）")


def test_a_year_missing_between_two_announced_ones_is_refused() -> None:
    later = {**NEXT_YEAR, "year": 2028, "holidays": ["2028-01-01"], "workdays": []}
    gapped = CALENDAR.with_notices([parse_notice(later)])
    assert [len(run.rank) for run in gapped.runs] == [2922, 366]
    with pytest.raises(YearNotAnnounced, match="2027"):
        gapped.add_working_days(date(2026, 12, 30), 5)
    assert gapped.add_working_days(date(2028, 1, 1), 1) == date(2028, 1, 3)
    both = np.array(["2026-01-05", "2028-01-01"], dtype="datetime64[D]")
    assert due_dates(gapped, both, 1).tolist() == [date(2026, 1, 6), date(2028, 1, 3)]


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ({"year": "2027"}, "“year”是 “2027”，应是四位年份"),
        ({"region": "mars"}, "“region”是 “mars”，应为：national"),
        ({"notice": " "}, "“notice”空着，填写通知的文号"),
        ({"holidays": "2027-01-01"}, "“holidays”应是日期的列表"),
        ({"holidays": []}, "“holidays”里一天也没有"),
        ({"holidays": ["2027-02-30"]}, "“2027-02-30” 不是日期"),
        ({"holidays": ["20270101"]}, "“20270101” 不是日期"),
        ({"holidays": [20270101]}, "不是日期"),
        ({"holidays": ["2026-10-01"]}, "2026-10-01 不在 2027 年"),
        ({"holidays": ["2027-01-01", "2027-01-01"]}, "2027-01-01 写了两次"),
        ({"workdays": ["2027-05-01"]}, "2027-05-01 既写成放假又写成上班"),
        ({"workdays": ["2027-05-05"]}, "2027-05-05 不是周六、周日"),
        ({"issued_on": "去年"}, "“issued_on”是 “去年”"),
    ],
)
def test_notices_that_cannot_be(change: dict[str, Any], finding: str) -> None:
    with pytest.raises(CalendarRefused) as caught:
        parse_notice({**NEXT_YEAR, **change})
    assert finding in str(caught.value)


def test_all_findings_come_at_once() -> None:
    with pytest.raises(CalendarRefused) as caught:
        parse_notice({"year": 2027, "notice": "", "holidays": ["x"], "workdays": ["2027-05-05"]})
    assert len(caught.value.findings) == 3
    with pytest.raises(CalendarRefused, match="JSON 对象"):
        parse_notice(["2027-01-01"])


def test_a_notice_without_the_fixed_days_is_warned_of() -> None:
    short = parse_notice({**NEXT_YEAR, "holidays": ["2027-02-06"], "workdays": []})
    assert [w[5:8] for w in notice_warnings(short)] == ["元旦（", "劳动节", "国庆节"]
    assert all(notice_warnings(notice) == () for notice in built_in_notices())


def test_CAL_85_last_day() -> None:
    """期间届满的最后一日是法定休假日的，以法定休假日后的第一日为期间届满的日期。"""
    sixty = period_end(date(2021, 8, 2), CALENDAR, days=60)
    assert (sixty.nominal, sixty.due) == (date(2021, 10, 1), date(2021, 10, 8))
    assert "国庆节放假" in sixty.why and sixty.why.endswith("顺延到 2021-10-08。")
    months = period_end(date(2023, 8, 31), CALENDAR, months=6)
    assert months.nominal == months.due == date(2024, 2, 29)
    assert period_end(date(2024, 3, 1), CALENDAR, days=15).due == date(2024, 3, 18), "a Saturday"
    with pytest.raises(YearNotAnnounced):
        period_end(date(2026, 11, 23), CALENDAR, days=60)
    with pytest.raises(PeriodRefused):
        period_end(date(2024, 3, 1), CALENDAR, days=60, months=6)
    with pytest.raises(PeriodRefused):
        period_end(date(2024, 3, 1), CALENDAR)
