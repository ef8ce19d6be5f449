"""Killed in the midst of filing and of letters: what was acknowledged is there, and nothing is there by half."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.apps.test_casework_races import sql
from tests.installation import Installation, fresh_installation

_ROOT = Path(__file__).parents[2]
_ORGAN = "999000001"
_CASES = (
    "from gongkai.casework.models import Case, Letter;"
    "print(json.dumps([[c.number, c.serial, c.state, Letter.objects.filter(case=c).count()]"
    " for c in Case.objects.order_by('serial')]))"
)
_LETTERS = (
    "from gongkai.casework.models import Letter;"
    "print(json.dumps(list(Letter.objects.order_by('pk').values_list('number', flat=True))))"
)


def acknowledged(town: Installation, kills: int, seed: int) -> dict[str, set[str]]:
    """The numbers that processes said they had filed and withdrawn before they were killed."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.apps.casework_killed", _ORGAN, str(kills), str(seed)],
        cwd=_ROOT, env={**os.environ, **town.environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, set[str]] = {"filed": set(), "withdrawn": set()}
    for line in done.stdout.splitlines():
        what, number = line.split(" ", 1)
        found[what].add(number)
    return found


def nothing_lost_and_nothing_by_half(tmp_path: Path, kills: int, seed: int) -> None:
    with fresh_installation(tmp_path) as town:
        assert town.run("init", "--district", "示范区", "--area-code", "999000").status == 0
        said = acknowledged(town, kills, seed)
        cases = sql(town, tmp_path, _CASES)
        assert [serial for _, serial, _, _ in cases] == list(range(1, len(cases) + 1)), "gapless"
        assert said["filed"] <= {number for number, *_ in cases}
        withdrawn = {number for number, _, state, letters in cases if (state, letters) == ("withdrawn", 1)}
        assert said["withdrawn"] <= withdrawn
        assert all(letters == (state == "withdrawn") for _, _, state, letters in cases), "whole or not at all"
        letters = sql(town, tmp_path, _LETTERS)
        assert letters == [f"示教公复〔2021〕{n}号" for n in range(1, len(letters) + 1)]
        assert said["filed"] and len(cases) - len(said["filed"]) <= kills
        checked = town.run("verify")
        assert checked.status == 0, checked.out


def test_a_dozen_kills(tmp_path: Path) -> None:
    nothing_lost_and_nothing_by_half(tmp_path, 12, 1)


@pytest.mark.proof
def test_a_thousand_kills(tmp_path: Path) -> None:
    nothing_lost_and_nothing_by_half(tmp_path, 1000, 2)
