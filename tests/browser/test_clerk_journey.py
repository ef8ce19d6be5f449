"""A new clerk at the desk in a real browser: the month's statistics, a bad row, an interrupted form, axe."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.faces import size_and_theme
from tests.browser.turning import turn
from tests.installation import Installation, copy_of

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
EDUCATION = "/desk/organs/640302003"
STATISTICS = f"{EDUCATION}/registers/statistics/"
CORE = (
    "/desk/", STATISTICS, f"{STATISTICS}?year=1990", f"{STATISTICS}new/", f"{STATISTICS}import/",
    f"{EDUCATION}/registers/open-days/", f"{EDUCATION}/registers/documents/?sort=-issued_on",
    "/desk/search/?q=招生", "/desk/search/?q=没有的词", "/desk/help/", "/desk/help/clerk/",
    "/desk/help/office/", "/desk/help/operator/", "/desk/settings/",
    "/desk/reports/", "/desk/styleguide/", "/desk/password/", "/desk/second-factor/", "/desk/nothing-here/",
    f"{EDUCATION}/manage/",
)  # fmt: skip


@pytest.fixture(scope="module")
def home(demonstration: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A copy of the demonstration that this module's clerk may change."""
    with copy_of(demonstration, tmp_path_factory.mktemp("desk-core")) as installation:
        yield installation


@pytest.fixture(scope="module")
def served(home: Installation) -> Iterator[str]:
    """Its address, served by the program itself."""
    with home.served() as address:
        yield address


def seen_in(browser: Browser, size: str) -> BrowserContext:
    """A browser of its own, of that size."""
    width, height = SIZES[size]
    return browser.new_context(viewport={"width": width, "height": height})


@pytest.fixture(params=SIZES)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = seen_in(browser, request.param)
    yield context.new_page()
    context.close()


def card(home: Installation) -> dict[str, str]:
    """The demonstration's accounts and passwords."""
    text = (Path(home.environment["GONGKAI_HOME"]) / "demo.json").read_text("utf-8")
    return {one["user"]: one["password"] for one in json.loads(text)["accounts"]}


def sign_in(page: Page, served: str, home: Installation, user: str) -> None:
    page.goto(f"{served}/desk/sign-in/")
    page.get_by_role("textbox", name="账号").fill(user)
    page.get_by_role("textbox", name="密码").fill(card(home)[user])
    turn(page.get_by_role("button", name="登录", exact=True))


def looked_over(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def test_a_new_clerk_imports_a_month_and_mends_a_bad_row(served: str, home: Installation, page: Page) -> None:
    """The running month is the one that no record of the demonstration is about yet; each size takes a number."""
    today = datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).date()
    number = {1280: 1201, 390: 1202}[page.viewport_size["width"]]  # type: ignore[index]
    sign_in(page, served, home, "edu-clerk")
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{today.month} 月 {today.day} 日")
    looked_over(page)
    page.goto(f"{served}{STATISTICS}")
    turn(page.get_by_role("link", name="导入表格"))
    with page.expect_download() as download:
        page.get_by_role("link", name="下载申报统计模板").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    sheet = book["填报"]
    heading = next(row for row in range(1, 9) if "年份" in str(sheet.cell(row, 1).value))
    rows = (
        ("行政许可", number),
        ("行政处罚", "约30"),
        ("行政强制", number + 10),
        ("行政事业性收费", f"{number}.5"),
    )
    for place, (item, value) in enumerate(rows, heading + 1):
        for column, cell in enumerate((today.year, today.month, item, value), 1):
            sheet.cell(place, column).value = cell
    for row in range(heading + len(rows) + 1, sheet.max_row + 1):
        for column in range(1, 6):
            sheet.cell(row, column).value = None
    held = io.BytesIO()
    book.save(held)
    page.get_by_label("填好的表").set_input_files(
        {"name": "统计.xlsx", "mimeType": "application/octet-stream", "buffer": held.getvalue()}
    )
    turn(page.get_by_role("button", name="看一遍"))
    expect(page.get_by_text("有 1 行要改，其余 3 行读懂了")).to_be_visible()
    looked_over(page)
    page.locator(".wrong-row").get_by_label("数量").fill(str(number + 30))
    turn(page.get_by_role("button", name="改好了，再核对"))
    expect(page.get_by_text("4 行都对，可以导入")).to_be_visible()
    looked_over(page)
    turn(page.get_by_role("button", name="导入 4 条"))
    expect(page.get_by_text("已导入 4 条申报统计")).to_be_visible()
    expect(page.get_by_text(str(number + 30), exact=True).first).to_be_visible()
    turn(page.get_by_role("link", name=f"{today.year} 年 {today.month} 月行政处罚").first)
    expect(page.get_by_role("heading", name="计入年报")).to_be_visible()
    looked_over(page)
    turn(page.get_by_role("link", name="更正", exact=True))
    looked_over(page)
    page.get_by_label("数量").fill(str(number + 40))
    page.get_by_label("更正的原因").fill("漏计十件")
    turn(page.get_by_role("button", name="更正", exact=True))
    expect(page.get_by_text("原因：漏计十件")).to_be_visible()
    turn(page.get_by_role("link", name="撤销登记", exact=True))
    looked_over(page)


def test_the_form_of_an_ended_session_comes_back(served: str, home: Installation, page: Page) -> None:
    sign_in(page, served, home, "edu-clerk")
    page.goto(f"{served}{EDUCATION}/registers/documents/new/")
    page.get_by_label("标题").fill("关于寒假安排的通知")
    # The session ends elsewhere: as after an idle half-hour, or when the server forgets it.
    with sqlite3.connect(Path(home.environment["GONGKAI_HOME"]) / "gongkai.sqlite3", timeout=30) as database:
        database.execute("DELETE FROM django_session")
    turn(page.get_by_role("button", name="登记", exact=True))
    expect(page.get_by_text("刚才填的都在这一页里")).to_be_visible()
    looked_over(page)
    page.get_by_role("textbox", name="账号").fill("edu-clerk")
    page.get_by_role("textbox", name="密码").fill(card(home)["edu-clerk"])
    turn(page.get_by_role("button", name="登录", exact=True))
    looked_over(page)
    turn(page.get_by_role("button", name="接着填"))
    expect(page.get_by_label("标题")).to_have_value("关于寒假安排的通知")


def test_the_second_factor_in_a_demonstration(served: str, home: Installation, page: Page) -> None:
    sign_in(page, served, home, "office-head")
    expect(page.get_by_text("6 位数字").first).to_be_visible()
    looked_over(page)
    turn(page.get_by_role("button", name="绑定").or_(page.get_by_role("button", name="核对并进入")))
    expect(page.get_by_role("heading", level=1)).to_contain_text("月")
    looked_over(page)


@size_and_theme(*SIZES)
def test_core_pages_are_accessible_and_fit(
    served: str, home: Installation, browser: Browser, size: str, theme: str
) -> None:
    context = seen_in(browser, size)
    page = context.new_page()
    elsewhere: list[str] = []
    page.on("request", lambda one: None if one.url.startswith(served) else elsewhere.append(one.url))
    errors: list[str] = []
    page.on("console", lambda one: errors.append(one.text) if "Content Security" in one.text else None)
    page.goto(f"{served}/desk/sign-in/")
    looked_over(page)
    sign_in(page, served, home, "edu-clerk")
    page.context.add_cookies([{"name": "theme", "value": theme, "url": served}])
    for address in CORE:
        page.goto(served + address)
        looked_over(page)
    turn(page.get_by_role("link", name="菜单")) if size == "phone" else None
    looked_over(page)
    assert elsewhere == [] and errors == []
    context.close()
