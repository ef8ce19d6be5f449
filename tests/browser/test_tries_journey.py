"""What the demonstration's first page tells a visitor to try, done as it is written there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_case_journey import Person
from tests.browser.turning import turn
from tests.installation import Installation, copy_of

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
ASKED = "2026 年本区小学新增学位的安排"
HEADS = "区政府大院对外开放停车位的安排"


@pytest.fixture(scope="module")
def home(demonstration: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A copy of the demonstration that this module may change."""
    with copy_of(demonstration, tmp_path_factory.mktemp("tries")) as installation:
        yield installation


@pytest.fixture(scope="module")
def served(home: Installation) -> Iterator[str]:
    """Its address, served by the program itself."""
    with home.served() as address:
        yield address


def files_and_tracks(page: Page, served: str) -> None:
    """As the first page says: to the education bureau, with the card and the telephone written there."""
    page.goto(served)
    tries = page.locator(".demo-tries li").filter(has_text="申请人，用手机")
    card, phone = tries.locator("code").all_inner_texts()
    page.goto(f"{served}/apply/who/")

    def go_on() -> None:
        turn(page.get_by_role("button", name="继续"))

    page.get_by_label("个人（自然人）").check()
    page.get_by_label("本人、本单位申请").check()
    go_on()
    page.locator("#f-name").fill("申请人甲")
    page.locator("#f-id_number").fill(card)
    go_on()
    page.locator("#f-phone").fill(phone)
    go_on()
    page.locator("#f-description").fill(ASKED)
    go_on()
    page.locator("#f-organ").select_option(label="利通区教育局")
    go_on()
    page.get_by_label("电子文件").check()
    page.get_by_label("网上查看、下载").check()
    go_on()
    expect(page.get_by_role("heading", level=1)).to_have_text("有材料要附上吗？")
    go_on()
    page.get_by_label("以上内容属实").check()
    turn(page.get_by_role("button", name="提交申请"))
    expect(page.get_by_role("heading", level=1)).to_have_text("申请已提交")
    code, secret = page.locator(".receipt-codes .code").all_inner_texts()
    page.context.clear_cookies()
    page.goto(f"{served}/track/")
    page.get_by_role("textbox", name="查询码").fill(code)
    page.get_by_role("textbox", name="查询口令").fill(secret)
    turn(page.get_by_role("button", name=re.compile("查")).first)
    expect(page.locator(".next")).to_contain_text("等我们与您确认收到")


def takes_the_next_step(clerk: Person) -> None:
    """The request just filed stands in the clerk's inbox; it is confirmed and registered."""
    page = clerk.open("/desk/inbox/")
    turn(page.get_by_role("link", name=ASKED))
    turn(page.get_by_role("link", name="确认收到", exact=True))
    page.get_by_label("怎样确认的").fill("电话确认，尾号 0000，本人接听")
    clerk.press("确认收到")
    turn(page.get_by_role("link", name="登记", exact=True))
    clerk.press("登记")
    expect(page.locator(".next:not(.said)")).to_contain_text("下一步")
    page = clerk.open("/desk/")
    expect(page.locator(".path li.green")).to_contain_text(
        ["改掉纸上的第一个密码", "在待办里打开一件申请，办它的下一步"]
    )


def signs_one(head: Person) -> None:
    """The reply handed up is read whole and signed."""
    page = head.open("/desk/")
    expect(page.locator(".path li").filter(has_text="签发")).not_to_have_class("green")
    page = head.open("/desk/inbox/")
    turn(page.get_by_role("link", name=HEADS))
    turn(page.locator(".next").get_by_role("link", name="签发", exact=True))
    expect(page.get_by_role("heading", name="要签发的全文")).to_be_visible()
    head.press("签发")
    page = head.open("/desk/")
    expect(page.get_by_text("在待办里打开一件送审的答复，签发")).to_have_count(0)


def test_what_the_first_page_says_can_be_done(browser: Browser, served: str, home: Installation) -> None:
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    files_and_tracks(context.new_page(), served)
    context.close()
    takes_the_next_step(Person(browser, served, home, "edu-clerk"))
    signs_one(Person(browser, served, home, "office-head"))
