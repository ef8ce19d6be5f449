"""A citizen on a phone, by keyboard alone: from home to the receipt, then following the request and withdrawing."""

from __future__ import annotations

import gzip
import re
import urllib.request
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.apps.casework_support import CARD
from tests.browser.test_portal_axe import _TARGETS
from tests.browser.test_portal_weight import LIMIT
from tests.browser.turning import turn
from tests.installation import Installation

pytestmark = pytest.mark.browser
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64
ASKED = "2020 年农村危房改造补助资金分配到各乡镇的情况，包括户数和金额。"
# What the walk looks at; the census of pages counts on it.
ADDRESSES = (
    "/apply/", "/apply/who/", "/apply/person/", "/apply/contact/", "/apply/what/", "/apply/organ/", "/apply/how/",
    "/apply/papers/", "/apply/check/", "/apply/receipt/", "/track/", "/track/case/", "/track/case/withdraw/",
)  # fmt: skip
# Mode and width: see faces.py. The other pairs are a proof.
FACES = (("normal", 1280), ("elder", 390))
_PAIRS = (("normal", 390), ("elder", 1280))
_SMALL = """() => [...document.querySelectorAll('body *')].filter(e =>
    [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())
    && !e.closest('.sr, figure, code') && e.getClientRects().length
    && parseFloat(getComputedStyle(e).fontSize) < 24).map(e => e.textContent.trim().slice(0, 20))"""


