"""The table of organs on the desk (机关表): template, preview with errors by row and cell, then all or none."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from gongkai.foundation import files
from gongkai.foundation.intake.errors import FileRefused
from gongkai.foundation.intake.read import Table, read_table
from gongkai.foundation.models import Organ
from gongkai.foundation.organ_table import ORGAN_TABLE, OrganTableResult, enter_organs
from gongkai.web.clock import moment
from gongkai.web.desk.admin_lists import XLSX
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.organ_views import government_of
from gongkai.web.desk.record_forms import clean_name

_SALT = "organ-table"
_LARGEST = 5 * 1024 * 1024


def template(request: Any) -> HttpResponse:
    """The empty table."""
    from gongkai.foundation.intake.template import write_template

    government_of(request.actor)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(ORGAN_TABLE, path)
        answer = HttpResponse(path.read_bytes(), content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, "机关表.xlsx") or "attachment"
    return answer


def upload(request: Any) -> HttpResponse:
    """Choose a file; then the preview. Nothing is written yet."""
    government = government_of(request.actor)
    context = {"columns": ORGAN_TABLE.columns}
    if request.method != "POST":
        return page(request, "desk/organ_import.html", context)
    chosen = request.FILES.get("file")
    try:
        if chosen is None:
            raise FileRefused("还没有选文件。选填好的 xlsx、csv 或 json。")
        name = clean_name(chosen.name)
        if chosen.size > _LARGEST:
            raise FileRefused(f"“{name}”超过 5 MB，不像一张机关表。核对是不是选错了。")
        held = {"name": name, "digest": _keep(name, chosen.read())}
        table = _table(held)
    except FileRefused as refused:
        return page(request, "desk/organ_import.html", {**context, "error": str(refused)}, status=422)
    return _preview(request, government, held, table)


def _keep(name: str, content: bytes) -> str:
    return files.keep(content, name=name, media_type="application/octet-stream").digest


def confirm(request: Any) -> HttpResponse:
    """Enter every organ of the table that was looked at."""
    government = government_of(request.actor)
    try:
        held = signing.loads(request.POST.get("held", ""), salt=_SALT, max_age=24 * 3600)
    except signing.BadSignature:
        said(request, "这次导入已经过期，没有写入任何机关。重新选一次文件。")
        return redirect("desk:organ-import")
    table = _table(held)
    result = enter_organs(table, government=government, by=request.actor, now=moment(request))
    if result.errors:
        return _preview(request, government, held, table)
    said(request, f"已登记 {result.entered} 个机关。接着给各单位的经办人开账号。")
    return redirect("desk:organs")


def _table(held: dict[str, str]) -> Table:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"upload{Path(held['name']).suffix.lower()}"
        path.write_bytes(files.read(held["digest"]))
        try:
            return read_table(path, ORGAN_TABLE)
        except FileRefused as refused:
            said_ = str(refused).replace(str(path), held["name"]).replace(path.name, held["name"])
            raise FileRefused(said_.replace("（gongkai template）", "")) from None


def _preview(request: Any, government: Organ, held: dict[str, str], table: Table) -> HttpResponse:
    result = enter_organs(table, government=government, by=request.actor, now=moment(request), dry_run=True)
    rows = _rows(table, result)
    context = {
        "held": signing.dumps(held, salt=_SALT),
        "name": held["name"],
        "columns": ORGAN_TABLE.columns,
        "rows": sorted(rows, key=lambda row: (not row["wrong"], row["number"])),
        "wrong": sum(1 for row in rows if row["wrong"]),
        "file_errors": [error.message for error in result.errors if error.row is None],
        "remarks": result.remarks,
        "ready": not result.errors and bool(rows),
    }
    return page(request, "desk/organ_preview.html", context, status=422 if result.errors else 200)


def _rows(table: Table, result: OrganTableResult) -> list[dict[str, Any]]:
    wrong: dict[tuple[int | None, str], str] = {}
    for error in result.errors:
        key = (error.row, error.column)
        wrong[key] = wrong.get(key, "") + error.message
    return [
        {
            "number": row.number,
            "cells": [
                (column, _shown(row.values.get(column.code)), wrong.get((row.number, column.label), ""))
                for column in ORGAN_TABLE.columns
            ],
            "wrong": any(number == row.number for number, _ in wrong),
        }
        for row in table.rows
    ]


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
