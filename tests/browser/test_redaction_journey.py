"""A paper redacted in a real browser: a box drawn with the mouse, moved by keys, words found, proven, fetched."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_case_journey import Person, looked_over
from tests.browser.turning import turn
from tests.foundation.redaction_papers import CARD, LINES, NAME, PHONE, photograph, typeset
from tests.installation import Installation, copy_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def home(demonstration: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A copy of the demonstration that this module's people may change."""
    with copy_of(demonstration, tmp_path_factory.mktemp("desk-redaction")) as installation:
        yield installation


@pytest.fixture(scope="module")
def served(home: Installation) -> Iterator[str]:
    """Its address, served by the program itself."""
    with home.served() as address:
        yield address


def begun(clerk: Person, *papers: tuple[str, str, bytes]) -> tuple[str, list[str]]:
    """A registered case with these papers as information; its address, and the applicant's two codes."""
    page = clerk.open("/desk/cases/new/")
    page.get_by_role("radio", name="当面").check()
    page.get_by_label("姓名或者名称").fill("申请人丙")
    page.get_by_label("证件号码", exact=False).first.fill("110101199001010023")
    page.get_by_label("电话", exact=False).first.fill("13800000001")
    page.get_by_label("申请内容").fill("危房改造补助对象核查的会议纪要")
    turn(page.locator("form.panel").get_by_role("button", name="录入", exact=True))
    codes = page.locator(".receipt .code").all_inner_texts()
    turn(page.get_by_role("link", name="打开案卷"))
    expect(page.get_by_role("heading", name="期限账")).to_be_visible()
    case = page.url.removeprefix(clerk.served)
    turn(page.get_by_role("link", name="登记", exact=True))
    clerk.press("登记")
    for name, kind, content in papers:
        clerk.open(f"{case}files/new/")
        page.get_by_label("是什么材料").select_option(label="所申请的信息")
        page.locator("#f-file").set_input_files({"name": name, "mimeType": kind, "buffer": content})
        clerk.press("放进案卷")
    return case, codes


def drawn(page: Page, left: float, top: float, right: float, bottom: float) -> None:
    """A box drawn on the page with the mouse, in parts of the page."""
    sheet = page.locator("[data-board]").bounding_box()
    assert sheet is not None
    page.mouse.move(sheet["x"] + left * sheet["width"], sheet["y"] + top * sheet["height"])
    page.mouse.down()
    page.mouse.move(sheet["x"] + right * sheet["width"], sheet["y"] + bottom * sheet["height"], steps=6)
    page.mouse.up()


def side(page: Page, name: str, row: int = 0) -> int:
    return int(page.locator(f'[data-rows] input[name="{name}"]').nth(row).input_value())


