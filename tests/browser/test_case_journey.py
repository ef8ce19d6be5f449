"""A request from the paper to the served reply, as the people of one bureau do it in a real browser."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.faces import size_and_theme
from tests.browser.turning import turn
from tests.installation import Installation, copy_of

pytestmark = pytest.mark.browser
SIZES = {"1280": (1280, 900), "390": (390, 844)}
WORDS = "本区义务教育学校新增学位数，分学校列"


@pytest.fixture(scope="module")
def home(demonstration: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A copy of the demonstration that this module's people may change."""
    with copy_of(demonstration, tmp_path_factory.mktemp("desk-case")) as installation:
        yield installation


@pytest.fixture(scope="module")
def served(home: Installation) -> Iterator[str]:
    """Its address, served by the program itself."""
    with home.served() as address:
        yield address


class Person:
    """Somebody at a browser of their own; a bound second factor is passed."""

    def __init__(
        self, browser: Browser, served: str, home: Installation, user: str, size: str = "1280"
    ) -> None:
        width, height = SIZES[size]
        self.context = browser.new_context(viewport={"width": width, "height": height})
        self.page = self.context.new_page()
        self.served, self.user = served, user
        card = json.loads((Path(home.environment["GONGKAI_HOME"]) / "demo.json").read_text("utf-8"))
        password = next(one["password"] for one in card["accounts"] if one["user"] == user)
        self.page.goto(f"{served}/desk/sign-in/")
        self.page.get_by_role("textbox", name="账号").fill(user)
        self.page.get_by_role("textbox", name="密码").fill(password)
        turn(self.page.get_by_role("button", name="登录", exact=True))
        expect(self.page.get_by_role("textbox", name="账号")).to_have_count(0)
        self.bind()

    def bind(self) -> None:
        """Pass the second factor with the code that the demonstration's own page shows."""
        code = self.page.get_by_role("textbox", name="手机应用里的 6 位数字")
        expect(self.page.locator(".side").or_(code).first).to_have_count(1)
        if code.count():
            shown = self.page.get_by_role("heading", name=re.compile("现在的验证码是")).inner_text()
            code.fill(shown[-6:])
            turn(self.page.get_by_role("button", name="核对并进入"))
            expect(self.page.locator(".side")).to_have_count(1)

    def open(self, address: str) -> Page:
        """Open an address of the desk."""
        self.page.goto(f"{self.served}{address}")
        return self.page

    def press(self, name: str) -> None:
        """Press the form's button, and wait for the case's page."""
        turn(self.page.locator("form.panel").get_by_role("button", name=name, exact=True))
        expect(self.page.locator(".said")).to_be_visible()


def today() -> date:
    return datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).date()


