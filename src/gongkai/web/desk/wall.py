"""The wall of units (一眼看全区): only trouble is coloured, and it is also written; the same as a table and xlsx."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from gongkai.annual_report.overview import Overview, UnitLine
from gongkai.foundation.models.organs import OrganKind
from gongkai.rules.report.filing_states import STATES
from gongkai.web.desk.sheets import finish


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


@dataclass(frozen=True, slots=True)
class Table:
    """The wall as a table: its lines as filtered and sorted, its headings, the filter's options."""

    cells: list[Cell]
    headings: list[tuple[str, str, str]]
    states: list[tuple[str, str]]
    chosen: str
    query: str


# What a line may be filtered by besides its state.
_TROUBLES = {"late": "逾期", "wrong": "报送后对不上"}
_SORTS = {"unit": "单位", "state": "状态", "findings": "对不上", "chases": "催办"}
_ORDER = ["none", *STATES]


def groups(found: Overview) -> list[tuple[str, list[Cell]]]:
    """The units by kind, in their fixed order, so that the eye learns places."""
    result = []
    for kind in (OrganKind.DEPARTMENT, OrganKind.INSTITUTION, OrganKind.TOWNSHIP):
        cells = [cell_of(line) for line in found.lines if line.organ.kind == kind]
        if cells:
            result.append((str(kind.label), cells))
    return result


def cell_of(line: UnitLine) -> Cell:
    """A unit's tone and words."""
    chased = f"，已催 {line.chases} 次" if line.chases else ""
    if line.late:
        return Cell(line, "bad", f"逾期：{line.label}{chased}")
    if line.wrong:
        return Cell(line, "bad", f"{line.label}，{len(line.errors) + len(line.unexplained)} 处对不上")
    if line.state == "returned":
        return Cell(line, "near", "已退回，等改")
    if line.state == "submitted":
        return Cell(line, "near", "已报送，等接收")
    return Cell(line, "", f"{line.label}{chased}")


def tallies(found: Overview) -> dict[str, int]:
    """How many are in trouble, how many want something, how many are well."""
    tones = [cell_of(line).tone for line in found.lines]
    return {"bad": tones.count("bad"), "near": tones.count("near"), "well": tones.count("")}


def figures(found: Overview) -> list[Figure]:
    """What a leader asks first."""
    total, states = len(found.lines), found.states
    handed = sum(line.handed_in for line in found.lines)
    late = [line for line in found.lines if line.late]
    wrong = [line for line in found.lines if line.wrong]
    waiting = sum(line.state == "submitted" and not line.wrong for line in found.lines)
    published = states["published"] + states["corrected"]
    return [
        Figure(len(late), "", "逾期没有报送", _names(late), "red" if late else "", "#late" if late else ""),
        Figure(
            len(wrong), "", "报送后对不上", _names(wrong), "red" if wrong else "", "#wrong" if wrong else ""
        ),
        Figure(
            waiting,
            "",
            "等接收",
            "核对没有问题" if waiting else "",
            "amber" if waiting else "",
            "#waiting" if waiting else "",
        ),
        Figure(
            states["returned"], "", "已退回，等改", "", "", "?state=returned" if states["returned"] else ""
        ),
        Figure(handed, f"/ {total}", "单位已报送", f"应于 {found.due} 前", ""),
        Figure(published, f"/ {total}", "单位已发布", "", ""),
    ]


def _names(lines: list[UnitLine]) -> str:
    shown = "、".join(line.short_name for line in lines[:3])
    return shown + (f" 等 {len(lines)} 个" if len(lines) > 3 else "")


def chosen(found: Overview, query: Mapping[str, str]) -> list[UnitLine]:
    """The lines that the address asks for, in the order it asks for."""
    state = query.get("state", "")
    lines = [line for line in found.lines if _fits(line, state)]
    wanted = query.get("sort", "")
    down, key = wanted.startswith("-"), wanted.lstrip("-")
    places = {line.organ.pk: place for place, line in enumerate(found.lines)}
    keys = {
        "unit": lambda line: places[line.organ.pk],
        "state": lambda line: (not line.late, _ORDER.index(line.state)),
        "findings": lambda line: len(line.errors) + len(line.unexplained),
        "chases": lambda line: line.chases,
    }
    if key in keys:
        lines.sort(key=keys[key], reverse=down)
    return lines


def _fits(line: UnitLine, state: str) -> bool:
    if state == "late":
        return line.late
    if state == "wrong":
        return line.wrong
    return state not in _ORDER or line.state == state


def table(found: Overview, query: Mapping[str, str]) -> Table:
    """The wall as a table that filters and sorts by its address."""
    state, sort = query.get("state", ""), query.get("sort", "")
    kept = {"as": "table", **({"state": state} if state else {})}
    headings = []
    for code, label in _SORTS.items():
        here = "ascending" if sort == code else "descending" if sort == f"-{code}" else ""
        following = (
            f"-{code}" if here == "ascending" or (not here and code in ("findings", "chases")) else code
        )
        headings.append((label, "?" + urlencode({**kept, "sort": following}), here))
    states = [*_TROUBLES.items(), ("none", "还没有开始"), *STATES.items()]
    now = {**kept, **({"sort": sort} if sort else {})}
    return Table([cell_of(line) for line in chosen(found, query)], headings, states, state, urlencode(now))


def as_xlsx(lines: Sequence[UnitLine], found: Overview) -> bytes:
    """The units as a table to save."""
    import xlsxwriter

    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(f"{found.year} 年报送情况")
        strong = book.add_format({"bold": True, "bottom": 1})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        top = book.add_format({"valign": "top"})
        headings = (("单位", 28), ("类别", 14), ("状态", 12), ("逾期", 8), ("催办次数", 10), ("对不上的", 60))
        for place, (text, _) in enumerate(headings):
            sheet.write_string(0, place, text, strong)
        for row, line in enumerate(lines, 1):
            sheet.write_string(row, 0, line.name, top)
            sheet.write_string(row, 1, str(OrganKind(line.organ.kind).label), top)
            sheet.write_string(row, 2, line.label, top)
            sheet.write_string(row, 3, "逾期" if line.late else "", top)
            sheet.write_number(row, 4, line.chases, top)
            sheet.write_string(row, 5, "\n".join((*line.errors, *line.unexplained)), wrap)
        finish(sheet, [text for text, _ in headings], [width for _, width in headings], len(lines))
    return held.getvalue()
