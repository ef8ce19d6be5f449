"""A register as a list (登记簿): filtered, sorted, paged, and the same rows as xlsx."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import Page as Sheet
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict

from gongkai.foundation.actors import Actor
from gongkai.foundation.kinds import Column, Kind
from gongkai.foundation.models import Organ, Record
from gongkai.foundation.printable import width_of
from gongkai.foundation.records import model_of, values_of, visible
from gongkai.web.desk.sheets import finish

PAGE_SIZE = 50
_MOST_EXPORTED = 50_000


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading, with the address that sorts by it and how it is sorted now."""

    label: str
    href: str
    sorted: str
    number: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice to filter by: its name, label, options (value, label) and the one chosen."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row, under its column's label (which a phone shows beside it)."""

    label: str
    text: str
    number: bool
    required: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A register as a page shows it; ``query`` is what was asked, without the page."""

    lead: Heading
    headings: list[Heading]
    rows: list[tuple[Record, str, list[Cell]]]
    sheet: Sheet[Record]
    filters: list[Filter]
    q: str
    query: str
    sort: str
    total: int


def listed_columns(kind: Kind) -> list[Column]:
    """The columns a list shows."""
    return [column for column in kind.columns if column.listed]


def shown(column: Column, value: Any) -> str:
    """A value as a person reads it."""
    if value is None or value == "":
        return ""
    if column.choices:
        chosen = column.choice(str(value))
        return chosen.label if chosen else str(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def listing(kind: Kind, organ: Organ, reader: Actor, query: QueryDict) -> Listing:
    """One page of a register, as the address asks for it; what it asks wrongly is left out."""
    rows = _sorted(kind, _filtered(kind, visible(kind, reader, organ), query), query.get("sort", ""))
    sheet = Paginator(rows.select_related("organ", *_related(kind)), PAGE_SIZE).get_page(query.get("page"))
    columns = listed_columns(kind)
    kept = {k: str(v) for k, v in query.items() if k not in ("page", "export") and v}
    found = [(row, kind.title(row), _cells(kind, columns, row)) for row in sheet]
    # What the title says already is not said twice.
    twice = next((n for n in range(len(columns)) if all(c[n].text == title for _, title, c in found)), None)
    rest = [n for n in range(len(columns)) if n != twice]
    return Listing(
        lead=_heading(kind, columns[twice], kept) if twice is not None else Heading("记录", "", "", False),
        headings=[_heading(kind, columns[n], kept) for n in rest],
        rows=[(row, title, [cells[n] for n in rest]) for row, title, cells in found],
        sheet=sheet,
        filters=_filters(kind, query, visible(kind, reader, organ)),
        q=query.get("q", ""),
        query=urlencode(kept),
        sort=kept.get("sort", ""),
        total=sheet.paginator.count,
    )


def _related(kind: Kind) -> tuple[str, ...]:
    dotted = {column.field.partition(".")[0] for column in kind.columns if "." in column.field}
    return tuple(dict.fromkeys((*kind.list_related, *sorted(dotted))))


def _cells(kind: Kind, columns: Sequence[Column], record: Record) -> list[Cell]:
    values = values_of(kind, record, columns)
    return [
        Cell(column.label, shown(column, values[column.code]), _numeric(column), column.required)
        for column in columns
    ]


def _numeric(column: Column) -> bool:
    return column.type in ("integer", "decimal")


def _path(column: Column) -> str:
    return column.field.replace(".", "__")


def sortable(kind: Kind, column: Column) -> bool:
    """Whether the database can sort by the column."""
    try:
        model_of(kind)._meta.get_field(column.field.partition(".")[0])
    except FieldDoesNotExist:
        return False
    return column.type != "long_text"


def _filtered(kind: Kind, rows: QuerySet[Record], query: Mapping[str, str]) -> QuerySet[Record]:
    words = query.get("q", "").replace("\x00", "").strip()
    if words and kind.search:
        found = Q()
        for field in kind.search:
            found |= Q(**{f"{field}__icontains": words})
        rows = rows.filter(found)
    year = query.get("year", "")
    if year.isascii() and year.isdigit() and len(year) == 4:
        rows = rows.filter(_in_year(kind, int(year)))
    for column in kind.columns:
        wanted = query.get(column.code, "")
        if column.choices and wanted and sortable(kind, column) and column.choice(wanted):
            rows = rows.filter(**{_path(column): wanted})
    return rows


def _in_year(kind: Kind, year: int) -> Q:
    column = kind.column(kind.date_column)
    if column.type == "integer":
        return Q(**{_path(column): year})
    return Q(**{f"{_path(column)}__gte": date(year, 1, 1), f"{_path(column)}__lte": date(year, 12, 31)})


def _sorted(kind: Kind, rows: QuerySet[Record], wanted: str) -> QuerySet[Record]:
    down, code = wanted.startswith("-"), wanted.lstrip("-")
    known = {column.code: column for column in listed_columns(kind) if sortable(kind, column)}
    if code in known:
        return rows.order_by(("-" if down else "") + _path(known[code]), "-pk")
    return rows.order_by("-pk")


def _heading(kind: Kind, column: Column, kept: dict[str, str]) -> Heading:
    number = _numeric(column)
    if not sortable(kind, column):
        return Heading(column.label, "", "", number)
    now = kept.get("sort", "")
    here = "ascending" if now == column.code else "descending" if now == f"-{column.code}" else ""
    following = f"-{column.code}" if here == "ascending" else column.code
    return Heading(column.label, "?" + urlencode({**kept, "sort": following}), here, number)


def _filters(kind: Kind, query: Mapping[str, str], rows: QuerySet[Record]) -> list[Filter]:
    years = _years(kind, rows)
    found = [Filter("year", "年份", tuple((str(y), f"{y} 年") for y in years), query.get("year", ""))]
    for column in kind.columns:
        if column.choices and column.listed and sortable(kind, column):
            options = tuple((choice.code, choice.label) for choice in column.choices)
            found.append(Filter(column.code, column.label, options, query.get(column.code, "")))
    return found


def _years(kind: Kind, rows: QuerySet[Record]) -> list[int]:
    """The years in which the register has anything, newest first."""
    column = kind.column(kind.date_column)
    field = _path(column)
    if column.type == "integer":
        found = rows.order_by().values_list(field, flat=True).distinct()
    else:
        found = rows.order_by().values_list(f"{field}__year", flat=True).distinct()
    return sorted({year for year in found if year}, reverse=True)


def export(kind: Kind, organ: Organ, reader: Actor, query: QueryDict) -> bytes:
    """The rows of the list, all pages, with the columns of the kind, as xlsx; a sealed word never leaves so."""
    import xlsxwriter

    columns = [column for column in kind.columns if not (column.personal and _sealed(kind, column))]
    rows = _sorted(kind, _filtered(kind, visible(kind, reader, organ), query), query.get("sort", ""))
    held = io.BytesIO()
    with xlsxwriter.Workbook(
        held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(kind.label[:31])
        strong = book.add_format({"bold": True, "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.label, strong)
        last, widest = 0, [0] * len(columns)
        for last, record in enumerate(rows.select_related("organ", *_related(kind))[:_MOST_EXPORTED], 1):
            values = values_of(kind, record, columns)
            for place, column in enumerate(columns):
                _write(sheet, last, place, column, values[column.code], day)
                widest[place] = max(widest[place], width_of(shown(column, values[column.code])))
        finish(sheet, [column.label for column in columns], widest, last)
    return held.getvalue()


def _sealed(kind: Kind, column: Column) -> bool:
    """Whether the table keeps the column's value sealed: then it is no field of its own (加密保存)."""
    return column.field not in {field.name for field in model_of(kind)._meta.get_fields()}


def _write(sheet: Any, row: int, place: int, column: Column, value: Any, day: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date) and not column.choices:
        sheet.write_datetime(row, place, value, day)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool) and not column.choices:
        sheet.write_number(row, place, value)
    else:
        sheet.write_string(row, place, shown(column, value))
