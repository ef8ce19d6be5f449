"""The whole demonstration built with the clock set to days of 2026 to 2028 (long: run by make proof)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.demonstration.test_demonstration import PUBLISHED, compiled
from tests.installation import fresh_installation

_RUN = """
import sys
from datetime import datetime
from gongkai.cli.main import main
sys.exit(main(["demo", "--no-serve"], now=datetime.fromisoformat(sys.argv[1])))
"""
# Turns of the year and of the season, a leap day, the last second of a legal day.
MOMENTS = (
    "2026-01-01T00:00:01+08:00", "2026-04-01T09:00:00+08:00", "2027-03-31T23:59:59+08:00", "2028-02-29T12:00:00+08:00",
    "2028-12-31T15:59:59+00:00",
)  # fmt: skip


@pytest.mark.proof
@pytest.mark.parametrize("moment", MOMENTS)
def test_built_on_any_day(moment: str, tmp_path: Path) -> None:
    with fresh_installation(tmp_path) as installation:
        environment = {**os.environ, **installation.environment}
        subprocess.run([sys.executable, "-c", _RUN, moment], check=True, env=environment, capture_output=True)
        cells = compiled(installation)["cells"]
        assert {name: value for name, value in cells.items() if value != "0"} == PUBLISHED
        assert installation.run("verify").status == 0
