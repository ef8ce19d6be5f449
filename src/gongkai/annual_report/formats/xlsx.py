"""The report to reckon with (Excel): the tables as numbers, the words, the checks, and every record behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter

from gongkai.annual_report.formats import outline as words
from gongkai.annual_report.formats.outline import Content
from gongkai.annual_report.formats.xlsx_sheets import Book, Column, Row, number, sheet_of_table
from gongkai.annual_report.number_labels import NUMBER_LABELS
from gongkai.foundation import kinds
from gongkai.rules.report.form import Form
from gongkai.rules.report.forms import VERSIONS

TABLE_SHEETS = {2: "主动公开", 3: "收到和处理申请", 4: "复议诉讼"}
_LEVELS = {"error": "错误", "warning": "提醒", "notice": "提示"}
_STATUSES = {"pass": "一致", "fail": "不符", "not_assessable": "无法核对"}
_BASES = {"counted": "由记录数出", "declared": "由申报加总", "summed": "由本级和各单位加总"}


def report_xlsx(content: Content, *, digest: str, draft: bool = False) -> bytes:
    """The report as a workbook. The same content gives the same bytes; what is text never is a formula."""
    found = words.outline(content, digest=digest, draft=draft)
    made = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(made, options) as workbook:
        workbook.set_properties(
            {
                "title": found.title,
                "author": found.organ,
                "created": datetime.combine(words.dated(content), time()),
            }
        )
        book = Book(workbook)
        form = VERSIONS[content["report"]["form"]]
        for number, name in TABLE_SHEETS.items():
            tables = list(words.printed_tables(form, number, content["report"]["cells"], broken=False))
            sheet_of_table(book, name, _heading(found.title, form, number), tables, form)
        book.listing("文字", _WORDS, _words(found))
        book.listing("核对", _CHECKS, _checks(content, form))
        book.listing("来源", _SOURCES, _sources(content, form))
        book.listing("单位", *_units(content["report"], form), fixed_columns=4)
        book.listing("版本", _VERSION, _version(found))
    return made.getvalue()


def _heading(title: str, form: Form, number: int) -> tuple[str, str]:
    return title, form.section_headings()[number - 1]


_WORDS = (Column("部分", 24, True), Column("小标题", 22, True), Column("文字", 90, True))


def _words(found: words.Outline) -> Iterator[Row]:
    for said in found.preface:
        yield "前言", "", said
    for section in found.sections:
        for heading, paragraphs in section.parts:
            for said in paragraphs:
                yield section.heading, heading, said
    for said in found.explanations:
        yield words.EXPLANATION_HEADING, "", said


_CHECKS = (
    Column("核对项", 9),
    Column("级别", 8),
    Column("结果", 10),
    Column("说明", 44, True),
    Column("涉及的格", 36, True),
    Column("解释", 36, True),
    Column("解释人", 22, True),
    Column("解释日期", 13),
)


def _checks(content: Content, form: Form) -> Iterator[Row]:
    explained = {one["check"]: one for one in content["explanations"]}
    for check in content["report"]["checks"]:
        said = explained.get(check["id"], {})
        named = "；".join(_labelled(form, name) for name in check["cells"])
        level, status = _LEVELS[check["level"]], _STATUSES[check["status"]]
        by = f"{said['organ']} {said['by']}" if said else ""
        yield (
            check["id"], level, status, check["message"], named, said.get("text", ""), by, _day(said.get("on", "")),
        )  # fmt: skip


_SOURCES = (
    Column("格或数", 26),
    Column("名称", 36, True),
    Column("值怎么来", 18),
    Column("单位", 24),
    Column("登记", 16),
    Column("记录号", 18),
    Column("题名", 36, True),
    Column("日期", 12),
    Column("计入的数", 11),
    Column("规则", 20),
    Column("依据", 36, True),
    Column("凭证", 26, True),
)


def _sources(content: Content, form: Form) -> Iterator[Row]:
    labels: dict[str, str] = {}
    for name, leaves in _in_order(content["traces"], form.cells):
        basis = _BASES.get(content["bases"].get(name, ""), "")
        for leaf in leaves:
            yield _source(name, form.cells[name].label, basis, leaf, labels)
    for code, leaves in _in_order(content["numbers"], NUMBER_LABELS):
        for leaf in leaves:
            yield _source(code, NUMBER_LABELS.get(code, code), _BASES["counted"], leaf, labels)


def _in_order(found: Mapping[str, Any], order: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """In the order of the form; what it does not know comes last."""
    for name in order:
        if name in found:
            yield name, found[name]
    for name, leaves in found.items():
        if name not in order:
            yield name, leaves


def _source(name: str, label: str, basis: str, leaf: Mapping[str, str], labels: dict[str, str]) -> Row:
    kind = leaf["kind"]
    if kind not in labels:
        labels[kind] = kinds.get(kind).label
    return (
        name, label, basis, leaf["organ"], labels[kind], leaf["record"], leaf["title"], _day(leaf["date"]),
        number(leaf["value"]), leaf["rule"], leaf["provision"], leaf.get("evidence", ""),
    )  # fmt: skip


def _units(report: Mapping[str, Any], form: Form) -> tuple[tuple[Column, ...], Iterator[Row]]:
    """A row for each cell, a column for each unit; the first is the report's own value."""
    parts = [report["own"], *report["units"]] if report["units"] else []
    columns = (
        Column("格", 24),
        Column("名称", 52, True),
        Column("计量单位", 9),
        Column("全报告", 13),
        *(Column(part["organ"], 13) for part in parts),
    )
    rows = (
        (
            name,
            cell.label,
            cell.unit,
            number(report["cells"].get(name)),
            *(number(part["cells"].get(name)) for part in parts),
        )
        for name, cell in form.cells.items()
    )
    return columns, rows


def _day(iso: str) -> date | str:
    """A day as a day, which a workbook sorts and filters by year; what is none stays as it was said."""
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return iso


_VERSION = (Column("项目", 18), Column("内容", 90, True))


def _version(found: words.Outline) -> Iterator[Row]:
    yield "报告", found.title
    if found.notice:
        yield "说明", found.notice
    yield from found.seal
    if found.seal:
        yield "怎么核对", words.SEAL_NOTE


def _labelled(form: Form, name: str) -> str:
    return f"{name} {form.cells[name].label}" if name in form.cells else name
