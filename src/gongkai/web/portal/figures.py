"""What a year says in a few figures (年度主要数字), each of which opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gongkai.annual_report.editions import Edition
from gongkai.web.portal.address import Address

_MOST = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """One large number with what stands under it."""

    value: str
    unit: str
    label: str
    note: str
    href: str


@dataclass(frozen=True, slots=True)
class _Wanted:
    fact: str
    unit: str
    label: str
    # What stands under it: words, with the facts whose values they take.
    note: str = ""
    facts: tuple[str, ...] = ()


_WANTED = (
    _Wanted(
        "publications.total", "条", "主动公开政府信息", "网站 {}，新媒体 {}",
        ("publications.portal", "publications.new_media"),
    ),
    _Wanted(
        "t2.norm.in_force", "件", "现行有效规范性文件", "新制发 {}，废止 {}",
        ("t2.norm.made", "t2.norm.repealed"),
    ),
    _Wanted("interpretations.total", "篇", "政策解读", "其中图解、视频 {}", ("interpretations.not_text",)),
    _Wanted("t3.r1.c7", "件", "新收公开申请", "办结 {}，结转 {}", ("t3.r24.c7", "t3.r25.c7")),
    _Wanted("t2.licence.decisions", "件", "行政许可决定"),
    _Wanted("t2.penalty.decisions", "件", "行政处罚决定"),
    _Wanted("open_days.total", "场", "政府开放日"),
    _Wanted("t2.fee.amount", "万元", "行政事业性收费"),
)  # fmt: skip


def figures(edition: Edition, address: Address) -> list[Figure]:
    """The first five figures of the year that are not 0."""
    values: dict[str, Any] = {**edition.content["counts"], **edition.report["cells"]}
    found = []
    for one in _WANTED:
        value = values.get(one.fact)
        if value in (None, 0, "0"):
            continue
        noted = [values.get(fact) for fact in one.facts]
        note = one.note.format(*map(grouped, noted)) if None not in noted else ""
        found.append(Figure(grouped(value), one.unit, one.label, note, address.number(one.fact)))
    return found[:_MOST]


def grouped(value: object) -> str:
    """A whole number with its thousands apart; anything else as it is."""
    text = str(value)
    return f"{int(text):,}" if text.isdecimal() else text
