"""The styles of an official document in Word (公文的样式), beside those every document has."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from gongkai.foundation.word.page import INDENT, LINE, add_style, spaced
from gongkai.foundation.word.parts import element

ORGAN, NUMBER, QUOTED = "Issuing Organ", "Document Number", "Quoted Words"
ENCLOSURE, SIGNATURE, NOTE = "Enclosure", "Signature Line", "Form Note"
RED = "E60012"
# 4 mm, in points.
_BELOW_NUMBER = 11


def set_letter_styles(document: Any) -> None:
    """Add them, so that an office changes a style and not each paragraph."""
    organ = add_style(document, ORGAN)
    spaced(organ, "title", 36, align=WD_ALIGN_PARAGRAPH.CENTER)
    organ.font.color.rgb = RGBColor.from_string(RED)
    organ.paragraph_format.space_before = Mm(35)
    organ.paragraph_format.keep_with_next = True
    number = add_style(document, NUMBER)
    spaced(number, "body", 16, align=WD_ALIGN_PARAGRAPH.CENTER)
    _red_line(number)
    spaced(add_style(document, QUOTED), "kai", 16, indent=INDENT, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    spaced(add_style(document, ENCLOSURE), "body", 16)
    spaced(add_style(document, SIGNATURE), "body", 16, align=WD_ALIGN_PARAGRAPH.CENTER)
    note = add_style(document, NOTE)
    spaced(note, "body", 10.5, line=LINE)
    note.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    note.paragraph_format.line_spacing = 1.0
    note.paragraph_format.space_after = Pt(3)


def _red_line(style: Any) -> None:
    """The line below the number; the schema wants it before the rules for marks."""
    borders = element("w:pBdr")
    borders.append(element("w:bottom", val="single", sz="10", space=str(_BELOW_NUMBER), color=RED))
    style.element.pPr.find(qn("w:overflowPunct")).addprevious(borders)
