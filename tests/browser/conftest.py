"""What the browser tests share: the demonstration as ``gongkai serve`` serves it, and a real browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.installation import Installation

# A click returns before the next page is there; only ``expect`` waits, under the load of a whole suite too.
expect.set_options(timeout=60_000)


@pytest.fixture(scope="session")
def served(demonstration: Installation) -> Iterator[str]:
    """The address of the demonstration, served by the program itself; for reading alone."""
    with demonstration.served() as address:
        yield address


# One module long: Playwright's loop must not run while another module's tests ask the database.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    program = os.environ.get("GONGKAI_CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if program is None:
        pytest.skip("no Chromium here; scripts/test-system installs it")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()
