"""The acts on a filing: who may not do which step, what is too early, what is near-equal, the year in figures."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from gongkai.annual_report import filings, sealing
from gongkai.annual_report.alike import alike
from gongkai.annual_report.compile import compile_report
from gongkai.annual_report.differences import differences
from gongkai.annual_report.output import as_json
from gongkai.annual_report.problems import problems_of
from gongkai.annual_report.said import marks
from gongkai.annual_report.year_figures import SUBJECTS, year_figures
from gongkai.foundation.actors import COMMAND_LINE, PUBLIC, Actor, NotAllowed
from gongkai.rules.report.filing_states import TRANSITIONS
from tests.conftest import NOW, District, day, enter
from tests.web.desk_support import account_with, acting

ITEMS = ("licence", "penalty", "coercion", "fee")
TODAY = date(2022, 1, 10)


def declare(organ: object, year: int = 2021) -> None:
    for month in range(1, 13):
        for item in ITEMS:
            enter("statistics", organ, year=year, month=month, item=item, value=Decimal(0))


def published(organ: object, title: str, on: str, channel: str = "portal", class_: str = "document") -> None:
    values = {"title": title, "channel": channel, "class": class_, "published_on": day(on), "url": ""}
    enter("publications", organ, **values)


def test_who_prepared_does_not_approve_and_is_told_so(district: District) -> None:
    lead = acting(account_with("disclosure_lead", district.education))
    head = acting(account_with("unit_head", district.education))
    filing = filings.open_filing(district.education, 2021, by=lead, now=NOW)
    said = filings.forbidden(filing, TRANSITIONS["submit"], lead)
    assert said.startswith("填报和批准报送应当由不同的人承担") and "由另一位有权限的人报送" in said
    assert filings.forbidden(filing, TRANSITIONS["submit"], head) == ""
    with pytest.raises(filings.FilingRefused, match="由另一位有权限的人报送"):
        filings.submit(filing, by=lead, now=NOW)


def test_a_year_is_sealed_once_it_is_over() -> None:
    assert sealing.too_early(2021, date(2021, 12, 31)) == (
        "2021 年还没有结束，全年的数还数不全。2022 年 1 月 1 日起再封存。"
    )
    assert sealing.too_early(2021, date(2022, 1, 1)) == ""


def test_the_draft_is_kept_beside_what_is_written(district: District) -> None:
    declare(district.education)
    filing = filings.open_filing(district.education, 2021, by=COMMAND_LINE, now=NOW)
    filings.write_text(filing, "other", "本年度没有收取信息处理费。", by=COMMAND_LINE, now=NOW)
    report = compile_report(district.education, 2021, reader=COMMAND_LINE, today=TODAY)
    assert report.draft.text("other") == "本年度没有收取信息处理费。"
    assert "没有产生信息公开处理费" in report.drafted.text("other")
    assert report.drafted.text("lead") == report.draft.text("lead")


def test_every_number_of_a_text_is_marked(district: District) -> None:
    enter("requests", district.education, received_on=day("2021-03-01"), **{"class": "natural"})
    report = compile_report(district.education, 2021, reader=COMMAND_LINE, today=TODAY)
    text = "2021 年收到政府信息公开申请 7 件，上年结转 0 件，另有 3 只猫。"
    found = {one.text: one.state for one in marks(report, "overview.1", text) if one.state}
    assert found == {"7": "differs", "0": "agrees", "3": "unread"}
    assert "".join(one.text for one in marks(report, "overview.1", text)) == text


def test_near_equal_words_are_found_in_another_units_report(district: District) -> None:
    text = "主动公开的信息更新不够及时，个别栏目长期没有新内容，专职人员只有一名且一年一换。"
    for organ in (district.education, district.civil):
        filing = filings.open_filing(organ, 2021, by=COMMAND_LINE, now=NOW)
        filings.write_text(filing, "problems", f"{text}{organ.code}", by=COMMAND_LINE, now=NOW)
    (one,) = alike(filing, "problems", text)
    assert one.whose == "示范区教育局" and one.percent == 100
    assert "".join(run for run, _ in one.runs).startswith(text)
    assert alike(filing, "problems", "完全是另一回事，说的是公报发到了村里，群众看得见。") == []


def test_last_years_problems_of_the_government_are_its_offices(district: District) -> None:
    values = {"year": 2020, "role": "problem", "heading": "更新不及时", "text": "栏目更新慢。"}
    enter("report-problems", district.office, **values, progress="已建立周检查。")
    (one,) = problems_of(district.government, 2020, reader=COMMAND_LINE)
    assert (one.heading, one.progress) == ("更新不及时", "已建立周检查。")
    assert problems_of(district.education, 2020, reader=COMMAND_LINE) == []
    assert problems_of(district.government, 2020, reader=Actor(ref="account:0")) == []


def test_differences_name_cells_words_parts_and_checks(district: District) -> None:
    declare(district.education)
    before = as_json(compile_report(district.education, 2021, reader=COMMAND_LINE, today=TODAY))
    filing = filings.open_filing(district.education, 2021, by=COMMAND_LINE, now=NOW)
    filings.write_text(filing, "overview.1", "收到政府信息公开申请 5 件。", by=COMMAND_LINE, now=NOW)
    enter("requests", district.education, received_on=day("2021-03-01"), **{"class": "natural"})
    after = as_json(compile_report(district.education, 2021, reader=COMMAND_LINE, today=TODAY))
    found = differences(before, after)
    assert ("t3.r1.c1", "0", "1") in {(one.cell, one.before, one.after) for one in found.cells}
    assert [one.section for one in found.texts] == ["overview.1"]
    assert "K9" in {one.check for one in found.checks if not one.before and one.after}
    assert not differences(after, after) and not differences(after, after).checks


def test_the_year_in_figures_against_last_year(district: District) -> None:
    for number, on in enumerate(("2021-01-05", "2021-03-09", "2021-03-10")):
        published(district.education, f"甲{number}", on)
    published(district.office, "乙", "2021-06-01", "wechat", "bulletin")
    published(district.civil, "丙", "2020-03-01")
    subject = SUBJECTS["publications"]
    found = year_figures(district.government, 2021, subject, reader=COMMAND_LINE, today=TODAY)
    plots = {p.code: {r.label: (r.value, r.before) for r in p.rows} for p in found.plots}
    assert (found.total, found.before) == (4, 1)
    assert plots["unit"] == {
        "区教育局": (3, 0), "区政府办公室": (1, 0), "区民政局": (0, 1), "东河镇": (0, 0)
    }  # fmt: skip
    assert plots["month"]["3 月"] == (2, 1) and len(plots["month"]) == 12
    assert plots["channel"] == {"政府网站": (3, 1), "微信公众号": (1, 0)}
    own = year_figures(district.education, 2021, subject, reader=COMMAND_LINE, today=TODAY)
    assert own.before is None and all(row.before is None for plot in own.plots for row in plot.rows)
    assert "unit" not in {plot.code for plot in own.plots}


def test_a_running_year_is_held_against_the_same_months(district: District) -> None:
    published(district.education, "甲", "2021-02-05")
    published(district.education, "乙", "2020-02-05")
    published(district.education, "丙", "2020-11-05")
    subject = SUBJECTS["publications"]
    found = year_figures(district.education, 2021, subject, reader=COMMAND_LINE, today=date(2021, 4, 2))
    assert (found.total, found.before, found.until) == (1, 1, 4)
    with pytest.raises(NotAllowed):
        year_figures(district.education, 2021, subject, reader=PUBLIC, today=TODAY)


def test_figures_take_the_same_queries_for_many_units(
    district: District, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for organ in district.all[1:]:
        published(organ, f"{organ.code} 的", "2021-02-05")
    with django_assert_max_num_queries(12):
        year_figures(district.government, 2021, SUBJECTS["publications"], reader=COMMAND_LINE, today=TODAY)


def test_the_statutory_day_bounds_the_offices(district: District) -> None:
    with pytest.raises(filings.FilingRefused, match="晚于法定的 2022-01-31"):
        filings.set_round(district.government, 2021, date(2022, 2, 1), by=COMMAND_LINE, now=NOW)
    moment = datetime(2022, 1, 12, 2, 0, tzinfo=UTC)
    filings.chase(district.education, 2021, "1 月 20 日前报送。", by=COMMAND_LINE, now=moment)
    with pytest.raises(filings.FilingRefused, match="写明催什么"):
        filings.chase(district.education, 2021, "  ", by=COMMAND_LINE, now=moment)
