"""Cleaning one row (清洗): values of their column's type, or what is wrong with them and the cure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gongkai.foundation.kinds import Column, Finding, Kind

FIRST_YEAR, LAST_YEAR = 1949, 2100
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DATES = (
    re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?: 00:00:00)?"),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
_NUMBER = re.compile(r"-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_DIGITS = str.maketrans("０１２３４５６７８９．－，", "0123456789.-,")
_MOST_DIGITS = 18


class _Wrong(Exception):
    """A value that cannot be; the text follows the column's name in the message."""


def clean_row(kind: Kind, raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[Finding]]:
    """The row's values by column code, blanks None, and the findings; no database is asked."""
    values: dict[str, Any] = {}
    findings: list[Finding] = []
    for column in kind.import_columns:
        try:
            values[column.code] = clean_value(column, raw.get(column.code))
        except _Wrong as wrong:
            findings.append(Finding(column.code, f"“{column.label}”{wrong}"))
    return values, findings


def clean_value(column: Column, written: Any) -> Any:
    """One value of a column's type; None where blank."""
    if isinstance(written, str):
        written = _INVISIBLE.sub("", written).strip()
    if written is None or written == "":
        return None
    return _CLEANERS[column.type](column, written)


def _text(column: Column, written: Any) -> str:
    text = _plain(written)
    if _CONTROL.search(text):
        raise _Wrong("里有看不见的控制字符，删去后重新输入。")
    if column.type == "text":
        text = " ".join(text.split())
    if len(text) > column.max_length:
        raise _Wrong(f"有 {len(text)} 个字，最多 {column.max_length} 个，写短一些。")
    return text


def _plain(written: Any) -> str:
    if isinstance(written, Decimal):
        return format(written, "f")
    return written if isinstance(written, str) else str(written)


def _date(column: Column, written: Any) -> date:
    if isinstance(written, datetime):
        raise _Wrong(f"写的是 {written:%Y-%m-%d %H:%M}，只写日期，不写时刻。")
    found = written if isinstance(written, date) else _parsed_date(_plain(written).translate(_DIGITS))
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise _Wrong(f"写的是 {found}，年份应在 {FIRST_YEAR} 到 {LAST_YEAR} 之间，核对年份。")
    return found


def _parsed_date(text: str) -> date:
    for pattern in _DATES:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        try:
            return date(*(int(group) for group in match.groups()))
        except ValueError:
            raise _Wrong(f"写的是“{_short(text)}”，没有这一天，核对月和日。") from None
    raise _Wrong(f"写的是“{_short(text)}”，不是日期。写成 2021-09-13 这样，单元格格式选“日期”或“文本”。")


def _number(column: Column, written: Any) -> Decimal:
    if isinstance(written, bool):
        raise _Wrong("写的是“是/否”，要写数字。")
    if isinstance(written, float):
        written = Decimal(repr(written))
    text = _plain(written).translate(_DIGITS).replace(" ", "")
    if isinstance(written, date) or not _NUMBER.fullmatch(text) or len(text) > _MOST_DIGITS:
        raise _Wrong(f"写的是“{_short(text)}”，不是数字。只写数字，不带单位和文字；没有发生写 0。")
    number = Decimal(text.replace(",", ""))
    if column.minimum is not None and number < column.minimum:
        raise _Wrong(f"写的是 {_short(text)}，不能小于 {column.minimum}。")
    if column.maximum is not None and number > column.maximum:
        raise _Wrong(f"写的是 {_short(text)}，不能大于 {column.maximum}。")
    return number


def _integer(column: Column, written: Any) -> int:
    number = _number(column, written)
    if number != number.to_integral_value():
        raise _Wrong(f"写的是 {number:f}，要写整数。")
    return int(number)


def _decimal(column: Column, written: Any) -> Decimal:
    number = _number(column, written)
    rounded = round(number, column.decimals)
    if rounded != number:
        raise _Wrong(f"写的是 {number:f}，小数最多 {column.decimals} 位。")
    return rounded


def _choice(column: Column, written: Any) -> str:
    text = _plain(written)
    chosen = column.choice(text)
    if chosen is None:
        allowed = "、".join(choice.label for choice in column.choices)
        raise _Wrong(f"写的是“{_short(text)}”，应为其中之一：{allowed}。")
    return chosen.code


def _boolean(column: Column, written: Any) -> bool:
    if isinstance(written, bool):
        return written
    text = _plain(written)
    if text in ("是", "1", "true"):
        return True
    if text in ("否", "0", "false"):
        return False
    raise _Wrong(f"写的是“{_short(text)}”，写“是”或“否”。")


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:30] + "…"


_CLEANERS: dict[str, Callable[[Column, Any], Any]] = {
    "text": _text,
    "long_text": _text,
    "file": _text,
    "date": _date,
    "integer": _integer,
    "decimal": _decimal,
    "choice": _choice,
    "boolean": _boolean,
}
