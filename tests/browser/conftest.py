"""What the browser tests share: the demonstration as ``gongkai serve`` serves it, and a real browser."""

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
from playwright.sync_api import Browser, expect, sync_playwright

from tests.installation import Installation

# A click returns before the next page is there; only ``expect`` waits, under the load of a whole suite too.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def served(demonstration: Installation) -> Iterator[str]:
    """The address of the demonstration, served by the program itself; for reading alone."""
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
