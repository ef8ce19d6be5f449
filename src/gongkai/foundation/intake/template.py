"""The template of an import (导入模板), drawn from the kind's one description."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook, Worksheet

from gongkai.foundation.kinds import Column, Kind

SHEET, GUIDE, OPTIONS = "填报", "填写说明", "选项"
_ROWS = 2000
_TYPES = {
    "text": "文字",
    "long_text": "文字",
    "date": "日期",
    "integer": "整数",
    "decimal": "数",
    "choice": "选一项",
    "boolean": "是或否",
    "file": "文件名",
}


def template_columns(kind: Kind) -> list[dict[str, Any]]:
    """The columns as ``template KIND --json`` gives them."""
    return [
        {
            "code": column.code,
            "label": column.label,
            "type": column.type,
            "required": column.required,
            "example": example(column),
            "help": column.help,
            "choices": [{"code": choice.code, "label": choice.label} for choice in column.choices],
        }
        for column in kind.import_columns
    ]


def example(column: Column) -> str:
    """The column's example; made from its type where none was given."""
    if column.example:
        return column.example
    if column.choices:
        return column.choices[0].label
    return {"date": "2021-09-13", "integer": "1", "decimal": "1", "boolean": "是"}.get(column.type, "")


def write_template(kind: Kind, path: Path) -> None:
    """Write the empty xlsx: headings with drop-down lists, and a sheet that explains each column.

    Raises OSError where the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with xlsxwriter.Workbook(str(path)) as book:
            # The same template gives the same bytes.
            book.set_properties({"title": kind.label, "created": datetime(2021, 1, 1)})  # noqa: DTZ001
            _fill(book, kind)
    except xlsxwriter.exceptions.FileCreateError as error:
        raise error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error)) from error


def _fill(book: Workbook, kind: Kind) -> None:
    sheet, guide = book.add_worksheet(SHEET), book.add_worksheet(GUIDE)
    options = book.add_worksheet(OPTIONS)
    options.hide()
    needed = book.add_format({"bold": True, "bg_color": "#1B5FA8", "font_color": "#FFFFFF", "border": 1})
    other = book.add_format({"bold": True, "bg_color": "#E8EEF5", "border": 1})
    formats = {
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "text": book.add_format({"num_format": "@"}),
    }
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(kind.import_columns):
        width = max(12, 2 * len(column.label) + 4)
        style = formats["date"] if column.type == "date" else formats["text"]
        sheet.set_column(place, place, width, None if column.type in ("integer", "decimal") else style)
        sheet.write_string(0, place, column.label, needed if column.required else other)
        if column.choices:
            _list(sheet, options, place, column)
    _explain(guide, kind, other, book.add_format({"text_wrap": True, "valign": "top"}))
    for one in (sheet, guide):
        one.set_paper(9)
        one.set_landscape()
        one.fit_to_pages(1, 0)


def _list(sheet: Worksheet, options: Worksheet, place: int, column: Column) -> None:
    for row, choice in enumerate(column.choices):
        options.write_string(row, place, choice.label)
    letter = xlsxwriter.utility.xl_col_to_name(place)
    source = f"={OPTIONS}!${letter}$1:${letter}${len(column.choices)}"
    sheet.data_validation(
        1,
        place,
        _ROWS,
        place,
        {
            "validate": "list",
            "source": source,
            "error_title": column.label,
            "error_message": "从下拉列表里选一项。",
        },
    )


def _explain(guide: Worksheet, kind: Kind, heading: Format, words: Format) -> None:
    lead = f"{kind.label}：{kind.purpose}" if kind.purpose else kind.label
    guide.write_string(0, 0, lead)
    guide.write_string(1, 0, "一行登记一条；深色表头必填；不要合并单元格，不要写公式。")
    for place, text in enumerate(("列", "必填", "填什么", "示例", "说明")):
        guide.write_string(3, place, text, heading)
    for row, column in enumerate(kind.import_columns, 4):
        choices = "；".join(choice.label for choice in column.choices)
        cells = (
            column.label,
            "必填" if column.required else "",
            _TYPES[column.type],
            example(column),
            column.help + (("可选：" + choices) if choices else ""),
        )
        for place, text in enumerate(cells):
            guide.write_string(row, place, text, words)
    for place, width in enumerate((22, 8, 10, 28, 80)):
        guide.set_column(place, place, width)
