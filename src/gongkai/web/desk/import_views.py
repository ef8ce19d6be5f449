"""Importing a file on the desk (导入): looked at before anything is written, bad rows mended on the spot."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect

from gongkai.foundation import files
from gongkai.foundation.importing import ImportResult, import_table
from gongkai.foundation.intake.errors import FileRefused
from gongkai.foundation.intake.read import Row, Table, read_table
from gongkai.foundation.kinds import Kind
from gongkai.foundation.models import Organ
from gongkai.web.clock import moment
from gongkai.web.desk import record_forms as forms
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.record_views import _base, _kind

_SALT = "import"
_SHOWN = 200
_MOST_EVIDENCE = 50


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


def upload(request: Any, organ: Organ, kind: str) -> HttpResponse:
    """Choose a file; then the preview. Nothing is written yet."""
    found = _kind(kind)
    context = _base(request, organ, found)
    if request.method == "GET":
        return page(request, "desk/import.html", context)
    chosen = request.FILES.get("file")
    if chosen is None:
        return page(
            request,
            "desk/import.html",
            {**context, "error": "还没有选文件。选填好的 xlsx、csv 或 json。"},
            status=422,
        )
    try:
        held = {
            "name": forms.clean_name(chosen.name),
            "digest": _keep(chosen, forms.clean_name(chosen.name)),
            "evidence": {
                forms.clean_name(one.name): _evidence(one)
                for one in request.FILES.getlist("evidence")[:_MOST_EVIDENCE]
            },
        }
        with _table(found, held, {}, set()) as (table, folder):
            return _preview(request, organ, found, held, table, folder, edits={}, left_out=set())
    except (FileRefused, forms.UploadRefused) as refused:
        return page(request, "desk/import.html", {**context, "error": str(refused)}, status=422)


def confirm(request: Any, organ: Organ, kind: str) -> HttpResponse:
    """Check again with what was mended, or enter every row."""
    found = _kind(kind)
    try:
        held = signing.loads(request.POST.get("held", ""), salt=_SALT, max_age=24 * 3600)
    except signing.BadSignature:
        said(request, "这次导入已经过期，没有写入任何内容。重新选一次文件。")
        return redirect("desk:import", organ=organ.code, kind=found.code)
    edits, left_out = _edits(request.POST), _left_out(request.POST)
    with _table(found, held, edits, left_out) as (table, folder):
        if request.POST.get("enter"):
            result = import_table(found, table, folder, organ=organ, by=request.actor, now=moment(request))
            if not result.errors:
                said(
                    request,
                    f"已导入 {result.imported} 条{found.label}，已经计入年报。写错的一条一条更正，不用再导入。",
                )
                return redirect("desk:register", organ=organ.code, kind=found.code)
        return _preview(request, organ, found, held, table, folder, edits=edits, left_out=left_out)


def _keep(chosen: Any, name: str) -> str:
    if chosen.size > 100 * 1024 * 1024:
        raise forms.UploadRefused(f"“{name}”超过 100 MB，拆成几个文件分次导入。")
    content = chosen.read()
    if not content:
        raise forms.UploadRefused(f"“{name}”是空文件，核对是不是选错了。")
    return files.keep(content, name=name, media_type="application/octet-stream").digest


def _evidence(chosen: Any) -> str:
    stored = forms.keep_evidence(chosen)
    assert stored is not None
    return stored.digest


@contextmanager
def _table(
    kind: Kind, held: dict[str, Any], edits: dict[int, dict[str, str]], left_out: set[int]
) -> Iterator[tuple[Table, Path]]:
    """The table as uploaded, with what was mended since, in a folder with its evidence files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / f"upload{Path(held['name']).suffix.lower()}"
        path.write_bytes(files.read(held["digest"]))
        for evidence, digest in held["evidence"].items():
            if evidence != path.name:
                (folder / evidence).write_bytes(files.read(digest))
        try:
            table = read_table(path, kind)
        except FileRefused as refused:
            raise FileRefused(
                str(refused).replace(str(path), held["name"]).replace(path.name, held["name"])
            ) from None
        table.rows = [
            Row(row.number, {**row.values, **edits.get(row.number, {})})
            for row in table.rows
            if row.number not in left_out
        ]
        mended = {(number, code) for number, cells in edits.items() for code in cells}
        labels = {column.label: column.code for column in kind.import_columns}
        table.errors = [
            error
            for error in table.errors
            if error.row is None
            or (error.row not in left_out and (error.row, labels.get(error.column, "")) not in mended)
        ]
        yield table, folder


def _edits(posted: Any) -> dict[int, dict[str, str]]:
    """What was typed into cells of the preview: ``cell:ROW:COLUMN``."""
    found: dict[int, dict[str, str]] = {}
    for name in posted:
        part = name.split(":")
        if len(part) == 3 and part[0] == "cell" and part[1].isdigit():
            found.setdefault(int(part[1]), {})[part[2]] = posted[name]
    return found


def _left_out(posted: Any) -> set[int]:
    return {int(number) for number in posted.getlist("leave") if number.isdigit()}


def _preview(
    request: Any,
    organ: Organ,
    kind: Kind,
    held: dict[str, Any],
    table: Table,
    folder: Path,
    *,
    edits: dict[int, dict[str, str]],
    left_out: set[int],
) -> HttpResponse:
    result = import_table(
        kind, table, folder, organ=organ, by=request.actor, now=moment(request), dry_run=True
    )
    rows = _rows(kind, table, result)
    wrong = [row for row in rows if row.wrong]
    shown = wrong[:_SHOWN] + [row for row in rows if not row.wrong][: max(0, _SHOWN - len(wrong))]
    context = {
        **_base(request, organ, kind),
        "held": signing.dumps(held, salt=_SALT),
        "name": held["name"],
        "columns": [c for c in kind.import_columns if c.code != "evidence" or held["evidence"]],
        "rows": sorted(shown, key=lambda row: (not row.wrong, row.number)),
        "hidden": len(rows) - len(shown),
        "total": len(rows),
        "wrong": len(wrong),
        "file_errors": [error.message for error in result.errors if error.row is None],
        "remarks": result.remarks,
        "edits": [(f"cell:{row}:{code}", text) for row, cells in edits.items() for code, text in cells.items()
                  if not any(r.number == row and r.wrong for r in shown)],
        "left_out": sorted(left_out),
        "ready": not result.errors and bool(rows),
    }  # fmt: skip
    return page(request, "desk/import_preview.html", context, status=200 if not result.errors else 422)


def _rows(kind: Kind, table: Table, result: ImportResult) -> list[PreviewRow]:
    wrong: dict[tuple[int, str], str] = {}
    for error in result.errors:
        if error.row is not None:
            wrong[(error.row, error.column)] = wrong.get((error.row, error.column), "") + error.message
    labels = {column.label for column in kind.import_columns}
    return [
        PreviewRow(
            row.number,
            tuple(
                PreviewCell(
                    column.code,
                    column.label,
                    forms.as_typed({"": row.values.get(column.code)})[""],
                    wrong.get((row.number, column.label), ""),
                )
                for column in kind.import_columns
            ),
            "".join(
                text
                for (number, label), text in wrong.items()
                if number == row.number and label not in labels
            ),
        )
        for row in table.rows
    ]
