"""The report to edit (Word): real headings, tables and fields, on the page of GB/T 9704."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gongkai.annual_report.formats import outline as words
from gongkai.annual_report.formats.docx_parts import (
    fixed_bytes,
    page_number,
    printable,
    set_face,
    table_xml,
)
from gongkai.annual_report.formats.outline import Content, Outline, Section

# 22 lines on 225 mm; two characters of 16 pt.
_LINE, _INDENT = Pt(28.95), Pt(32)
_TABLE_TEXT = "Table Text"
_SEAL_WIDTHS = (24, 132)


def report_docx(content: Content, *, digest: str, draft: bool = False) -> bytes:
    """The report as a Word document. The same content gives the same bytes."""
    found = words.outline(content, digest=digest, draft=draft)
    document = Document()
    _page(document)
    _styles(document)
    _properties(document, found, content)
    _write(document, found)
    made = BytesIO()
    document.save(made)
    return fixed_bytes(made.getvalue())


def _page(document: Any) -> None:
    section = document.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(35 - 7 - 5)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
        page_number(paragraph)


def _styles(document: Any) -> None:
    styles = document.styles
    _spaced(styles["Normal"], "body", 16)
    styles["Normal"].element.rPr.append(_element("w:lang", val="zh-CN", eastAsia="zh-CN"))
    _spaced(styles["Title"], "title", 22, line=Pt(35), align=WD_ALIGN_PARAGRAPH.CENTER)
    borders = styles["Title"].element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        styles["Title"].element.pPr.remove(borders)
    for name, face in (("Heading 1", "black"), ("Heading 2", "kai")):
        _spaced(styles[name], face, 16, indent=_INDENT)
        styles[name].paragraph_format.keep_with_next = True
    _spaced(styles["Body Text"], "body", 16, indent=_INDENT, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    table = styles.add_style(_TABLE_TEXT, WD_STYLE_TYPE.PARAGRAPH)
    table.base_style, table.quick_style = styles["Normal"], True
    _spaced(table, "body", 10.5)
    table.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    table.paragraph_format.line_spacing = 1.0
    # The lines of the page's grid would blow the rows of a table up; the schema wants it before the spacing.
    table.element.pPr.find(qn("w:spacing")).addprevious(_element("w:snapToGrid", val="0"))


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element


def _spaced(
    style: Any, face: str, size: float, *, indent: Any = 0, line: Any = _LINE, align: Any = None
) -> None:
    set_face(style, face, size)
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, line
    form.first_line_indent = indent
    form.widow_control = True
    if align is not None:
        form.alignment = align


def _properties(document: Any, found: Outline, content: Content) -> None:
    moment = datetime.combine(words.dated(content), time())
    core = document.core_properties
    core.title, core.author, core.last_modified_by = printable(found.title), printable(found.organ), ""
    core.created = core.modified = moment
    core.language, core.comments, core.revision = "zh-CN", "", 1


def _write(document: Any, found: Outline) -> None:
    title = document.add_paragraph(style="Title")
    for place, line in enumerate(found.title_lines):
        if place:
            title.add_run().add_break()
        title.add_run(printable(line))
    if found.notice:
        run = document.add_paragraph(style="Normal").add_run(printable(found.notice))
        set_face(run, "kai", 14)
        document.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(style="Normal")
    _paragraphs(document, found.preface)
    for section in found.sections:
        _section(document, section)
    _signature(document, found)
    if found.explanations:
        document.add_paragraph(f"附：{words.EXPLANATION_HEADING}", style="Heading 1")
        _paragraphs(
            document, tuple(f"{place}．{said}" for place, said in enumerate(found.explanations, start=1))
        )
    if found.seal:
        _seal(document, found)


def _paragraphs(document: Any, paragraphs: tuple[str, ...]) -> None:
    for said in paragraphs:
        document.add_paragraph(printable(said), style="Body Text")


def _section(document: Any, section: Section) -> None:
    document.add_paragraph(section.heading, style="Heading 1")
    for heading, paragraphs in section.parts:
        if heading:
            document.add_paragraph(printable(heading), style="Heading 2")
        _paragraphs(document, paragraphs)
    for table in section.tables:
        columns = len(table.widths)
        size = 12 if columns <= 7 else 10 if columns <= 10 else 10.5
        body = document.element.body
        body.insert(body.index(body.sectPr), table_xml(table, size))
        # A table must be followed by a paragraph; a low one, as space below it.
        after = document.add_paragraph(style=_TABLE_TEXT)
        after.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        after.paragraph_format.line_spacing = Pt(12)


def _signature(document: Any, found: Outline) -> None:
    if not found.signature:
        return
    for _ in range(2):
        document.add_paragraph(style="Normal").paragraph_format.keep_with_next = True
    for line in found.signature:
        paragraph = document.add_paragraph(printable(line), style="Normal")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(64)
        paragraph.paragraph_format.keep_with_next = line != found.signature[-1]


def _seal(document: Any, found: Outline) -> None:
    heading = document.add_paragraph(style=_TABLE_TEXT)
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(14), Pt(4)
    heading.paragraph_format.keep_with_next = True
    set_face(heading.add_run(words.SEAL_HEADING), "black", 10.5)
    table = document.add_table(len(found.seal), 2, style="Table Grid")
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, _SEAL_WIDTHS, strict=True):
        column.width = Mm(width)
    for row, said in zip(table.rows, found.seal, strict=True):
        for cell, text, width in zip(row.cells, said, _SEAL_WIDTHS, strict=True):
            cell.width = Mm(width)
            paragraph = cell.paragraphs[0]
            paragraph.style = document.styles[_TABLE_TEXT]
            paragraph.paragraph_format.keep_with_next = True
            run = paragraph.add_run(printable(text))
            if len(text) == 64:
                run.font.size = Pt(9)
    note = document.add_paragraph(words.SEAL_NOTE, style=_TABLE_TEXT)
    note.paragraph_format.space_before = Pt(4)
