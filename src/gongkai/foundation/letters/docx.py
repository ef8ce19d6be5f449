"""An official document to edit (公文的 Word 文件): real styles, tables and fields, on the page of GB/T 9704."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt

from gongkai.foundation.letters import layout
from gongkai.foundation.letters.docx_styles import (
    ENCLOSURE,
    NOTE,
    NUMBER,
    ORGAN,
    QUOTED,
    SIGNATURE,
    set_letter_styles,
)
from gongkai.foundation.printable import printable
from gongkai.foundation.word.page import LINE, set_page, set_properties, set_styles
from gongkai.foundation.word.parts import fixed_bytes
from gongkai.foundation.word.tables import TABLE_TEXT, WordBox, WordRow, table_xml, twips
from gongkai.rules.documents import Cell, Form, OfficialDocument, printed

_STYLES = {"body": "Body Text", "heading": "Heading 1", "quote": QUOTED, "note": NOTE}
_CHAR, _WIDTH = 16.0, 156 / 25.4 * 72
# Two empty lines above another: the room that its own line has above its characters is part of them.
_TWO_LINES = Pt(2 * LINE.pt - (LINE.pt - _CHAR))
# A box with more words than this may go on on the next page.
_LONG = 160
_LEAST_HEIGHT = 7.0


def document_docx(document: OfficialDocument) -> bytes:
    """The document as DOCX. The same content gives the same bytes."""
    made = Document()
    set_page(made)
    set_styles(made)
    set_letter_styles(made)
    set_properties(made, title=document.title, organ=document.organ, dated=document.dated)
    if layout.plain_head(document):
        _form_head(made, document)
    else:
        _red_head(made, document)
    _body(made, document)
    _enclosures(made, document)
    if document.signed:
        _signature(made, document)
    if document.contact:
        note = made.add_paragraph(printable(layout.note(document.contact)), style="Body Text")
        note.alignment = WD_ALIGN_PARAGRAPH.LEFT
    out = BytesIO()
    made.save(out)
    return fixed_bytes(out.getvalue())


def _red_head(made: Any, document: OfficialDocument) -> None:
    """发文机关标志, the number below it, the red line 4 mm below the number."""
    lines = layout.head_lines(document.organ)
    size = layout.head_size(lines)
    organ = made.add_paragraph(style=ORGAN)
    for place, line in enumerate(lines):
        run = organ.add_run(printable(line))
        run.font.size = Pt(size)
        if place < len(lines) - 1:
            run.add_break()
    organ.paragraph_format.line_spacing = Pt(round(size * 1.25, 1))
    number = made.add_paragraph(printable(document.number), style=NUMBER)
    number.paragraph_format.space_before = _TWO_LINES if document.number else Pt(0)
    title = made.add_paragraph(printable(document.title), style="Title")
    title.paragraph_format.space_before, title.paragraph_format.space_after = _TWO_LINES, LINE
    if document.addressee:
        made.add_paragraph(f"{printable(document.addressee)}：", style="Normal")


def _form_head(made: Any, document: OfficialDocument) -> None:
    """A form has the organ's name above its title, and narrower margins."""
    section = made.sections[0]
    section.top_margin, section.bottom_margin, section.footer_distance = Mm(25), Mm(24), Mm(12)
    organ = made.add_paragraph(printable(" ".join(layout.head_lines(document.organ))), style="Normal")
    organ.alignment = WD_ALIGN_PARAGRAPH.CENTER
    made.add_paragraph(printable(document.title), style="Title").paragraph_format.space_after = Pt(6)


def _body(made: Any, document: OfficialDocument) -> None:
    kept = len(document.blocks) - layout.closing(document)
    for place, block in enumerate(document.blocks):
        if isinstance(block, Form):
            _table(made, document.title, block, last=place == len(document.blocks) - 1)
            continue
        paragraph = made.add_paragraph(printable(block.text), style=_STYLES[block.kind])
        if layout.UNBROKEN.search(block.text):
            # What goes over whole would leave the line before it drawn apart.
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        if place >= kept:
            paragraph.paragraph_format.keep_with_next = True


def _table(made: Any, title: str, form: Form, *, last: bool) -> None:
    size = layout.table_size(form)
    rows = tuple(
        WordRow(
            tuple(_box(cell, size) for cell in row),
            height=twips(max(_LEAST_HEIGHT, *(cell.height for cell in row if cell.rows == 1))),
            head=place < form.heads,
            keep=layout.is_heading(row),
            splits=any(len(cell.text) > _LONG for cell in row),
        )
        for place, row in enumerate(form.rows)
    )
    body = made.element.body
    body.insert(body.index(body.sectPr), table_xml(title, form.widths, rows, margin=60 if form.heads else 90))
    # A table must be followed by a paragraph: a low one, as space below it; at the end one that starts no page.
    after = made.add_paragraph(style=TABLE_TEXT)
    after.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    after.paragraph_format.line_spacing = Pt(1) if last else Pt(6)


def _box(cell: Cell, size: float) -> WordBox:
    place = "center" if cell.label else "bottom" if cell.foot else "top" if cell.height >= 20 else "center"
    side = "center" if cell.label else "left"
    return WordBox(cell.text, size, cell.columns, cell.rows, side, place, cell.foot)


def _enclosures(made: Any, document: OfficialDocument) -> None:
    """附件说明: a line below the text, two characters in, the names below one another."""
    few = len(document.enclosures) <= 6
    for place, (mark, name) in enumerate(layout.enclosure_lines(document.enclosures)):
        paragraph = made.add_paragraph(printable(mark + name), style=ENCLOSURE)
        form = paragraph.paragraph_format
        numbered = len(document.enclosures) > 1
        hanging = (4.5 if numbered else 3) * _CHAR
        form.left_indent = Pt(2 * _CHAR + hanging)
        form.first_line_indent = Pt(-hanging if place == 0 else -1.5 * _CHAR)
        form.space_before = LINE if place == 0 else Pt(0)
        form.keep_with_next = document.signed and (few or place >= len(document.enclosures) - 2)


def _signature(made: Any, document: OfficialDocument) -> None:
    """Organ and day, each centred on the other, four characters from the right edge: the seal goes there."""
    lines = (*layout.head_lines(document.organ), printed(document.dated))
    # A character more than the words: some programs leave a gap between the figures of the day and its characters.
    width = min(max(map(_width, lines)) + _CHAR, _WIDTH - 4 * _CHAR)
    for place, line in enumerate(lines):
        paragraph = made.add_paragraph(printable(line), style=SIGNATURE)
        form = paragraph.paragraph_format
        form.right_indent, form.left_indent = Pt(4 * _CHAR), Pt(_WIDTH - 4 * _CHAR - width)
        form.space_before = 2 * LINE if place == 0 else Pt(0)
        form.keep_with_next = place < len(lines) - 1 or bool(document.contact)


def _width(line: str) -> float:
    """About how wide a line is, in points; figures are half as wide as characters."""
    return sum(_CHAR / 2 if one.isascii() else _CHAR for one in line)