# Filing changes the installation: one copy for the whole module.
@pytest.fixture(scope="module")
def open_house(demonstration: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    from tests.installation import copy_of

    with copy_of(demonstration, tmp_path_factory.mktemp("citizen")) as copy, copy.served() as address:
        yield address


class Citizen:
    """Somebody with a keyboard and nothing else."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, name: str, role: str = "") -> None:
        """Go on with Tab until the thing of that name has the focus."""
        for _ in range(120):
            self.page.keyboard.press("Tab")
            found = self.page.evaluate(
                """() => { const e = document.activeElement; const l = e.labels && e.labels[0];
                return [e.tagName, (l ? l.textContent : e.textContent).trim(), e.value || '']; }"""
            )
            if (found[1] == name or found[1].startswith(name)) and (not role or found[0] == role):
                return
        raise AssertionError(f"nothing named {name} is reached by Tab on {self.page.url}")

    def press(self, name: str, *, key: str = "Enter", role: str = "") -> None:
        self.reach(name, role)
        self.page.keyboard.press(key)

    def write(self, name: str, text: str) -> None:
        self.reach(name)
        self.page.keyboard.type(text)

    def go_on(self, title: str) -> None:
        self.press("继续", role="BUTTON")
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)


def test_by_keyboard_from_home_to_the_receipt_and_back(open_house: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    citizen = Citizen(page)
    page.goto(open_house)
    citizen.press("网上申请")
    expect(page.get_by_role("heading", level=1)).to_have_text("申请公开政府信息")
    citizen.press("开始申请")
    expect(page.get_by_role("heading", level=1)).to_have_text("您以什么身份申请？")
    citizen.press("个人（自然人）", key="Space")
    citizen.press("本人、本单位申请", key="Space")
    citizen.go_on("申请人是谁？")
    citizen.write("姓名", "申请人甲")
    citizen.write("证件号码", CARD[:-1] + "6")
    citizen.press("继续", role="BUTTON")
    expect(page).to_have_title(re.compile("^有错误："))
    # The mistake is mended where the summary leads; the name is still there.
    citizen.press("证件号码第 18 位对不上")
    page.keyboard.press("Tab")
    expect(page.locator("#f-name")).to_have_value("申请人甲")
    page.locator("#f-id_number").focus()
    page.keyboard.press("End")
    page.keyboard.press("Backspace")
    page.keyboard.type(CARD[-1])
    citizen.go_on("怎么联系您？")
    citizen.write("电话", "13800000000")
    citizen.go_on("您想要什么信息？")
    citizen.write("您想要什么信息？", ASKED)
    citizen.go_on("向哪个单位申请？")
    # Back and forth loses nothing.
    page.go_back()
    expect(page.locator("#f-description")).to_have_value(ASKED)
    page.go_forward()
    citizen.reach("向哪个单位申请？")
    page.keyboard.press("ArrowDown")
    citizen.go_on("怎么给您？")
    citizen.press("电子文件", key="Space")
    citizen.press("网上查看、下载", key="Space")
    citizen.go_on("有材料要附上吗？")
    citizen.press("身份证明", key="Space")
    page.locator("#f-file").set_input_files({"name": "身份证.png", "mimeType": "image/png", "buffer": PNG})
    citizen.press("附上，再选一份", role="BUTTON")
    expect(page.get_by_role("heading", name="已附 1 份")).to_be_visible()
    citizen.go_on("交之前，再看一遍")
    expect(page.locator(".answers")).to_contain_text("身份证明：身份证.png")
    expect(page.locator(".answers")).to_contain_text(ASKED)
    expect(page.locator(".answers")).not_to_contain_text(CARD)
    citizen.press("以上内容属实", key="Space")
    citizen.press("提交申请", role="BUTTON")
    expect(page.get_by_role("heading", level=1)).to_have_text("申请已提交")
    number = page.locator(".receipt-codes .number").first.inner_text()
    code, secret = page.locator(".receipt-codes .code").all_inner_texts()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("申请已提交")
    citizen.press("看进度")
    expect(page.get_by_text(f"申请编号 {number}")).to_be_visible()
    citizen.press("退出查询")
    expect(page.get_by_role("heading", level=1)).to_have_text("查进度")
    citizen.write("查询码", code.lower())
    citizen.write("查询口令", secret)
    page.keyboard.press("Enter")
    expect(page.locator(".next")).to_contain_text("等我们与您确认收到")
    citizen.press("撤回申请", role="A")
    expect(page.get_by_role("heading", level=1)).to_have_text("撤回这件申请？")
    citizen.press("撤回申请", role="BUTTON")
    expect(page.get_by_role("status")).to_contain_text("申请已撤回")
    context.close()


@pytest.mark.parametrize("faces", [FACES, pytest.param(_PAIRS, marks=pytest.mark.proof)])
def test_every_page_of_the_way_is_accessible_light_and_fits(
    open_house: str, browser: Browser, faces: tuple[tuple[str, int], ...]
) -> None:
    refused: list[str] = []
    for mode, width in faces:
        context = browser.new_context(viewport={"width": width, "height": 900})
        if mode == "elder":
            context.add_cookies([{"name": "mode", "value": "elder", "url": open_house}])
        page = context.new_page()
        page.on("console", lambda said: refused.append(said.text) if "Policy" in said.text else None)
        seen = set()
        for name in _walk(page, open_house):
            seen.add(urlsplit(page.url).path)
            _look(page, f"{name} {mode} {width}", elder=mode == "elder")
        assert seen == set(ADDRESSES)
        assert refused == []
        context.close()


def _look(page: Page, name: str, *, elder: bool) -> None:
    # One page alone has a script, which only saves a click there.
    scripts = [one.get_attribute("src") for one in page.locator("script").all()]
    assert scripts == (["/static/gongkai/js/alike.js"] if name.startswith("what") else []), name
    assert page.locator("h1").count() == 1, name
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, name
    found = Axe().run(page)
    assert found.violations_count == 0, (name, found.generate_report())
    if elder:
        assert page.evaluate(_SMALL) == [] and page.evaluate(_TARGETS) == [], name
    sheets = [
        urljoin(page.url, one) for one in re.findall(r'rel="stylesheet" href="([^"]+)"', page.content())
    ]
    weight = len(gzip.compress(page.content().encode(), 6))
    for sheet in sheets:
        with urllib.request.urlopen(sheet, timeout=30) as answer:
            weight += len(gzip.compress(answer.read(), 6))
    assert weight <= LIMIT, (name, weight)


def _walk(page: Page, home: str) -> Iterator[str]:
    """Every page, also with its mistakes."""

    def go_on() -> None:
        turn(page.get_by_role("button", name="继续"))

    page.goto(f"{home}/apply/")
    yield "start"
    page.goto(f"{home}/apply/who/")
    go_on()
    yield "who, wrong"
    page.get_by_label("个人（自然人）").check()
    page.get_by_label("代理别人申请").check()
    go_on()
    go_on()
    yield "person with an agent, wrong"
    page.goto(f"{home}/apply/who/")
    page.get_by_label("本人、本单位申请").check()
    go_on()
    page.locator("#f-name").fill("申请人甲")
    page.locator("#f-id_number").fill(CARD)
    go_on()
    yield "contact"
    page.locator("#f-phone").fill("13800000000")
    go_on()
    page.locator("#f-description").fill(ASKED)
    turn(page.get_by_role("button", name="看看有没有公开过"))
    yield "what"
    go_on()
    page.locator("#f-organ").select_option(index=2)
    yield "organ"
    go_on()
    go_on()
    yield "how, wrong"
    page.get_by_label("电子文件").check()
    page.get_by_label("网上查看、下载").check()
    go_on()
    page.locator("#f-file").set_input_files({"name": "坏.exe", "mimeType": "x", "buffer": b"MZ"})
    go_on()
    yield "papers, wrong"
    page.get_by_label("身份证明").check()
    page.locator("#f-file").set_input_files({"name": "身份证.png", "mimeType": "image/png", "buffer": PNG})
    turn(page.get_by_role("button", name="附上，再选一份"))
    yield "papers"
    go_on()
    page.get_by_text("逐日看怎么数的").click() if page.get_by_text("逐日看怎么数的").count() else None
    yield "check"
    page.get_by_label("以上内容属实").check()
    turn(page.get_by_role("button", name="提交申请"))
    yield "receipt"
    turn(page.get_by_role("link", name="看进度"))
    yield "case"
    page.goto(f"{home}/track/case/withdraw/")
    yield "withdraw"
    page.goto(f"{home}/track/?code=ABCD")
    page.locator("#f-secret").fill("AAAA")
    turn(page.get_by_role("main").get_by_role("button", name="查进度"))
    yield "track, wrong"


def test_while_somebody_writes_the_like_is_listed(open_house: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{open_house}/apply/what/")
    page.locator("#f-description").press_sequentially("2021 年度政府信息公开工作年度报告")
    expect(page.locator("#alike .item").first).to_contain_text(
        "2021年政府信息公开工作年度报告", timeout=15_000
    )
    assert page.url.endswith("/apply/what/"), "nothing was sent away"
    context.close()


def test_the_receipt_prints_on_one_sheet(open_house: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    for name in _walk(page, open_house):
        if name == "receipt":
            break
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1
    context.close()
