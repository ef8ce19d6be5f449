"""Importing a file of records (导入): the same actions as the desk, all or nothing."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from gongkai.foundation import files
from gongkai.foundation.actors import Actor
from gongkai.foundation.intake.clean import clean_row
from gongkai.foundation.intake.read import Row, RowError, Table, read_table
from gongkai.foundation.kinds import Finding, Kind
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Organ, StoredFile
from gongkai.foundation.records import RowRefused, enter

EVIDENCE_LIMIT = 50 * 1024 * 1024
_MOST_ERRORS = 200


@dataclass(slots=True)
class ImportResult:
    """What an import did: how many records it entered (0 where anything was wrong), and the errors."""

    imported: int = 0
    checked: int = 0
    errors: list[RowError] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


class _RollBack(Exception):
    """Leave the transaction without writing: a dry run, or a row was wrong."""


def import_file(
    kind: Kind,
    path: Path,
    *,
    organ: Organ,
    by: Actor,
    now: datetime,
    dry_run: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> ImportResult:
    """Enter every row of a file, or none. Raises FileRefused where the file as a whole cannot be read."""
    table = read_table(path, kind)
    return import_table(
        kind, table, path.parent, organ=organ, by=by, now=now, dry_run=dry_run, progress=progress
    )


def import_table(
    kind: Kind,
    table: Table,
    folder: Path,
    *,
    organ: Organ,
    by: Actor,
    now: datetime,
    dry_run: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> ImportResult:
    """Enter every row of a table that was read, or none; evidence files lie in ``folder``."""
    result = ImportResult(errors=list(table.errors), remarks=list(table.remarks))
    try:
        with write_transaction():
            for number, row in enumerate(table.rows, 1):
                _enter_row(kind, row, folder, organ, by, now, result)
                if progress is not None:
                    progress(number, len(table.rows))
                if len(result.errors) >= _MOST_ERRORS:
                    break
            result.checked = len(table.rows)
            if dry_run or result.errors:
                raise _RollBack
            result.imported = len(table.rows)
    except _RollBack:
        pass
    return result


def _enter_row(
    kind: Kind, row: Row, folder: Path, organ: Organ, by: Actor, now: datetime, result: ImportResult
) -> None:
    values, findings = clean_row(kind, row.values)
    if not findings:
        try:
            evidence = _evidence(folder, values.pop("evidence", None))
            enter(kind, organ, values, by=by, now=now, evidence=evidence)
            return
        except RowRefused as refused:
            findings = list(refused.findings)
    for finding in findings:
        column = next((c.label for c in kind.columns if c.code == finding.column), finding.column)
        result.errors.append(RowError(row.number, column, finding.message))


def _evidence(folder: Path, name: str | None) -> StoredFile | None:
    """The evidence file named in a row, from beside the imported file. Raises RowRefused."""
    if not name:
        return None
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise RowRefused(
            Finding("evidence", f"没有找到依据文件“{name}”。把它和导入文件放在同一个文件夹里，再导入一次。")
        )
    if path.stat().st_size > EVIDENCE_LIMIT:
        raise RowRefused(Finding("evidence", f"依据文件“{name}”超过 50 MB，压缩或拆分后再导入。"))
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return files.keep(path.read_bytes(), name=path.name, media_type=media_type)
