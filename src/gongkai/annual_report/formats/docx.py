"""The report to edit (Word): real headings, tables and fields, on the page of GB/T 9704."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt

from gongkai.annual_report.formats import outline as words
from gongkai.annual_report.formats.docx_parts import printed_table
from gongkai.annual_report.formats.outline import Content, Outline, Section
from gongkai.foundation.printable import printable
from gongkai.foundation.word.page import set_page, set_properties, set_styles
from gongkai.foundation.word.parts import fixed_bytes, set_face
from gongkai.foundation.word.tables import TABLE_TEXT

_SEAL_WIDTHS = (24, 132)


def report_docx(content: Content, *, digest: str, draft: bool = False) -> bytes:
    """The report as a Word document. The same content gives the same bytes."""
    found = words.outline(content, digest=digest, draft=draft)
    document = Document()
    set_page(document)
    set_styles(document)
    set_properties(document, title=found.title, organ=found.organ, dated=words.dated(content))
    _write(document, found)
    made = BytesIO()
    document.save(made)
    return fixed_bytes(made.getvalue())


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
        body.insert(body.index(body.sectPr), printed_table(table, size))
        # A table must be followed by a paragraph; a low one, as space below it.
        after = document.add_paragraph(style=TABLE_TEXT)
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
    heading = document.add_paragraph(style=TABLE_TEXT)
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
            paragraph.style = document.styles[TABLE_TEXT]
            paragraph.paragraph_format.keep_with_next = True
            run = paragraph.add_run(printable(text))
            if len(text) == 64:
                run.font.size = Pt(9)
    note = document.add_paragraph(words.SEAL_NOTE, style=TABLE_TEXT)
    note.paragraph_format.space_before = Pt(4)
