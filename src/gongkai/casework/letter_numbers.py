"""Numbers of letters of an organ (文号): one gapless series by code and year; a number is used once."""

from __future__ import annotations

from gongkai.casework.letter_settings import WHERE, LetterNeeds, needs_of
from gongkai.casework.models import Case, LetterNumber, SideRequest
from gongkai.casework.refusals import refused
from gongkai.foundation.models import Organ
from gongkai.rules.requests.numbers import letter_number, parse


def _last(organ: Organ, code: str, year: int, needs: LetterNeeds | None = None) -> int:
    """The serial reached: here, or on paper before the organ began here."""
    rows = LetterNumber.objects.filter(organ=organ, code=code, year=year).order_by("-serial")
    here = rows.values_list("serial", flat=True).first()
    if here:
        return here
    set_ = needs if needs is not None else needs_of(organ)
    on_paper = set_.used_serial if (set_.letter_code, set_.used_year) == (code, year) else 0
    return on_paper or 0


def next_number(organ: Organ, code: str, year: int) -> str:
    """The number the next letter of the series has (下一个文号)."""
    return letter_number(code, year, _last(organ, code, year) + 1)


def letter_code(organ: Organ, needs: LetterNeeds | None = None) -> str:
    """The organ's 机关代字: as set, else that of its last number; "" where neither is known."""
    set_ = needs if needs is not None else needs_of(organ)
    if set_.letter_code:
        return set_.letter_code
    last = LetterNumber.objects.filter(organ=organ).order_by("-seq", "-id").first()
    return last.code if last is not None else ""


def following(organ: Organ, year: int, *, ahead: int = 0) -> str:
    """The number that follows in the organ's own series; ``ahead``: so many later, for a look at what would come.

    Raises CaseworkRefused where the organ has no 机关代字.
    """
    needs = needs_of(organ)
    code = letter_code(organ, needs)
    if not code:
        raise refused(
            "number", f"这个机关还没有定机关代字，取不了文号；由审核人或者单位负责人{WHERE}“机关代字”。"
        )
    return letter_number(code, year, _last(organ, code, year, needs) + 1 + ahead)


def take_number(case: Case, number: str, *, seq: int) -> None:
    """Use a number, inside the act that issues the letter. Raises CaseworkRefused where it is used or leaves a gap."""
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
    needs = needs_of(organ)
    if needs.letter_code and code != needs.letter_code:
        raise refused(
            "number",
            f"机关代字设的是“{needs.letter_code}”，文号写的是“{code}”；核对文号，要换代字的先改“文书设置”。",
        )
    last = _last(organ, code, year, needs)
    # An office that begins in the middle of a year goes on from the number it has reached on paper.
    if last and serial != last + 1:
        right = letter_number(code, year, last + 1)
        used = "已经用过" if serial <= last else "跳过了中间的号"
        raise refused("number", f"文号 {number} {used}；下一个是 {right}。")
    LetterNumber.objects.create(organ=organ, code=code, year=year, serial=serial, seq=seq, **whose)
