"""The report on the desk in a real browser: the wrong return, the correction of a published report, axe."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.faces import size_and_theme
from tests.browser.turning import turn
from tests.installation import Installation, copy_of

pytestmark = pytest.mark.browser
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
DISTRICT, EDUCATION = "/desk/organs/640302000/reports", "/desk/organs/640302003/reports"
REASON = "（二）写收到申请 1 件，登记簿有 2 件，按记录改。"
WRONG_WORDS = "2021 年收到政府信息公开申请 4 件，其中 1 件为重复提交。"


@pytest.fixture(scope="module")
def home(demonstration: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A copy of the demonstration that this module may change."""
    with copy_of(demonstration, tmp_path_factory.mktemp("desk-report")) as installation:
        yield installation


@pytest.fixture(scope="module")
def served(home: Installation) -> Iterator[str]:
    """Its address, served by the program itself."""
    with home.served() as address:
        yield address


@pytest.fixture(scope="module")
def passwords(home: Installation) -> dict[str, str]:
    """The demonstration's accounts and passwords."""
    card = json.loads((Path(home.environment["GONGKAI_HOME"]) / "demo.json").read_text("utf-8"))
    return {one["user"]: one["password"] for one in card["accounts"]}


class Desk:
    """Somebody at the desk, in a browser of their own, until they are done."""

    def __init__(
        self, browser: Browser, served: str, passwords: dict[str, str], size: str = "desktop"
    ) -> None:
        width, height = SIZES[size]
        self.browser, self.served, self.passwords = browser, served, passwords
        self.viewport = {"width": width, "height": height}

    def sits(self, user: str) -> Page:
        """Sign in, with the code that the demonstration's own page shows where there is a second factor."""
        context = self.browser.new_context(viewport=self.viewport, base_url=self.served)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto("/desk/sign-in/")
        page.get_by_role("textbox", name="账号").fill(user)
        page.get_by_role("textbox", name="密码").fill(self.passwords[user])
        turn(page.get_by_role("button", name="登录", exact=True))
        code = page.get_by_role("textbox", name="手机应用里的 6 位数字")
        expect(page.get_by_role("heading", level=1).or_(code).first).to_be_visible()
        if code.count():
            shown = page.get_by_role("heading", name=re.compile("现在的验证码是")).inner_text()
            code.fill(shown[-6:])
            turn(page.get_by_role("button", name="核对并进入"))
        expect(page).to_have_url(re.compile(r"/desk/$"))
        return page


@pytest.fixture
def desk(browser: Browser, served: str, passwords: dict[str, str]) -> Iterator[Desk]:
    yield Desk(browser, served, passwords)
    for context in browser.contexts:
        context.close()


