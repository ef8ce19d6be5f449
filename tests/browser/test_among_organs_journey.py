"""A request among several organs, in a real browser: a part answered elsewhere, a request handed on with its papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_case_journey import SIZES, Person, entered, looked_over, today
from tests.browser.turning import turn
from tests.installation import Installation, copy_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def home(demonstration: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A copy of the demonstration that this module's people may change."""
    with copy_of(demonstration, tmp_path_factory.mktemp("among-organs")) as installation:
        yield installation


@pytest.fixture(scope="module")
def served(home: Installation) -> Iterator[str]:
    """Its address, served by the program itself."""
    with home.served() as address:
        yield address


@pytest.mark.parametrize("size", SIZES)
def test_a_part_goes_to_another_organ_and_comes_back(
    browser: Browser, served: str, home: Installation, size: str
) -> None:
    clerk = Person(browser, served, home, "edu-clerk", size)
    case = entered(clerk, words=f"分着办的申请，{size}", channel="当面")
    head = Person(browser, served, home, "edu-head", size)
    head.open(f"{case}void/")
    looked_over(head.page)
    page = clerk.page
    turn(page.get_by_role("link", name="登记", exact=True))
    clerk.press("登记")
    clerk.open(f"{case}acts/assign_part/")
    page.get_by_label("机关名称").fill("利通区古城镇")
    page.get_by_label("哪些内容").fill(f"古城镇辖区的部分，{size}")
    page.get_by_label("期限的最后一日").fill((today() + timedelta(days=10)).isoformat())
    clerk.press("分给其他机关协办")

    town = Person(browser, served, home, "town-clerk", size)
    seen = town.open("/desk/inbox/")
    looked_over(seen)
    turn(seen.get_by_role("link", name=f"古城镇辖区的部分，{size}"))
    expect(seen.get_by_role("heading", name="回复协办", level=1)).to_be_visible()
    expect(seen.get_by_text("申请人甲")).to_have_count(0)
    looked_over(seen)
    seen.get_by_label("本单位的意见").fill("可以公开，附表一份。")
    seen.get_by_label("附材料").set_input_files({"name": "坏.exe", "mimeType": "x", "buffer": b"MZ"})
    turn(seen.get_by_role("button", name="回复", exact=True))
    expect(seen.get_by_role("alert")).to_be_visible()
    looked_over(seen)
    expect(seen.get_by_label("本单位的意见")).to_have_value("可以公开，附表一份。")
    pdf = {"name": "附表.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF\n"}
    seen.get_by_label("附材料").set_input_files(pdf)
    town.press("先附上，不回复")
    expect(seen.get_by_role("link", name="附表.pdf")).to_be_visible()
    looked_over(seen)
    town.press("回复")
    expect(seen.get_by_role("link", name=f"古城镇辖区的部分，{size}")).to_have_count(0)
    clerk.open(case)
    panel = page.get_by_role("region", name="协办", exact=True)
    expect(panel.get_by_text("可以公开，附表一份。")).to_be_visible()
    looked_over(page)
    turn(panel.get_by_role("link", name="作为所申请的信息"))
    looked_over(page)
    page.get_by_label("原样给申请人").check()
    clerk.press("作为所申请的信息")
    expect(panel.get_by_text("已作为所申请的信息，第 2 份")).to_be_visible()


def handed_on(clerk: Person, case: str, organ: str) -> Page:
    """Register the case and fill in the form that hands it on."""
    page = clerk.page
    turn(page.get_by_role("link", name="登记", exact=True))
    clerk.press("登记")
    clerk.open(f"{case}acts/forward/")
    page.get_by_label("机关名称").fill(organ)
    page.get_by_label("联系方式").fill("电话 0000-1")
    page.get_by_role("radio", name="是", exact=True).check()
    return page


