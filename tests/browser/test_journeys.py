"""Journeys of visitors in a real browser, over the demonstration as ``gongkai serve`` serves it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.turning import turn

pytestmark = pytest.mark.browser
REPORT = "/reports/640302000/2021/"
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}


@pytest.fixture(params=SIZES)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = SIZES[request.param]
    # No script anywhere on the portal: the journeys are walked without it.
    context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_a_visitor_reads_the_report_and_opens_a_number(served: str, page: Page) -> None:
    page.goto(served)
    turn(page.get_by_role("link", name="看 2021 年报告"))
    expect(page.get_by_role("heading", level=1)).to_have_text("2021 年政府信息公开工作年度报告")
    turn(page.get_by_role("navigation", name="本报告目录").get_by_role("link", name="一、总体情况"))
    turn(page.locator("#s1").get_by_role("link", name="2213", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("通过政府网站发布的政府信息")
    expect(page.locator("tbody tr")).to_have_count(100)
    turn(page.get_by_role("link", name="下一页"))
    expect(page.get_by_text("第 2 页，共 23 页")).to_be_visible()
    turn(page.get_by_role("link", name="利通区人民政府 2021 年报告"))
    expect(page.locator("#s1")).to_be_visible()


def test_from_the_districts_number_to_a_units_own(served: str, page: Page) -> None:
    page.goto(f"{served}{REPORT}cells/t2.fee.amount/")
    turn(page.get_by_role("complementary").get_by_role("link", name="利通区自然资源局"))
    expect(page.locator(".big")).to_have_text("1402.6843")
    turn(page.get_by_role("link", name="利通区自然资源局 2021 年报告"))
    expect(page.get_by_role("heading", level=1)).to_have_text("2021 年政府信息公开工作年度报告")


def test_a_court_checks_a_cell(served: str, page: Page) -> None:
    page.goto(f"{served}{REPORT}")
    turn(page.locator("#s2").get_by_role("link", name="173"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("废止")
    turn(page.get_by_role("link", name="全部核对结果"))
    expect(page.locator("main .finding")).to_have_count(21)


def test_an_elder_reads_large_and_comes_back(served: str, page: Page) -> None:
    page.goto(f"{served}{REPORT}")
    turn(page.get_by_role("link", name="长辈版"))
    expect(page.locator("html")).to_have_attribute("data-mode", "elder")
    expect(page).to_have_url(f"{served}{REPORT}")
    turn(page.locator("#s1").get_by_role("link", name="2213", exact=True))
    expect(page.locator("html")).to_have_attribute("data-mode", "elder")
    turn(page.get_by_role("link", name="退出长辈版"))
    expect(page.locator("html")).not_to_have_attribute("data-mode", "elder")


def test_a_unit_is_found_from_home(served: str, page: Page) -> None:
    page.goto(served)
    turn(page.get_by_role("link", name="古城镇", exact=True))
    turn(page.get_by_role("link", name="利通区古城镇 2021 年政府信息公开工作年度报告"))
    expect(page.get_by_role("heading", level=1)).to_have_text("2021 年政府信息公开工作年度报告")


def test_the_report_is_downloaded(served: str, page: Page) -> None:
    page.goto(f"{served}{REPORT}")
    with page.expect_download() as started:
        page.get_by_role("link", name="PDF").click()
    assert started.value.suggested_filename == "利通区人民政府2021年政府信息公开工作年度报告.pdf"


def test_the_data_pages(served: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{served}/api/v1/docs")
    page.get_by_text("已发布的年度报告").first.wait_for()
    page.close()
