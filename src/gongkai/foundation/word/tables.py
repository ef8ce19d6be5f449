"""Tables of a Word document (表格): merged boxes, heads that repeat, heights that are left for a hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from gongkai.foundation.printable import printable

TABLE_TEXT = "Table Text"
_TWIPS = 1440 / 25.4


@dataclass(frozen=True, slots=True)
class WordBox:
    """A box. ``size`` in points; ``side``: left or center; ``place``: top, center or bottom; ``foot``: a line to the right."""

    text: str
    size: float
    columns: int = 1
    rows: int = 1
    side: str = "center"
    place: str = "center"
    foot: str = ""


@dataclass(frozen=True, slots=True)
class WordRow:
    """A row. ``height``: at least, in twips; ``head``: repeats on each page; ``keep``: stays with the next row."""

    boxes: tuple[WordBox, ...]
    height: int
    head: bool = False
    keep: bool = False
    splits: bool = False


def twips(millimetres: float) -> int:
    """Twentieths of a point."""
    return round(millimetres * _TWIPS)


def table_xml(title: str, widths: Sequence[float], rows: Sequence[WordRow], *, margin: int) -> Any:
    """The table. ``widths`` in millimetres; ``margin``: at the sides of each box, in twips."""
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    drawn = "".join(_row(row, laid, widths) for row, laid in zip(rows, _laid(rows, len(widths)), strict=True))
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{margin}" w:type="dxa"/>'
        f'<w:right w:w="{margin}" w:type="dxa"/></w:tblCellMar><w:tblLook w:val="04A0" w:firstRow="1" '
        f'w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(printable(title))}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{drawn}</w:tbl>"
    )


def _laid(rows: Sequence[WordRow], columns: int) -> Iterator[list[tuple[int, WordBox, bool]]]:
    """Each row as (column, box, goes on from above), the boxes that cover rows below repeated there."""
    covering: dict[int, tuple[WordBox, int]] = {}
    for row in rows:
        laid: list[tuple[int, WordBox, bool]] = []
        own, column = iter(row.boxes), 0
        while column < columns:
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


def _row(row: WordRow, laid: list[tuple[int, WordBox, bool]], widths: Sequence[float]) -> str:
    cells = "".join(_cell(*one, widths=widths, keep=row.keep) for one in laid)
    head = "<w:tblHeader/>" if row.head else ""
    whole = "" if row.splits else "<w:cantSplit/>"
    return f'<w:tr><w:trPr>{whole}<w:trHeight w:val="{row.height}"/>{head}</w:trPr>{cells}</w:tr>'


def _cell(column: int, box: WordBox, goes_on: bool, *, widths: Sequence[float], keep: bool) -> str:
    width = twips(sum(widths[column : column + box.columns]))
    span = f'<w:gridSpan w:val="{box.columns}"/>' if box.columns > 1 else ""
    merged = "" if box.rows == 1 else "<w:vMerge/>" if goes_on else '<w:vMerge w:val="restart"/>'
    foot = _paragraph(box.foot, "right", box.size, keep) if box.foot and not goes_on else ""
    words = None if goes_on else box.text
    said = "" if foot and not words else _paragraph(words, box.side, box.size, keep)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}<w:vAlign w:val="{box.place}"/></w:tcPr>'
        f"{said}{foot}</w:tc>"
    )


def _paragraph(words: str | None, side: str, size: float, keep: bool) -> str:
    half = round(2 * size)
    text = "" if words is None else "<w:br/>".join(_text(line) for line in words.split("\n"))
    return (
        f'<w:p><w:pPr><w:pStyle w:val="TableText"/>{"<w:keepNext/>" if keep else ""}<w:jc w:val="{side}"/></w:pPr>'
        f'<w:r><w:rPr><w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>{text}</w:r></w:p>'
    )


def _text(line: str) -> str:
    return f'<w:t xml:space="preserve">{escape(printable(line))}</w:t>'
