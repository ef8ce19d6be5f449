"""P12: from process start to the first 200, against a bare Django on the same server; and page weights."""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from measuring import milliseconds, record

_BARE = """
import django
from django.conf import settings
from django.http import HttpResponse
from django.urls import path
settings.configure(SECRET_KEY="x", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__)
django.setup()
urlpatterns = [path("", lambda request: HttpResponse("ok"))]
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
"""
_SERVE_BARE = (
    "from granian import Granian; from granian.constants import Interfaces; import sys;"
    "Granian('bare:application', address='127.0.0.1', port=int(sys.argv[1]),"
    "interface=Interfaces.WSGI, websockets=False, workers=1, blocking_threads=4).serve()"
)
PAGES = (
    "/",
    "/reports/640302000/2021/",
    "/reports/640302000/2021/cells/t3.r1.c7/",
    "/reports/640302000/2021/checks/",
)


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(
    command: list[str], port: int, page: str, environment: dict[str, str], folder: Path
) -> Iterator[None]:
    """The server from its process start to the first 200 of a page; stopped afterwards."""
    child = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(f"http://127.0.0.1:{port}{page}", child)
        yield
    finally:
        child.terminate()
        child.wait(timeout=30)


def wait_for(address: str, child: subprocess.Popen[bytes]) -> None:
    """Ask until it answers."""
    while child.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.005)
    raise RuntimeError(f"the server ended with {child.returncode}")


def weight(port: int, page: str) -> int:
    """Bytes of a first visit in HTML, CSS and script, gzip."""
    total, wanted = 0, [page]
    for number in range(20):
        if number == len(wanted):
            break
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{wanted[number]}", timeout=30) as answer:
            body = answer.read()
        total += len(gzip.compress(body, 9))
        if number == 0:
            found = re.findall(r'(?:stylesheet" href|script src)="([^"]+)"', body.decode())
            wanted += found
    return total


def compiled(folder: Path) -> dict[str, str]:
    """An environment in which Python keeps its bytecode, as it does wherever it may write beside its files."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**environment, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}


def measure(home: Path, runs: int, pages: tuple[str, ...]) -> list[str]:
    """Both servers in turn, then the weights; returns the lines of the page."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "bare.py").write_text(_BARE, "utf-8")
        environment = {**compiled(folder), "GONGKAI_HOME": str(home), "DATABASE_URL": ""}

        def serve(port: int) -> list[str]:
            return [sys.executable, "-m", "gongkai.cli.main", "serve", "--port", str(port), "--workers", "1"]

        def ours() -> float:
            port, start = free_port(), time.perf_counter()
            with started(serve(port), port, pages[0], environment, folder):
                return time.perf_counter() - start

        def bare() -> float:
            port, start = free_port(), time.perf_counter()
            with started([sys.executable, "-c", _SERVE_BARE, str(port)], port, "/", environment, folder):
                return time.perf_counter() - start

        # The first of each writes the bytecode.
        _, *pairs = [(ours(), bare()) for _ in range(runs + 1)]
        mine, plain = (statistics.median(times) for times in zip(*pairs, strict=True))
        port = free_port()
        with started(serve(port), port, pages[0], environment, folder):
            weights = [(page, weight(port, page)) for page in pages]
    return [
        "| from process start to the first 200 | time |",
        "|---|---|",
        f"| gongkai serve, one worker, the home page of the demonstration | {milliseconds(mine)} |",
        f"| bare Django on the same server, one worker, two letters | {milliseconds(plain)} |",
        "",
        f"Ratio: {mine / plain:.2f} (goal ≤ 2.5). Bytecode is kept, on both sides.",
        "",
        "| first visit, HTML + CSS + script, gzip -9 | KB |",
        "|---|---|",
        *(f"| `{page}` | {size / 1000:.1f} |" for page, size in weights),
        "",
        "Goal: ≤ 60 KB; tests hold it for every public page. Command: `scripts/bench p12`.",
    ]


def demonstration(folder: Path) -> Path:
    """A demonstration home of its own."""
    home = folder / "home"
    environment = {**os.environ, "GONGKAI_HOME": str(home), "DATABASE_URL": ""}
    subprocess.run(
        [sys.executable, "-m", "gongkai.cli.main", "demo", "--no-serve"],
        env=environment, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    assert json.loads((home / "demo.json").read_text("utf-8"))["accounts"]
    return home


def main() -> None:
    """Measure and write down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--seed-home", type=Path, help="a demonstration that is already built")
    parser.add_argument("--no-record", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        home = arguments.seed_home or demonstration(Path(name))
        lines = measure(home, arguments.runs, PAGES)
    print("\n".join(lines))
    if not arguments.no_record:
        record("P12 start-up and page weight", lines, f"{datetime.now(UTC):%Y-%m-%d}")


if __name__ == "__main__":
    main()
