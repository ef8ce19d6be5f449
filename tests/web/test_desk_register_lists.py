"""Registers as lists: filtered, sorted, paged, exported, in a fixed number of questions."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.foundation import kinds
from tests.conftest import District, enter
from tests.web.desk_record_support import HOME
from tests.web.desk_support import page, send, text
from tests.web.test_desk_records import filled, prepared


@pytest.fixture
def many(district: District) -> None:
    for number in range(1, 61):
        enter(
            "documents", district.education, title=f"关于{'招生' if number % 2 else '资助'}的通知{number:02d}",
            document_number=f"示教发〔2021〕{number}号", issued_as="own", issued_on=date(2021, 1 + number % 12, 5),
        )  # fmt: skip


def test_a_list_filters_sorts_pages_and_exports(desk: Client, many: None) -> None:
    address = f"{HOME}documents/"
    html = page(desk, address)
    assert "60 条" in html and "第 1 页，共 2 页" in html and html.count('<th scope="row">') == 50
    assert page(desk, f"{address}?page=2").count('<th scope="row">') == 10
    assert "30 条" in page(desk, f"{address}?q=招生")
    html = page(desk, f"{address}?sort=title&q=资助")
    assert 'aria-sort="ascending"' in html and html.index("通知02") < html.index("通知04")
    html = page(desk, f"{address}?sort=-title")
    assert 'aria-sort="descending"' in html and html.index("通知60") < html.index("通知58")
    assert "没有符合的" in page(desk, f"{address}?year=2020") and "没有符合的" in page(
        desk, f"{address}?q=没有"
    )
    assert "60 条" in page(desk, f"{address}?sort=nothing&issued_as=nothing&year=x&page=zzz")
    answer = desk.get(f"{address}?q=招生&export=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = list(book.active.values)  # type: ignore[union-attr]
    assert rows[0][:2] == ("标题", "文号") and len(rows) == 31


def test_a_list_says_nothing_twice(desk: Client, many: None) -> None:
    html = page(desk, f"{HOME}documents/?q=通知07")
    assert html.count("关于招生的通知07") == 1 and ">标题<" in html


def test_lists_ask_a_fixed_number_of_questions(desk: Client, district: District) -> None:
    prepared(district)
    for code in (
        "publications",
        "gazette-distributions",
        "inspection-items",
        "normative-events",
        "statistics",
    ):
        counted = []
        for rows in (1, 5):
            for n in range(rows):
                own = {"code": f"SS-{rows}-{n}", "month": str(n + rows), "title": f"题目{rows}{n}"}
                values = filled(kinds.get(code)) | own
                send(desk, f"{HOME}{code}/new/", **values)
            page(desk, f"{HOME}{code}/")
            with CaptureQueriesContext(connection) as seen:
                page(desk, f"{HOME}{code}/")
            counted.append(len(seen))
        assert counted[0] == counted[1] <= 16, (code, counted)


def test_the_template_and_the_export_can_be_imported_again(desk: Client, many: None) -> None:
    answer = desk.get(f"{HOME}documents/template.xlsx")
    assert openpyxl.load_workbook(io.BytesIO(answer.content))["填报"]
    exported = desk.get(f"{HOME}documents/?export=xlsx&q=通知07").content
    html = text(desk.post(f"{HOME}documents/import/", {"file": SimpleUploadedFile("导出.xlsx", exported)}))
    assert "1 行都对" in html
