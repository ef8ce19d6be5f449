"""The picture of the year: from the content alone, readable by all, allowed by a page's security policy."""

from __future__ import annotations

import re
import struct
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from gongkai.annual_report.formats.charts import COLUMN, NARROW, bar_chart
from gongkai.annual_report.formats.picture import PHONE, WIDE, Sheet, report_picture, report_picture_png
from gongkai.annual_report.formats.svg import grouped, text_width, wrapped
from tests.formats.contents import content, corrected, zeros

SVG = "{http://www.w3.org/2000/svg}"


def bars(drawn: str) -> list[float]:
    """The lengths of the bars; the two squares of the key are no bars."""
    rects = ElementTree.fromstring(drawn).iter(f"{SVG}rect")
    sizes = [(float(one.get("width", "0")), one.get("height")) for one in rects]
    return [width for width, height in sizes if height in ("18", "10") and width != 12]


def outside(drawn: str) -> list[str]:
    """The lines of text that would stick out of the drawing."""
    root = ElementTree.fromstring(drawn)
    width = float(root.get("width", "0"))
    found = []
    for one in root.iter(f"{SVG}text"):
        x, long = float(one.get("x", "0")), text_width(one.text or "", float(one.get("font-size", "0")))
        left = x - long if one.get("text-anchor") == "end" else x
        if left < 0 or left + long > width:
            found.append(one.text or "")
    return found


@pytest.mark.parametrize("sheet", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("made", [content(), content("2019", year=2019), corrected(), zeros()])
def test_nothing_sticks_out_and_no_letter_is_small(made: dict, sheet: Sheet) -> None:  # type: ignore[type-arg]
    drawn = report_picture(made, sheet)
    assert outside(drawn) == []
    sizes = {float(one.get("font-size", "0")) for one in ElementTree.fromstring(drawn).iter(f"{SVG}text")}
    # A phone of 390 px shows the narrow one 356 px wide.
    assert min(sizes) * 356 / PHONE.width >= 12.5, sizes


@pytest.mark.parametrize("width", [COLUMN, NARROW])
def test_a_chart_keeps_to_its_width(width: float) -> None:
    rows = [("政务服务和大数据管理局、行政审批服务局", 10723, 9862), ("其他", 3, 0), ("没有", None, None)]
    drawn = bar_chart("2021 年收到政府信息公开申请按渠道和申请人类别", rows, "件", width=width)
    assert outside(drawn) == [] and float(ElementTree.fromstring(drawn).get("width", "0")) == width
    texts = [one.text for one in ElementTree.fromstring(drawn).iter(f"{SVG}text")]
    assert "10,723" in texts and "单位：件" in texts


def test_two_drawings_of_one_page_share_no_id() -> None:
    both = report_picture(content()) + report_picture(content(), PHONE)
    both += bar_chart("甲", [], "条") + bar_chart("甲", [], "条", width=NARROW)
    ids = re.findall(r' id="([^"]+)"', both)
    assert len(ids) == len(set(ids)) == 8


@pytest.mark.parametrize("made", [content(), content("2019", year=2019), corrected(), zeros()])
def test_a_page_may_hold_it(made: dict) -> None:  # type: ignore[type-arg]
    drawn = report_picture(made)
    root = ElementTree.fromstring(drawn)
    assert root.get("role") == "img"
    told = {one.get("id"): one.text for one in root if one.tag in (f"{SVG}title", f"{SVG}desc")}
    assert told[root.get("aria-labelledby")] and told[root.get("aria-describedby")]
    allowed = {"svg", "title", "desc", "rect", "line", "text"}
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= allowed
    attributes = {name for one in root.iter() for name in one.attrib}
    assert not attributes & {"style", "class", "href"} and not any(a.startswith("on") for a in attributes)
    assert "url(" not in drawn and "http" not in drawn.replace("http://www.w3.org/2000/svg", "")


def test_its_numbers_are_those_of_the_content() -> None:
    made = content()
    cells = made["report"]["cells"]
    drawn = report_picture(made)
    for name in (
        "t3.r1.c7",
        "t3.r24.c7",
        "t2.norm.made",
        "t2.norm.in_force",
        "t2.penalty.decisions",
        "t4.review.total",
    ):
        assert grouped(Decimal(cells[name])) in drawn, name
    for number in ("4,936", "2,213", "2,723", "3,056.81805"):
        assert number in drawn
    made["counts"]["publications.portal"] = 77
    assert "2,213" not in report_picture(made)


def test_bars_begin_at_zero() -> None:
    widths = bars(bar_chart("各渠道", [("甲", 200, None), ("乙", "100", 50), ("丙", Decimal(0), None)], "条"))
    assert len(widths) == 3 and widths[1] == pytest.approx(widths[0] / 2, abs=0.1)
    assert widths[2] == pytest.approx(widths[0] / 4, abs=0.1)


def test_a_chart_tells_its_numbers_and_escapes_its_words() -> None:
    drawn = bar_chart("<各单位>", [("教育&体育局", 12345, 9), ("没有", None, None)], "条")
    root = ElementTree.fromstring(drawn)
    told = root.findtext(f"{SVG}desc")
    assert told == "<各单位>：教育&体育局 12,345 条（上年 9），没有 未填。"
    assert "没有发生" in bar_chart("空", [], "条")


def test_a_year_without_events_says_so_and_draws_no_bars() -> None:
    drawn = report_picture(zeros())
    assert bars(drawn) == []
    for said in (
        "没有登记主动公开的政府信息",
        "没有收到政府信息公开申请",
        "没有制发、废止行政规范性文件",
        "行政许可、行政处罚、行政强制、行政事业性收费没有发生",
        "没有登记来信、投诉举报",
    ):
        assert said in drawn


def test_a_draft_does_not_claim_a_seal() -> None:
    assert "尚未封存" in report_picture(content() | {"version": 0})
    assert "第2版" in report_picture(corrected())


def test_png_is_twice_as_fine() -> None:
    made = report_picture_png(content())
    assert made[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", made[16:24])
    assert width == 1080 and height > 2000


def test_lines_do_not_begin_with_a_mark() -> None:
    assert wrapped("一二三，四", 10, 30) == ["一二三，", "四"]