def looked_over(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def entered(
    clerk: Person, *, words: str = WORDS, channel: str = "传真", scans: tuple[tuple[str, str], ...] = ()
) -> str:
    """Enter a paper request with its scans, each under its label, and return the address of its case."""
    page = clerk.open("/desk/inbox/")
    turn(page.get_by_role("link", name="录入申请", exact=True).first)
    page.get_by_role("radio", name=channel).check()
    page.get_by_label("姓名或者名称").fill("申请人甲")
    page.get_by_label("证件号码", exact=False).first.fill("110101199001010015")
    page.get_by_label("电话", exact=False).first.fill("13800000000")
    page.get_by_label("申请内容").fill(words)
    for label, name in scans:
        pdf = {"name": name, "mimeType": "application/pdf", "buffer": f"%PDF-1.7\n%{name}\n%%EOF\n".encode()}
        page.get_by_label(label).set_input_files(pdf)
    turn(page.locator("form.panel").get_by_role("button", name="录入", exact=True))
    expect(page.get_by_role("heading", name="回执", level=1)).to_be_visible()
    turn(page.get_by_role("link", name="打开案卷"))
    expect(page.get_by_role("heading", name="期限账")).to_be_visible()
    return page.url.removeprefix(clerk.served)


def test_from_paper_to_the_served_reply(browser: Browser, served: str, home: Installation) -> None:
    clerk = Person(browser, served, home, "edu-clerk")
    case = entered(clerk)
    page = clerk.page
    expect(page.locator(".next:not(.said)")).to_contain_text("与申请人确认收到")
    turn(page.get_by_role("link", name="确认收到", exact=True))
    page.get_by_label("怎样确认的").fill("经办人电话联系申请人，确认申请已收到")
    clerk.press("确认收到")
    turn(page.get_by_role("link", name="登记", exact=True))
    clerk.press("登记")

    turn(page.get_by_role("link", name="告知补正", exact=True).first)
    page.get_by_label("需要补正的事项").fill("写明要哪一个年度的")
    page.get_by_label("期限的最后一日").fill((today() + timedelta(days=15)).isoformat())
    clerk.press("告知补正")
    expect(page.locator(".next:not(.said)")).to_contain_text("等申请人补正")
    supplement = max(map(int, re.findall(rf"利教公复〔{today().year}〕(\d+)号", page.content())))
    turn(page.get_by_role("link", name="收到补正", exact=True))
    clerk.press("收到补正")

    turn(page.get_by_role("link", name="登记检索", exact=True).first)
    page.get_by_label("检索了哪里").fill("招生台账")
    page.get_by_label("谁检索的").fill("基础教育岗")
    page.get_by_label("检索词").fill("新增学位")
    page.get_by_label("找到几份").fill("1")
    clerk.press("登记检索")
    turn(page.get_by_role("link", name="作出决定", exact=True).first)
    page.get_by_role("radio", name="（一）予以公开").check()
    page.get_by_role("checkbox", name="可以公开，提供").check()
    page.get_by_label("理由", exact=True).fill("属于应当公开的信息，提供复制件。")
    clerk.press("作出决定")
    # The letter comes whole, and says what only the clerk knows.
    expect(page.get_by_role("heading", name="现在的样子")).to_be_visible()
    expect(page.get_by_text("缺获取的方式、途径和时间")).to_be_visible()
    looked_over(page)
    page.get_by_label("获取的方式、途径和时间").fill("纸质复制件一份，随本答复书邮寄")
    clerk.press("存草稿")
    expect(page.get_by_role("article")).to_contain_text("随本答复书邮寄")
    turn(page.get_by_role("link", name="送审", exact=True))
    looked_over(page)
    clerk.press("送审")
    expect(page.locator(".next:not(.said)")).to_contain_text("由")
    expect(page.locator(".next:not(.said) .btn")).to_have_count(0)

    head = Person(browser, served, home, "edu-head")
    seen = head.open("/desk/inbox/")
    turn(seen.get_by_role("link", name=WORDS).first)
    turn(seen.get_by_role("link", name="签发", exact=True))
    expect(seen.get_by_role("heading", name="要签发的全文")).to_be_visible()
    # The supplement took a number; the next is offered by itself.
    expect(seen.get_by_label("文号")).to_have_value(f"利教公复〔{today().year}〕{supplement + 1}号")
    expect(seen.get_by_role("article")).to_contain_text("申请人甲")
    looked_over(seen)
    head.press("签发")

    clerk.open(case)
    turn(page.get_by_role("link", name="送达", exact=True))
    page.get_by_label("送达方式").select_option(label="邮寄（邮政企业）")
    clerk.press("送达")
    turn(page.get_by_role("link", name="登记送达凭据", exact=True))
    page.get_by_label("送达凭据").fill("挂号单 001")
    clerk.press("登记送达凭据")
    expect(page.locator(".chip--info")).to_have_text("已答复")
    looked_over(page)
    turn(page.get_by_role("link", name="全部和表单"))
    looked_over(page)
    turn(page.get_by_role("link", name="政府信息公开申请答复书（予以公开）", exact=True))
    looked_over(page)
    fetched(browser, served, home, case, clerk)
    # The address of what was done shows things as they now stand; nothing is done twice.
    clerk.open(f"{case}acts/prove_service/")
    expect(page.get_by_role("heading", name="现在不能登记送达凭据")).to_be_visible()
    clerk.open(case)
    expect(page.locator(".ledger").get_by_text("登记送达凭据", exact=True)).to_have_count(1)


def fetched(browser: Browser, served: str, home: Installation, case: str, clerk: Person) -> None:
    """The applicant opens the case by code and secret and saves the reply; nobody else's words are in it."""
    receipt = clerk.open(f"{case}receipt/")
    code, secret = receipt.locator("dd.code").all_inner_texts()
    page = browser.new_context(viewport={"width": 390, "height": 844}, accept_downloads=True).new_page()
    page.goto(f"{served}/track/")
    page.get_by_role("textbox", name="查询码").fill(code)
    page.get_by_role("textbox", name="查询口令").fill(secret)
    turn(page.get_by_role("button", name="查进度"))
    expect(page.get_by_role("heading", name="给您的文书")).to_be_visible()
    expect(page.get_by_text("凭据：挂号单 001")).to_be_visible()
    looked_over(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载政府信息公开申请答复书").click()
    kept = Path(download.value.path()).read_bytes()
    assert kept.startswith(b"%PDF"), "the reply as it was sent"
    page.context.close()


@size_and_theme(*SIZES)
def test_the_settings_of_letters_are_accessible(
    browser: Browser, served: str, home: Installation, size: str, theme: str
) -> None:
    head = Person(browser, served, home, "edu-head", size)
    head.context.add_cookies([{"name": "theme", "value": theme, "url": served}])
    page = head.open("/desk/")
    if size == "390":
        turn(page.get_by_role("link", name="菜单"))
    turn(page.get_by_role("link", name="文书设置").first)
    looked_over(page)
    turn(page.get_by_role("link", name="文书模板"))
    looked_over(page)
    turn(page.get_by_role("link", name="政府信息公开申请答复书（不予公开，第十六条）"))
    looked_over(page)


@size_and_theme(*SIZES)
def test_every_page_of_a_case_is_accessible(
    browser: Browser, served: str, home: Installation, size: str, theme: str
) -> None:
    clerk = Person(browser, served, home, "edu-clerk", size)
    clerk.context.add_cookies([{"name": "theme", "value": theme, "url": served}])
    page = clerk.open("/desk/cases/new/")
    looked_over(page)
    turn(page.locator("form.panel").get_by_role("button", name="录入", exact=True))
    expect(page.get_by_role("alert")).to_be_visible()
    looked_over(page)
    case = entered(clerk, words=f"只看样子的申请，{size}，{theme}", channel="当面")
    looked_over(page)
    page.locator("details summary").first.click()
    looked_over(page)
    turn(page.get_by_role("link", name="登记", exact=True))
    clerk.press("登记")
    pages = (
        "acts/decide/",
        "acts/ask_supplement/",
        "acts/sign/",
        "reveal/",
        "files/new/",
        "handler/",
        "applicant/",
    )
    for rest in pages:
        clerk.open(f"{case}{rest}")
        looked_over(page)
    page = clerk.open(f"{case}acts/decide/")
    page.get_by_role("radio", name="部分公开").check()
    turn(page.locator("form.panel").get_by_role("button", name="作出决定", exact=True))
    expect(page.get_by_role("alert")).to_be_visible()
    looked_over(page)
    page = clerk.open("/desk/inbox/?scope=organ")
    expect(page.get_by_role("link", name=f"只看样子的申请，{size}，{theme}")).to_be_visible()
    looked_over(page)


@pytest.mark.parametrize("size", SIZES)
def test_a_case_goes_by_keyboard_alone(browser: Browser, served: str, home: Installation, size: str) -> None:
    clerk = Person(browser, served, home, "edu-clerk", size)
    entered(clerk, words=f"键盘办的申请，{size}", channel="当面")
    page = clerk.page
    page.locator(".next:not(.said) .btn--main").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="登记", level=1, exact=True)).to_be_visible()
    page.get_by_label("经办人").focus()
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "BUTTON":
            break
    page.keyboard.press("Enter")
    expect(page.locator(".said")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_the_pages_of_remedies_are_looked_over(
    browser: Browser, served: str, home: Installation, size: str
) -> None:
    """The list, a lawsuit with its acts and its evidence pack, a complaint whose complainant is shown once."""
    clerk = Person(browser, served, home, "office-clerk", size)
    page = clerk.open("/desk/remedies/?state=all")
    looked_over(page)
    links = page.locator("a.t").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    suit = next(one for one in links if "/lawsuits/" in one)
    complaint = next(one for one in links if "/complaints/" in one)
    for address in (suit, f"{suit}acts/answer/", f"{suit}acts/decision/", f"{suit}redo/", complaint):
        looked_over(clerk.open(address))
    page = clerk.open(f"{complaint}reveal/")
    looked_over(page)
    page.get_by_label("为什么要看").fill("告知处理结果")
    turn(page.get_by_role("button", name="显示一次"))
    expect(page.get_by_role("heading", name="投诉人：投诉人甲")).to_be_visible()
    looked_over(page)
    looked_over(Person(browser, served, home, "office-head", size).open(f"{complaint}erase/"))
    page = clerk.open(suit)
    turn(page.get_by_role("link", name="证据包").first)
    looked_over(page)
    page.get_by_label("用在哪个案件").fill("应诉")
    with page.expect_download() as taken:
        page.get_by_role("button", name="生成并下载").click()
    with zipfile.ZipFile(taken.value.path()) as packed:
        assert packed.namelist()[0] == "00 证据目录.pdf"
