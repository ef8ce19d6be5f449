"""What the admin lists share (管理列表): headings that sort, filters, and the same rows as xlsx."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from gongkai.foundation.printable import width_of
from gongkai.web.desk.sheets import finish

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading, with the address that sorts by it and how it is sorted now."""

    label: str
    href: str = ""
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice to filter by: its name, label, options (value, label) and the one chosen."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


def kept(query: Mapping[str, Any]) -> dict[str, str]:
    """What the address asks for, without the page and the export."""
    return {k: str(v) for k, v in query.items() if k not in ("page", "export") and v}


def words(query: Mapping[str, str]) -> str:
    """The words to look for."""
    return query.get("q", "").replace("\x00", "").strip()[:100]


def headings(columns: Sequence[tuple[str, str]], query: Mapping[str, Any]) -> list[Heading]:
    """Headings of columns (code, label); a blank code cannot be sorted by."""
    keep = kept(query)
    now = keep.get("sort", "")
    found = []
    for code, label in columns:
        if not code:
            found.append(Heading(label))
            continue
        here = "ascending" if now == code else "descending" if now == f"-{code}" else ""
        following = f"-{code}" if here == "ascending" else code
        found.append(Heading(label, "?" + urlencode({**keep, "sort": following}), here))
    return found


def book(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """Rows as an xlsx to download."""
    import xlsxwriter

    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(held, options) as workbook:
        sheet = workbook.add_worksheet(name[:31])
        strong = workbook.add_format({"bold": True, "bottom": 1})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for place, label in enumerate(columns):
            sheet.write_string(0, place, label, strong)
        last, widest = 0, [0] * len(columns)
        for last, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                _write(sheet, last, place, value, day)
                widest[place] = max(widest[place], width_of("" if value is None else str(value)))
        finish(sheet, columns, widest, last)
    answer = HttpResponse(held.getvalue(), content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx") or "attachment"
    return answer


def _write(sheet: Any, row: int, place: int, value: Any, day: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(row, place, value, day)
    elif isinstance(value, int):
        sheet.write_number(row, place, value)
    else:
        sheet.write_string(row, place, str(value))