def test_from_the_mouse_to_the_applicants_file(browser: Browser, served: str, home: Installation) -> None:
    clerk = Person(browser, served, home, "edu-clerk")
    case, codes = begun(clerk, ("纪要.pdf", "application/pdf", typeset()))
    page = clerk.open(case)
    turn(page.get_by_role("link", name=re.compile("涂黑后提供")))
    expect(page.locator("[data-bar]")).to_be_visible()
    looked_over(page)
    # Over the address: 住示范镇示范村.
    drawn(page, 0.40, 0.140, 0.62, 0.170)
    expect(page.locator("[data-board] rect")).to_have_count(1)
    expect(page.locator("[data-status]")).to_contain_text("第 1 框，个人隐私")
    before = (side(page, "left"), side(page, "top"), side(page, "right"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    assert (side(page, "left"), side(page, "top"), side(page, "right")) == (
        before[0] + 2, before[1] + 2, before[2] + 4,
    )  # fmt: skip
    drawn(page, 0.1, 0.4, 0.3, 0.45)
    expect(page.locator("[data-board] rect")).to_have_count(2)
    page.keyboard.press("Delete")
    expect(page.locator("[data-board] rect")).to_have_count(1)
    page.get_by_label("姓名、号码、地址").fill(NAME)
    turn(page.get_by_role("button", name="找到的全部加框"))
    expect(page.locator(".said")).to_contain_text("1 处，在 1 页")
    turn(page.get_by_role("button", name=re.compile("所有页的身份证")))
    expect(page.locator(".said")).to_contain_text("2 处")
    expect(page.locator("[data-board] rect")).to_have_count(4)
    looked_over(page)
    turn(page.get_by_role("button", name="存，看涂黑后的样子"))
    expect(page.get_by_role("heading", name="涂黑后的样子")).to_be_visible()
    looked_over(page)
    turn(page.get_by_role("button", name="证明没有泄露，然后提供"))
    expect(page.get_by_role("heading", name="没有查到泄露，已放进案卷")).to_be_visible()
    looked_over(page)

    text = _fetched(browser, served, codes)
    assert text == "", "before the answer has left there is nothing to fetch"
    _answered(browser, clerk, home, served, case)
    text = _fetched(browser, served, codes)
    assert LINES[0] in text and "会议同意按照规定拨付补助资金" in text
    for word in (NAME, CARD, PHONE, "示范镇示范村"):
        assert word not in text


def _answered(browser: Browser, clerk: Person, home: Installation, served: str, case: str) -> None:
    """The answer decided, signed and sent."""
    page = clerk.open(f"{case}acts/decide/")
    page.get_by_role("radio", name="（一）予以公开").check()
    page.get_by_role("checkbox", name="可以公开，提供").check()
    page.get_by_label("理由", exact=True).fill("属于应当公开的信息，提供复制件。")
    clerk.press("作出决定")
    page.get_by_label("获取的方式、途径和时间").fill("电子件，随本答复书提供")
    clerk.press("存草稿")
    clerk.open(f"{case}acts/submit/")
    clerk.press("送审")
    head = Person(browser, served, home, "edu-head")
    seen = head.open(f"{case}acts/sign/")
    # The number that follows is in its place.
    expect(seen.get_by_label("文号")).to_have_value(re.compile("〔"))
    head.press("签发")
    page = clerk.open(f"{case}acts/send/")
    page.get_by_label("送达方式").select_option(label="邮寄（邮政企业）")
    clerk.press("送达")


def _fetched(browser: Browser, served: str, codes: list[str]) -> str:
    """The text of what the applicant can fetch with the two codes; "" where there is nothing."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{served}/track/")
    page.locator("#f-code").fill(codes[0])
    page.locator("#f-secret").fill(codes[1])
    turn(page.locator("form.apply button"))
    expect(page.locator("#f-secret")).to_have_count(0)
    link = page.get_by_role("link", name="所申请的信息")
    if not link.count():
        return ""
    answer = context.request.get(f"{served}{link.first.get_attribute('href')}")
    content = answer.body()
    context.close()
    return _text(content)


def _text(content: bytes) -> str:
    import pypdfium2

    with pikepdf.open(io.BytesIO(content)) as document:
        assert "/Names" not in document.Root and "/AcroForm" not in document.Root
    document = pypdfium2.PdfDocument(content)
    text = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    document.close()
    return text


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_phone_and_a_refusal_are_accessible(
    browser: Browser, served: str, home: Installation, theme: str
) -> None:
    clerk = Person(browser, served, home, "edu-clerk", "390")
    clerk.context.add_cookies([{"name": "theme", "value": theme, "url": served}])
    two = typeset([LINES, ("第二页也提到申请人甲乙。",)])
    case, _ = begun(clerk, ("纪要.pdf", "application/pdf", two), ("扫描.png", "image/png", photograph()))
    page = clerk.open(f"{case}files/2/redact/")
    expect(page.get_by_text("这一页没有文字层")).to_be_visible()
    page.get_by_role("button", name="加一个框").click()
    expect(page.locator("[data-board] rect")).to_be_focused()
    looked_over(page)
    clerk.open(f"{case}files/1/redact/")
    page.get_by_label("姓名、号码、地址").fill(NAME)
    turn(page.get_by_role("button", name="找到的全部加框"))
    expect(page.locator(".said")).to_contain_text("2 处，在 2 页")
    turn(page.get_by_role("button", name="第 2 页"))
    expect(page.get_by_role("heading", name="第 2 页，共 2 页")).to_be_visible()
    page.get_by_role("checkbox", name="删去这个框").check()
    turn(page.get_by_role("button", name="存，看涂黑后的样子"))
    turn(page.get_by_role("button", name="证明没有泄露，然后提供"))
    expect(page.get_by_role("alert")).to_contain_text("没有提供：证明时发现 1 处")
    looked_over(page)
    page.get_by_role("checkbox").check()
    turn(page.get_by_role("button", name="勾的可以公开，再证明一次"))
    expect(page.get_by_role("heading", name="没有查到泄露，已放进案卷")).to_be_visible()
    looked_over(page)
    clerk.open(f"{case}files/3/redact/")
    expect(page.get_by_role("heading", name="这份材料不能涂黑")).to_be_visible()
    looked_over(page)
