"""The information processing fee: worked examples, an independent slow count, and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.rules.fees import FeeRefused, in_yuan, information_fee


def yuan(method: str, count: int) -> int:
    fen = information_fee(method, count).amount_fen
    assert fen % 100 == 0
    return fen // 100


def test_FEE_4_by_case() -> None:
    """同一申请人一个自然月内累计申请10件以下（含10件）的，不收费。
    同一申请人一个自然月内累计申请11—30件（含30件）的部分：100元/件。
    同一申请人一个自然月内累计申请31件以上的部分：以10件为一档，每增加一档，收费标准提高100元/件。
    """
    expected = {0: 0, 10: 0, 11: 100, 30: 2000, 31: 2200, 35: 3000, 40: 4000, 41: 4300, 47: 6100, 60: 11000}
    assert {n: yuan("case", n) for n in expected} == expected
    fee = information_fee("case", 35)
    assert fee.steps == (
        "当月累计第1件至第10件，不收费",
        "第11件至第30件，20件 × 100元 = 2000元",
        "第31件至第35件，5件 × 200元 = 1000元",
        "合计 3000元",
    )
    assert fee.provision.endswith("（国办函〔2020〕109号）第四条")


def test_by_case_equals_the_sum_of_the_rates() -> None:
    def rate(k: int) -> int:
        return 0 if k <= 10 else 100 if k <= 30 else 100 * (ceil((k - 30) / 10) + 1)

    total = 0
    for n in range(1, 1200):
        total += rate(n)
        assert yuan("case", n) == total


def test_FEE_5_by_page() -> None:
    """30页以下（含30页）的，不收费；31—100页（含100页）的部分：10元/页；101—200页（含200页）的部分：20
    元/页；201页以上的部分：40元/页。
    """
    expected = {0: 0, 30: 0, 31: 10, 100: 700, 101: 720, 150: 1700, 200: 2700, 201: 2740, 250: 4700}
    expected[2219] = 83460  # the fee an office really asked for
    assert {n: yuan("page", n) for n in expected} == expected
    assert information_fee("page", 31).steps == (
        "第1页至第30页，不收费",
        "第31页，1页 × 10元 = 10元",
        "合计 10元",
    )
    assert 3 * yuan("page", 25) == 0, "three applications in a month are not added up"


def test_FEE_3_one_method() -> None:
    """行政机关对每件申请可以根据实际情况选择适用其中一种标准，但不得同时按照两种标准重复计算。"""
    with pytest.raises(FeeRefused, match="应为 case（按件）或者 page（按量），只能用一种"):
        information_fee("both", 35)
    assert information_fee("case", 35).rule != information_fee("page", 35).rule


@pytest.mark.parametrize("method", ["case", "page"])
@pytest.mark.parametrize("count", [-1, 1.5, "35", None, True, 100_000_001])
def test_counts_that_cannot_be(method: str, count: Any) -> None:
    with pytest.raises(FeeRefused, match="应是整数|应在 0 到"):
        information_fee(method, count)


def test_no_fee_before_2021() -> None:
    with pytest.raises(FeeRefused, match="2020-12-31 还不能收信息处理费.*自 2021-01-01 起施行"):
        information_fee("case", 35, charged_on=date(2020, 12, 31))
    assert information_fee("case", 35, charged_on=date(2021, 1, 1)).amount_fen == 300_000


@given(st.sampled_from(["case", "page"]), st.integers(0, 100_000), st.integers(0, 50))
def test_more_never_costs_less(method: str, count: int, more: int) -> None:
    fewer, many = information_fee(method, count), information_fee(method, count + more)
    assert fewer.amount_fen <= many.amount_fen
    assert len(many.steps) < 30, "a mistyped count does not fill the screen"


@given(st.integers(-(10**12), 10**12))
def test_yuan_have_two_decimals_and_lose_no_fen(fen: int) -> None:
    shown = in_yuan(fen)
    assert shown.partition(".")[2].isdigit() and len(shown.partition(".")[2]) == 2
    assert Decimal(shown) * 100 == fen
