"""What boxes remove and what they leave (涂掉的、留下的), letter by letter; and words found on a page."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.foundation.redaction.model import WHOLE, Box, Letter, Sheet

# So much of a letter must be covered to count as removed; what is touched less is not given back as text either.
_REMOVED = 0.4
# A mouse's box may graze the line above by a hair of this part of a letter.
_GRAZED = 0.1
_MOST_PATTERN = 200


@dataclass(frozen=True, slots=True)
class Split:
    """A page's text under its boxes: ``removed`` strings, and the ``left`` runs that may be read."""

    removed: tuple[str, ...]
    left: tuple[tuple[Letter, ...], ...]

    @property
    def text(self) -> str:
        """What may be read of the page, run after run."""
        return " ".join("".join(one.text for one in run) for run in self.left)


def split(sheet: Sheet, boxes: Sequence[Box]) -> Split:
    """Which letters the boxes of this page remove, and which stay readable.

    A number or a word in letters of which one sign is touched is not given back at all.
    """
    covers = [max((_covered(letter, box) for box in boxes), default=0.0) for letter in sheet.letters]
    removed = _strings(sheet, boxes)
    touched = _whole_words(sheet.letters, [cover > _GRAZED for cover in covers])
    runs: list[list[Letter]] = []
    last: Letter | None = None
    for letter, gone in zip(sheet.letters, touched, strict=True):
        if gone or not letter.seen:
            last = None
            continue
        if last is None or letter.breaks or not _follows(last, letter):
            runs.append([])
        runs[-1].append(letter)
        last = letter
    return Split(removed, tuple(tuple(run) for run in runs))


def _strings(sheet: Sheet, boxes: Sequence[Box]) -> tuple[str, ...]:
    """The strings that the boxes remove.

    What stands under one box on one line is one string; where a text runs on under the next box, the whole is one
    as well, and where it runs on over the end of a line, only the whole: half a name is no name.
    """
    under = [_box_over(letter, boxes) for letter in sheet.letters]
    parts: list[list[tuple[str, int, int]]] = []
    for index, box in enumerate(under):
        if box is None:
            continue
        letter = sheet.letters[index]
        if index == 0 or under[index - 1] is None:
            parts.append([])
        chain = parts[-1]
        if chain and chain[-1][1:] == (box, letter.line):
            chain[-1] = (chain[-1][0] + letter.text, box, letter.line)
        else:
            chain.append((letter.text, box, letter.line))
    found = [text for chain in parts for text in _of_chain(chain)]
    return tuple(dict.fromkeys(found))


def _of_chain(chain: list[tuple[str, int, int]]) -> list[str]:
    """The strings of boxes whose texts follow each other."""
    joined: list[str] = []
    for place, (text, _, line) in enumerate(chain):
        over = place > 0 and chain[place - 1][2] != line
        if over:
            joined[-1] += text
        else:
            joined.append(text)
    whole = "".join(text for text, _, _ in chain)
    return list(dict.fromkeys([*joined, whole]))


def _box_over(letter: Letter, boxes: Sequence[Box]) -> int | None:
    """The box that covers most of a letter; None where none covers enough of it."""
    covers = [(_covered(letter, box), -place) for place, box in enumerate(boxes)]
    most, place = max(covers, default=(0.0, 0))
    return -place if most >= _REMOVED else None


def _covered(letter: Letter, box: Box) -> float:
    """Which part of a letter a box covers."""
    across = min(letter.right, box.right) - max(letter.left, box.left)
    down = min(letter.bottom, box.bottom) - max(letter.top, box.top)
    if across < 0 or down < 0:
        return 0.0
    # A hyphen has next to no height: each side counts by itself.
    wide, high = max(letter.right - letter.left, 0.01), max(letter.bottom - letter.top, 0.01)
    return min(across / wide, 1.0) * min(down / high, 1.0) if across or down else 0.0


def _whole_words(letters: Sequence[Letter], touched: list[bool]) -> list[bool]:
    """Numbers and words in letters go whole."""
    spread = list(touched)
    start = 0
    for index in range(len(letters) + 1):
        inside = index < len(letters) and index > start and _joins(letters[index - 1], letters[index])
        if inside:
            continue
        if any(touched[start:index]):
            spread[start:index] = [True] * (index - start)
        start = index
    return spread


def _joins(one: Letter, other: Letter) -> bool:
    return not other.breaks and _narrow(one.text) and _narrow(other.text) and _same_line(one, other)


def _narrow(text: str) -> bool:
    plain = unicodedata.normalize("NFKC", text)
    return plain.isascii() and (plain.isalnum() or plain in "@._-+")


def _same_line(one: Letter, other: Letter) -> bool:
    """Whether two letters stand on one line: the text has no break there, and they lie side by side."""
    if one.line != other.line or one.turn != other.turn:
        return False
    middle = sum(other.across) / 2
    slack = one.across[1] - one.across[0] + other.across[1] - other.across[0]
    return abs(sum(one.across) / 2 - middle) <= max(slack / 2, 2.0)


def _follows(one: Letter, other: Letter) -> bool:
    """Whether two letters are one run: on a line, next to each other, of one kind."""
    size = max(one.across[1] - one.across[0], other.across[1] - other.across[0], 4.0)
    near = -3 * size <= other.along[0] - one.along[1] <= 1.5 * size
    return _same_line(one, other) and near and _narrow(one.text) == _narrow(other.text)


def find(sheet: Sheet, page: int, wanted: str) -> list[Box]:
    """Every place of a word on a page (查找), as boxes: over line breaks, whatever the width and the blanks."""
    pattern = _signs(wanted)[:_MOST_PATTERN]
    if not pattern:
        return []
    signs: list[tuple[str, int]] = [
        (sign, index) for index, letter in enumerate(sheet.letters) for sign in _signs(letter.text)
    ]
    text = "".join(sign for sign, _ in signs)
    found: list[Box] = []
    start = text.find(pattern)
    while start >= 0:
        places = sorted({signs[at][1] for at in range(start, start + len(pattern))})
        found += boxes_of([sheet.letters[place] for place in places], page)
        start = text.find(pattern, start + len(pattern))
    return list(dict.fromkeys(found))


def _signs(text: str) -> str:
    """As it is compared, sign by sign: half width, small, no blanks, no separators of numbers."""
    narrow = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in narrow if c.isalnum())


def boxes_of(letters: Sequence[Letter], page: int) -> list[Box]:
    """One box for each line of letters that follow each other, a hair wider than they are."""
    lines: list[list[Letter]] = []
    for letter in letters:
        if lines and _same_line(lines[-1][-1], letter) and letter.along[0] >= lines[-1][0].along[0]:
            lines[-1].append(letter)
        else:
            lines.append([letter])
    return [_around(line, page) for line in lines]


def _around(line: Sequence[Letter], page: int) -> Box:
    left, right = min(one.left for one in line), max(one.right for one in line)
    top, bottom = min(one.top for one in line), max(one.bottom for one in line)
    return Box(
        page,
        max(math.floor(left - 0.5), 0),
        max(math.floor(top - 1.2), 0),
        min(math.ceil(right + 0.5), WHOLE),
        min(math.ceil(bottom + 1.2), WHOLE),
    )
