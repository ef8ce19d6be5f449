"""The calendar file as RFC 5545 has it, and the account of a deadline as weeks."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from gongkai.rules.calendar import announced
from gongkai.rules.deadlines import compute
from gongkai.web.portal.calendar_file import DayToKeep, calendar_file
from gongkai.web.portal.day_words import ruler, said, weeks

NOW = datetime(2021, 9, 13, 2, 0, tzinfo=UTC)


def unfolded(content: bytes) -> dict[str, str]:
    text = content.decode().replace("\r\n ", "")
    return dict(line.partition(":")[::2] for line in text.split("\r\n") if line)


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=300))
def test_every_line_is_folded_and_comes_back(words: str) -> None:
    content = calendar_file(DayToKeep("k", date(2021, 12, 31), "t", words, "http://x/"), now=NOW)
    assert all(len(line) <= 75 for line in content.split(b"\r\n")) and content.endswith(b"\r\n")
    found = unfolded(content)["DESCRIPTION"] if not words else content.decode().replace("\r\n ", "")
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    assert f"DESCRIPTION:{escaped}\r\n" in content.decode().replace("\r\n ", "") and found is not None


def test_an_event_is_one_whole_day() -> None:
    found = unfolded(
        calendar_file(DayToKeep("a;b", date(2021, 12, 31), "一,二", "行\n行", "http://x/"), now=NOW)
    )
    assert found["DTSTART;VALUE=DATE"] == "20211231" and found["DTEND;VALUE=DATE"] == "20220101"
    assert (
        found["SUMMARY"] == "一\\,二" and found["UID"] == "a\\;b" and found["DTSTAMP"] == "20210913T020000Z"
    )


def test_weeks_and_ruler_count_as_the_law_does() -> None:
    calendar = announced()
    account = compute("reply", date(2021, 9, 13), calendar, pauses=[(date(2021, 9, 16), date(2021, 9, 24))])
    table = weeks(account, calendar, start_word="收到", today=date(2021, 9, 28))
    cells = {cell.day: cell for week in table for cell in week if cell.day}
    assert all(len(week) == 7 for week in table) and table[0][0].day == date(2021, 9, 13)
    assert [c.n for c in cells.values() if c.n] == list(range(1, 21))
    assert cells[account.due].look == "due" and cells[date(2021, 9, 26)].made_up
    assert "today" in cells[date(2021, 9, 28)].look and cells[date(2021, 9, 17)].look == "pause"
    assert cells[date(2021, 10, 1)].word == "放假" and cells[date(2021, 9, 25)].word == "休息"
    assert ruler(account, calendar, date(2021, 9, 28)).ticks.count("c") == 5


def test_days_are_said_with_their_year_where_it_is_another() -> None:
    assert said(date(2021, 10, 15), date(2021, 9, 1)) == "10 月 15 日（周五）"
    assert said(date(2022, 1, 4), date(2021, 12, 1)) == "2022 年 1 月 4 日（周二）"
