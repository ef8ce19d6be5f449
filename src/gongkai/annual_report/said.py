"""The numbers in a section's words (文字中的数), each marked as it agrees with the records or not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from gongkai.annual_report.compile import CompiledReport
from gongkai.rules.report.lint import CELL_CLAIMS, REGISTER_CLAIMS, Said, said
from gongkai.rules.report.narrative import OVERVIEW_HEADINGS, Narrative
from gongkai.rules.report.values import printed


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the words. ``state``: "" plain, agrees, differs, unread (a number nobody could place)."""

    text: str
    state: str = ""
    note: str = ""


_NUMBER = re.compile(r"[\d０-９][\d０-９.．,，]*(?:[\d０-９])|[\d０-９]")
# Numbers that count nothing: dates, document numbers, telephone numbers, ordinals.
_NOT_COUNTED = re.compile(
    r"(?:〔[\d０-９]{4}〕[\d０-９]+号|[\d０-９]{4}\s*年(?:度)?|[\d０-９]{1,2}\s*月(?:\s*[\d０-９]{1,2}\s*日)?|[\d０-９]{1,2}\s*日"
    r"|[\d-]{7,}|第[\d０-９]+[条款项期届]|[\d０-９]{6}(?![\d０-９])|[\d０-９]+\s*号)"
)


def marks(compiled: CompiledReport, section: str, text: str) -> list[Mark]:
    """The words with each number marked, and what it was held against."""
    found = _said(compiled, section, text)
    skipped = [(m.start(), m.end()) for m in _NOT_COUNTED.finditer(text)]
    result: list[Mark] = []
    place = 0
    for match in _NUMBER.finditer(text):
        if any(a <= match.start() < b for a, b in skipped):
            continue
        value = _value(match.group())
        if value is None:
            continue
        result.append(Mark(text[place : match.start()]))
        result.append(_mark(match.group(), value, found, compiled))
        place = match.end()
    result.append(Mark(text[place:]))
    return [one for one in result if one.text]


def _value(written: str) -> Decimal | None:
    plain = (
        written.translate(str.maketrans("０１２３４５６７８９．，", "0123456789.,"))
        .replace(",", "")
        .strip(".")
    )
    try:
        return Decimal(plain)
    except ArithmeticError:
        return None


def _said(compiled: CompiledReport, section: str, text: str) -> list[Said]:
    """Every claim that the rules can read out of these words alone."""
    overview = tuple(
        (heading, text if section == f"overview.{place}" else "")
        for place, heading in enumerate(OVERVIEW_HEADINGS)
    )
    parts = {name: text if section == name else "" for name in ("preface", "problems", "other", "lead")}
    alone = Narrative(parts["preface"], overview, parts["problems"], parts["other"], parts["lead"])
    form = compiled.tables.form
    rows = {"total": form.total_row, "carried": form.carried_row}
    return list(said(alone, (*CELL_CLAIMS, *REGISTER_CLAIMS), rows))


def _mark(written: str, value: Decimal, found: list[Said], compiled: CompiledReport) -> Mark:
    for place, one in enumerate(found):
        if one.number != value:
            continue
        found.pop(place)
        right = _right(one, compiled)
        if right is None:
            return Mark(written, "unread", f"{one.claim.label}：表格里空着")
        if one.agrees(right):
            return Mark(written, "agrees", f"{one.claim.label}：与记录一致")
        return Mark(written, "differs", f"{one.claim.label}：记录是 {printed(right)}")
    return Mark(written, "unread", "没有认出它数的是什么，自己核对")


def _right(one: Said, compiled: CompiledReport) -> Decimal | None:
    values: Mapping[str, Decimal | None] = {
        **{code: Decimal(number) for code, number in compiled.counts.items()},
        **{name: cell.value for name, cell in compiled.tables.cells.items()},
    }
    known = [values.get(code) for code in one.codes]
    if any(value is None for value in known):
        return None
    return sum((value for value in known if value is not None), Decimal(0))
