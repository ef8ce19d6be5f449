"""Reading a paper before it is redacted: words found whatever their writing, numbers recognised, labels that fit."""

from __future__ import annotations

import io
from datetime import date

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.foundation.redaction import work
from gongkai.foundation.redaction.label_pictures import label_for
from gongkai.foundation.redaction.model import Box, Letter, RedactionRefused, Sheet
from gongkai.foundation.redaction.passages import find, split
from gongkai.foundation.redaction.recognising import recognise
from gongkai.foundation.redaction.writing import opened, redact
from gongkai.rules.redaction import REDACTABLE, article_label, marks, short_label
from tests.foundation.redaction_papers import CARD, NAME, typeset

TODAY = date(2026, 1, 1)


def sheet_of(*lines: str, size: float = 20) -> Sheet:
    """A page whose letters stand in a grid."""
    letters = []
    for line, text in enumerate(lines):
        breaks = True
        for place, sign in enumerate(text):
            if sign == " ":
                breaks = True
                continue
            left, top = 50 + place * size, 50 + line * 2 * size
            letters.append(Letter(sign, left, top, left + size - 1, top + size, breaks=breaks, line=line))
            breaks = False
    return Sheet(595, 842, tuple(letters))


@pytest.mark.parametrize("wanted", ["申请人甲乙", "申 请 人 甲 乙", " 申请人甲乙 ", "申请人甲\u3000乙"])
def test_a_name_is_found_whatever_the_blanks(wanted: str) -> None:
    page = sheet_of("补助对象申 请 人 甲 乙，住示范村", "申请人", "甲乙")
    assert [(b.page, b.top) for b in find(page, 3, wanted)] == [(3, 48), (3, 88), (3, 128)]


def test_full_and_half_width_numbers_are_the_same() -> None:
    page = sheet_of("电话１３８００００００００", "电话138-0000 0000")
    assert len(find(page, 1, "13800000000")) == 2
    assert find(page, 1, "，") == [] and find(page, 1, "没有这个") == []


def test_removed_over_a_line_end_is_one_string() -> None:
    page = sheet_of("补助对象申请人", "甲乙在示范村")
    boxes = find(page, 1, NAME)
    assert len(boxes) == 2 and split(page, boxes).removed == (NAME,)
    assert split(page, boxes).text == "补助对象 在示范村"


def test_two_boxes_side_by_side_are_looked_for_each_and_together() -> None:
    page = sheet_of("某甲某乙住址")
    boxes = [Box(1, 50, 50, 89, 70), Box(1, 90, 50, 129, 70)]
    assert set(split(page, boxes).removed) == {"某甲", "某乙", "某甲某乙"}


def test_a_grazed_letter_stays_a_touched_number_goes() -> None:
    page = sheet_of("号码20211015一")
    box = Box(1, 50, 50, 91, 70)
    assert split(page, [box]).text == "20211015 一"
    touched = Box(1, 50, 50, 105, 70)
    assert split(page, [touched]).text == "一"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (f"号码{CARD}，", ["居民身份证号码"]),
        ("号码 1101 0119 9001 0100 15。", ["居民身份证号码"]),
        ("号码110101199001010016", []),
        ("手机１３８００００００００", ["手机号码"]),
        ("办公电话0953-2012345", ["固定电话"]),
        ("卡号6222 0212 3456 7890 128", ["银行卡号"]),
        ("邮箱 name@example.cn 收", ["电子邮箱"]),
        ("文号利政发〔2021〕30号，2021年10月15日", []),
    ],
)
def test_numbers_that_name_a_person_are_recognised_by_their_checks(text: str, kinds: list[str]) -> None:
    number = text
    if "6222" in text:
        # The check digit by Luhn.
        body = "622202123456789012"
        digits = [int(c) * (2 if n % 2 == 0 else 1) for n, c in enumerate(reversed(body))]
        check = -sum(d - 9 if d > 9 else d for d in digits) % 10
        number = f"卡号6222 0212 3456 7890 12{check}"
    found = recognise(sheet_of(number, size=10), 1, today=TODAY)
    assert [one.kind for one in found] == kinds
    assert all(one.boxes for one in found)


def test_every_ground_that_withholds_has_its_marks() -> None:
    for code in REDACTABLE:
        long, short, least = marks(code)
        assert (
            long == f"{short_label(code)} {article_label(code)}"
            and short.startswith("第")
            and least.endswith("条")
        )
    assert marks("privacy") == ("个人隐私 第十五条", "第十五条", "15条")


def test_a_mark_is_as_long_as_fits() -> None:
    all_marks = marks("privacy")
    wide, narrow = label_for(all_marks, 120, 14), label_for(all_marks, 22, 14)
    assert wide is not None and narrow is not None and wide.width > narrow.width
    assert narrow.width <= 22 and label_for(all_marks, 8, 14) is None and label_for((), 100, 20) is None


def test_the_page_says_what_may_be_read_and_what_is_hidden() -> None:
    source = typeset([("可以公开的一句话。", "#text(fill: white)[看不见的一句]")])
    said, _ = work.look(source, {"page": 1, "boxes": [], "today": "2026-01-01"})
    assert "可以公开的一句话" in said["text"] and "看不见" not in said["text"] and said["hidden"] == 6
    with pytest.raises(RedactionRefused, match="没有第 2 页"):
        work.look(source, {"page": 2, "boxes": [], "today": "2026-01-01"})


@settings(max_examples=12, deadline=None)
@given(
    st.integers(0, 900),
    st.integers(0, 900),
    st.integers(20, 400),
    st.integers(10, 300),
    st.sampled_from([0, 1]),
)
def test_wherever_a_box_lies_what_is_under_it_is_gone(
    left: int, top: int, wide: int, high: int, which: int
) -> None:
    source = SOURCES[which]
    box = Box(1, left, top, min(left + wide, 1000), min(top + high, 1000))
    made = redact(source, [box])
    with opened(source) as paper:
        under = [
            letter for letter in paper.sheet(1).letters
            if letter.left >= box.left and letter.right <= box.right and letter.top >= box.top and letter.bottom <= box.bottom
        ]  # fmt: skip
    document = pypdfium2.PdfDocument(made.content)
    textpage = document[0].get_textpage()
    # Every character that the issued page still has lies outside the box.
    height, width = document[0].get_height(), document[0].get_width()
    for index in range(textpage.count_chars()):
        left, bottom, right, upper = textpage.get_charbox(index)
        across = min(right / width * 1000, box.right) - max(left / width * 1000, box.left)
        down = min((1 - bottom / height) * 1000, box.bottom) - max((1 - upper / height) * 1000, box.top)
        inside = (
            across > (right - left) / width * 1000 * 0.5 and down > (upper - bottom) / height * 1000 * 0.5
        )
        assert not inside or right - left < 0.5
    document.close()
    assert sum(map(len, made.splits[0].removed)) >= len(under)


SOURCES = (typeset(), typeset([("A plain line of text 12345", "可以公开的第二行，示范区。")] * 1))


def test_drawing_is_the_same_each_time() -> None:
    boxes = [Box(1, 100, 100, 300, 140, marks("privacy"))]
    assert redact(SOURCES[0], boxes).content == redact(SOURCES[0], boxes).content
    assert io.BytesIO(redact(SOURCES[0], boxes).content).read(5) == b"%PDF-"
