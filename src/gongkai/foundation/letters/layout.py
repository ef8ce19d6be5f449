"""Where the parts of a document go (公文版式): the head's lines, what stays with the signature, the size of a table."""

from __future__ import annotations

import re

from gongkai.rules.documents import Cell, Form, OfficialDocument, Paragraph

# Characters of a line; lines of body that stand with the signature; lines that are kept whole for their sake.
LINE, LEAST, MOST = 28, 2, 12
# The head: 156 mm in points, the largest and the smallest size of its letters.
_WIDTH, _LARGEST, _SMALLEST = 156 / 25.4 * 72, 44.0, 26.0
# Letters and figures that a word processor does not break, or only at their points.
UNBROKEN = re.compile("[!-~]{14,}")
_BREAKS = re.compile("(?<=[、和与及])|(?=[（(])")


def head_lines(organ: str) -> tuple[str, ...]:
    """The organ's name as the head prints it: organs acting jointly on lines of their own, a long name on two."""
    given = tuple(line.strip() for line in organ.splitlines() if line.strip())
    if len(given) != 1 or len(organ) * _SMALLEST <= _WIDTH:
        return given
    middle = len(organ) / 2
    places = [found.start() for found in _BREAKS.finditer(organ) if 0 < found.start() < len(organ)]
    at = min(places, key=lambda place: abs(place - middle), default=round(middle))
    return organ[:at], organ[at:]


def head_size(lines: tuple[str, ...]) -> float:
    """The size of the head's letters in points: as large as its longest line allows."""
    longest = max(map(len, lines), default=1)
    return round(max(10.0, min(_LARGEST if len(lines) == 1 else 36.0, _WIDTH * 0.98 / longest)), 1)


def plain_head(document: OfficialDocument) -> bool:
    """Whether the organ stands plainly above the title: a form, a list, a sheet that nobody numbers or signs."""
    return document.is_form or not (document.signed or document.number)


def is_heading(row: tuple[Cell, ...]) -> bool:
    """Whether a row is a heading across the table, which stays with the row below it."""
    return len(row) == 1 and row[0].label


def closing(document: OfficialDocument) -> int:
    """How many blocks at the end go over the page with the signature, so that two lines of body stand with it.

    The last paragraph gives up its last two lines; one of a single line takes those before it along.
    """
    if not document.signed:
        return 0
    kept = lines = 0
    for block in reversed(document.blocks):
        if not isinstance(block, Paragraph) or (kept and lines + length(block.text) > MOST):
            break
        kept, lines = kept + 1, lines + length(block.text)
        if lines >= LEAST:
            break
    return kept


def length(text: str) -> int:
    """About how many lines a paragraph takes."""
    return -(-(len(text) + 2) // LINE)


def table_size(form: Form) -> float:
    """The size of a table's words in points: a list of many columns is set smaller."""
    return 10.5 if form.heads else 12.0


def note(contact: str) -> str:
    """Who can be asked, as the note below the day prints it (附注): in brackets."""
    plain = contact.strip()
    return plain if not plain or plain.startswith(("（", "(")) else f"（{plain}）"


def enclosure_lines(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The enclosures (附件说明): mark and name, numbered where there are several."""
    if len(names) == 1:
        return (("附件：", names[0]),)
    return tuple(
        (f"{'附件：' if place == 1 else ''}{place}．", name) for place, name in enumerate(names, start=1)
    )
