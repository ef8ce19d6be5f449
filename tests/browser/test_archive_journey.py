"""The archive in a browser: terms, a list by one, its confirmation by another, the package, erasing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.faces import size_and_theme
from tests.browser.test_case_journey import SIZES, Person, looked_over
from tests.browser.turning import turn
from tests.installation import Installation, copy_of

pytestmark = pytest.mark.browser
OFFICE = "/desk/organs/640302001"


@pytest.fixture(scope="module")
def home(demonstration: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with copy_of(demonstration, tmp_path_factory.mktemp("archive-journey")) as installation:
        yield installation


@pytest.fixture(scope="module")
def served(home: Installation) -> Iterator[str]:
    with home.served() as address:
        yield address


def test_listed_by_one_and_destroyed_by_another(browser: Browser, served: str, home: Installation) -> None:
    head = Person(browser, served, home, "office-head")
    page = head.open("/desk/archive/")
    turn(page.get_by_role("link", name="的保管期限"))
    for label in ("不予公开、有争议、收费的", "其他"):
        # The whole page comes again with the other class as it now is.
        panel = page.locator("form.panel", has_text=label)
        panel.get_by_label("保管几年").fill("1")
        panel.get_by_label("依据").fill("保管期限表第 3 条")
        turn(panel.get_by_role("button"))
        expect(page.locator(".said")).to_contain_text("保管 1 年")
    clerk = Person(browser, served, home, "office-clerk")
    page = clerk.open("/desk/archive/?tab=over&organ=640302001")
    page.get_by_role("checkbox").first.check()
    looked_over(page)
    turn(page.get_by_role("button", name="把选中的列入销毁清册"))
    looked_over(page)
    page.get_by_label("鉴定意见").fill("期满，无继续保存价值")
    turn(page.get_by_role("button", name="列入清册"))
    expect(page.get_by_text("等另一位审核的人复核")).to_be_visible()
    looked_over(page)
    page = head.open("/desk/archive/?tab=lists")
    looked_over(page)
    turn(page.get_by_role("link", name=re.compile(r"^清册 \d")))
    page.get_by_label("复核意见").fill("同意销毁")
    looked_over(page)
    turn(page.get_by_role("button", name="同意销毁"))
    expect(page.get_by_role("heading", name="已销毁")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="清册 PDF").click()
    assert download.value.suggested_filename.endswith(".pdf")


@size_and_theme(*SIZES)
def test_the_pages_of_the_archive_are_accessible(
    browser: Browser, served: str, home: Installation, size: str, theme: str
) -> None:
    for user, addresses in (
        ("office-clerk", ("/desk/archive/", f"{OFFICE}/cases/640302001-2021-0002/package/")),
        (
            "office-head",
            (f"{OFFICE}/archive/terms/", f"{OFFICE}/cases/640302001-2021-0002/erase/"),
        ),
    ):
        who = Person(browser, served, home, user, size)
        who.context.add_cookies([{"name": "theme", "value": theme, "url": served}])
        for address in addresses:
            looked_over(who.open(address))
