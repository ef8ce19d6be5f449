"""Bars (条形图): horizontal, from 0, the value at each; beside last year's where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from gongkai.annual_report.formats.svg import (
    D1,
    D2,
    INK,
    INK_2,
    INK_3,
    Canvas,
    decimal,
    grouped,
    scale,
    text_width,
    wrapped,
)

# Label, value, last year's value where it is known.
ChartRow = tuple[str, object, object]
_TITLE, _SIZE, _SMALL = 17.0, 15.0, 13.0
# As wide as they are shown, so that letters keep their size: in a column, and on a phone.
COLUMN, NARROW = 480.0, 320.0
_BAR, _SECOND, _GAP = 18.0, 10.0, 12.0
_ABSENT = "未填"


def bar_chart(title: str, rows: Sequence[ChartRow], unit: str, *, width: float = COLUMN) -> str:
    """Bars of the rows (label, value, last year or None) as SVG, named and told in a sentence.

    Values may be int, Decimal or decimal strings; None is drawn as words, never as a bar of 0.
    """
    canvas = Canvas(width)
    beside = any(decimal(last) is not None for _, _, last in rows)
    _heading(canvas, title, f"单位：{unit}")
    if beside:
        _key(canvas)
    if not rows:
        canvas.y += _SIZE
        canvas.text(0, canvas.y, "没有发生", _SIZE, fill=INK_2)
    bars(canvas, rows, Bars(0.0, width, _SIZE))
    canvas.y += 4
    name = "chart-" + sha256(f"{width:g}{title}{list(rows)}".encode()).hexdigest()[:12]
    return canvas.svg(title, sentence(title, rows, unit), name)


def _heading(canvas: Canvas, title: str, unit: str) -> None:
    """The title, as many lines as it takes; the unit at its end where there is room, else below."""
    last = 0.0
    for line in wrapped(title, _TITLE, canvas.width):
        canvas.y += 22
        canvas.text(0, canvas.y, line, _TITLE, bold=True)
        last = text_width(line, _TITLE)
    room = canvas.width - last - text_width(unit, _SMALL) > _GAP
    canvas.y += 0 if room else 20
    canvas.text(canvas.width, canvas.y, unit, _SMALL, fill=INK_3, anchor="end")
    canvas.y += 14


@dataclass(frozen=True, slots=True)
class Bars:
    """Where bars stand: from ``x``, as wide as ``width``, their words of ``size``."""

    x: float
    width: float
    size: float


def bars(canvas: Canvas, rows: Sequence[ChartRow], place: Bars) -> None:
    """Draw the rows below each other, from the canvas's ``y``."""
    values = [decimal(value) for row in rows for value in row[1:]]
    label_width = min(max((text_width(row[0], place.size) for row in rows), default=0), place.width * 0.42)
    shown = max((text_width(_shown(one), place.size) for one in values), default=0)
    start = place.x + label_width + 12
    unit = scale(values, max(place.x + place.width - start - shown - 8, 10))
    for label, value, last in rows:
        _row(
            canvas,
            wrapped(label, place.size, label_width + 1),
            decimal(value),
            decimal(last),
            (start, unit),
            place,
        )


def _row(
    canvas: Canvas,
    label: list[str],
    value: Decimal | None,
    last: Decimal | None,
    axis: tuple[float, float],
    place: Bars,
) -> None:
    start, unit = axis
    leading = place.size * 1.35
    drawn = _BAR + (_SECOND + 5 if last is not None else 0)
    height = max(drawn, leading * len(label))
    top = canvas.y + (height - drawn) / 2
    base = canvas.y + (height - leading * len(label)) / 2 + place.size
    for at, line in enumerate(label):
        canvas.text(place.x, base + at * leading, line, place.size, fill=INK_2)
    _bar(canvas, value, start, unit, (top, _BAR, D1), place.size)
    if last is not None:
        _bar(canvas, last, start, unit, (top + _BAR + 3, _SECOND, D2), _SMALL)
    canvas.line(start, canvas.y - _GAP / 2, start, canvas.y + height + _GAP / 2)
    canvas.y += height + _GAP


def _bar(
    canvas: Canvas,
    value: Decimal | None,
    start: float,
    unit: float,
    drawn: tuple[float, float, str],
    size: float,
) -> None:
    top, height, fill = drawn
    length = float(value) * unit if value is not None and value > 0 else 0.0
    if length:
        length = max(length, 1.5)
        canvas.rect(start, top, length, height, fill)
    canvas.text(
        start + length + 7, top + height / 2 + size * 0.36, _shown(value), size, fill=INK if value else INK_3
    )


def _shown(value: Decimal | None) -> str:
    return _ABSENT if value is None else grouped(value)


def _key(canvas: Canvas) -> None:
    canvas.y += 8
    at = 0.0
    for label, fill in (("本年", D1), ("上年", D2)):
        canvas.rect(at, canvas.y - 9, 12, 10, fill)
        canvas.text(at + 17, canvas.y, label, _SMALL, fill=INK_2)
        at += 64
    canvas.y += 16


def sentence(title: str, rows: Sequence[ChartRow], unit: str) -> str:
    """What the bars say, for who cannot see them."""
    told = []
    for label, value, last in rows:
        found, before = decimal(value), decimal(last)
        said = f"{label} {_shown(found)}" + (f" {unit}" if found is not None else "")
        told.append(said + (f"（上年 {grouped(before)}）" if before is not None else ""))
    return f"{title}：{'，'.join(told)}。" if told else f"{title}：没有发生。"
