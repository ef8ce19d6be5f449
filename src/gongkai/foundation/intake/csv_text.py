"""Reading csv as it really comes (csv): UTF-8, GBK, UTF-16, cut off, with NUL."""

from __future__ import annotations

import codecs
import csv
import io

from gongkai.foundation.intake.errors import FileRefused
from gongkai.foundation.intake.tables import Line

_CUT = "文件末尾不完整，可能传输时截断了。向提供的人再要一份，或用原表重新导出。"
# A character of UTF-8 or GB18030 is at most four bytes: an error nearer to the end is a cut.
_LONGEST_CHARACTER = 4


def csv_lines(content: bytes, name: str) -> list[Line]:
    """The lines of a csv file with their numbers. Raises FileRefused."""
    text = _decoded(content, name)
    if "\x00" in text:
        raise FileRefused(
            f"{name} 里有看不见的控制字符（NUL），不是文本文件。用 Excel 打开，另存为 xlsx 再导入。"
        )
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        return [
            Line(reader.line_num, tuple(cell.strip() or None for cell in cells)) for cells in reader if cells
        ]
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise FileRefused(f"{name} 最后一个引号没有闭合：{_CUT}") from None
        raise FileRefused(
            f"{name} 第 {reader.line_num} 行的引号或分隔不对。用 Excel 打开，另存为 xlsx 再导入。"
        ) from None


def _decoded(content: bytes, name: str) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strict(content, "utf-16", name)
    if content.startswith(codecs.BOM_UTF8):
        return _strict(content, "utf-8-sig", name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        # Text in UTF-8 up to its very end is UTF-8 cut off; GBK fails at its first Chinese character.
        if error.start >= len(content) - _LONGEST_CHARACTER and any(
            byte > 127 for byte in content[: error.start]
        ):
            raise FileRefused(f"{name} {_CUT}") from None
    return _strict(content, "gb18030", name)


def _strict(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        if error.end >= len(content) - _LONGEST_CHARACTER:
            raise FileRefused(f"{name} {_CUT}") from None
        raise FileRefused(
            f"{name} 既不是 UTF-8 也不是 GBK 编码，第 {error.start} 个字节起读不出。用 Excel 打开，另存为 xlsx 再导入。"
        ) from None


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max((",", "\t", ";"), key=first.count)
