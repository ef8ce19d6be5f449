"""What the demonstration is made of: counts, titles that differ in more than a number, days within the year."""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest

from gongkai.demonstration.items import Collection, Item
from gongkai.demonstration.sampling import bare, shares
from gongkai.demonstration.season import Season, season_records
from gongkai.demonstration.units import UNITS
from gongkai.demonstration.year_2021 import year_2021

TITLED = {
    "documents": "title", "interpretations": "title", "key-field-items": "title", "normative-documents": "title",
    "supervision-items": "name", "inspection-items": "name", "open-days": "theme",
}  # fmt: skip
DAY = {
    "documents": "issued_on", "interpretations": "published_on", "key-field-items": "formed_on",
    "publications": "published_on", "letters": "answered_on", "open-days": "held_on",
    "gazette-distributions": "delivered_on", "trainings": "held_on", "meetings": "held_on", "inspections": "held_on",
}  # fmt: skip


@pytest.fixture(scope="module")
def year() -> Collection:
    return year_2021()


def count(items: Iterable[Item], column: str) -> Counter[object]:
    return Counter(item.values[column] for item in items)


def test_the_units_are_those_of_the_report() -> None:
    assert Counter(one.kind for one in UNITS) == {"department": 24, "institution": 4, "township": 12}
    assert len({one.code for one in UNITS}) == 40 and UNITS[-1].code == "640302041"


def test_what_the_website_carried(year: Collection) -> None:
    portal = [item for item in year.items["publications"] if item.values["channel"] == "portal"]
    assert count(portal, "class") == {
        "document": 939, "interpretation": 32, "budget": 349, "welfare": 472, "project": 120, "key_other": 301,
    }  # fmt: skip
    assert len(portal) == 2213 and len(year.items["publications"]) == 4936
    published = {(i.organ, i.values["title"], i.values["class"]) for i in portal}
    assert len(published) == 2213
    for kind, name in (
        ("documents", "document"),
        ("interpretations", "interpretation"),
        ("key-field-items", None),
    ):
        for item in year.items[kind]:
            assert (item.organ, item.values["title"], name or item.values["field"]) in published
    assert count(year.items["documents"], "issued_as") == {
        "government": 3,
        "government_office": 54,
        "own": 882,
    }


@pytest.mark.parametrize("kind", TITLED)
def test_no_two_titles_of_a_unit_differ_only_in_a_number(year: Collection, kind: str) -> None:
    seen: dict[tuple[str, str], set[str]] = defaultdict(set)
    for item in year.items[kind]:
        title = item.values[TITLED[kind]]
        seen[item.organ, bare(title)].add(title)
    assert [titles for titles in seen.values() if len(titles) > 1] == []


def test_no_two_news_of_a_unit_differ_only_in_a_number(year: Collection) -> None:
    news = [i for i in year.items["publications"] if i.values["channel"] != "portal"]
    assert len({(i.organ, bare(i.values["title"])) for i in news}) == len(news) == 2723


def test_everything_happened_within_the_year(year: Collection) -> None:
    for kind, column in DAY.items():
        days = [item.values[column] for item in year.items[kind]]
        assert min(days) >= date(2021, 1, 1) and max(days) <= date(2021, 12, 31), kind


def test_document_numbers_are_not_given_twice(year: Collection) -> None:
    for kind in ("documents", "normative-documents"):
        numbers = [(item.organ, item.values["document_number"]) for item in year.items[kind]]
        assert len(set(numbers)) == len(numbers)


def test_evidence_says_what_was_declared(year: Collection) -> None:
    declared: dict[str, dict[tuple[int, int], Decimal]] = defaultdict(dict)
    items = ("licence", "penalty", "coercion", "fee")
    for item in year.items["statistics"]:
        declared[item.evidence][item.values["month"], items.index(item.values["item"])] = item.values["value"]
    assert len(declared) == len(year.files) == 164
    for name, values in declared.items():
        sheet = openpyxl.load_workbook(io.BytesIO(year.files[name])).active
        assert sheet is not None
        for line in (4, 5, 6):
            month = int(str(sheet.cell(line, 1).value).removesuffix("月"))
            for column in range(4):
                written = Decimal(str(sheet.cell(line, column + 2).value))
                assert written == values[month, column], (name, month)


def test_the_same_content_every_time() -> None:
    first, second = year_2021(), year_2021()
    assert first.items == second.items and first.files == second.files


@pytest.mark.parametrize("total", [0, 1, 9, 10_723, 3_056_818_050])
def test_shares_add_up(total: int) -> None:
    assert sum(shares(total, [3, 1, 1, 7, 0, 2])) == total


def test_the_running_year_on_any_day_of_2026_to_2028() -> None:
    day = date(2026, 1, 1)
    while day < date(2029, 1, 1):
        season = Season.of(day)
        found = season_records(season)
        assert len(found) > 100
        for kind, items in found.items.items():
            for item in items:
                for value in item.values.values():
                    if isinstance(value, date):
                        assert date(season.year, 1, 1) <= value <= min(day, date(season.year, 12, 31)), (
                            day,
                            kind,
                        )
        months = {i.values["month"] for i in found.items["statistics"]}
        assert max(months) < day.month or season.year < day.year
        day += timedelta(days=1)


def test_nothing_of_the_running_year_counts_in_2021() -> None:
    assert Season.of(date(2026, 1, 1)).year == 2025
    assert Season.of(date(2026, 4, 1)).year == 2026
