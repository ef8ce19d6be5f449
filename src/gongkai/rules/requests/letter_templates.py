"""The first wording of each letter (文书的初始正文): whole sentences with the elements of the case in their places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from gongkai.rules.provision import chinese_number
from gongkai.rules.requests.letters import LETTERS, ground_letter, must_hold

# Elements that have a place of their own on the page, outside the template's text.
PLACED = ("number", "addressee", "seal", "date")
# Words that are not elements: how the reader is addressed; the words of the provisions that are applied; the order.
WORDS: dict[str, str] = {
    "you": "对收件人的称呼：您、你单位",
    "law": "所适用条文的原文",
    "order": "责令答复的判决、决定；没有的，不写",
}
PLACEHOLDER = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
HEADING = re.compile(r"[一二三四五六七八九十]+、.{1,40}")
_FURTHER = "{{further}}"
_CONCLUSION = "根据{{basis}}的规定，{{decision}}。"
_SEVERAL = "经审查，所申请公开的信息情况不同，现分别答复如下："
# What a further ground brings, where the letter's own text does not hold it.
_SECTIONS: dict[str, str] = {
    "search": "其中经检索没有的信息，检索情况：{{search}}。",
    "responsible": "其中不属于本机关负责公开的信息，负责公开该政府信息的行政机关的名称、联系方式：{{responsible}}。",
    "special": "其中有关法律、行政法规对获取有特别规定的信息，应当依照办理的法律、行政法规和办理的地方：{{special}}。",
    "access": "其中可以提供或者已经公开的信息，获取的方式、途径和时间：{{access}}。",
    "passages": "其中不予公开的部分和理由：{{passages}}。",
    "earlier": "其中已经答复的信息，本机关此前的答复：{{earlier}}。",
    "reason": "理由：{{reason}}。",
    "decision": "本机关决定如下：{{decision}}。",
    "basis": "依据：{{basis}}。",
    "received": "本机关收到该申请的日期：{{received}}。",
    "request": "申请公开的内容为：“{{request}}”。",
}
# The headings below which a letter with several findings sets each.
_PARTS: dict[str, str] = {
    "reply-provided": "可以提供的信息",
    "reply-already-public": "已经主动公开的信息",
    "reply-not-held": "经检索没有的信息",
    "reply-other-organ": "不属于本机关负责公开的信息",
}


def default_template(code: str, grounds: Iterable[str] = ()) -> str:
    """The first wording of a letter (文书的初始正文), "" for a form. Raises KeyError for a letter nobody defined."""
    letter, chosen = LETTERS[code], tuple(grounds)
    if letter.is_form:
        return ""
    several = tuple(dict.fromkeys(filter(None, map(ground_letter, chosen))))
    parted = len(several) > 1 and code in several and set(several) <= set(_PARTS)
    lines = _parted(several) if parted else _own(code).splitlines()
    if {"received", "request"} <= set(letter.elements):
        lines.insert(0, _own("opening"))
    lacking = [e for e in must_hold(letter, chosen) if e not in PLACED and not _holds(lines, e)]
    place = lines.index(_FURTHER) if _FURTHER in lines else len(lines)
    further = [_SECTIONS[element] for element in lacking if element != "remedy"]
    remedy = _remedy(lines) if "remedy" in lacking else []
    return "\n".join([*lines[:place], *further, *lines[place + 1 :], *remedy])


def _remedy(lines: list[str]) -> list[str]:
    """The remedies come last, below a heading of their own where the letter has headings."""
    headings = sum(HEADING.fullmatch(line) is not None for line in lines)
    return [f"{chinese_number(headings + 1)}、救济途径", "{{remedy}}"] if headings else ["{{remedy}}"]


def _parted(several: tuple[str, ...]) -> list[str]:
    """A letter of several findings: each below its heading, then one reason and one conclusion."""
    lines = [_SEVERAL]
    for place, code in enumerate(several, start=1):
        lines.append(f"{chinese_number(place)}、{_PARTS[code]}")
        part = re.sub("所申请公开的(政府)?信息", r"这部分\1信息", _own(code))
        findings = [line.replace(_CONCLUSION, "") for line in part.splitlines()]
        lines += [line for line in findings if line and not _holds([line], "reason")]
    lines.append(f"{chinese_number(len(several) + 1)}、依据和决定")
    if any("reason" in LETTERS[code].elements for code in several):
        lines.append("{{reason}}。")
    return [*lines, _CONCLUSION]


def _holds(lines: list[str], element: str) -> bool:
    return any(found == element for line in lines for found in PLACEHOLDER.findall(line))


@cache
def _own(name: str) -> str:
    return files("gongkai.rules.requests").joinpath("templates", f"{name}.txt").read_text("utf-8").strip()
