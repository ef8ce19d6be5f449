"""A list as a sheet: readable on the screen and on paper as it comes."""

from __future__ import annotations

import io

import openpyxl
import xlsxwriter

from gongkai.foundation.printable import width_of
from gongkai.web.desk.sheets import finish


def test_columns_are_as_wide_as_their_words_and_the_page_is_set_up() -> None:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        finish(sheet, ["文号", "名称", "内容"], [3, width_of("示范区农村危房改造实施方案"), 900], 7)
    made = openpyxl.load_workbook(held).active
    number, name, words = (made.column_dimensions[one].width for one in "ABC")
    assert number >= 10 and 26 < name < 30 and 60 <= words < 62
    assert made.freeze_panes == "A2" and made.auto_filter.ref == "A1:C8" and made.print_title_rows == "$1:$1"
    assert made.page_setup.orientation == "landscape" and made.page_setup.paperSize == 9
    assert made.sheet_properties.pageSetUpPr.fitToPage and made.page_setup.fitToHeight == 0


def test_a_chinese_character_is_as_wide_as_two_figures() -> None:
    assert (width_of("2024年"), width_of("（一）"), width_of("")) == (6, 6, 0)
