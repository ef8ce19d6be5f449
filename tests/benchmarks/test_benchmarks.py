"""Each benchmark once, at a hundredth of its size: that it works, never how fast."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.installation import Installation

FOLDER = Path(__file__).parents[2] / "benchmarks"


def run(script: str, *arguments: object) -> str:
    done = subprocess.run(
        [sys.executable, str(FOLDER / script), "--no-record", "--runs", "1", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
        env={**os.environ, "DATABASE_URL": ""},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_p11_due_dates() -> None:
    assert run("p11_due_dates.py", "--share", "100").count("| all |") == 5


def test_p06_compile(demonstration: Installation) -> None:
    if demonstration.database_url:
        pytest.skip("measured on the embedded database")
    said = run("p06_compile.py", "--share", "100", "--seed-home", demonstration.home)
    assert "| ten million | 100,000 |" in said and "| that year alone | 50 |" in said


def test_p12_startup(demonstration: Installation) -> None:
    if demonstration.database_url:
        pytest.skip("measured on the embedded database")
    said = run("p12_startup.py", "--seed-home", demonstration.home)
    assert "Ratio:" in said and "| `/reports/640302000/2021/` |" in said


def test_p03_inbox() -> None:
    said = run("p03_inbox.py", "--share", "100")
    assert "| inbox, 1,000 cases |" in said and "with the same queries" in said


def test_p04_filing() -> None:
    said = run("p04_filing.py", "--share", "20")
    assert "numbers without a gap" in said and " 0 refused or locked" in said
