"""Drawing in SVG (制图): presentation attributes alone, so that a page's security policy lets it stand."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from html import escape

# The palette of the design's tokens.
INK, INK_2, INK_3 = "#1b1d21", "#464a52", "#62656c"
LINE, WASH, PAPER = "#dedbd2", "#f7f6f2", "#ffffff"
D1, D2, D5 = "#1c4a7e", "#b0762a", "#858c96"
FAMILY = "PingFang SC, HarmonyOS Sans SC, Microsoft YaHei, Noto Sans CJK SC, Noto Sans SC, sans-serif"
# Width of a character of Chinese and of any other, in its size.
_FULL, _HALF, _MARK = 1.0, 0.6, 0.29


def text_width(text: str, size: float) -> float:
    """How wide a line will be, near enough to keep things apart in any of the fonts."""
    return sum(_FULL if ord(one) > 0x2E7F else _MARK if one in ",. " else _HALF for one in text) * size


def wrapped(text: str, size: float, width: float) -> list[str]:
    """The text in lines no wider than that; no line begins with a mark that may not."""
    lines, line = [], ""
    for one in text:
        if line and text_width(line + one, size) > width and one not in "，。、；：）》”":
            lines.append(line)
            line = ""
        line += one
    return [*lines, line] if line else lines


def grouped(value: Decimal) -> str:
    """A number as a person reads it: 10,723; 3,056.81805."""
    text = format(value, "f")
    whole, dot, rest = text.partition(".")
    return f"{int(whole):,}{dot}{rest}" if whole.lstrip("-").isdigit() else text


def decimal(value: object) -> Decimal | None:
    """A value as a number; None where it is blank or no number."""
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None


class Canvas:
    """A drawing that grows downwards: ``y`` is where the next thing stands."""

    def __init__(self, width: float) -> None:
        self.width = width
        self.y = 0.0
        self._parts: list[str] = []

    def rect(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        """A filled box."""
        self._parts.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" fill="{fill}"/>'
        )

    def line(self, x: float, y: float, x2: float, y2: float, stroke: str = LINE) -> None:
        """A hairline."""
        self._parts.append(
            f'<line x1="{_n(x)}" y1="{_n(y)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="{stroke}" stroke-width="1"/>'
        )

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        fill: str = INK,
        anchor: str = "start",
        bold: bool = False,
    ) -> None:
        """A line of text on its base line."""
        weight = ' font-weight="bold"' if bold else ""
        place = f' text-anchor="{anchor}"' if anchor != "start" else ""
        self._parts.append(
            f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" fill="{fill}"{place}{weight}>{_said(text)}</text>'
        )

    def svg(self, title: str, sentence: str, name: str, *, ground: str = "") -> str:
        """The drawing with its name and the sentence that says it; ``name`` makes its ids one of a kind.

        ``ground``: the colour it stands on; without it the page's.
        """
        paper = f'<rect width="{_n(self.width)}" height="{_n(self.y)}" fill="{ground}"/>' if ground else ""
        width, height = _n(self.width), _n(self.y)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
            f'height="{height}" role="img" aria-labelledby="{name}-title" aria-describedby="{name}-desc" '
            f'font-family="{FAMILY}"><title id="{name}-title">{_said(title)}</title>'
            f'<desc id="{name}-desc">{_said(sentence)}</desc>{paper}{"".join(self._parts)}</svg>'
        )


def _said(text: str) -> str:
    # XML holds no control characters.
    return escape("".join(one for one in text if ord(one) >= 32 and ord(one) not in (0xFFFE, 0xFFFF)))


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def scale(values: Sequence[Decimal | None], room: float) -> float:
    """Units to lengths: the largest fills the room, the axis begins at 0."""
    most = max((one for one in values if one is not None), default=Decimal(0))
    return room / float(most) if most > 0 else 0.0
