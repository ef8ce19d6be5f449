"""The wall of units (一眼看全区): only trouble is coloured, and it is also written."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date

import xlsxwriter

from gongkai.annual_report.overview import Overview, UnitLine
from gongkai.foundation.models.organs import OrganKind


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit on the wall."""

    line: UnitLine
    tone: str
    words: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure above the wall."""

    number: int
    of: str
    label: str
    note: str
    tone: str
    href: str = ""


def groups(found: Overview) -> list[tuple[str, list[Cell]]]:
    """The units by kind, in their fixed order, so that the eye learns places."""
    result = []
    for kind in (OrganKind.DEPARTMENT, OrganKind.INSTITUTION, OrganKind.TOWNSHIP):
        cells = [_cell(line) for line in found.lines if line.organ.kind == kind]
        if cells:
            result.append((str(kind.label), cells))
    return result


def _cell(line: UnitLine) -> Cell:
    chased = f"，已催 {line.chases} 次" if line.chases else ""
    if line.late:
        return Cell(line, "over", f"逾期：{line.label}{chased}")
    if line.wrong:
        return Cell(line, "over", f"{line.label}，{len(line.errors) + len(line.unexplained)} 处对不上")
    if line.state == "returned":
        return Cell(line, "near", "已退回，等改")
    if line.state == "submitted":
        return Cell(line, "near", "已报送，等接收")
    return Cell(line, "", f"{line.label}{chased}")


def figures(found: Overview, today: date) -> list[Figure]:
    """What a leader asks first."""
    total, states = len(found.lines), found.states
    handed = sum(line.handed_in for line in found.lines)
    late = [line for line in found.lines if line.late]
    wrong = [line for line in found.lines if line.wrong]
    published = states["published"] + states["corrected"]
    return [
        Figure(
            handed, f"/ {total}", "单位已报送", f"应于 {found.due} 前", "" if handed == total else "amber"
        ),
        Figure(len(late), "", "逾期没有报送", _names(late), "red" if late else "", "#late" if late else ""),
        Figure(
            len(wrong), "", "报送后对不上", _names(wrong), "red" if wrong else "", "#wrong" if wrong else ""
        ),
        Figure(states["submitted"], "", "等接收", "", "amber" if states["submitted"] else ""),
        Figure(states["returned"], "", "已退回，等改", "", ""),
        Figure(published, f"/ {total}", "已发布", "", ""),
    ]


def _names(lines: list[UnitLine]) -> str:
    shown = "、".join(line.short_name for line in lines[:3])
    return shown + (f" 等 {len(lines)} 个" if len(lines) > 3 else "")


def as_xlsx(found: Overview) -> bytes:
    """The units as a table to save."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(f"{found.year} 年报送情况")
        strong = book.add_format({"bold": True, "bottom": 1})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for place, (text, width) in enumerate(
            (("单位", 28), ("状态", 12), ("逾期", 8), ("催办次数", 10), ("对不上的", 80))
        ):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, text, strong)
        for row, line in enumerate(found.lines, 1):
            sheet.write_string(row, 0, line.name)
            sheet.write_string(row, 1, line.label)
            sheet.write_string(row, 2, "逾期" if line.late else "")
            sheet.write_number(row, 3, line.chases)
            sheet.write_string(row, 4, "\n".join((*line.errors, *line.unexplained)), wrap)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(found.lines), 4)
    return held.getvalue()
