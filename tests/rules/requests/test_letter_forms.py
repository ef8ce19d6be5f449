"""The forms among the letters: their boxes, what they never ask, what they have no place for."""

from __future__ import annotations

import pytest

from gongkai.rules.documents import Form
from gongkai.rules.requests import forms
from gongkai.rules.requests.letter_compose import compose
from gongkai.rules.requests.letters import FORM_CODES
from tests.formats.letter_samples import DATED, ORGAN, ROWS, sample


def form_of(code: str, **changes: object) -> Form:
    return next(block for block in sample(code, **changes).blocks if isinstance(block, Form))


@pytest.mark.parametrize("code", FORM_CODES)
@pytest.mark.parametrize("blank", [True, False])
def test_every_row_fills_the_width(code: str, blank: bool) -> None:
    form = form_of(code, **({"values": {}, "rows": (), "details": {}} if blank else {}))
    assert sum(form.widths) == 156
    reaching = [0] * len(form.rows)
    for place, row in enumerate(form.rows):
        for cell in row:
            for below in range(place, place + cell.rows):
                reaching[below] += cell.columns
    assert reaching == [len(form.widths)] * len(form.rows)


def test_the_forms_are_those_that_are_declared() -> None:
    assert set(forms.DETAILS) == set(FORM_CODES)
    for code in FORM_CODES:
        document = sample(code)
        assert document.is_form and not document.signed and document.addressee == ""


def test_the_application_asks_what_the_law_asks_and_no_purpose() -> None:
    text = sample("application", values={}, details={}).text
    for words in (
        "姓名",
        "证件号码",
        "联系电话",
        "名称、文号或者其他特征性描述",
        "获取政府信息的方式、途径",
        "代理人",
    ):
        assert words in text
    assert "用途" not in text.replace("不必写明用途", "") and "费用" not in text
    whole = sample("application", values={"applicant": "申请人甲\n证件：略"}, details={})
    assert "申请人甲\n证件：略" in whole.text and "工作单位" not in whole.text


def test_a_list_takes_lines_and_numbers_them() -> None:
    form = form_of("transfer-list")
    assert form.heads == 1 and [row[0].text for row in form.rows[1:3]] == ["1", "2"]
    index = sample("archive-index").text
    assert "1111111111111111\n" in index and index.count("6666666666666666") == 4 and "共 6 件。" in index
    said = sample("archive-index", rows=(), values={"index": "申请表\n答复书"})
    assert "申请表\n答复书" in said.text
    plain = form_of("archive-index", rows=(("机关", "", "申请表", "2024-09-02", "1"),))
    assert [cell.text for cell in plain.rows[0]] == ["序号", "责任者", "文号", "题名", "日期", "页数"]


def test_what_a_form_has_no_place_for_is_refused() -> None:
    with pytest.raises(forms.FormRefused, match="没有“colour”这一栏.*登记编号"):
        compose("registration", {}, organ=ORGAN, dated=DATED, details={"colour": "红"})
    with pytest.raises(forms.FormRefused, match="一行有 6 栏"):
        compose("transfer-list", {}, organ=ORGAN, dated=DATED, rows=[("甲",) * 6])
    with pytest.raises(forms.FormRefused, match="不列明细"):
        compose("registration", {}, organ=ORGAN, dated=DATED, rows=[("甲",)])


def test_steps_are_printed_and_what_was_not_taken_leaves_room() -> None:
    assert "同意，签发。\n分管负责人　　2024年9月30日" in sample("approval").text
    blank = form_of("approval", rows=(), values={})
    assert [row[0].text for row in blank.rows[-4:]] == ["经办人意见", "审核意见", "保密审查意见", "签发意见"]
    assert all(row[1].height >= 20 and "签名" in row[1].foot for row in blank.rows[-4:])
    assert forms.listed("approval", ROWS["approval"]).startswith("经办人意见拟按第三十六条")
