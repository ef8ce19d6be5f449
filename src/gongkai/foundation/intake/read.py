"""Reading a table of records from a file (读取导入文件): by its content, whatever its name says."""

from __future__ import annotations

from pathlib import Path

from gongkai.foundation.intake.csv_text import csv_lines
from gongkai.foundation.intake.errors import FileRefused, reason
from gongkai.foundation.intake.headings import table_of
from gongkai.foundation.intake.json_rows import json_table
from gongkai.foundation.intake.tables import Row, RowError, Table
from gongkai.foundation.intake.workbook import workbook_lines
from gongkai.foundation.kinds import Kind

__all__ = ["Row", "RowError", "Table", "read_table"]

LARGEST_FILE = 100 * 1024 * 1024
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def read_table(path: Path, kind: Kind) -> Table:
    """The rows of a file for that kind. Raises FileRefused where the file as a whole cannot be read."""
    content = _content(path)
    if content.startswith(b"PK"):
        return table_of(kind, *workbook_lines(path))
    if content.startswith(_OLE):
        raise FileRefused(
            f"{path.name} 是旧版 xls，或加了打开密码。用 Excel 或 WPS 打开，去掉密码，另存为 xlsx 再导入。"
        )
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"<!DOCTYPE", b"<html", b"<table")):
        raise FileRefused(
            f"{path.name} 不是表格文件。用模板（gongkai template）填好的 xlsx、csv 或 json 导入。"
        )
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{"):
        return json_table(kind, content, path.name)
    return table_of(kind, csv_lines(content, path.name))


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise FileRefused(f"{path} 是文件夹，写明其中要导入的文件。")
        if path.stat().st_size > LARGEST_FILE:
            raise FileRefused(f"{path.name} 超过 100 MB，拆成几个文件分次导入。")
        content = path.read_bytes()
    except OSError as error:
        raise FileRefused(f"读不了 {path}（{reason(error)}）。核对文件名和所在的文件夹。") from error
    if not content.strip():
        raise FileRefused(f"{path.name} 是空文件。核对是不是选错了，或重新保存一次。")
    return content
