"""Numbers of letters of an organ (文号): one gapless series by code and year; a number is used once."""

from __future__ import annotations

from gongkai.casework.models import Case, LetterNumber, SideRequest
from gongkai.casework.refusals import refused
from gongkai.foundation.models import Organ
from gongkai.rules.requests.numbers import letter_number, parse


def _last(organ: Organ, code: str, year: int) -> int:
    rows = LetterNumber.objects.filter(organ=organ, code=code, year=year).order_by("-serial")
    return rows.values_list("serial", flat=True).first() or 0


def next_number(organ: Organ, code: str, year: int) -> str:
    """The number the next letter of the series has (下一个文号)."""
    return letter_number(code, year, _last(organ, code, year) + 1)


def take_number(case: Case, number: str, *, seq: int) -> None:
    """Use a number, inside the act of signing. Raises CaseworkRefused where it is used or leaves a gap."""
    _take(case.organ, number, seq=seq, case=case)


def take_side_number(side: SideRequest, number: str, *, seq: int) -> None:
    """Use a number for a correction's or a proposal's letter, of the same series. Raises CaseworkRefused."""
    _take(side.organ, number, seq=seq, side=side)


def _take(organ: Organ, number: str, *, seq: int, **whose: Case | SideRequest) -> None:
    parts = parse(number.strip())
    if parts is None:
        raise refused(
            "number", f"文号“{number}”不合规则，应为 机关代字〔年份〕顺序号，如 利政公复〔2021〕3号。"
        )
    code, year, serial = parts
    last = _last(organ, code, year)
    # An office that begins in the middle of a year goes on from the number it has reached on paper.
    if last and serial != last + 1:
        right = letter_number(code, year, last + 1)
        used = "已经用过" if serial <= last else "跳过了中间的号"
        raise refused("number", f"文号 {number} {used}；下一个是 {right}。")
    LetterNumber.objects.create(organ=organ, code=code, year=year, serial=serial, seq=seq, **whose)
