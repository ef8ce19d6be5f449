"""What an office may change in a letter's wording (文书模板的检查): words yes, elements and provisions no."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from gongkai.rules.citations import uncited
from gongkai.rules.requests.elements import ELEMENTS
from gongkai.rules.requests.law import at
from gongkai.rules.requests.letter_lint import Fault, blanks, old_remedies
from gongkai.rules.requests.letter_templates import PLACED, PLACEHOLDER, WORDS
from gongkai.rules.requests.letters import LETTERS, must_hold
from gongkai.rules.rule import Rule, implements

TEMPLATE = Rule(
    id="DOC-template",
    title="文书模板可以改什么",
    sentence="行政机关应当建立健全政府信息公开申请登记、审核、办理、答复、归档的工作制度，加强工作规范。",
    provisions=(at(45),),
    confirmed=False,
    note="条例没有规定文书的文字：措辞由各机关定，应有的要件不能删，引用的条文要查得到，旧的救济告知不能留；"
    "表格的栏目是定好的，不能改。",
)
MOST_CHARACTERS = 10_000
_BRACES = re.compile(r"\{\{[^{}\n]*\}\}|\{\{|\}\}")


@implements(TEMPLATE)
def check_template(code: str, text: str, grounds: Iterable[str] = ()) -> tuple[Fault, ...]:
    """Every fault of an office's own wording (模板的毛病), each with its cure; none means it may be used.

    Raises KeyError for a letter nobody defined.
    """
    letter = LETTERS[code]
    if letter.is_form:
        return (Fault("", f"{letter.title}是表格，栏目已经定好，不能改；要补充的内容填在表里。"),)
    must = must_hold(letter, grounds)
    found = [*_size(text), *_invisible(text), *_places(text, must)]
    named = set(PLACEHOLDER.findall(text))
    found += [
        Fault(one, f"少了{ELEMENTS[one].label}：在正文里写上 {{{{{one}}}}}，签发时由记录填入。")
        for one in must
        if one not in PLACED and one not in named
    ]
    plain = _BRACES.sub("", text)
    found += [*blanks(plain), *old_remedies(plain)]
    found += [
        Fault("basis", f"引用的“{citation}”查不到；核对条、款、项，或者改用 {{{{basis}}}}。")
        for citation in uncited(plain)
    ]
    return tuple(found)


def _size(text: str) -> Iterable[Fault]:
    if not text.strip():
        yield Fault("", "正文是空的；写上正文，或者恢复初始正文。")
    if len(text) > MOST_CHARACTERS:
        yield Fault("", f"正文有 {len(text)} 字，不能超过 {MOST_CHARACTERS} 字；删短，长的内容放在附件里。")


def _invisible(text: str) -> Iterable[Fault]:
    """Characters nobody sees: controls, zero-width and direction marks, unpaired or private ones."""
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        for one in dict.fromkeys(
            c for c in line if unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
        ):
            name = f"U+{ord(one):04X}"
            yield Fault(
                "", f"第 {number} 行有看不见的字符（{name}）；删去这一行重新输入，不要从网页直接粘贴。"
            )


def _places(text: str, must: tuple[str, ...]) -> Iterable[Fault]:
    allowed = {**{one: ELEMENTS[one].label for one in must}, **WORDS}
    for mark in dict.fromkeys(_BRACES.findall(text)):
        name = PLACEHOLDER.fullmatch(mark)
        if name is None:
            yield Fault(
                "", f"“{mark}”不成一个填写处；写成两个左花括号、代号、两个右花括号，如 {{{{request}}}}。"
            )
        elif name[1] not in allowed:
            known = "、".join(f"{{{{{one}}}}} {label}" for one, label in allowed.items())
            yield Fault("", f"这种文书没有“{mark}”；可以用的有：{known}。")
