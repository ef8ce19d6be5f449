"""The text under a picture (文字层): without ink, for screen readers, searching and copying.

The fonts hold no shapes at all: each names the characters it stands for, and only those that are written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gongkai.foundation.redaction.model import WHOLE, Letter

# Codes of one byte, 0 left out.
_CODES = 255
# The matrix of a line that runs to the right, down, to the left, up.
_TURNS = (b"1 0 0 1", b"0 -1 1 0", b"-1 0 0 -1", b"0 1 -1 0")


class TextLayer:
    """The text layer of one page, with the fonts it needs."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._codes: dict[str, int] = {}

    def run(self, letters: Sequence[Letter]) -> bytes:
        """Letters that follow each other on a line, stretched to their place."""
        left = min(one.left for one in letters) * self.width / WHOLE
        right = max(one.right for one in letters) * self.width / WHOLE
        top = self.height - min(one.top for one in letters) * self.height / WHOLE
        bottom = self.height - max(one.bottom for one in letters) * self.height / WHOLE
        turn = letters[0].turn
        wide, size = (right - left, top - bottom) if turn % 2 == 0 else (top - bottom, right - left)
        size, wide = max(size, 1.0), max(wide, 1.0)
        stretch = 100 * wide / (size * len(letters))
        # Where the line begins, at the foot of its letters.
        x, y = ((left, bottom), (left, top), (right, top), (right, bottom))[turn]
        parts = [b"BT 3 Tr %.2f Tz %s %.2f %.2f Tm" % (stretch, _TURNS[turn], x, y)]
        font, codes = -1, bytearray()
        for letter in letters:
            at, code = self._place(letter.text)
            if at != font:
                parts += self._shown(codes)
                parts.append(b"/T%d %.2f Tf" % (at, size))
                font = at
            codes.append(code)
        return b" ".join([*parts, *self._shown(codes), b"ET"])

    def _place(self, text: str) -> tuple[int, int]:
        number = self._codes.setdefault(text, len(self._codes))
        return number // _CODES, number % _CODES + 1

    @staticmethod
    def _shown(codes: bytearray) -> list[bytes]:
        if not codes:
            return []
        shown = b"<" + bytes(codes).hex().encode() + b"> Tj"
        codes.clear()
        return [shown]

    def fonts(self, target: Any) -> dict[str, Any]:
        """The fonts for what was written."""
        characters = list(self._codes)
        return {
            f"/T{at // _CODES}": target.make_indirect(_font(target, characters[at : at + _CODES]))
            for at in range(0, len(characters), _CODES)
        }


def _font(target: Any, characters: list[str]) -> Any:
    from pikepdf import Array, Dictionary, Name

    shape = target.make_stream(b"1000 0 0 0 1000 1000 d1")
    last = len(characters)
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 1000, 1000]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=Dictionary({"/n": shape}),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([1, *[Name("/n")] * last])),
        FirstChar=1,
        LastChar=last,
        Widths=Array([1000] * last),
        Resources=Dictionary(),
        ToUnicode=target.make_stream(_to_unicode(characters)),
    )


def _to_unicode(characters: list[str]) -> bytes:
    lines = [f"<{code:02x}> <{text.encode('utf-16-be').hex()}>" for code, text in enumerate(characters, 1)]
    blocks = [lines[at : at + 100] for at in range(0, len(lines), 100)]
    body = "\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /T def /CMapType 2 def\n"
        f"1 begincodespacerange\n<01> <ff>\nendcodespacerange\n{body}\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end\n"
    ).encode()
