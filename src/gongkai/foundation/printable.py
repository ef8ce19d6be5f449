"""What may stand on a page (可印的字): no document format holds control characters."""

from __future__ import annotations


def printable(text: str) -> str:
    """The text without control characters, which XML and PDF do not hold; it loses nothing else."""
    return "".join(
        one for one in text if one in "\t\n" or ord(one) >= 32 and ord(one) not in (0xFFFE, 0xFFFF)
    )
