"""A report as a page shows it (年报页面): its words with their numbers, its tables with their values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.rules.report.form import Form, LayoutCell
from gongkai.rules.report.forms import VERSIONS
from gongkai.rules.report.narrative import OVERVIEW_HEADINGS

Link = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text; ``href`` opens the records behind a number."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a table, heading or value; a narrow heading may break before ``rest``."""

    text: str
    tag: str
    rows: int = 1
    columns: int = 1
    href: str = ""
    zero: bool = False
    blank: bool = False
    scope: str = ""
    corner: bool = False
    rest: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class TableModel:
    """A table with its title; ``wide`` where a phone must scroll it."""

    title: str
    rows: list[list[Box]]
    wide: bool


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six sections."""

    id: str
    heading: str
    paragraphs: list[tuple[str, list[Words]]] = field(default_factory=list)
    tables: list[TableModel] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything a page shows of one report."""

    organ: str
    year: int
    preface: list[Words]
    sections: list[Section]


def report_page(
    report: Mapping[str, Any],
    segments: Mapping[str, list[list[str]]],
    link: Link | None = None,
    marks: Mapping[str, str] | None = None,
) -> ReportPage:
    """The page of a report in the contract's shape. ``link``: fact → address; without it nothing opens.

    ``marks``: cell → bad or warn, for the desk.
    """
    form = VERSIONS[report["form"]]
    opened = _Opener(report["cells"], link, marks or {})
    headings = form.section_headings()
    overview = [("", opened.words(segments.get("lead", [])))]
    overview += [
        (heading, opened.words(segments.get(f"overview.{place}", [])))
        for place, heading in enumerate(OVERVIEW_HEADINGS)
    ]
    sections = [Section("s1", headings[0], overview)]
    for number in (2, 3, 4):
        tables = [_table(form, t.title, t.rows, opened) for t in form.tables[number]]
        sections.append(Section(f"s{number}", headings[number - 1], tables=tables))
    sections.append(Section("s5", headings[4], _paragraphs(opened.words(segments.get("problems", [])))))
    sections.append(Section("s6", headings[5], [("", opened.words(segments.get("other", [])))]))
    return ReportPage(report["organ"], report["year"], opened.words(segments.get("preface", [])), sections)


def _paragraphs(words: list[Words]) -> list[tuple[str, list[Words]]]:
    lines = "".join(one.text for one in words).split("\n")
    return [("", [Words(line)]) for line in lines if line.strip()]


@dataclass(frozen=True, slots=True)
class _Opener:
    cells: Mapping[str, str | None]
    link: Link | None
    marks: Mapping[str, str]

    def href(self, fact: str, shown: str) -> str:
        """Where a number opens; nothing opens behind 0, a sum of cells or words."""
        if self.link is None or not fact or shown in ("", "0") or "+" in fact:
            return ""
        return self.link(fact)

    def words(self, found: list[list[str]]) -> list[Words]:
        return [Words(text, self.href(fact, text)) for text, fact in found]

    def box(self, cell: LayoutCell) -> Box:
        if not cell.cell:
            scope = "row" if cell.row_header else "colgroup" if cell.columns > 1 else "col"
            if cell.row_header and cell.rows > 1:
                scope = "rowgroup"
            corner = cell.header and cell.rows > 1 and cell.columns > 1
            text, rest = _broken(cell.text) if scope == "col" else (cell.text, "")
            return Box(text, "th", cell.rows, cell.columns, scope=scope, corner=corner, rest=rest)
        value = self.cells.get(cell.cell)
        shown = "" if value is None else value
        return Box(
            shown,
            "td",
            cell.rows,
            cell.columns,
            self.href(cell.cell, shown),
            shown == "0",
            value is None,
            mark=self.marks.get(cell.cell, ""),
        )


def _broken(text: str) -> tuple[str, str]:
    """Where a heading of four or six characters breaks: 商业 企业, 社会公益 组织."""
    return (text[:-2], text[-2:]) if len(text) in (4, 6) else (text, "")


def _table(form: Form, title: str, rows: tuple[tuple[LayoutCell, ...], ...], opened: _Opener) -> TableModel:
    drawn = [[opened.box(cell) for cell in row] for row in rows]
    return TableModel(title, drawn, wide=len(rows[-1]) > 6)