def looked_over(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, (page.url, found.generate_report())
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def season_of(page: Page) -> str:
    """The year that is being collected, as the office's reports open on it."""
    page.goto("/desk/reports/")
    return page.url.rstrip("/").rpartition("/")[2]


def test_the_office_sends_the_wrong_return_back_and_the_clerk_mends_it(desk: Desk) -> None:
    office = desk.sits("office-clerk")
    turn(office.get_by_role("link", name="年度报告", exact=True))
    expect(office.get_by_role("heading", level=1)).to_contain_text("全区 40 个单位")
    wrong = office.locator("#wrong")
    expect(wrong).to_contain_text("区教育局")
    expect(wrong).to_contain_text("K9")
    turn(wrong.get_by_role("link", name=re.compile("退回并写原因.*区教育局")))
    reason = office.get_by_role("textbox", name="退回的原因")
    expect(reason).to_have_value(re.compile("K9"))
    reason.fill(REASON)
    turn(office.get_by_role("button", name="退回", exact=True))
    expect(office.get_by_role("status")).to_contain_text("已退回，原因已经写给填报单位")
    year = season_of(office)

    clerk = desk.sits("edu-clerk")
    clerk.set_viewport_size({"width": 390, "height": 844})
    clerk.goto(f"{EDUCATION}/{year}/")
    fits = clerk.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert fits, "what is said of a cell to screen readers scrolls with its table"
    clerk.set_viewport_size({"width": 1280, "height": 900})
    expect(clerk.get_by_role("region", name="下一步")).to_contain_text(REASON)
    turn(clerk.get_by_role("link", name="改“依申请公开情况”"))
    expect(clerk.locator("#marks")).to_contain_text("记录是 2")
    text = clerk.get_by_role("textbox", name="文字")
    text.fill(text.input_value().replace("1 件", "2 件").replace("均已办结", "办结 1 件"))
    turn(clerk.get_by_role("button", name="存下文字"))
    expect(clerk.get_by_role("status")).to_contain_text("已存")
    expect(clerk.get_by_role("region", name="下一步")).to_contain_text("核对没有问题，可以报送了")

    head = desk.sits("edu-head")
    head.goto(f"{EDUCATION}/{year}/")
    turn(head.get_by_role("link", name="报送", exact=True))
    turn(head.get_by_role("button", name="报送", exact=True))
    expect(head.get_by_role("status")).to_contain_text("已报送区政府办公室")
    head.go_back()
    expect(head.get_by_role("heading", level=1)).to_contain_text("报送")
    head.reload()
    expect(head.get_by_text("现在不能报送")).to_be_visible()
    office.goto(f"/desk/reports/{year}/")
    expect(office.locator("#wrong")).not_to_contain_text("区教育局")
    expect(office.locator("#waiting")).to_contain_text("区教育局")


def test_a_published_report_is_corrected_and_both_versions_stay(desk: Desk) -> None:
    head = desk.sits("office-head")
    head.goto(f"{DISTRICT}/2021/")
    turn(head.get_by_role("link", name="更正", exact=True))
    head.get_by_role("textbox", name="更正的原因").fill("漏写一件重复提交的申请")
    turn(head.get_by_role("button", name="更正", exact=True))
    expect(head.get_by_role("status")).to_contain_text("已发布的那一版照旧公开")

    clerk = desk.sits("office-clerk")
    clerk.goto(f"{DISTRICT}/2021/?part=s1")
    turn(clerk.get_by_role("link", name=re.compile("改文字.*依申请公开情况")))
    clerk.get_by_role("textbox", name="文字").fill(WRONG_WORDS)
    turn(clerk.get_by_role("button", name="存下文字"))
    expect(clerk.get_by_role("status")).to_contain_text("已存")

    head.goto(f"{DISTRICT}/2021/")
    turn(head.get_by_role("region", name="下一步").get_by_role("link", name="写说明"))
    head.get_by_role("textbox", name="说明").fill("重复提交的一件没有单独登记，台账按 3 件计。")
    turn(head.get_by_role("button", name="署名存下说明"))
    expect(head.locator("#checks")).to_contain_text("台账按 3 件计")
    turn(head.get_by_role("region", name="下一步").get_by_role("link", name="封存"))
    expect(head.get_by_role("heading", name="署名印在报告后面的说明")).to_be_visible()
    turn(head.get_by_role("button", name="封存", exact=True))
    expect(head.get_by_role("status")).to_contain_text("内容和指纹固定下来", timeout=90_000)
    expect(head.get_by_role("heading", name="第 2 版", exact=True)).to_be_visible()
    with head.expect_download() as download:
        head.get_by_role("link", name="Word", exact=True).click()
    assert download.value.suggested_filename.endswith("（第2版）.docx")
    turn(head.get_by_role("region", name="下一步").get_by_role("link", name="发布"))
    turn(head.get_by_role("button", name="发布", exact=True))
    expect(head.get_by_role("status")).to_contain_text("门户上现在就能看到")

    head.goto(f"{DISTRICT}/2021/?part=versions")
    turn(head.get_by_role("link", name="和第 1 版对比"))
    expect(head.get_by_role("heading", level=1)).to_have_text("第 1 版和第 2 版对比")
    expect(head.locator("ins", has_text="重复提交").first).to_be_visible()
    expect(head.get_by_role("main")).to_contain_text("漏写一件重复提交的申请")
    looked_over(head)

    citizen = desk.browser.new_context(base_url=desk.served).new_page()
    citizen.goto("/reports/640302000/2021/")
    expect(citizen.get_by_role("main")).to_contain_text("第 2 版")
    expect(citizen.get_by_role("main")).to_contain_text("其中 1 件为重复提交")
    citizen.goto("/reports/640302000/2021/compare/1/2/")
    expect(citizen.locator("ins", has_text="重复提交").first).to_be_visible()
    looked_over(citizen)
    citizen.goto("/reports/640302000/2021/v1/")
    expect(citizen.get_by_role("main")).not_to_contain_text("其中 1 件为重复提交")


PAGES = (
    "/desk/reports/{year}/", "/desk/reports/{year}/?as=table", "/desk/reports/{year}/round/",
    "{district}/{year}/", "{district}/{year}/?part=s1", "{district}/{year}/?part=s5",
    "{district}/2021/?part=units", "{district}/2021/?part=versions", "{district}/{year}/preview/",
    "{district}/2021/editions/1/", "{district}/{year}/plots/", "{district}/2021/plots/?of=requests",
    "{district}/2021/cells/t3.r3.c1/", "{district}/2021/cells/t2.licence.decisions/",
    "{district}/2021/cells/publications.total/?page=2", "{district}/{year}/write/overview.0/",
    "{district}/{year}/write/problems/", "{district}/{year}/explain/K13/", "{education}/{year}/acts/return/",
    "/desk/organs/640302015/reports/{year}/acts/open/", "/desk/organs/640302015/reports/{year}/chase/",
)  # fmt: skip
SIGNED = ("{district}/{year}/acts/seal_government/", "{district}/2021/acts/correct/")


# Letters of the drawings on show: how large they come out, and in which colours. axe does not look into drawings.
_LETTERS = """() => [...document.querySelectorAll('.plots svg')].filter(e => e.getClientRects().length)
    .flatMap(e => [...e.querySelectorAll('text')].map(t => [
        t.getAttribute('font-size') * e.getBoundingClientRect().width / e.viewBox.baseVal.width,
        getComputedStyle(t).fill]))"""


def letters_are_read(page: Page, theme: str) -> None:
    """The letters of the plots are large enough on this screen, and not dark on dark."""
    found = page.evaluate(_LETTERS)
    assert found and min(size for size, _ in found) >= 12, page.url
    brightness = [sum(map(int, re.findall(r"\d+", fill)[:3])) / 3 for _, fill in found]
    assert min(brightness) > 150 if theme == "dark" else max(brightness) < 120, page.url


@size_and_theme(*SIZES)
def test_every_report_page_is_accessible_and_fits(desk: Desk, size: str, theme: str) -> None:
    seen = Desk(desk.browser, desk.served, desk.passwords, size)
    for user, addresses in (("office-clerk", PAGES), ("office-head", SIGNED)):
        page = seen.sits(user)
        page.context.add_cookies([{"name": "theme", "value": theme, "url": desk.served}])
        year = season_of(page)
        for address in addresses:
            page.goto(address.format(district=DISTRICT, education=EDUCATION, year=year))
            assert page.locator("html").get_attribute("data-theme") == (theme if theme == "dark" else None)
            looked_over(page)
            if "/plots/" in address:
                letters_are_read(page, theme)
