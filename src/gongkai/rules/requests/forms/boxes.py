"""Boxes of a form (表格的格): headings, what is filled in, room for a hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.rules.documents import Cell, printed

Row = tuple[Cell, ...]
Rows = tuple[tuple[str, ...], ...]
DAY = "　　年　　月　　日"


class FormRefused(ValueError):
    """Something a form has no box for; the message names what it has."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What is known for a form (已知的内容). ``values``: by element; ``details``: further boxes; ``rows``: its lines."""

    values: Mapping[str, str]
    organ: str
    dated: date
    rows: Rows
    details: Mapping[str, str]

    def get(self, code: str) -> str:
        """A value or a detail, without blanks around it; "" for none."""
        return (self.values.get(code) or self.details.get(code) or "").strip()

    @property
    def day(self) -> str:
        """The day of the form (日期)."""
        return self.get("date") or printed(self.dated)


def label(text: str, columns: int = 1, rows: int = 1) -> Cell:
    """A heading of the form."""
    return Cell(text, columns, rows, label=True)


def box(text: str, columns: int = 1, height: int = 0, foot: str = "") -> Cell:
    """A box that is filled in, or left for a hand."""
    return Cell(text, columns, height=height, foot=foot)


def signing(who: str = "签名") -> str:
    """The line on which somebody signs."""
    return f"{who}：　　　　　　{DAY}"


def row_words(rows: Iterable[Row]) -> str:
    """The words of rows, a line for each."""
    return "\n".join("".join(cell.text + cell.foot for cell in row) for row in rows)
