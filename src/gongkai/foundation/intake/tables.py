"""What reading a file gives (读出的表): rows as written, and what is wrong with some of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One row as written; ``number`` is its number in the file, values by column code."""

    number: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with one row (错误): its number (None: the whole file), the column's label, the cure."""

    row: int | None
    column: str
    message: str


@dataclass(slots=True)
class Table:
    """A table read: rows with anything in them, errors found while reading, and remarks for the reader.

    ``broken``: the rows that the errors keep out, as far as they could be read.
    """

    rows: list[Row] = field(default_factory=list)
    broken: list[Row] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of cells as a format gives it, before headings are known; blanks are None."""

    number: int
    cells: tuple[Any, ...]
