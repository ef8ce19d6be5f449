"""What a report form is (年度报告表样): its cells, its rows and columns, and how its tables are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from gongkai.rules.provision import Provision

CellKind = Literal["count", "decimal", "signed", "text"]
COLUMNS = ("c1", "c2", "c3", "c4", "c5", "c6")
TOTAL_COLUMN = "c7"
TRACKS = ("review", "direct", "after_review")
RESULTS = ("upheld", "corrected", "other", "pending")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a form (格).

    ``kind``: count is a whole number from 0; decimal from 0; signed a whole number (本年增/减);
    text is written with its unit (采购总金额).
    """

    id: str
    label: str
    unit: str
    kind: CellKind

    @property
    def name(self) -> str:
        """The label as a sentence says it: 第二十条第（五）项，行政许可，本年处理决定数量."""
        return self.label.replace("/", "，")

    @property
    def table(self) -> int:
        """2, 3 or 4: the section the cell stands in."""
        return int(self.id[1])


@dataclass(frozen=True, slots=True)
class LayoutCell:
    """One box of a drawn table: words, or the value of ``cell``."""

    text: str = ""
    cell: str = ""
    rows: int = 1
    columns: int = 1
    header: bool = False
    row_header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the annex draws it (表样), row by row; boxes covered by another are left out."""

    title: str
    rows: tuple[tuple[LayoutCell, ...], ...]


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a report (年度报告格式) in one version.

    ``outcome_rows``: outcome of a request → row of table three. ``leaf_rows``: the rows the total adds.
    ``section_five``: the heading of section five, which changed in 2021.
    """

    version: str
    notice: Provision
    cells: Mapping[str, Cell]
    tables: Mapping[int, tuple[Table, ...]]
    outcome_rows: Mapping[str, str]
    leaf_rows: tuple[str, ...]
    total_row: str
    carried_row: str
    section_five: str
    note: str = ""
    headings: tuple[str, ...] = field(default=())

    @property
    def rows(self) -> tuple[str, ...]:
        """Every row of table three, in order."""
        return ("r1", "r2", *self.leaf_rows, self.total_row, self.carried_row)

    def section_headings(self) -> tuple[str, ...]:
        """The six headings, exactly."""
        return (
            "一、总体情况",
            "二、主动公开政府信息情况",
            "三、收到和处理政府信息公开申请情况",
            "四、政府信息公开行政复议、行政诉讼情况",
            self.section_five,
            "六、其他需要报告的事项",
        )


def remedy_labels() -> dict[str, str]:
    """Table four's cells without their table: id → label."""
    tracks = dict(zip(TRACKS, ("行政复议", "行政诉讼/未经复议直接起诉", "行政诉讼/复议后起诉"), strict=True))
    results = dict(zip((*RESULTS, "total"), REMEDY_HEADINGS, strict=True))
    return {
        f"t4.{track}.{result}": f"{name}/{label}"
        for track, name in tracks.items()
        for result, label in results.items()
    }


REMEDY_HEADINGS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
