"""The preview of an import (导入预览): the rows as they would be entered, with what was mended and left out."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.core import signing
from django.http import QueryDict

from gongkai.foundation.importing import ImportResult
from gongkai.foundation.intake.errors import FileRefused
from gongkai.foundation.intake.read import Row, RowError, Table, read_table
from gongkai.foundation.kinds import Kind
from gongkai.web.desk.holding import Held, held_of
from gongkai.web.desk.record_forms import as_typed

_SALT = "import-edits"
Edits = Mapping[int, Mapping[str, str]]


class HeldGone(Exception):
    """The uploaded file was cleared away, or the form is not ours; nothing was written."""


@dataclass(frozen=True, slots=True)
class PreviewCell:
    """One cell of the preview: what was written, and what is wrong with it."""

    code: str
    label: str
    text: str
    error: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row of the preview; ``error`` is about the row as a whole."""

    number: int
    cells: tuple[PreviewCell, ...]
    error: str

    @property
    def wrong(self) -> bool:
        """Whether anything in it must be mended."""
        return bool(self.error) or any(cell.error for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """An uploaded table with its evidence files, what was mended in it since, and the rows left out."""

    file: Held
    evidence: tuple[Held, ...] = ()
    edits: Edits = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()

    @classmethod
    def of(cls, posted: QueryDict) -> Sheet:
        """The sheet that a preview's form carries, with what was typed there. Raises HeldGone."""
        file = held_of(posted.get("file_token", ""))
        evidence = [held_of(token) for token in posted.getlist("evidence_token")]
        if file is None or None in evidence:
            raise HeldGone
        try:
            before = signing.loads(posted.get("edits", ""), salt=_SALT)
        except signing.BadSignature:
            raise HeldGone from None
        edits = {int(row): dict(cells) for row, cells in before.items()}
        for name in posted:
            row, code = _cell_of(name)
            if row is not None:
                edits.setdefault(row, {})[code] = posted[name]
        left_out = frozenset(int(n) for n in posted.getlist("leave") if n.isascii() and n.isdigit())
        return cls(file, tuple(one for one in evidence if one is not None), edits, left_out)

    @property
    def edits_token(self) -> str:
        """What was mended so far, as the form carries it."""
        return signing.dumps({str(row): dict(cells) for row, cells in self.edits.items()}, salt=_SALT)

    @property
    def left(self) -> list[int]:
        """The rows left out, in order."""
        return sorted(self.left_out)

    def without(self, rows: Iterable[int]) -> Sheet:
        """The sheet with more rows left out."""
        return replace(self, left_out=self.left_out | frozenset(rows))

    @contextmanager
    def table(self, kind: Kind) -> Iterator[tuple[Table, Path]]:
        """The table as it stands now, in a folder with its evidence files. Raises FileRefused, HeldGone."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for one in self.evidence:
                (folder / one.name).write_bytes(_bytes(one))
            inner = folder / "table"
            inner.mkdir()
            path = inner / f"upload{Path(self.file.name).suffix.lower()}"
            path.write_bytes(_bytes(self.file))
            try:
                table = read_table(path, kind)
            except FileRefused as refused:
                told = str(refused).replace(str(path), self.file.name).replace(path.name, self.file.name)
                raise FileRefused(told) from None
            yield self._mended(kind, table), folder

    def _mended(self, kind: Kind, table: Table) -> Table:
        """The table with the edits in it and the left-out rows gone."""
        labels = {column.label: column.code for column in kind.import_columns}

        def stands(error: RowError) -> bool:
            if error.row is None:
                return True
            mended = self.edits.get(error.row, {})
            code = labels.get(error.column)
            return error.row not in self.left_out and not (mended if code is None else code in mended)

        errors = [error for error in table.errors if stands(error)]
        refused = {error.row for error in errors}
        rows = [
            Row(row.number, {**row.values, **self.edits.get(row.number, {})})
            for row in sorted((*table.rows, *table.broken), key=lambda row: row.number)
            if row.number not in self.left_out
        ]
        return replace(
            table,
            rows=[row for row in rows if row.number not in refused],
            broken=[row for row in rows if row.number in refused],
            errors=errors,
        )


def _bytes(held: Held) -> bytes:
    content = held.read()
    if content is None:
        raise HeldGone
    return content


def _cell_of(name: str) -> tuple[int | None, str]:
    """The row and column of a field ``cell:ROW:COLUMN``."""
    lead, _, rest = name.partition(":")
    row, _, code = rest.partition(":")
    if lead != "cell" or not (row.isascii() and row.isdigit()) or len(row) > 9:
        return None, ""
    return int(row), code


def preview_rows(kind: Kind, table: Table, result: ImportResult) -> list[PreviewRow]:
    """Every row with what is wrong in it, in the order of the file."""
    wrong: dict[int, dict[str, str]] = {}
    for error in result.errors:
        if error.row is not None:
            cells = wrong.setdefault(error.row, {})
            cells[error.column] = cells.get(error.column, "") + error.message
    rows = sorted((*table.rows, *table.broken), key=lambda row: row.number)
    return [_row(kind, row, wrong.get(row.number, {})) for row in rows]


def _row(kind: Kind, row: Row, wrong: Mapping[str, str]) -> PreviewRow:
    labels = {column.label for column in kind.import_columns} | {c.code for c in kind.import_columns}
    cells = tuple(
        PreviewCell(
            column.code,
            column.label,
            _text(row.values.get(column.code)),
            wrong.get(column.label, "") or wrong.get(column.code, ""),
        )
        for column in kind.import_columns
    )
    return PreviewRow(
        row.number, cells, "".join(text for label, text in wrong.items() if label not in labels)
    )


def _text(value: Any) -> str:
    return as_typed({"": value})[""]
