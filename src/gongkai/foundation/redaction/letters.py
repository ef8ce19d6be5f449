"""The letters of a page with their places (文字层): which of them the picture shows, and which it hides."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from gongkai.foundation.redaction.model import MOST_LETTERS, WHOLE, Letter, RedactionRefused, Sheet
from gongkai.foundation.redaction.pictures import draw

_DPI = 100
# How much a letter must change the picture, or stand out from it, of 255.
_VISIBLE = 24
_INVISIBLE_MODES = (3, 7)
_TEXT_OBJECT, _FORM_OBJECT = 1, 5
_MOST_DEPTH = 12
# A point far off on the page, and the canvas it is drawn on: whole numbers are then fine enough.
_FAR, _FINE = 1000, 100_000


def sheet_of(page: Any, *, shown: bool = True) -> Sheet:
    """The page's size and letters; which of them are seen is told apart only where ``shown`` is asked.

    Raises RedactionRefused for a page with more letters than any page has.
    """
    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        raw, unreadable = _raw(page, textpage)
    finally:
        textpage.close()
    letters = _shown(page, raw) if shown else tuple(letter for letter, _ in raw)
    return Sheet(width, height, letters, unreadable)


def _raw(page: Any, textpage: Any) -> tuple[list[tuple[Letter, bool]], int]:
    """Every letter with whether it is drawn without ink (识别层), and how many have no character."""
    count = textpage.count_chars()
    if count > MOST_LETTERS:
        raise RedactionRefused(
            f"有一页的文字层有 {count} 个字，不像一页纸；打印成 PDF 另存一份，再放进案卷。"
        )
    to_page = _Mapping(page)
    found: list[tuple[Letter, bool]] = []
    unreadable, breaks, line = 0, True, 0
    for index, text in _characters(textpage, count):
        if not text.strip() or unicodedata.category(text[0]) in ("Cc", "Cf"):
            breaks, line = True, line + (text in "\r\n")
            continue
        if unicodedata.category(text[0]) in ("Co", "Cn", "Cs") or _unmapped(textpage, index):
            unreadable, breaks = unreadable + 1, True
            continue
        box, turn = to_page.box(textpage.get_charbox(index)), to_page.turn(textpage, index)
        found.append((Letter(text, *box, breaks=breaks, line=line, turn=turn), _inkless(textpage, index)))
        breaks = False
    return found, unreadable


def _characters(textpage: Any, count: int) -> Iterator[tuple[int, str]]:
    """Each character with its index; two halves of a rare character are one."""
    import pypdfium2.raw as raw

    half = 0
    for index in range(count):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if 0xD800 <= code < 0xDC00:
            half = code
        elif 0xDC00 <= code < 0xE000 and half:
            yield index, chr(0x10000 + ((half - 0xD800) << 10) + (code - 0xDC00))
            half = 0
        else:
            yield index, chr(code) if code < 0x110000 else "\ufffe"


def _unmapped(textpage: Any, index: int) -> bool:
    import pypdfium2.raw as raw

    return bool(raw.FPDFText_HasUnicodeMapError(textpage, index) == 1)


def _inkless(textpage: Any, index: int) -> bool:
    import pypdfium2.raw as raw

    thing = raw.FPDFText_GetTextObject(textpage, index)
    return bool(thing) and raw.FPDFTextObj_GetTextRenderMode(thing) in _INVISIBLE_MODES


class _Mapping:
    """From the page's own coordinates to thousandths as shown: rotation and crop box taken in."""

    def __init__(self, page: Any) -> None:
        self.zero = zero = _device(page, 0, 0)
        along, up = _device(page, _FAR, 0), _device(page, 0, _FAR)
        self.a, self.b = ((along[i] - zero[i]) / _FAR for i in (0, 1))
        self.c, self.d = ((up[i] - zero[i]) / _FAR for i in (0, 1))
        self.size = page.get_size()

    def box(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """Left, top, right and bottom as shown."""
        left, bottom, right, top = box
        xs = [self.zero[0] + self.a * x + self.c * y for x in (left, right) for y in (bottom, top)]
        ys = [self.zero[1] + self.b * x + self.d * y for x in (left, right) for y in (bottom, top)]
        return min(xs), min(ys), max(xs), max(ys)

    def turn(self, textpage: Any, index: int) -> int:
        """Which way the line of a character runs as shown."""
        import pypdfium2.raw as raw

        matrix = raw.FS_MATRIX()
        if not raw.FPDFText_GetMatrix(textpage, index, matrix):
            return 0
        across = (self.a * matrix.a + self.c * matrix.b) * self.size[0]
        down = (self.b * matrix.a + self.d * matrix.b) * self.size[1]
        if abs(across) >= abs(down):
            return 0 if across >= 0 else 2
        return 1 if down > 0 else 3


def _device(page: Any, x: int, y: int) -> tuple[float, float]:
    import pypdfium2.raw as raw

    across, down = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDF_PageToDevice(page, 0, 0, _FINE, _FINE, 0, x, y, across, down):
        raise RedactionRefused("有一页的页面尺寸不对；打印成 PDF 另存一份，再放进案卷。")
    return across.value * WHOLE / _FINE, down.value * WHOLE / _FINE


def _shown(page: Any, raw: list[tuple[Letter, bool]]) -> tuple[Letter, ...]:
    """The letters, each with whether it is seen.

    A drawn letter is seen where the page looks different without any text; one drawn without ink (a scan's
    recognised text) where the picture under it is not of one colour and no drawn letter stands there.
    """
    from PIL import ImageChops

    if not raw:
        return ()
    whole = draw(page, _DPI)
    _switch_text(page, False)
    try:
        bare = draw(page, _DPI)
    finally:
        _switch_text(page, True)
    change, plain = ImageChops.difference(whole, bare).convert("L"), whole.convert("L")
    drawn = [(letter, not inkless and _reaches(change, letter), inkless) for letter, inkless in raw]
    taken = _Taken([letter for letter, seen, _ in drawn if seen])
    return tuple(
        replace(letter, seen=seen or (inkless and _stands_out(plain, letter) and not taken.at(letter)))
        for letter, seen, inkless in drawn
    )


def _switch_text(page: Any, on: bool) -> None:
    import pypdfium2.raw as raw

    for index in range(raw.FPDFPage_CountObjects(page)):
        _switch(raw.FPDFPage_GetObject(page, index), on, 0)


def _switch(thing: Any, on: bool, depth: int) -> None:
    import pypdfium2.raw as raw

    kind = raw.FPDFPageObj_GetType(thing)
    if kind == _TEXT_OBJECT:
        raw.FPDFPageObj_SetIsActive(thing, on)
    elif kind == _FORM_OBJECT and depth < _MOST_DEPTH:
        for index in range(raw.FPDFFormObj_CountObjects(thing)):
            _switch(raw.FPDFFormObj_GetObject(thing, index), on, depth + 1)


def _crop(image: Any, letter: Letter) -> Any:
    width, height = image.size
    left, right = letter.left * width / WHOLE, letter.right * width / WHOLE
    top, bottom = letter.top * height / WHOLE, letter.bottom * height / WHOLE
    box = (
        max(int(left), 0),
        max(int(top), 0),
        min(int(right) + 1, width),
        min(int(bottom) + 1, height),
    )
    return image.crop(box) if box[0] < box[2] and box[1] < box[3] else None


def _reaches(change: Any, letter: Letter) -> bool:
    part = _crop(change, letter)
    return part is not None and part.getextrema()[1] >= _VISIBLE


def _stands_out(plain: Any, letter: Letter) -> bool:
    part = _crop(plain, letter)
    if part is None:
        return False
    low, high = part.getextrema()
    return bool(high - low >= 2 * _VISIBLE)


class _Taken:
    """Where drawn letters stand, by cells of the page, so that two texts in one place are told apart."""

    def __init__(self, letters: list[Letter]) -> None:
        self.cells = {self._cell(one) for one in letters}

    @staticmethod
    def _cell(letter: Letter) -> tuple[int, int]:
        return int((letter.left + letter.right) / 20), int((letter.top + letter.bottom) / 20)

    def at(self, letter: Letter) -> bool:
        """Whether a drawn letter stands at this place."""
        x, y = self._cell(letter)
        return any((x + i, y + j) in self.cells for i in (-1, 0, 1) for j in (-1, 0, 1))
