"""Corrections and proposals in a real browser: asked for on any screen, handled on the desk, accessible all the way."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.apps.casework_support import CARD
from tests.browser.test_case_journey import SIZES, Person, looked_over
from tests.browser.test_citizen_journey import FACES, _look
from tests.browser.turning import turn
from tests.installation import Installation, copy_of

pytestmark = pytest.mark.browser
# What the walks look at; the census of pages counts on it.
ADDRESSES = (
    "/ask/correction/", "/ask/correction/person/", "/ask/correction/contact/", "/ask/correction/record/",
    "/ask/correction/evidence/", "/ask/correction/organ/", "/ask/correction/check/", "/ask/receipt/", "/track/side/",
    "/track/side/withdraw/", "/ask/conversion/", "/ask/conversion/what/", "/ask/conversion/why/",
    "/ask/conversion/contact/", "/track/case/propose/",
)  # fmt: skip
# The demonstration's answered request, opened as its applicant would.
_CODES = """
import django; django.setup()
from gongkai.casework.codes import secret_of
from gongkai.casework.models import Case
case = Case.objects.filter(year=2021).order_by("id").first()
print(case.query_code, secret_of(case))
"""


@pytest.fixture(scope="module")
def home(demonstration: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A copy of the demonstration that this module's people may change."""
    with copy_of(demonstration, tmp_path_factory.mktemp("side")) as installation:
        yield installation


@pytest.fixture(scope="module")
def served(home: Installation) -> Iterator[str]:
    """Its address, served by the program itself."""
    with home.served() as address:
        yield address


@pytest.fixture(scope="module")
def codes(home: Installation) -> list[str]:
    """Code and secret of the answered request."""
    environment = {**os.environ, **home.environment, "DJANGO_SETTINGS_MODULE": "gongkai.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", _CODES], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def _on(page: Page, name: str = "继续") -> None:
    turn(page.get_by_role("main").get_by_role("button", name=name, exact=True))


def _walk(page: Page, home: str, codes: list[str]) -> Iterator[str]:
    """Every page, also with its mistakes."""
    page.goto(f"{home}/apply/")
    turn(page.get_by_role("link", name=re.compile("更正关于自己的记录")))
    yield "correction"
    turn(page.get_by_role("link", name="开始填写"))
    _on(page)
    yield "person, wrong"
    page.locator("#f-name").fill("申请人甲")
    page.locator("#f-id_number").fill(CARD)
    _on(page)
    yield "contact"
    page.locator("#f-phone").fill("13800000000")
    _on(page)
    for name, words in {"record": "学籍卡", "wrong": "姓名写作王某", "right": "姓名应为汪某"}.items():
        page.locator(f"#f-{name}").fill(words)
    yield "record"
    _on(page)
    page.locator("#f-evidence").fill("户口簿，证明姓名用字")
    yield "evidence"
    _on(page)
    page.locator("#f-organ").select_option("640302001")
    yield "organ"
    _on(page)
    _on(page, "提交")
    yield "check, wrong"
    page.get_by_label("以上内容属实").check()
    _on(page, "提交")
    yield "receipt"
    turn(page.get_by_role("link", name="交证据、看进度"))
    page.get_by_text("您提交的内容").click()
    yield "track"
    page.goto(f"{home}/track/side/withdraw/")
    yield "withdraw"
    for place in ("", "what/", "why/", "contact/"):
        page.goto(f"{home}/ask/conversion/{place}")
        yield f"conversion {place}"
    page.goto(f"{home}/track/")
    page.locator("#f-code").fill(codes[0])
    page.locator("#f-secret").fill(codes[1])
    _on(page, "查进度")
    turn(page.get_by_role("link", name="建议把这条信息主动公开"))
    yield "propose"


def test_every_page_of_the_ways_is_accessible_light_and_fits(
    served: str, codes: list[str], browser: Browser
) -> None:
    for mode, width in FACES:
        context = browser.new_context(viewport={"width": width, "height": 900})
        if mode == "elder":
            context.add_cookies([{"name": "mode", "value": "elder", "url": served}])
        page = context.new_page()
        seen = set()
        for name in _walk(page, served, codes):
            seen.add(urlsplit(page.url).path)
            _look(page, f"{name} {mode} {width}", elder=mode == "elder")
        assert seen == set(ADDRESSES)
        context.close()


