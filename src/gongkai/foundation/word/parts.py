"""Pieces of a Word document that its library does not draw (Word 部件): faces, fields, bytes."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

FACES = {"title": "方正小标宋简体", "body": "仿宋_GB2312", "kai": "楷体_GB2312", "black": "黑体"}
_DIGITS = "Times New Roman"
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def element(name: str, **attributes: str) -> Any:
    """An element of Word's own XML: ``element("w:lang", val="zh-CN")``."""
    made = OxmlElement(name)
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    return made


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


def fixed_bytes(packed: bytes) -> bytes:
    """The same package with the times of its parts fixed: the same document, the same bytes."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(packed)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(entry, source.read(name))
    return made.getvalue()
