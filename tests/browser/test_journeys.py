"""Journeys in a real browser over the demonstration as ``gongkai serve`` serves it, with axe on every page."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.installation import Installation

pytestmark = pytest.mark.browser
REPORT = "/reports/640302000/2021/"
PAGES = (
    "/", REPORT, f"{REPORT}checks/", f"{REPORT}cells/t2.norm.made/", f"{REPORT}cells/t2.fee.amount/",
    f"{REPORT}cells/t3.r2.c1/", f"{REPORT}numbers/publications.portal/?page=2", "/nothing/",
)  # fmt: skip
# A click returns before the next page is there; only ``expect`` waits, under the load of a whole suite too.
expect.set_options(timeout=30_000)
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}


@pytest.fixture(scope="module")
def served(demonstration: Installation) -> Iterator[str]:
    """The address of the demonstration, served by the program itself."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, **demonstration.environment}
    command = [sys.executable, "-m", "gongkai.cli.main", "serve", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{address}/healthz", timeout=5)
                break
            except (urllib.error.URLError, ConnectionError):
                assert server.poll() is None, "the server ended"
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = os.environ.get("GONGKAI_CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if program is None:
        pytest.skip("no Chromium here; scripts/test-system installs it")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(params=SIZES)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_fits(served: str, page: Page, path: str) -> None:
    elsewhere: list[str] = []
    page.on("request", lambda one: None if one.url.startswith(served) else elsewhere.append(one.url))
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(served + path)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
        "the page scrolls sideways"
    )
    assert elsewhere == [] and errors == []


def test_a_citizen_opens_a_number(served: str, page: Page) -> None:
    page.goto(served)
    page.get_by_role("link", name="2021 年政府信息公开工作年度报告").click()
    page.get_by_role("link", name="2213", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("通过政府网站发布的政府信息")
    expect(page.locator("tbody tr")).to_have_count(100)
    page.get_by_role("link", name="下一页").click()
    expect(page.locator("tbody tr td").first).to_have_text("101")


def test_a_court_checks_a_cell(served: str, page: Page) -> None:
    page.goto(f"{served}{REPORT}")
    page.locator("#s2").get_by_role("link", name="173").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("废止")
    page.goto(f"{served}{REPORT}")
    page.get_by_role("link", name="勾稽核对结果").first.click()
    expect(page.locator("tbody tr")).to_have_count(21)


def test_the_data_pages(served: str, page: Page) -> None:
    page.goto(f"{served}/api/v1/docs")
    page.get_by_text("已发布的年度报告").wait_for()
