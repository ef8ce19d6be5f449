"""The page of GB/T 9704 in Word (公文版面): margins, page numbers, styles, properties."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gongkai.foundation.printable import printable
from gongkai.foundation.word.parts import element, page_number, set_face
from gongkai.foundation.word.tables import TABLE_TEXT

# 22 lines on 225 mm; two characters of 16 pt.
LINE, INDENT = Pt(28.95), Pt(32)
# 28 characters of 16 pt on 156 mm: each a quarter of a point nearer to the next, in twentieths of a point.
_BODY, _NEARER = 16, -5
# Figures stand among the characters without a gap. That marks may hang over the margin is Word's own rule; it is
# said because LibreOffice, which reads the words the other way round, then loses no mark at the end of a line.
_MARKS = (("overflowPunct", "1"), ("autoSpaceDE", "0"), ("autoSpaceDN", "0"))


def set_page(document: Any) -> None:
    """A4 with the margins of the standard, — 1 — at the outer foot."""
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


def set_styles(document: Any) -> None:
    """Normal, Title, Heading 1 and 2, Body Text and the words of tables."""
    styles = document.styles
    spaced(styles["Normal"], "body", 16)
    styles["Normal"].element.rPr.append(element("w:lang", val="en-US", eastAsia="zh-CN"))
    spaced(styles["Title"], "title", 22, line=Pt(35), align=WD_ALIGN_PARAGRAPH.CENTER)
    borders = styles["Title"].element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        styles["Title"].element.pPr.remove(borders)
    for name, face in (("Heading 1", "black"), ("Heading 2", "kai")):
        spaced(styles[name], face, 16, indent=INDENT)
        styles[name].paragraph_format.keep_with_next = True
    spaced(styles["Body Text"], "body", 16, indent=INDENT, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    table = add_style(document, TABLE_TEXT)
    spaced(table, "body", 10.5)
    table.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    table.paragraph_format.line_spacing = 1.0
    # The lines of the page's grid would blow the rows of a table up; the schema wants it before the spacing.
    table.element.pPr.find(qn("w:spacing")).addprevious(element("w:snapToGrid", val="0"))


def add_style(document: Any, name: str) -> Any:
    """A paragraph style of our own, based on Normal."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style, style.quick_style = document.styles["Normal"], True
    return style


def spaced(
    style: Any, face: str, size: float, *, indent: Any = 0, line: Any = LINE, align: Any = None
) -> None:
    """Give a style its face, its size in points, its line and its first indent."""
    set_face(style, face, size)
    _set_nearer(style, _NEARER if size == _BODY else 0)
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, line
    form.first_line_indent = indent
    form.widow_control = True
    if align is not None:
        form.alignment = align
    for name, value in _MARKS:
        style.element.pPr.find(qn("w:spacing")).addprevious(element(f"w:{name}", val=value))


def _set_nearer(style: Any, twentieths: int) -> None:
    """The room between characters; the schema wants it before the size, and what else was there goes."""
    properties = style.element.rPr
    for name in ("w:spacing", "w:kern"):
        for found in properties.findall(qn(name)):
            properties.remove(found)
    properties.find(qn("w:sz")).addprevious(element("w:spacing", val=str(twentieths)))


def set_properties(document: Any, *, title: str, organ: str, dated: date) -> None:
    """What the file says of itself; no clock is read, the same document has the same bytes."""
    moment = datetime.combine(dated, time())
    core = document.core_properties
    core.title, core.author, core.last_modified_by = printable(title), printable(organ), ""
    core.created = core.modified = moment
    core.language, core.comments, core.revision = "zh-CN", "", 1
    _forget_the_blank(document.part.package)


def _forget_the_blank(package: Any) -> None:
    """The library's blank says that another program wrote it, and carries a picture of an empty page."""
    for name, relation in list(package.rels.items()):
        if relation.reltype in (RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, RELATIONSHIP_TYPE.THUMBNAIL):
            del package.rels[name]
