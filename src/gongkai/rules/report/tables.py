"""The parts that both forms share: tables three and four (表三、表四的表样)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from gongkai.rules.applicants import APPLICANT_CLASSES
from gongkai.rules.outcomes import OUTCOMES, Outcome
from gongkai.rules.report.form import (
    COLUMNS,
    REMEDY_HEADINGS,
    RESULTS,
    TOTAL_COLUMN,
    TRACKS,
    Cell,
    LayoutCell,
    Table,
    remedy_labels,
)

CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
RESULT_HEADING = "三、本年度办理结果"
NEW, CARRIED_IN, CARRIED_OUT = (
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "四、结转下年度继续办理",
)
TOTAL = "（七）总计"
_COLUMN_LABELS = {c.column: c.printed for c in APPLICANT_CLASSES.values()} | {TOTAL_COLUMN: "总计"}


def head(text: str, *, rows: int = 1, columns: int = 1) -> LayoutCell:
    """A heading box."""
    return LayoutCell(text=text, rows=rows, columns=columns, header=True)


def side(text: str, *, rows: int = 1, columns: int = 1) -> LayoutCell:
    """A heading at the side of its row."""
    return LayoutCell(text=text, rows=rows, columns=columns, row_header=True)


def value(cell: str, *, columns: int = 1) -> LayoutCell:
    """The value of a cell."""
    return LayoutCell(cell=cell, columns=columns)


def request_cells(rows: dict[str, str]) -> dict[str, Cell]:
    """The cells of table three, ``rows`` being row id → label."""
    return {
        f"t3.{row}.{column}": Cell(f"t3.{row}.{column}", f"{label} × {_COLUMN_LABELS[column]}", "件", "count")
        for row, label in rows.items()
        for column in (*COLUMNS, TOTAL_COLUMN)
    }


def remedy_cells() -> dict[str, Cell]:
    """The cells of table four."""
    return {key: Cell(key, label, "件", "count") for key, label in remedy_labels().items()}


def outcome_label(outcome: Outcome) -> str:
    """The row's label with everything above it."""
    return f"{RESULT_HEADING}/{outcome.printed}"


def request_table(leaves: Iterable[tuple[str, str, str]], total_row: str, carried_row: str) -> Table:
    """Table three; ``leaves`` are (row, group, label), group empty for a leaf that stands alone."""
    chosen = list(leaves)
    rows: list[tuple[LayoutCell, ...]] = [
        (head(CORNER, rows=3, columns=3), head("申请人情况", columns=7)),
        (head("自然人", rows=2), head("法人或其他组织", columns=5), head("总计", rows=2)),
        tuple(head(c.label) for c in APPLICANT_CLASSES.values() if c.organisation),
        (side(NEW, columns=3), *_values("r1")),
        (side(CARRIED_IN, columns=3), *_values("r2")),
    ]
    first: tuple[LayoutCell, ...] = (side(RESULT_HEADING, rows=len(chosen) + 1),)
    for group, found in groupby(chosen, key=lambda leaf: leaf[1]):
        members = list(found)
        for place, (row, _, label) in enumerate(members):
            heading = (side(group, rows=len(members)),) if group and place == 0 else ()
            rows.append((*first, *heading, side(label, columns=1 if group else 2), *_values(row)))
            first = ()
    rows.append((side(TOTAL, columns=2), *_values(total_row)))
    rows.append((side(CARRIED_OUT, columns=3), *_values(carried_row)))
    return Table("收到和处理政府信息公开申请情况", tuple(rows))


def _values(row: str) -> tuple[LayoutCell, ...]:
    return tuple(value(f"t3.{row}.{column}") for column in (*COLUMNS, TOTAL_COLUMN))


def outcome_leaves(rows: Iterable[str]) -> list[tuple[str, str, str]]:
    """(row, group, label) of outcomes as the form prints them."""
    return [(row, OUTCOMES[row].group, f"{OUTCOMES[row].number}{OUTCOMES[row].label}") for row in rows]


def remedy_table() -> Table:
    """Table four."""
    names = REMEDY_HEADINGS
    return Table(
        "政府信息公开行政复议、行政诉讼情况",
        (
            (head("行政复议", columns=5), head("行政诉讼", columns=10)),
            (
                *(head(name, rows=2) for name in names),
                head("未经复议直接起诉", columns=5),
                head("复议后起诉", columns=5),
            ),
            tuple(head(name) for _ in range(2) for name in names),
            tuple(value(f"t4.{track}.{result}") for track in TRACKS for result in (*RESULTS, "total")),
        ),
    )
