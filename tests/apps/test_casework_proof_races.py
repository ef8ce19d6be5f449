"""Two to sixteen workers race for one case, round after round: one winner, the losers told, the ledger valid.

``GONGKAI_RACE_ROUNDS`` sets how many rounds each number of workers runs (goal: 10,000 in all on each database).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.apps.test_casework_races import sql
from tests.installation import Installation, fresh_installation

pytestmark = pytest.mark.proof
ROUNDS = int(os.environ.get("GONGKAI_RACE_ROUNDS", "60"))
_ROOT = Path(__file__).parents[2]
_RACER = (sys.executable, "-m", "tests.apps.casework_racer")
_ORGAN = "999000001"
_LABELS = {"withdraw": "撤回申请", "register": "登记"}
_READ_ACTS = (
    "from gongkai.casework.models import CaseAct, LetterNumber; "
    "print(json.dumps([list(CaseAct.objects.order_by('case_id', 'place').values_list('case_id', 'act')), "
    "sorted(LetterNumber.objects.values_list('serial', flat=True))]))"
)


def started(town: Installation) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*_RACER, "race"],
        cwd=_ROOT,
        env={**os.environ, **town.environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def prepared(town: Installation, how_many: int) -> list[list[int]]:
    done = subprocess.run(
        [*_RACER, "prepare", _ORGAN, str(how_many)],
        cwd=_ROOT,
        env={**os.environ, **town.environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[list[int]] = json.loads(done.stdout)
    return found


def told(worker: subprocess.Popen[str]) -> str:
    """The next line of a worker; what it died of, where it says no more."""
    assert worker.stdout is not None and worker.stderr is not None
    line = worker.stdout.readline()
    assert line, worker.stderr.read()
    return line


def one_round(workers: list[subprocess.Popen[str]], case: int, seq: int, turn: int) -> list[Any]:
    """Everybody at the same case at once: half of them register it, half withdraw it."""
    for place, worker in enumerate(workers):
        assert worker.stdin is not None
        act = ("register", "withdraw")[(place + turn) % 2]
        worker.stdin.write(json.dumps({"case": case, "seq": seq, "act": act}) + "\n")
        worker.stdin.flush()
    return [json.loads(told(worker)) for worker in workers]


@pytest.mark.parametrize("workers", [2, 4, 8, 16])
def test_of_many_workers_at_one_case_one_wins_each_round(tmp_path: Path, workers: int) -> None:
    with fresh_installation(tmp_path) as town:
        assert town.run("init", "--district", "示范区", "--area-code", "999000").status == 0
        cases = prepared(town, ROUNDS)
        running = [started(town) for _ in range(workers)]
        try:
            assert {told(one).strip() for one in running} == {"ready"}
            won: dict[int, str] = {}
            for turn, (case, seq) in enumerate(cases):
                said = one_round(running, case, seq, turn)
                assert Counter(one[0] for one in said) == {"won": 1, "changed": workers - 1}, said
                won[case] = next(one[1] for one in said if one[0] == "won")
                words = f"别人办了“{_LABELS[won[case]]}”"
                assert all(words in one[1] for one in said if one[0] == "changed"), "who lost is told by what"
        finally:
            for one in running:
                one.communicate(timeout=60)
        acts, numbers = sql(town, tmp_path, _READ_ACTS)
        assert dict(acts) == won and len(acts) == ROUNDS, "one act a case, the winner's"
        letters = sum(act == "withdraw" for act in won.values())
        assert numbers == list(range(1, letters + 1)), "a confirmation for each, numbered without gaps"
        assert town.run("verify", "--json").status == 0
        if ROUNDS >= 50:
            assert len(set(won.values())) == 2, "neither act wins every time"
