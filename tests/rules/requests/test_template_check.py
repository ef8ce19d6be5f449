"""What an office may change in a letter's wording."""

from __future__ import annotations

import pytest

from gongkai.rules.requests.letter_lint import Draft, lint
from gongkai.rules.requests.letter_templates import default_template
from gongkai.rules.requests.letters import LETTERS
from gongkai.rules.requests.template_check import MOST_CHARACTERS, check_template
from tests.formats.letter_samples import DATED, values_of

CODE = "reply-not-held"
TEXT = default_template(CODE)


def said(text: str, code: str = CODE, grounds: tuple[str, ...] = ()) -> list[str]:
    return [fault.message for fault in check_template(code, text, grounds)]


def test_DOC_template() -> None:
    """行政机关应当建立健全政府信息公开申请登记、审核、办理、答复、归档的工作制度，加强工作规范。"""
    own = TEXT.replace("经检索，没有所申请公开的信息。", "经本机关认真检索，未找到{{you}}申请的信息。")
    assert own != TEXT and said(own) == []
    for element in ("received", "request", "basis", "decision", "search", "reason", "remedy"):
        missing = check_template(CODE, TEXT.replace(f"{{{{{element}}}}}", ""))
        assert [fault.element for fault in missing] == [element]
        assert f"{{{{{element}}}}}" in missing[0].message, "the cure names the mark"
    assert any("responsible" in one for one in said(TEXT, grounds=("other-organ",)))


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("{{nobody}}", "没有“{{nobody}}”；可以用的有：{{number}} 文号"),
        ("{{amount}}", "没有“{{amount}}”"),
        ("{{Request!}}", "不成一个填写处"),
        ("{{ 收到之日 }}", "不成一个填写处"),
        ("{{request", "不成一个填写处"),
        ("××局", "没有填的地方“××”"),
        ("也可以向上一级主管部门申请行政复议", "应向人民政府申请行政复议"),
        ("或者三个月内向人民法院提起行政诉讼", "应为六个月或者十五日"),
        ("零\u200b宽", "看不见的字符（U+200B）"),
        ("响\x07铃", "看不见的字符（U+0007）"),
        ("反\u202e向", "看不见的字符（U+202E）"),
        ("私\ue000用", "看不见的字符（U+E000）"),
        ("长" * MOST_CHARACTERS, "不能超过"),
        ("依照《中华人民共和国政府信息公开条例》第九十条的规定", "查不到"),
        (
            "依照《中华人民共和国政府信息公开条例》第三十三条、第三十六条第（九）项的规定",
            "第三十六条第（九）项”查不到",
        ),
    ],
)
def test_each_fault_says_its_cure(more: str, message: str) -> None:
    found = said(f"{TEXT}\n{more}")
    assert len(found) == 1 and message in found[0]


def test_what_is_right_is_not_doubted() -> None:
    assert said(TEXT.replace("\n", "\r\n")) == []
    assert (
        said(
            TEXT
            + "\n依照《中华人民共和国政府信息公开条例》第三十三条第二款、第三款和《某地办法》第九十条办理。"
        )
        == []
    )
    assert said(TEXT.replace("{{request}}", "{{ request }}")) == []


def test_nothing_is_no_wording() -> None:
    assert "正文是空的" in said(" \n")[0]
    with pytest.raises(KeyError):
        check_template("no-letter", TEXT)


@pytest.mark.parametrize("code", [code for code, letter in LETTERS.items() if letter.is_form])
def test_forms_cannot_be_changed(code: str) -> None:
    assert default_template(code) == ""
    found = said("随便写", code)
    assert len(found) == 1 and "表格" in found[0]


def test_a_basis_names_its_article() -> None:
    values = values_of(CODE)
    for basis in ("《中华人民共和国政府信息公开条例》的有关规定", "有关规定"):
        draft = Draft(CODE, {**values, "basis": basis}, basis, DATED)
        assert any("没有写到条" in fault.message for fault in lint(draft))