def test_the_receipt_prints_on_one_sheet(served: str, codes: list[str], browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    for name in _walk(page, served, codes):
        if name == "receipt":
            break
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1
    context.close()


@pytest.mark.parametrize("size", SIZES)
def test_the_desk_handles_one_and_every_page_is_accessible(
    browser: Browser, served: str, home: Installation, size: str
) -> None:
    clerk = Person(browser, served, home, "edu-clerk", size)
    page = clerk.open("/desk/inbox/")
    turn(page.get_by_role("link", name=re.compile("更正和转主动公开")))
    looked_over(page)
    turn(page.get_by_role("link", name="录入更正申请"))
    turn(page.locator("form.panel").get_by_role("button", name="录入", exact=True))
    expect(page.get_by_role("alert")).to_be_visible()
    looked_over(page)
    for name, words in {
        "record": f"学籍卡，{size}",
        "wrong": "王某",
        "right": "汪某",
        "name": "申请人甲",
    }.items():
        page.locator(f"#f-{name}").fill(words)
    turn(page.locator("form.panel").get_by_role("button", name="录入", exact=True))
    expect(page.get_by_role("heading", name="回执", level=1)).to_be_visible()
    looked_over(page)
    turn(page.get_by_role("link", name="打开案卷"))
    looked_over(page)
    side = unquote(page.url.removeprefix(served))
    head = Person(browser, served, home, "edu-head", size)
    head.open(f"{side}void/")
    looked_over(head.page)
    turn(page.get_by_role("link", name="登记", exact=True))
    clerk.press("登记")
    turn(page.get_by_role("link", name="登记核实", exact=True))
    page.get_by_label("核实了哪里").fill("学籍档案")
    page.get_by_label("核实的情况").fill("登记时写错")
    page.get_by_label("结论").select_option("inaccurate")
    looked_over(page)
    clerk.press("登记核实")
    turn(page.get_by_role("link", name="作出决定", exact=True))
    page.get_by_label("办理结果").select_option("corrected")
    page.get_by_label("理由", exact=True).fill("档案与户口簿不符。")
    clerk.press("作出决定")
    looked_over(page)
    for rest in ("reveal/", "files/new/"):
        clerk.open(f"{side}{rest}")
        looked_over(page)
    seen = head.open(f"{side}acts/approve/")
    expect(seen.get_by_role("heading", name=re.compile("政府信息记录更正告知书"))).to_be_visible()
    looked_over(seen)
    head.press("同意")
    clerk.open(f"{side}acts/correct_record/")
    page.get_by_label("怎样更正的").fill("王某改为汪某")
    clerk.press("更正记录")
    turn(page.get_by_role("link", name="告知", exact=True))
    looked_over(page)
    clerk.press("告知")
    expect(page.locator(".chip", has_text="已告知")).to_be_visible()
    _handed_over(clerk, side, size)
    page = clerk.open("/desk/side-requests/new/?kind=conversion")
    looked_over(page)


def _handed_over(clerk: Person, side: str, size: str) -> None:
    """Archived, packed, and the package taken for the archives."""
    page = clerk.page
    clerk.open(f"{side}acts/archive/")
    clerk.press("归档")
    looked_over(page)
    turn(page.get_by_role("link", name="归档包"))
    looked_over(page)
    turn(page.get_by_role("button", name="生成归档包"))
    expect(page.locator(".said")).to_contain_text("归档包已生成")
    turn(page.get_by_role("button", name="取出"))
    expect(page.get_by_role("alert")).to_be_visible()
    looked_over(page)
    page.get_by_label("取出的用途").fill("移交区档案馆")
    with page.expect_download() as download:
        page.get_by_role("button", name="取出").click()
    assert download.value.suggested_filename.startswith("归档包 ")
    with zipfile.ZipFile(download.value.path()) as packed:
        names = packed.namelist()
        assert packed.testzip() is None and "06 底账摘录/核对.py" in names and names[-1] == "SHA256SUMS"
        assert f"学籍卡，{size}".encode() not in packed.read("06 底账摘录/底账摘录.json")
