"""The letters, their numbers, and the lint that names what is missing."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.rules.outcomes import OUTCOMES
from gongkai.rules.requests.elements import ELEMENTS
from gongkai.rules.requests.letter_lint import Draft, lint
from gongkai.rules.requests.letters import LETTERS, TO, must_hold, reply_letter
from gongkai.rules.requests.numbers import check_number, gaps, letter_number, parse
from gongkai.rules.supplements import CaseRefused

VALUES = {
    "number": "利政公复〔2024〕3号",
    "addressee": "申请人甲",
    "received": "2024年3月1日",
    "request": "2020年农村危房改造补助资金分配到各乡镇的情况",
    "basis": "《中华人民共和国政府信息公开条例》第三十六条第（二）项",
    "decision": "予以公开",
    "access": "见附件",
    "remedy": "如对本答复不服，可以自知道或者应当知道本答复之日起六十日内，向区人民政府申请行政复议。",
    "seal": "区住房城乡建设和交通局",
    "date": "2024年3月20日",
}
TEXT = (
    "利政公复〔2024〕3号\n申请人甲：\n    本机关于2024年3月1日收到你提出的政府信息公开申请，内容为："
    "“2020年农村危房改造补助资金分配到各乡镇的情况”。根据《中华人民共和国政府信息公开条例》第三十六条第（二）项，"
    "决定予以公开，见附件。\n如对本答复不服，可以自知道或者应当知道本答复之日起六十日内，\n向区人民政府申请行政复议。\n"
    "区住房城乡建设和交通局\n2024年3月20日\n"
)


def draft(text: str = TEXT, letter: str = "reply-provided", **values: str) -> Draft:
    return Draft(letter, {**VALUES, **values}, text, date(2024, 3, 20))


def messages(one: Draft) -> list[str]:
    return [fault.message for fault in lint(one)]


def test_DOC_letters() -> None:
    """行政机关应当建立健全政府信息公开申请登记、审核、办理、答复、归档的工作制度，加强工作规范。"""
    titles = "".join(letter.title for letter in LETTERS.values())
    for name in (
        "申请表", "登记表", "接收回执", "补正告知书", "说明理由告知书", "延期答复告知书", "征求意见书（第三方）", "征求意见确认函",
        "征求意见告知书（申请人）", "告知书（第三方）", "征求意见书（共同制作机关", "协办函", "收费通知书", "审查呈批单",
        "移送明细表",
    ):  # fmt: skip
        assert name in titles
    for row, outcome in OUTCOMES.items():
        for ground in outcome.grounds:
            letter = reply_letter(row, [ground])
            assert letter.to == "applicant" and (row == "r23" or "remedy" in letter.elements)
    assert reply_letter("r10", ["draft"]).code == "reply-withheld-16"
    assert reply_letter("r4", ["draft"]).code == "reply-partial"


@pytest.mark.parametrize("code", list(LETTERS))
def test_every_letter_is_whole(code: str) -> None:
    letter = LETTERS[code]
    assert letter.title and letter.when and letter.provisions and letter.to in TO
    assert set(letter.elements) <= set(ELEMENTS) and len(letter.elements) == len(set(letter.elements))
    if letter.to != "file":
        assert {"addressee", "seal", "date"} <= set(letter.elements)
    assert ("number" in letter.elements) == (letter.numbered and letter.to != "file")


def test_every_element_is_used() -> None:
    assert {code for letter in LETTERS.values() for code in letter.elements} == set(ELEMENTS)


def test_DOC_complete() -> None:
    """收件人、申请内容、法律依据、决定、理由、救济途径、落款、成文日期、文号。"""
    assert messages(draft()) == []
    for code in ("addressee", "request", "basis", "decision", "remedy", "seal", "date", "number"):
        label = ELEMENTS[code].label
        assert any(f"缺{label}" in m for m in messages(draft(**{code: " "}))), code
    dropped = messages(draft(TEXT.replace("向区人民政府申请行政复议", "")))
    assert len(dropped) == 1 and "正文里没有救济途径" in dropped[0]
    assert any("缺理由" in m for m in messages(draft(letter="reply-withheld-14")))
    assert any("不合规则" in m for m in messages(draft(number="利政公复[2024]3号")))
    assert any("应写成 2021年10月15日" in m for m in messages(draft(date="2024-03-20")))
    assert any("没有写到条" in m for m in messages(draft(basis="有关规定")))


def test_blanks_left_in_a_template_are_found() -> None:
    assert any("没有填的地方“××”" in m for m in messages(draft(TEXT + "××局")))
    assert any("{{ 日期 }}" in m for m in messages(draft(TEXT + "{{ 日期 }}")))
    assert messages(draft(TEXT + "网址 https://www.example.cn/xxgk/1.html")) == []
    form = Draft("consult-confirmation", {}, "意见：______", date(2024, 3, 20))
    assert all("没有填的地方" not in m for m in messages(form)), "room for a hand is no blank"


def test_DOC_old_remedy() -> None:
    """县级以上地方各级人民政府管辖下列行政复议案件：（一）对本级人民政府工作部门作出的行政行为不服的；"""
    old = TEXT + "也可以向上一级主管部门申请行政复议，或者三个月内向人民法院提起行政诉讼。"
    assert len(messages(draft(old))) == 2
    before = Draft("reply-provided", VALUES, old, date(2023, 12, 31))
    assert messages(before) == []
    vertical = "如对本答复不服，可以自收到之日起六十日内，向上一级主管部门申请行政复议。"
    assert messages(draft(TEXT + vertical, remedy=vertical)) == [], (
        "the record's own paragraph is not doubted"
    )


def test_several_grounds_bring_the_elements_of_each() -> None:
    assert {"search", "responsible"} <= set(
        must_hold(LETTERS["reply-not-held"], ["not-found", "other-organ"])
    )


def test_DOC_number() -> None:
    """发文字号由机关代字、年份、发文顺序号组成；年份标全称，用六角括号“〔〕”括入；顺序号不编虚位，不加“第”字。"""
    assert letter_number("利政公复", 2021, 3) == "利政公复〔2021〕3号"
    assert parse("利政公复〔2021〕3号") == ("利政公复", 2021, 3)
    day = date(2021, 10, 15)
    assert check_number("利政公复〔2021〕3号", day)
    for wrong in (
        "利政公复[2021]3号",
        "利政公复〔2021〕003号",
        "利政公复〔2021〕第3号",
        "利政公复〔21〕3号",
        "3号",
    ):
        with pytest.raises(CaseRefused, match="不合规则"):
            check_number(wrong, day)
    with pytest.raises(CaseRefused, match="文号写的是 2020 年"):
        check_number("利政公复〔2020〕3号", day)
    with pytest.raises(CaseRefused, match="写不成文号"):
        letter_number("利 政", 2021, 0)


def test_DOC_number_gapless() -> None:
    """行政机关应当建立健全政府信息公开申请登记、审核、办理、答复、归档的工作制度，加强工作规范。"""
    used = [letter_number("利政公复", 2021, n) for n in (1, 2, 4, 7)] + ["利政公复〔2020〕3号", "无号"]
    assert gaps(used, "利政公复", 2021) == (3, 5, 6)
    assert gaps([], "利政公复", 2021) == ()
