"""Numbers of letters (文号): 机关代字〔年〕号, one gapless series by organ and year."""

from __future__ import annotations

import re
from datetime import date

from gongkai.rules.requests.law import at
from gongkai.rules.rule import Rule, implements
from gongkai.rules.supplements import CaseRefused

NUMBER = Rule(
    id="DOC-number",
    title="答复的文号",
    sentence="发文字号由机关代字、年份、发文顺序号组成；年份标全称，用六角括号“〔〕”括入；顺序号不编虚位，不加“第”字。",
    provisions=(at(45),),
    confirmed=False,
    note="文意出自《党政机关公文格式》（GB/T 9704—2012），标准原文待核对；没有全国统一的答复文号，代字由各机关在设置里定。",
    examples=("利政公复〔2021〕3号",),
)
GAPLESS = Rule(
    id="DOC-number-gapless",
    title="文号连续、不重复使用",
    sentence="行政机关应当建立健全政府信息公开申请登记、审核、办理、答复、归档的工作制度，加强工作规范。",
    provisions=(at(45),),
    confirmed=False,
    note="条例没有规定编号；一个机关一年一个序列，注销的号留存、不再使用，是本程序的做法。",
)
_PATTERN = re.compile(r"([^\d\s〔〕\[\]()（）]{2,20})〔(\d{4})〕([1-9]\d{0,5})号")


@implements(NUMBER)
def letter_number(code: str, year: int, serial: int) -> str:
    """The printed number (文号). Raises CaseRefused for a code, year or serial that cannot be printed."""
    number = f"{code}〔{year}〕{serial}号"
    if _PATTERN.fullmatch(number) is None:
        raise CaseRefused(
            f"“{number}”写不成文号；机关代字用汉字或者字母，顺序号从 1 起，如 利政公复〔2021〕3号。"
        )
    return number


def parse(number: str) -> tuple[str, int, int] | None:
    """Code, year and serial of a printed number; None where it is not one."""
    found = _PATTERN.fullmatch(number)
    return (found[1], int(found[2]), int(found[3])) if found else None


def check_number(number: str, signed_on: date) -> str:
    """The number, if it is printed by the rule and of the year it is signed in. Raises CaseRefused."""
    parts = parse(number)
    if parts is None:
        raise CaseRefused(f"文号“{number}”不合规则，应为 机关代字〔年份〕顺序号，如 利政公复〔2021〕3号。")
    if parts[1] != signed_on.year:
        raise CaseRefused(f"文号写的是 {parts[1]} 年，签发在 {signed_on.year} 年；核对文号。")
    return number


@implements(GAPLESS)
def gaps(numbers: list[str], code: str, year: int) -> tuple[int, ...]:
    """The serials missing from a series (缺号), up to its last one."""
    used = {p[2] for p in map(parse, numbers) if p is not None and p[:2] == (code, year)}
    return tuple(n for n in range(1, max(used, default=0)) if n not in used)
