"""The form for 2019 and 2020 (国办公开办函〔2019〕60号): 22 + 161 + 15 = 198 cells.

Read off two published reports of 2019; for that year the form was encouraged, not ordered.
"""

from __future__ import annotations

from gongkai.rules.outcomes import OUTCOMES
from gongkai.rules.provision import Provision
from gongkai.rules.report.form import Cell, CellKind, Form, LayoutCell, Table
from gongkai.rules.report.tables import (
    CARRIED_IN,
    CARRIED_OUT,
    NEW,
    RESULT_HEADING,
    TOTAL,
    head,
    outcome_label,
    outcome_leaves,
    remedy_cells,
    remedy_table,
    request_cells,
    request_table,
    side,
    value,
)

# The three outcomes that the later form tells apart are one row here.
_OTHER = ("r21", "r22", "r23")
_KEPT = tuple(row for row in OUTCOMES if row not in _OTHER)
_OTHER_LABEL = "（六）其他处理"

_Column = tuple[str, str, str, CellKind]
_MADE: tuple[_Column, ...] = (
    ("made", "本年新制作数量", "件", "count"),
    ("published", "本年新公开数量", "件", "count"),
    ("total", "对外公开总数量", "件", "count"),
)
_CHANGED: tuple[_Column, ...] = (
    ("previous", "上一年项目数量", "项", "count"),
    ("change", "本年增/减", "项", "signed"),
)
_DECIDED: tuple[_Column, ...] = (*_CHANGED, ("decisions", "处理决定数量", "件", "count"))
_BOUGHT: tuple[_Column, ...] = (
    ("count", "采购项目数量", "项", "count"),
    ("amount", "采购总金额", "", "text"),
)
# Heading of the block, its columns, its rows.
_BLOCKS: tuple[tuple[str, tuple[_Column, ...], tuple[tuple[str, str], ...]], ...] = (
    ("第二十条第（一）项", _MADE, (("rule", "规章"), ("norm", "规范性文件"))),
    ("第二十条第（五）项", _DECIDED, (("licence", "行政许可"), ("service", "其他对外管理服务事项"))),
    ("第二十条第（六）项", _DECIDED, (("penalty", "行政处罚"), ("coercion", "行政强制"))),
    ("第二十条第（八）项", _CHANGED, (("fee", "行政事业性收费"),)),
    ("第二十条第（九）项", _BOUGHT, (("procurement", "政府集中采购"),)),
)
_WIDTH = 6


def _disclosure_cells() -> dict[str, Cell]:
    cells = [
        Cell(f"t2.{row}.{code}", f"{block}/{name}/{label}", unit, kind)
        for block, columns, rows in _BLOCKS
        for row, name in rows
        for code, label, unit, kind in columns
    ]
    return {cell.id: cell for cell in cells}


def _disclosure_table() -> Table:
    drawn: list[tuple[LayoutCell, ...]] = []
    for block, columns, rows in _BLOCKS:
        span = _WIDTH // len(columns)
        drawn.append((head(block, columns=_WIDTH + 1),))
        drawn.append((head("信息内容"), *(head(label, columns=span) for _, label, _, _ in columns)))
        drawn += [
            (side(name), *(value(f"t2.{row}.{code}", columns=span) for code, *_ in columns))
            for row, name in rows
        ]
    return Table("主动公开政府信息情况", tuple(drawn))


def _request_rows() -> dict[str, str]:
    rows = {"r1": NEW, "r2": CARRIED_IN}
    rows |= {row: outcome_label(OUTCOMES[row]) for row in _KEPT}
    rows["r21"] = f"{RESULT_HEADING}/{_OTHER_LABEL}"
    return rows | {"r22": f"{RESULT_HEADING}/{TOTAL}", "r23": CARRIED_OUT}


FORM = Form(
    version="2019",
    notice=Provision("report-format-2019"),
    cells=_disclosure_cells() | request_cells(_request_rows()) | remedy_cells(),
    tables={
        2: (_disclosure_table(),),
        3: (request_table([*outcome_leaves(_KEPT), ("r21", "", _OTHER_LABEL)], "r22", "r23"),),
        4: (remedy_table(),),
    },
    outcome_rows={row: row for row in _KEPT} | dict.fromkeys(_OTHER, "r21"),
    leaf_rows=(*_KEPT, "r21"),
    total_row="r22",
    carried_row="r23",
    section_five="五、政府信息公开工作存在的主要问题及改进情况",
    note="由两份已发布的2019年度报告读出；2019年度为鼓励使用，各地的表可能不同。",
)
