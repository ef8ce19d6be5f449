"""Every kind of public page, in every mode and width: accessible, and no wider than the screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
REPORT = "/reports/640302000/2021/"
PAGES = (
    "/", "/reports/", "/organs/", "/organs/640302003/", "/organs/640302001/", REPORT, f"{REPORT}v1/",
    "/reports/640302003/2021/", f"{REPORT}checks/", f"{REPORT}picture/", f"{REPORT}cells/t2.norm.made/",
    f"{REPORT}cells/t2.fee.amount/", f"{REPORT}cells/t3.r2.c1/", f"{REPORT}numbers/publications.portal/?page=2",
    "/nothing/",
)  # fmt: skip
# Mode, width, media (see faces.py): paper is looked at as wide as it prints.
FACES = (
    ("normal", 1280, "screen"), ("elder", 390, "screen"), ("normal", 1280, "print"),
    pytest.param(("normal", 390, "screen"), marks=pytest.mark.proof),
    pytest.param(("elder", 1280, "screen"), marks=pytest.mark.proof),
)  # fmt: skip
_TARGETS = """() => [...document.querySelectorAll('a, button, summary')].filter(e => {
    const b = e.getBoundingClientRect();
    return b.width && getComputedStyle(e).position !== 'absolute' && !e.classList.contains('num')
        && !e.closest('p, dd, td') && (b.height < 59.5 || b.width < 59.5);
}).map(e => e.textContent.trim())"""


@pytest.fixture(params=FACES, ids=lambda face: "-".join(map(str, face)))
def page(browser: Browser, request: pytest.FixtureRequest, served: str) -> Iterator[Page]:
    mode, width, media = request.param
    context = browser.new_context(viewport={"width": width, "height": 900})
    if mode == "elder":
        context.add_cookies([{"name": "mode", "value": "elder", "url": served}])
    opened = context.new_page()
    opened.emulate_media(media=media)
    yield opened
    context.close()


def test_every_page_is_accessible_and_fits(served: str, page: Page) -> None:
    elsewhere: list[str] = []
    page.on("request", lambda one: None if one.url.startswith(served) else elsewhere.append(one.url))
    refused: list[str] = []
    # The Content-Security-Policy refuses by a message in the console. A page that is not there says so too.
    page.on(
        "console",
        lambda said: refused.append(said.text) if said.type == "error" and "404" not in said.text else None,
    )
    page.on("pageerror", lambda error: refused.append(str(error)))
    for path in PAGES:
        page.goto(served + path)
        assert page.locator("script").count() == 0, path
        assert page.locator("h1").count() == 1, path
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{path} scrolls sideways by {wide}"
        assert refused == [], (path, refused)
        found = Axe().run(page)
        assert found.violations_count == 0, (path, found.generate_report())
    assert elsewhere == []


@pytest.mark.parametrize("mode", ["normal", "elder"])
def test_every_page_fits_the_narrowest_phone(served: str, browser: Browser, mode: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 568})
    context.add_cookies([{"name": "mode", "value": mode, "url": served}])
    page = context.new_page()
    for path in PAGES:
        page.goto(served + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    context.close()


def test_in_elder_mode_nothing_is_small(served: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.add_cookies([{"name": "mode", "value": "elder", "url": served}])
    page = context.new_page()
    for path in PAGES:
        page.goto(served + path)
        small = page.evaluate(
            """() => [...document.querySelectorAll('body *')].filter(e =>
                [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())
                && !e.closest('.sr, figure, code') && e.getClientRects().length
                && parseFloat(getComputedStyle(e).fontSize) < 24).map(e => e.textContent.trim().slice(0, 20))"""
        )
        assert small == [], (path, small)
        assert page.evaluate(_TARGETS) == [], path
    context.close()
