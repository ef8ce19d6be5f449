"""What may stand in a cell: negatives, fractions, blanks and words are refused before any sum."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.rules.report.forms import form_for
from gongkai.rules.report.values import BadValue, parse_value, printed

FORM = form_for(2021)
COUNT, FEE = FORM.cells["t2.norm.made"], FORM.cells["t2.fee.amount"]
SIGNED = form_for(2019).cells["t2.licence.change"]


@pytest.mark.parametrize("written", [None, "", "  ", "\u3000"])
def test_blank_is_not_zero(written: object) -> None:
    assert parse_value(COUNT, written) is None
    assert parse_value(COUNT, "0") == 0


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("-1", "负数"), (-1, "负数"), ("1.5", "小数"), (1.5, "小数"), ("/", "不是整数"), ("-", "不是整数"),
        ("无", "不是整数"), ("3件", "不是整数"), ("1e3", "不是整数"), (True, "不是数"), ([1], "不是数"),
        ("٣", "不是整数"), ("9" * 30, "位"), (float("inf"), "不是数"), ("007", "不是整数"), ("+3", "不是整数"),
    ],
)  # fmt: skip
def test_what_is_no_count_is_refused_in_words(written: Any, said: str) -> None:
    with pytest.raises(BadValue, match=said):
        parse_value(COUNT, written)


def test_amounts_and_signed_numbers() -> None:
    assert parse_value(FEE, "3056.81805") == Decimal("3056.81805")
    assert parse_value(FEE, 3056.81805) == Decimal("3056.81805")
    assert parse_value(SIGNED, "-3") == -3
    for bad in ("-0.5", "3,056", "12万元", "1."):
        with pytest.raises(BadValue):
            parse_value(FEE, bad)


@given(st.integers(0, 10**15))
def test_a_count_prints_as_it_was_read(number: int) -> None:
    assert printed(parse_value(COUNT, str(number))) == str(number)


@given(st.integers(0, 10**12))
def test_an_amount_in_fen_prints_without_exponent(fen: int) -> None:
    text = printed(Decimal(fen) / 1_000_000)
    assert "E" not in text and parse_value(FEE, text) == Decimal(fen) / 1_000_000
