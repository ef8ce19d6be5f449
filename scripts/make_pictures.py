#!/usr/bin/env python3
"""Take the pictures of README and manuals from a demonstration built for it, so that they stay true.

Needs Chromium and the development environment (``make install`` level dev); run by ``make pictures``. Names as
arguments take only those; ``PICTURES_HOME`` uses a demonstration that was built before (the walks file into it).
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import picture_walks as walks
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
REPORT = "/reports/640302000/2021/"
EDUCATION = "/desk/organs/640302003"
DESKTOP, PHONE = (1280, 860), (390, 844)
Walk = Callable[[Page, str], None]
# name, who (None: the public), address or the walk to the page, size
WANTED: tuple[tuple[str, str | None, str | Walk, tuple[int, int]], ...] = (
    ("home", None, "/", DESKTOP),
    ("report", None, REPORT, DESKTOP),
    ("picture", None, f"{REPORT}picture/", DESKTOP),
    ("number", None, f"{REPORT}cells/t3.r1.c7/", DESKTOP),
    ("report-phone", None, REPORT, PHONE),
    ("today", "edu-clerk", "/desk/", DESKTOP),
    ("register", "edu-clerk", f"{EDUCATION}/registers/statistics/", DESKTOP),
    ("import", "edu-clerk", f"{EDUCATION}/registers/statistics/import/", DESKTOP),
    ("wall", "office-clerk", "/desk/reports/", DESKTOP),
    ("filing", "office-clerk", "/desk/organs/640302000/reports/2021/", DESKTOP),
    ("accounts", "office-head", "/desk/accounts/", DESKTOP),
    ("apply-start", None, "/apply/", PHONE),
    ("apply-what", None, walks.asked, PHONE),
    ("apply-check", None, walks.checked, PHONE),
    ("apply-receipt", None, walks.filed, DESKTOP),
    ("track", "edu-clerk", walks.followed, PHONE),
    ("inbox", "office-clerk", "/desk/inbox/", DESKTOP),
    ("case", "office-clerk", walks.case_of("公共租赁住房"), DESKTOP),
    ("case-supplement", "office-clerk", walks.supplement, DESKTOP),
    ("case-draft", "edu-clerk", walks.draft, DESKTOP),
    ("case-letters", "office-clerk", walks.letters, DESKTOP),
    ("redact", "edu-clerk", walks.redaction, DESKTOP),
    ("remedies", "office-clerk", "/desk/remedies/", DESKTOP),
    ("archive", "office-clerk", "/desk/archive/", DESKTOP),
    ("messages", "office-head", "/desk/messages/", DESKTOP),
)


def main(names: list[str]) -> None:
    """Build, serve, take every picture, or those named."""
    unknown = set(names) - {one[0] for one in WANTED}
    if unknown:
        sys.exit(f"没有这样的图：{'、'.join(sorted(unknown))}。有：{'、'.join(one[0] for one in WANTED)}。")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(os.environ.get("PICTURES_HOME") or Path(folder) / "home")
        environment = {**os.environ, "GONGKAI_HOME": str(home), "DATABASE_URL": ""}
        command = [sys.executable, "-m", "gongkai.cli.main"]
        subprocess.run(
            [*command, "demo", "--no-serve"], env=environment, check=True, stdout=subprocess.DEVNULL
        )
        accounts = json.loads((home / "demo.json").read_text("utf-8"))["accounts"]
        passwords = {one["user"]: one["password"] for one in accounts}
        with served(command, environment) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            PICTURES.mkdir(exist_ok=True)
            for name, user, place, size in (one for one in WANTED if not names or one[0] in names):
                take(browser, address, name, place, size, user, passwords)
                print(f"docs/pictures/{name}.png")
            browser.close()


def chromium() -> str:
    """The browser of this machine."""
    found = os.environ.get("GONGKAI_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        sys.exit(
            "没有 Chromium。在 Debian 上运行 apt-get install chromium，或用 GONGKAI_CHROMIUM 指出它在哪里。"
        )
    return found


@contextmanager
def served(command: list[str], environment: dict[str, str]) -> Iterator[str]:
    """The address of the demonstration."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    child = subprocess.Popen([*command, "serve", "--port", str(port), "--workers", "1"], env=environment)
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        child.terminate()
        child.wait(20)


def take(
    browser: Browser,
    address: str,
    name: str,
    place: str | Walk,
    size: tuple[int, int],
    user: str | None,
    passwords: dict[str, str],
) -> None:
    """One picture, by somebody."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
    page = context.new_page()
    if user is not None:
        sign_in(page, address, user, passwords[user])
    if callable(place):
        place(page, address)
    else:
        answer = page.goto(f"{address}{place}")
        assert answer is not None and answer.status == 200, f"{place}: {answer and answer.status}"
    page.screenshot(path=PICTURES / f"{name}.png")
    context.close()


def sign_in(page: Page, address: str, user: str, password: str) -> None:
    """Sign in as a demonstration account; the page shows the code of a second factor itself."""
    page.goto(f"{address}/desk/sign-in/")
    page.fill("#username", user)
    page.fill("#password", password)
    page.click("button:text-is('登录')")
    page.wait_for_selector("#code, nav.side", state="attached")
    if page.locator("#code").count():
        page.click("main form button")
        page.wait_for_selector("nav.side", state="attached")


if __name__ == "__main__":
    main(sys.argv[1:])
