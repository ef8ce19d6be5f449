"""What may stand in a cell (格中的值): decided before any sum."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from gongkai.rules.report.form import Cell

MOST_DIGITS = 18
_WHOLE = re.compile(r"(0|[1-9][0-9]*)")
_SIGNED = re.compile(r"([+-]?)(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"(0|[1-9][0-9]*)(\.[0-9]{1,8})?")


class BadValue(ValueError):
    """What stands there is no value of the cell; the message says what is, and the cure."""


def is_blank(written: object) -> bool:
    """Whether a cell is blank: absent, null or nothing but spaces. 0 is not blank."""
    return written is None or (isinstance(written, str) and not written.strip())


def parse_value(cell: Cell, written: object) -> Decimal | None:
    """The value of a cell as written in a file; None where it is blank or free text. Raises BadValue."""
    if is_blank(written) or cell.kind == "text":
        return None
    text = _text(written)
    if text is None:
        raise BadValue(f"“{_shown(written)}”不是数，写成 0、9 这样的数字。")
    if len(text) > MOST_DIGITS:
        raise BadValue(f"“{_shown(text)}”超过 {MOST_DIGITS} 位，核对这个数。")
    if cell.kind == "signed":
        return Decimal(text) if _SIGNED.fullmatch(text) else _refuse(text, "要写整数，减少的前面加减号")
    if text.startswith("-") and _DECIMAL.fullmatch(text[1:]):
        return _refuse(text, "是负数，数量不能小于 0")
    if cell.kind == "decimal":
        return (
            Decimal(text)
            if _DECIMAL.fullmatch(text)
            else _refuse(text, "不是数，写成 3056.81805 这样，不带单位")
        )
    if _WHOLE.fullmatch(text):
        return Decimal(text)
    if _DECIMAL.fullmatch(text):
        return _refuse(text, "有小数，件数要写整数")
    return _refuse(text, "不是整数，没有发生写 0，不写“/”“-”“无”")


def _text(written: object) -> str | None:
    if isinstance(written, bool):
        return None
    if isinstance(written, str):
        return written.strip()
    if isinstance(written, int):
        return str(written)
    if isinstance(written, Decimal):
        return format(written, "f") if written.is_finite() else None
    if isinstance(written, float):
        # Shortest decimal that reads back as the same number; what was meant by 3056.81805.
        return format(Decimal(repr(written)), "f") if written == written and abs(written) < 1e18 else None
    return None


def _shown(written: object) -> str:
    text = str(written)
    return text if len(text) <= 40 else text[:40] + "…"


def _refuse(text: str, why: str) -> Decimal:
    raise BadValue(f"“{_shown(text)}”{why}。")


def printed(value: Decimal | None) -> str:
    """As the contract prints a value: a decimal string without exponent; blank is empty."""
    if value is None:
        return ""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_cells(
    cells: Mapping[str, Cell], written: Mapping[str, object]
) -> tuple[dict[str, Decimal | None], dict[str, str]]:
    """All values of a form, and what is wrong with those that are none (they read as blank)."""
    values: dict[str, Decimal | None] = {}
    bad: dict[str, str] = {}
    for name, cell in cells.items():
        try:
            values[name] = parse_value(cell, written.get(name))
        except BadValue as error:
            values[name] = None
            bad[name] = str(error)
    return values, bad
