"""Reading rows from JSON (json): a list of objects, or {"rows": [...]}."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from gongkai.foundation.intake.errors import FileRefused
from gongkai.foundation.intake.headings import MOST_ROWS, known_headings
from gongkai.foundation.intake.tables import Row, RowError, Table
from gongkai.foundation.kinds import Kind


def json_table(kind: Kind, content: bytes, name: str) -> Table:
    """The rows of a JSON file; keys are codes or labels of the kind's columns. Raises FileRefused."""
    try:
        data = json.loads(content.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_refuse)
    except UnicodeDecodeError:
        raise FileRefused(f"{name} 不是 UTF-8 编码的 JSON。用 UTF-8 重新保存。") from None
    except (ValueError, RecursionError):
        raise FileRefused(f"{name} 不是完整的 JSON，可能截断了。核对首尾的括号，或重新导出。") from None
    rows = data.get("rows") if isinstance(data, dict) else data
    if not isinstance(rows, list) or not rows:
        raise FileRefused(f'{name} 里没有行。写成 [{{"列": "值"}}, …] 或 {{"rows": […]}}。')
    if len(rows) > MOST_ROWS:
        raise FileRefused(f"{name} 有 {len(rows)} 行，超过 {MOST_ROWS} 行，拆成几个文件分次导入。")
    table = Table()
    headings = known_headings(kind)
    for number, row in enumerate(rows, 1):
        _add(table, number, row, headings)
    return table


def _refuse(name: str) -> Any:
    raise ValueError(name)


def _add(table: Table, number: int, row: Any, headings: dict[str, str]) -> None:
    if not isinstance(row, dict):
        table.errors.append(RowError(number, "", '这一行不是对象。写成 {"列": "值"} 的样子。'))
        return
    values: dict[str, Any] = {}
    for key, value in row.items():
        code = headings.get(str(key).strip())
        if code is None:
            known = "、".join(dict.fromkeys(headings.values()))
            table.errors.append(RowError(number, str(key)[:40], f"没有这一列。可用的列：{known}。"))
        elif isinstance(value, dict | list):
            table.errors.append(RowError(number, str(key)[:40], "这一列要写一个值，不是列表或对象。"))
        else:
            values[code] = value
    table.rows.append(Row(number, values))
