"""Finding the headings of a table and putting each cell below its column (表头)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gongkai.foundation.intake.errors import FileRefused
from gongkai.foundation.intake.tables import Line, Row, RowError, Table
from gongkai.foundation.kinds import Kind

MOST_ROWS = 100_000
# A title, a unit and a date may stand above the headings; nothing of substance stands lower.
_LOWEST_HEADING = 8
# Fewer empty rows than this are nobody's concern.
_MANY_EMPTY = 1000


def known_headings(kind: Kind) -> dict[str, str]:
    """Every way to write a heading of the kind, to its column's code."""
    found: dict[str, str] = {}
    for column in kind.import_columns:
        for written in (column.code, column.label, column.label.partition("（")[0]):
            found.setdefault(written, column.code)
    return found


def table_of(
    kind: Kind,
    lines: Iterable[Line],
    merged: tuple[tuple[int, str], ...] = (),
    formulas: frozenset[tuple[int, int]] = frozenset(),
    height: int = 0,
) -> Table:
    """Lines as rows of a kind. ``merged``: (last row, range); ``formulas``: (row, column from 0).
    ``height``: how many rows the sheet has, empty ones too.

    Raises FileRefused where the headings are not the kind's or the body holds merged cells.
    """
    rows = [line for line in lines if any(cell is not None for cell in line.cells)]
    heading, columns = _heading(kind, rows)
    for last, where in merged:
        if last > heading.number:
            raise FileRefused(f"{where} 是合并单元格。取消合并，每一行都填上自己的值，再导入。")
    body = [line for line in rows if line.number > heading.number]
    if not body:
        raise FileRefused("表头下面没有数据。填上至少一行再导入。")
    if len(body) > MOST_ROWS:
        raise FileRefused(f"有 {len(body)} 行，超过 {MOST_ROWS} 行，拆成几个文件分次导入。")
    table = Table()
    empty = height - len(rows)
    if empty > _MANY_EMPTY:
        table.remarks.append(f"表里有 {empty} 个空行，已跳过。在 Excel 里选中这些行删除，文件会小得多。")
    for line in body:
        _add(table, line, columns, kind, formulas)
    return table


def _heading(kind: Kind, rows: list[Line]) -> tuple[Line, dict[int, str]]:
    known = known_headings(kind)
    best: tuple[Line, dict[int, str]] | None = None
    for line in rows[:_LOWEST_HEADING]:
        columns = {
            place: known[_plain(cell)] for place, cell in enumerate(line.cells) if _plain(cell) in known
        }
        if best is None or len(columns) > len(best[1]):
            best = (line, columns)
    labels = "、".join(column.label for column in kind.columns)
    cure = f"用 gongkai template {kind.code} 得到的模板填写，表头是：{labels}。"
    if best is None or not best[1]:
        raise FileRefused(f"没有找到{kind.label}的表头。{cure}")
    line, columns = best
    _check_heading(kind, line, columns, cure)
    return best


def _check_heading(kind: Kind, line: Line, columns: dict[int, str], cure: str) -> None:
    codes = list(columns.values())
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise FileRefused(f"表头“{_label(kind, twice[0])}”写了两次，删去一列。")
    missing = [column.label for column in kind.columns if column.required and column.code not in codes]
    strange = [
        str(cell)[:20] for place, cell in enumerate(line.cells) if cell is not None and place not in columns
    ]
    if missing:
        extra = f"；不认识的表头：{'、'.join(strange)}" if strange else ""
        raise FileRefused(f"表头缺“{'”“'.join(missing)}”{extra}。{cure}")
    if strange:
        raise FileRefused(f"不认识的表头：{'、'.join(strange)}。改正或删去这几列；{cure}")


def _plain(cell: Any) -> str:
    """A heading as compared: no spaces, no mark of a required column."""
    return "".join(str(cell).split()).rstrip("*＊") if cell is not None else ""


def _label(kind: Kind, code: str) -> str:
    return next(column.label for column in kind.import_columns if column.code == code)


def _add(
    table: Table, line: Line, columns: dict[int, str], kind: Kind, formulas: frozenset[tuple[int, int]]
) -> None:
    values: dict[str, Any] = {}
    wrong = False
    for place, cell in enumerate(line.cells):
        code = columns.get(place)
        if (line.number, place) in formulas and code is not None:
            message = "这一格是公式。复制这一列，选择性粘贴为“数值”，再导入。"
            table.errors.append(RowError(line.number, _label(kind, code), message))
            wrong = True
        elif code is not None:
            values[code] = cell
        elif cell is not None:
            message = f"“{str(cell)[:20]}”不在任何表头下面。多出的内容删去；csv 里带逗号的文字要加引号。"
            table.errors.append(RowError(line.number, "", message))
            wrong = True
    short = len(line.cells) <= max(columns)
    if short and all(values.get(c.code) is None for c in kind.columns[-1:] if c.required):
        message = f"这一行只有 {len(line.cells)} 列，应有 {max(columns) + 1} 列，文件可能截断了。补全这一行。"
        table.errors.append(RowError(line.number, "", message))
        wrong = True
    (table.broken if wrong else table.rows).append(Row(line.number, values))
