"""Pieces of a Word document that its library does not draw (Word 部件): tables, faces, fields, bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from gongkai.annual_report.formats.outline import Box, PrintedTable

FACES = {"title": "方正小标宋简体", "body": "仿宋_GB2312", "kai": "楷体_GB2312", "black": "黑体"}
_DIGITS = "Times New Roman"
_TWIPS = 1440 / 25.4
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def set_face(element: Any, face: str, size: float, *, bold: bool = False) -> None:
    """Set the fonts of a run or style for Chinese and for digits, and its size."""
    font = element.font
    font.name, font.size, font.bold, font.italic = _DIGITS, Pt(size), bold, False
    properties = font.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    # The theme's fonts of a built-in style would win over the names.
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("eastAsia", "hint"):
        fonts.set(qn(f"w:{name}"), FACES[face] if name == "eastAsia" else "eastAsia")
    color = properties.find(qn("w:color"))
    if color is not None:
        properties.remove(color)


def page_number(paragraph: Any) -> None:
    """— 1 —, the number being a field."""
    for text, field in (("— ", False), (" PAGE ", True), (" —", False)):
        if not field:
            set_face(paragraph.add_run(text), "body", 14)
            continue
        for kind in ("begin", "instr", "separate", "shown", "end"):
            run = paragraph.add_run()
            set_face(run, "body", 14)
            if kind == "instr":
                code = OxmlElement("w:instrText")
                code.set(qn("xml:space"), "preserve")
                code.text = text
                run._r.append(code)
            elif kind == "shown":
                run.text = "1"
            else:
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
                run._r.append(mark)


def table_xml(table: PrintedTable, size: float) -> Any:
    """The table with its merged heads; the heads at its top repeat, no row splits over pages."""
    margin = 20 if len(table.widths) > 7 else 80
    leading = next(table.groups())[1] if len(table.widths) > 7 else ()
    grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in table.widths)
    rows = "".join(
        _row(table, boxes, size, repeated=place < len(leading), last=place == len(table.rows) - 1)
        for place, boxes in enumerate(_laid(table))
    )
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{_twips(sum(table.widths))}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{margin}" w:type="dxa"/>'
        f'<w:right w:w="{margin}" w:type="dxa"/></w:tblCellMar><w:tblLook w:val="04A0" w:firstRow="1" '
        f'w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{escape(table.title)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS)


def _laid(table: PrintedTable) -> Iterator[list[tuple[int, Box, bool]]]:
    """Each row as (column, box, goes on from above), the boxes that cover rows below repeated there."""
    covering: dict[int, tuple[Box, int]] = {}
    for row in table.rows:
        laid: list[tuple[int, Box, bool]] = []
        own, column = iter(row), 0
        while column < len(table.widths):
            if column in covering:
                box, left = covering.pop(column)
                laid.append((column, box, True))
            else:
                box = next(own)
                left = box.rows
                laid.append((column, box, False))
            if left > 1:
                covering[column] = (box, left - 1)
            column += box.columns
        yield laid


def _row(
    table: PrintedTable, boxes: list[tuple[int, Box, bool]], size: float, *, repeated: bool, last: bool
) -> str:
    height = 340 if len(table.widths) > 7 else 500
    cells = "".join(_cell(table, *one, size=size, keep=not last) for one in boxes)
    head = "<w:tblHeader/>" if repeated else ""
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}"/>{head}</w:trPr>{cells}</w:tr>'


def _cell(table: PrintedTable, column: int, box: Box, goes_on: bool, *, size: float, keep: bool) -> str:
    width = _twips(sum(table.widths[column : column + box.columns]))
    span = f'<w:gridSpan w:val="{box.columns}"/>' if box.columns > 1 else ""
    merged = "" if box.rows == 1 else "<w:vMerge/>" if goes_on else '<w:vMerge w:val="restart"/>'
    side = "left" if box.side and box.rows == 1 else "center"
    text = "" if goes_on else "<w:br/>".join(_text(line) for line in box.text.split("\n"))
    half = round(2 * _fitting(box, table, size))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="TableText"/>{"<w:keepNext/>" if keep else ""}<w:jc w:val="{side}"/></w:pPr>'
        f'<w:r><w:rPr><w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>{text}</w:r></w:p></w:tc>'
    )


def _text(line: str) -> str:
    return f'<w:t xml:space="preserve">{escape(printable(line))}</w:t>'


def printable(text: str) -> str:
    """XML holds no control characters; a text that has one loses it and nothing else."""
    return "".join(
        one for one in text if one in "\t\n" or ord(one) >= 32 and ord(one) not in (0xFFFE, 0xFFFF)
    )


def _fitting(box: Box, table: PrintedTable, size: float) -> float:
    """A number too long for its box is set smaller, never broken."""
    if not box.cell:
        return size
    room = (table.widths[-1] * box.columns - 1.0) / 25.4 * 72
    return max(min(size, room / (len(box.text) * 0.56 or 1)), 3)


def fixed_bytes(packed: bytes) -> bytes:
    """The same package with the times of its parts fixed: the same report, the same bytes."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(packed)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(entry, source.read(name))
    return made.getvalue()
