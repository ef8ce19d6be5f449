"""What may stand on a page (可印的字): no document format holds control characters."""

from __future__ import annotations

import unicodedata


def printable(text: str) -> str:
    """The text without control characters, which XML and PDF do not hold; it loses nothing else."""
    return "".join(
        one for one in text if one in "\t\n" or ord(one) >= 32 and ord(one) not in (0xFFFE, 0xFFFF)
    )


def width_of(text: str) -> int:
    """How wide a text stands (占几格), in figures; a Chinese character is as wide as two."""
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text)
