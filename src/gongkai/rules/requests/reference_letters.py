"""The reference page of the letters' words (文书正文): the first wording of each, the boxes of each form."""

from __future__ import annotations

from datetime import date

from gongkai.rules.documents import Form, OfficialDocument
from gongkai.rules.requests.elements import ELEMENTS
from gongkai.rules.requests.forms import COLUMNS, DETAILS, ROOM
from gongkai.rules.requests.letter_compose import compose
from gongkai.rules.requests.letter_templates import PLACED, WORDS, default_template
from gongkai.rules.requests.letters import LETTERS, Letter


def wording_page() -> str:
    """Every letter with its first wording and its elements."""
    words = "、".join(f"`{{{{{code}}}}}` {label}" for code, label in WORDS.items())
    parts = [
        "# 依申请公开文书的初始正文",
        "各机关可以改正文的措辞，不能删去应有的要件；表格的栏目不能改。"
        f"双花括号里是要件的代号，签发时由记录填入。另有 {words}。",
        "几种理由合在一份答复里的，其他理由应有的要件由程序接在正文里，各有一句。",
        *map(_letter, LETTERS.values()),
    ]
    return "\n\n".join(parts)


def _letter(letter: Letter) -> str:
    own = "；".join(
        f"{ELEMENTS[code].label} `{code}`" + ("（可以留给人填写）" if code in ROOM else "")
        for code in letter.elements
    )
    placed = "、".join(ELEMENTS[code].label for code in letter.elements if code in PLACED)
    lines = [f"## {letter.title} `{letter.code}`", f"要件：{own}。"]
    if letter.is_form:
        return "\n\n".join([*lines, *_form(letter)])
    if placed:
        lines.append(f"正文以外、版面上固定的：{placed}。")
    quoted = "\n>\n".join(f"> {line}" for line in default_template(letter.code).splitlines())
    return "\n\n".join([*lines, quoted])


def _form(letter: Letter) -> list[str]:
    blank: OfficialDocument = compose(letter.code, {}, organ="", dated=date(2021, 10, 15))
    boxes = [
        cell.text.replace("\n", "")
        for block in blank.blocks
        if isinstance(block, Form)
        for row in block.rows
        for cell in row
        if cell.label
    ]
    said = [f"栏目：{'；'.join(dict.fromkeys(boxes))}。"]
    if letter.code in COLUMNS:
        said.append(f"逐行列出（`rows`）：{'；'.join(COLUMNS[letter.code])}。")
    if DETAILS[letter.code]:
        details = "；".join(f"{label} `{code}`" for code, label in DETAILS[letter.code].items())
        said.append(f"另可填写（`details`）：{details}。")
    return said
