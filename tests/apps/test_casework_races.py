"""Several processes at the same cases: one winner, one case a key, numbers without gaps, on both databases."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.installation import Installation, fresh_installation

_ROOT = Path(__file__).parents[2]


def together(town: Installation, tmp_path: Path, processes: int, *arguments: object) -> list[Any]:
    """Run so many workers, let them go at once, and collect what each says."""
    gate = tmp_path / f"gate-{time.monotonic_ns()}"
    command = [sys.executable, "-m", "tests.apps.casework_worker", arguments[0], gate, *arguments[1:]]
    running = [
        subprocess.Popen(
            [str(part) for part in command],
            cwd=_ROOT,
            env={**os.environ, **town.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(processes)
    ]
    while len(list(tmp_path.glob(f"{gate.name}.*"))) < processes and all(p.poll() is None for p in running):
        time.sleep(0.01)
    gate.touch()
    found = []
    for process in running:
        out, err = process.communicate(timeout=300)
        assert process.returncode == 0, err
        found.append(json.loads(out))
    return found


def sql(town: Installation, tmp_path: Path, code: str) -> Any:
    """What a line of Python says inside the installation, as JSON."""
    script = f"import django, json; django.setup(); {code}"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=_ROOT,
        env={**os.environ, **town.environment, "DJANGO_SETTINGS_MODULE": "gongkai.config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout or "null")


def files_once_a_key(tmp_path: Path, keys: int) -> None:
    with fresh_installation(tmp_path) as town:
        assert town.run("init", "--district", "示范区", "--area-code", "999000").status == 0
        answers = together(town, tmp_path, 3, "file", "999000001", keys)
        assert answers[0] == answers[1] == answers[2], "the same answer to everyone who used the key"
        assert len(set(answers[0])) == keys
        query = "from gongkai.casework.models import Case; print(json.dumps(sorted(Case.objects.values_list('serial', flat=True))))"
        assert sql(town, tmp_path, query) == list(range(1, keys + 1))
        cells = town.run("report", "compile", "--organ", "999000001", "--year", 2021).json["cells"]
        assert cells["t3.r1.c1"] == str(keys)
        assert town.run("verify", "--json").status == 0


def test_fifty_filings_three_times_each_are_fifty_cases(tmp_path: Path) -> None:
    files_once_a_key(tmp_path, 50)


@pytest.mark.proof
def test_three_hundred_filings_three_times_each_are_three_hundred_cases(tmp_path: Path) -> None:
    files_once_a_key(tmp_path, 300)


def test_of_workers_at_one_case_one_wins_and_the_others_are_told(tmp_path: Path) -> None:
    with fresh_installation(tmp_path) as town:
        assert town.run("init", "--district", "示范区", "--area-code", "999000").status == 0
        together(town, tmp_path, 1, "file", "999000001", 1)
        query = "from gongkai.casework.models import Case; c = Case.objects.get(); print(json.dumps([c.pk, c.latest_seq]))"
        pk, seq = sql(town, tmp_path, query)
        said = together(town, tmp_path, 4, "race", pk, seq)
        assert sorted(one[0] for one in said) == ["changed", "changed", "changed", "won"]
        assert all("别人办了“撤回申请”；现在是“已撤回”" in one[1] for one in said if one[0] == "changed")
        assert town.run("verify", "--json").status == 0


def test_letters_of_several_writers_have_one_series_without_gaps(tmp_path: Path) -> None:
    with fresh_installation(tmp_path) as town:
        assert town.run("init", "--district", "示范区", "--area-code", "999000").status == 0
        numbers = sum(together(town, tmp_path, 3, "letters", "999000001", 6), [])
        assert sorted(numbers, key=lambda one: int(one[len("示教公复〔2021〕") : -1])) == [
            f"示教公复〔2021〕{n}号" for n in range(1, 19)
        ]
        assert town.run("verify", "--json").status == 0
