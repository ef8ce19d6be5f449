"""Reading xlsx safely (xlsx): bombs, macros, merged cells and formulas are seen before anything is read."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse, parse
from python_calamine import CalamineError, CalamineWorkbook

from gongkai.foundation.intake.errors import FileRefused
from gongkai.foundation.intake.tables import Line

_MOST_ENTRIES = 2000
_MOST_BYTES = 400 * 1024 * 1024
_MOST_RATIO = 250
# Below this a high ratio is an empty sheet's padding, not an attack.
_RATIO_FROM = 64 * 1024 * 1024
_MOST_COLUMNS = 200
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_DAMAGED = "不是完整的 xlsx，可能传输时损坏了。用 Excel 或 WPS 打开另存一次，或向提供的人再要一份。"

Merged = tuple[tuple[int, str], ...]
Formulas = frozenset[tuple[int, int]]


def workbook_lines(path: Path) -> tuple[list[Line], Merged, Formulas, int]:
    """The lines of the sheet to read, its merged ranges (last row, range), formula cells, how many rows it has."""
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_bomb(archive, path.name)
            names = archive.namelist()
            if "xl/workbook.xml" not in names:
                raise FileRefused(f"{path.name} 不是 xlsx 表格。用模板填好的 xlsx、csv 或 json 导入。")
            if any(name.endswith("vbaProject.bin") for name in names):
                raise FileRefused(f"{path.name} 带宏（xlsm）。另存为不带宏的 xlsx 再导入。")
            title, part = _sheet(archive)
            with archive.open(part) as stream:
                merged, formulas, rows = _survey(stream)
        return list(_lines(path, title)), merged, formulas, rows
    except (zipfile.BadZipFile, KeyError, ParseError, EOFError, NotImplementedError) as error:
        raise FileRefused(f"{path.name} {_DAMAGED}") from error
    except DefusedXmlException as error:
        raise FileRefused(f"{path.name} 含有不安全的定义，不予读取。用 Excel 打开另存一次。") from error
    except (CalamineError, OSError, ValueError, RuntimeError) as error:
        raise FileRefused(f"{path.name} {_DAMAGED}") from error


def _refuse_bomb(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    size = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if (
        len(entries) > _MOST_ENTRIES
        or size > _MOST_BYTES
        or (size > _RATIO_FROM and size / packed > _MOST_RATIO)
    ):
        raise FileRefused(
            f"{name} 解开后有 {size // 1_048_576} MB，不像填报的表，不予读取。"
            "删去空行、图片和多余的工作表，另存一次再导入。"
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefused(f"{name} 加了密码。去掉密码另存一次再导入。")


def _sheet(archive: zipfile.ZipFile) -> tuple[str, str]:
    """Name and part of the sheet to read: 填报 of our template, else the first."""
    relations = {
        relation.get("Id"): relation.get("Target", "")
        for relation in parse(archive.open("xl/_rels/workbook.xml.rels")).getroot()
    }
    sheets = list(parse(archive.open("xl/workbook.xml")).getroot().iter(f"{_MAIN}sheet"))
    if not sheets:
        raise KeyError("sheet")
    chosen = next((sheet for sheet in sheets if sheet.get("name") == "填报"), sheets[0])
    key = next(value for attribute, value in chosen.attrib.items() if attribute.endswith("}id"))
    target = relations[key].lstrip("/")
    return chosen.get("name", ""), target if target.startswith("xl/") else f"xl/{target}"


def _survey(stream: IO[bytes]) -> tuple[Merged, Formulas, int]:
    """Merged ranges, formula cells and the number of rows, read in one pass that keeps nothing else."""
    merged: list[tuple[int, str]] = []
    formulas: set[tuple[int, int]] = set()
    rows = 0
    for _, element in iterparse(stream):
        rows += element.tag == f"{_MAIN}row"
        if element.tag == f"{_MAIN}c" and element.find(f"{_MAIN}f") is not None:
            formulas.add(_place(element.get("r", "")))
        elif element.tag == f"{_MAIN}mergeCell":
            where = element.get("ref", "")
            merged.append((_place(where.rpartition(":")[2])[0], where))
        if element.tag in (f"{_MAIN}row", f"{_MAIN}c"):
            element.clear()
    return tuple(merged), frozenset(formulas), rows


def _place(reference: str) -> tuple[int, int]:
    """A cell's row from 1 and column from 0."""
    match = _CELL.fullmatch(reference)
    if match is None:
        raise KeyError(reference)
    column = 0
    for letter in match.group(1):
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match.group(2)), column - 1


def _lines(path: Path, title: str) -> Iterator[Line]:
    with CalamineWorkbook.from_path(str(path)) as book:
        sheet = book.get_sheet_by_name(title)
        # Rows come from the first of the sheet, columns from the first that holds anything.
        before = (None,) * (sheet.start or (0, 0))[1]
        for number, cells in enumerate(sheet.iter_rows(), 1):
            values = before + tuple(_value(cell) for cell in cells[:_MOST_COLUMNS])
            if any(value is not None for value in values):
                yield Line(number, values)


def _value(cell: Any) -> Any:
    """A cell as somebody sees it: no float for a whole number, no time for a date."""
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else float(f"{cell:.15g}")
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time(0) else cell
    if isinstance(cell, date | bool | int):
        return cell
    if isinstance(cell, time | timedelta):
        return str(cell)
    return None if cell is None or cell == "" else cell