def entered_there(seen: Page) -> None:
    """Enter what was taken on: how and when it came is stated."""
    seen.get_by_role("radio", name="当面").check()
    seen.get_by_label("哪一天到的").fill(today().isoformat())
    turn(seen.locator("form.panel").get_by_role("button", name="录入", exact=True))
    expect(seen.get_by_role("heading", name="回执", level=1)).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_a_request_handed_on_is_taken_on_and_entered_with_its_papers(
    browser: Browser, served: str, home: Installation, size: str
) -> None:
    clerk = Person(browser, served, home, "edu-clerk", size)
    scans = (
        ("申请书扫描件", "申请书.pdf"), ("身份证明", "申请人甲身份证.pdf"), ("授权委托书", "委托书.pdf"),
    )  # fmt: skip
    case = entered(clerk, words=f"应由古城镇公开的，{size}", channel="当面", scans=scans)
    page = handed_on(clerk, case, "利通区古城镇")
    offered = page.get_by_role("group", name="随转的材料").get_by_role("checkbox")
    expect(offered).to_have_count(3)
    assert all(one.is_checked() for one in offered.all()), "the applicant's own papers, all ticked at first"
    page.get_by_role("checkbox", name="委托书.pdf").uncheck()
    turn(page.get_by_role("button", name="先看文书"))
    expect(page.get_by_role("checkbox", name="委托书.pdf")).not_to_be_checked()
    looked_over(page)
    clerk.press("代转负责公开的机关")
    expect(page.get_by_text("随转的材料：第 1、2 份")).to_be_visible()

    town = Person(browser, served, home, "town-clerk", size)
    seen = town.open("/desk/inbox/")
    row = seen.get_by_role("row").filter(has_text=f"应由古城镇公开的，{size}")
    expect(row).to_contain_text("附材料 2 份")
    looked_over(seen)
    turn(seen.get_by_role("link", name=f"应由古城镇公开的，{size}"))
    expect(seen.get_by_role("heading", name="转来的申请", level=1)).to_be_visible()
    expect(seen.get_by_role("region", name="随申请转来的材料 2 份").get_by_role("listitem")).to_have_count(2)
    expect(seen.get_by_text("申请人甲")).to_have_count(0)
    looked_over(seen)
    turn(seen.get_by_role("button", name="办结，不登记"))
    expect(seen.get_by_text("写明为什么不登记").first).to_be_visible()
    looked_over(seen)
    turn(seen.get_by_role("button", name="接下，去录入"))
    expect(seen.get_by_label("姓名或者名称")).to_have_value("申请人甲")
    expect(seen.get_by_text("申请人甲身份证.pdf")).to_be_visible()
    looked_over(seen)
    entered_there(seen)
    turn(seen.get_by_role("link", name="打开案卷"))
    papers = seen.get_by_role("region", name="材料", exact=True)
    expect(papers.get_by_text("随申请由利通区教育局转来")).to_have_count(2)
    expect(papers.get_by_role("link", name="委托书.pdf")).to_have_count(0)
    looked_over(seen)
    turn(papers.get_by_role("link", name="申请人甲身份证.pdf"))
    expect(seen.get_by_text("记入底账")).to_be_visible()
    with seen.expect_download() as download:
        seen.get_by_role("button", name="打开", exact=True).click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    town.open("/desk/inbox/?scope=organ")
    expect(seen.get_by_role("region", name="转来的申请")).to_have_count(0)
    clerk.open(case)
    expect(page.get_by_text("古城镇").first).to_be_visible()
    looked_over(page)


@pytest.mark.parametrize("size", SIZES)
def test_an_entry_struck_out_brings_the_request_handed_on_back(
    browser: Browser, served: str, home: Installation, size: str
) -> None:
    town = Person(browser, served, home, "town-clerk", size)
    words = f"应由教育局公开的，{size}"
    case = entered(town, words=words, channel="当面", scans=(("身份证明", "申请人甲身份证.pdf"),))
    handed_on(town, case, "利通区教育局")
    town.press("代转负责公开的机关")
    clerk = Person(browser, served, home, "edu-clerk", size)
    seen = clerk.open("/desk/inbox/")
    lines = seen.get_by_role("region", name=re.compile("转来的申请"))
    turn(lines.get_by_role("link", name=words))
    turn(seen.get_by_role("button", name="接下，去录入"))
    entered_there(seen)
    turn(seen.get_by_role("link", name="打开案卷"))
    made = seen.url.removeprefix(served)

    head = Person(browser, served, home, "edu-head", size)
    there = head.open(f"{made}void/")
    expect(there.get_by_text("转来的那一件回到待办")).to_be_visible()
    there.get_by_label("撤销登记的原因").fill("登记错了")
    looked_over(there)
    head.press("撤销登记")
    clerk.open("/desk/inbox/")
    row = lines.get_by_role("row").filter(has_text=words)
    expect(row).to_contain_text("已经撤销登记")
    looked_over(seen)
    turn(row.get_by_role("link", name=words))
    expect(seen.get_by_text("录入过一次")).to_be_visible()
    looked_over(seen)
    turn(seen.get_by_role("button", name="接下，去录入"))
    entered_there(seen)
    turn(seen.get_by_role("link", name="打开案卷"))
    expect(seen.get_by_text("申请人甲身份证.pdf")).to_be_visible()
    clerk.open("/desk/inbox/")
    expect(lines.get_by_text(words)).to_have_count(0)
    town.open(case)
    expect(town.page.get_by_text("那里登记为")).to_be_visible()
    looked_over(town.page)
