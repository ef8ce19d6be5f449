"""Information processing fee (信息处理费, 国办函〔2020〕109号): by case or by page, in fen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.rules.citations import cite
from gongkai.rules.provision import Provision
from gongkai.rules.rule import Rule, implements, register

SINCE = date(2021, 1, 1)
MOST_UNITS = 100_000_000
_FEN = 100

ONE_METHOD = Rule(
    id="FEE-3-one-method",
    title="按件、按量择一",
    sentence="行政机关对每件申请可以根据实际情况选择适用其中一种标准，但不得同时按照两种标准重复计算。",
    provisions=(Provision("fee-2020", 3),),
    since=SINCE,
)
BY_CASE = Rule(
    id="FEE-4-by-case",
    title="按件计收",
    sentence="同一申请人一个自然月内累计申请10件以下（含10件）的，不收费。\n"
    "同一申请人一个自然月内累计申请11—30件（含30件）的部分：100元/件。\n"
    "同一申请人一个自然月内累计申请31件以上的部分：以10件为一档，每增加一档，收费标准提高100元/件。",
    provisions=(Provision("fee-2020", 4),),
    since=SINCE,
    note="31至40件每件200元、41至50件每件300元，是对“每增加一档”的通常理解。",
    examples=("当月35件：20 × 100 + 5 × 200 = 3000元。", "当月47件：2000 + 2000 + 7 × 300 = 6100元。"),
)
BY_PAGE = Rule(
    id="FEE-5-by-page",
    title="按量计收",
    sentence="30页以下（含30页）的，不收费；31—100页（含100页）的部分：10元/页；"
    "101—200页（含200页）的部分：20元/页；201页以上的部分：40元/页。",
    provisions=(Provision("fee-2020", 5),),
    since=SINCE,
    confirmed=False,
    note="各档金额见多地转载；按单件申请计、不跨件累计，单面A4及以下为一页，电子件折算页数的办法，条文原文待核对。",
    examples=("150页：700 + 50 × 20 = 1700元。", "2219页：700 + 2000 + 2019 × 40 = 83460元。"),
)
# By method; one of the two for a request, never both.
STANDARDS: dict[str, Rule] = {"case": BY_CASE, "page": BY_PAGE}
register(ONE_METHOD)


class FeeRefused(ValueError):
    """A count, method or day the fee cannot be reckoned for; the message names the cure."""


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee (信息处理费) in fen, with its steps in words."""

    amount_fen: int
    steps: tuple[str, ...]
    provision: str
    rule: str


def information_fee(method: str, count: int, *, charged_on: date | None = None) -> Fee:
    """The fee by ``case`` (applications of one applicant in a month) or ``page`` (of one application).

    Raises FeeRefused for a bad count or method, and for a day before the rules were in force.
    """
    if method not in ("case", "page"):
        raise FeeRefused(f"没有“{method}”这种计收方式，应为 case（按件）或者 page（按量），只能用一种。")
    if charged_on is not None and charged_on < SINCE:
        raise FeeRefused(
            f"{charged_on} 还不能收信息处理费：{BY_CASE.provisions[0].source.citation()}自 {SINCE} 起施行。"
            "核对日期；此前的申请不收费。"
        )
    unit = "件数" if method == "case" else "页数"
    if isinstance(count, bool) or not isinstance(count, int):
        raise FeeRefused(f"{unit}是“{count}”，应是整数，如 35。")
    if not 0 <= count <= MOST_UNITS:
        raise FeeRefused(f"{unit}是 {count}，应在 0 到 {MOST_UNITS} 之间。")
    return _by_case(count) if method == "case" else _by_page(count)


@implements(BY_CASE)
def _by_case(count: int) -> Fee:
    steps = [_free("当月累计", min(count, 10), "件")]
    total = 0
    if count > 10:
        total += _step(steps, 11, min(count, 30), 100, "件")
    # Bands of ten: the k-th band after the thirtieth case costs 100 × (k + 1) each.
    full, rest = divmod(max(count - 30, 0), 10)
    bands = full + (1 if rest else 0)
    for band in range(1, min(bands, 20) + 1):
        first = 21 + 10 * band
        total += _step(steps, first, min(count, first + 9), 100 * (band + 1), "件")
    if bands > 20:
        total += _further_bands(steps, bands, count)
    return _fee(total, steps, BY_CASE)


def _further_bands(steps: list[str], bands: int, count: int) -> int:
    """Bands 21 and on, summed by formula, so that a mistyped count does not fill the screen."""
    whole = bands - 1
    yuan = sum_of_rates = 0
    if whole > 20:
        sum_of_rates = (whole * (whole + 3) - 20 * 23) // 2
        yuan = 10 * 100 * sum_of_rates
    last_first = 21 + 10 * bands
    yuan += (count - last_first + 1) * 100 * (bands + 1)
    steps.append(f"第231件至第{count}件，每10件一档，每档每件提高100元：{yuan}元")
    return yuan


@implements(BY_PAGE)
def _by_page(count: int) -> Fee:
    steps = [_free("", min(count, 30), "页")]
    total = 0
    for first, last, rate in ((31, 100, 10), (101, 200, 20), (201, MOST_UNITS, 40)):
        if count >= first:
            total += _step(steps, first, min(count, last), rate, "页")
    return _fee(total, steps, BY_PAGE)


def _free(lead: str, count: int, unit: str) -> str:
    return f"{lead}{count}{unit}不收费" if count < 2 else f"{lead}第1{unit}至第{count}{unit}，不收费"


def in_yuan(fen: int) -> str:
    """Fen as a person reads them (元): always with two decimals."""
    sign, whole = ("-" if fen < 0 else ""), abs(fen)
    return f"{sign}{whole // _FEN}.{whole % _FEN:02d}"


def _step(steps: list[str], first: int, last: int, rate: int, unit: str) -> int:
    number = last - first + 1
    span = f"第{first}{unit}" if number == 1 else f"第{first}{unit}至第{last}{unit}"
    steps.append(f"{span}，{number}{unit} × {rate}元 = {number * rate}元")
    return number * rate


def _fee(yuan: int, steps: list[str], rule: Rule) -> Fee:
    if yuan:
        steps.append(f"合计 {yuan}元")
    return Fee(yuan * _FEN, tuple(steps), cite(rule.provisions), rule.id)
