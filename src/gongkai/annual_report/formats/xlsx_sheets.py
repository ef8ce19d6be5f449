"""How sheets of a workbook are drawn (工作表): tables of the form, and lists that filter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from gongkai.annual_report.formats.outline import BLANK, Box, PrintedTable
from gongkai.foundation.printable import width_of
from gongkai.rules.report.form import Form

Row = tuple[Any, ...]
_FONT, _TITLE_FONT = "宋体", "方正小标宋简体"
# Width of a millimetre in the workbook's characters, and the widest sheet that prints upright.
_CHARACTERS = 0.56
_NARROW = 7
# Points of one line, and the highest row a workbook takes.
_LINE, _HIGHEST = 15, 400


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: heading and width in characters; one that wraps makes its rows higher."""

    label: str
    width: int
    wraps: bool = False


class Book:
    """A workbook with the few formats it needs."""

    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        base = {"font_name": _FONT, "font_size": 11, "valign": "vcenter"}
        boxed = {**base, "border": 1, "text_wrap": True}
        self.title = workbook.add_format(
            {**base, "font_name": _TITLE_FONT, "font_size": 16, "align": "center"}
        )
        self.heading = workbook.add_format({**base, "bold": True, "font_size": 12})
        self.head = workbook.add_format({**boxed, "align": "center", "bg_color": "#EDEBE4"})
        self.side = workbook.add_format({**boxed, "align": "left"})
        self.value = workbook.add_format({**boxed, "align": "center"})
        self.label = workbook.add_format({**boxed, "bold": True, "bg_color": "#EDEBE4"})
        self.text = workbook.add_format({**base, "valign": "top", "text_wrap": True})
        self.day = workbook.add_format({**base, "valign": "top", "align": "left", "num_format": "yyyy-mm-dd"})
        self.plain = workbook.add_format({**base, "valign": "top"})

    def listing(
        self, name: str, columns: Sequence[Column], rows: Iterable[Row], *, fixed_columns: int = 1
    ) -> None:
        """A list: its heads stay in sight and filter."""
        sheet = self.workbook.add_worksheet(name)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.label, self.label)
        sheet.set_row(0, _LINE * max(_lines(column.label, column.width) for column in columns) + 3)
        wrapping = [place for place, column in enumerate(columns) if column.wraps]
        wraps = [self.text if column.wraps else self.plain for column in columns]
        last = 0
        for last, row in enumerate(rows, start=1):
            if wrapping:
                lines = max(_lines(row[place], columns[place].width) for place in wrapping)
                sheet.set_row(last, min(_LINE * lines + 3, _HIGHEST))
            for place, value in enumerate(row):
                if isinstance(value, str):
                    if value:
                        sheet.write_string(last, place, value, wraps[place])
                elif isinstance(value, date):
                    sheet.write_datetime(last, place, value, self.day)
                elif value is not None:
                    sheet.write_number(last, place, value, wraps[place])
        sheet.freeze_panes(1, fixed_columns)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        _printed(sheet, landscape=True)
        sheet.repeat_rows(0)


def sheet_of_table(
    book: Book, name: str, heading: tuple[str, str], tables: Sequence[PrintedTable], form: Form
) -> None:
    """A sheet with the tables of one section in the official form, numbers as numbers."""
    sheet = book.workbook.add_worksheet(name)
    width = len(tables[0].widths)
    for place, characters in enumerate(_characters(tables[0])):
        sheet.set_column(place, place, characters)
    title, section = heading
    sheet.merge_range(0, 0, 0, width - 1, title, book.title)
    sheet.set_row(0, 30)
    sheet.write_string(1, 0, section, book.heading)
    sheet.set_row(1, 24)
    first = 2
    heads = 0
    for table in tables:
        heads = first + len(next(table.groups())[1])
        first = _drawn(book, sheet, table, first, form) + 1
    if width > _NARROW:
        sheet.freeze_panes(heads, 0)
    _printed(sheet, landscape=width > 10)


def _drawn(book: Book, sheet: Any, table: PrintedTable, first: int, form: Form) -> int:
    taken: set[tuple[int, int]] = set()
    widths = _characters(table)
    for down, row in enumerate(table.rows):
        column, lines = 0, 1
        for box in row:
            while (down, column) in taken:
                column += 1
            taken |= {(down + i, column + j) for i in range(box.rows) for j in range(box.columns)}
            _put(book, sheet, box, first + down, column, form)
            if box.rows == 1 and not box.cell:
                lines = max(lines, _lines(box.text, sum(widths[column : column + box.columns])))
            column += box.columns
        sheet.set_row(first + down, max(_LINE * lines + 3, 20))
    return first + len(table.rows)


def _characters(table: PrintedTable) -> list[float]:
    """The widths of a table's columns in the workbook's measure."""
    return [max(width * _CHARACTERS, 7) for width in table.widths]


def _lines(text: str, width: float) -> int:
    """Lines that a text takes in a column of this width."""
    return sum(ceil(width_of(line) / (width - 0.5)) or 1 for line in text.split("\n"))


def _put(book: Book, sheet: Any, box: Box, row: int, column: int, form: Form) -> None:
    style = book.value if box.cell else book.side if box.side and box.rows == 1 else book.head
    if box.rows > 1 or box.columns > 1:
        sheet.merge_range(row, column, row + box.rows - 1, column + box.columns - 1, "", style)
    value = number(box.text) if box.cell and form.cells[box.cell].kind != "text" else box.text
    if box.cell and box.text == BLANK:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    else:
        sheet.write_number(row, column, value, style)


def _printed(sheet: Any, *, landscape: bool) -> None:
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    sheet.set_footer("&C— &P —")


def number(value: str | None) -> Any:
    """A value as a number, None where it is blank; words with a unit stay words."""
    if value is None or value == "":
        return None
    try:
        whole = float(value)
    except ValueError:
        return value
    # A workbook holds 15 digits of a number; a longer one stays exact as text.
    if len(value.lstrip("-").replace(".", "")) > 15:
        return value
    return int(whole) if whole.is_integer() else whole
