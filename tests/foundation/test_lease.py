"""The lease: one holder at a time, also when many processes want it at once, on both databases."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from gongkai.foundation import lease
from gongkai.foundation.models import Lease
from tests.conftest import NOW
from tests.installation import fresh_installation

FOR = timedelta(minutes=2)
_ROOT = Path(__file__).parents[2]


def take(holder: str, after: float = 0) -> lease.Held | None:
    return lease.take("work", holder, now=NOW + timedelta(seconds=after), lasts=FOR)


def test_one_holds_it_until_it_lapses(db: None) -> None:
    first = take("a")
    assert first is not None and first.fence == 1
    assert take("b", 119) is None
    second = take("b", 121)
    assert second is not None and second.fence == 2
    with pytest.raises(lease.LeaseLost):
        lease.renew(first, now=NOW + timedelta(seconds=122), lasts=FOR)
    lease.release(first, now=NOW)
    assert Lease.objects.get().holder == "b", "what is another's is not given back"


def test_it_is_kept_by_renewing_and_given_back(db: None) -> None:
    held = take("a")
    assert held is not None
    held = lease.renew(held, now=NOW + timedelta(seconds=100), lasts=FOR)
    assert take("b", 150) is None
    lease.release(held, now=NOW + timedelta(seconds=150))
    assert take("b", 151) is not None
    assert Lease.objects.get().beat_at == NOW + timedelta(seconds=151)


def test_who_follows_the_holder_need_not_wait(db: None) -> None:
    first, second = take("serve:1"), take("serve:1", 1)
    assert first is not None and second is not None and second.fence == 2
    with pytest.raises(lease.LeaseLost):
        lease.renew(first, now=NOW, lasts=FOR)


def test_the_clock_is_the_databases(db: None) -> None:
    first = lease.database_clock()
    assert first.tzinfo is not None and first <= lease.database_clock()


_RACE = """
import django, json, os, sys, time
from datetime import timedelta
from pathlib import Path
django.setup()
from gongkai.foundation import lease
gate, lasts = sys.argv[1], timedelta(seconds=0.15)
Path(f"{gate}.{os.getpid()}").touch()
while not Path(gate).exists():
    time.sleep(0.002)
spans, until = [], time.monotonic() + 2.5
while time.monotonic() < until:
    held = lease.take("work", str(os.getpid()), now=lease.database_clock(), lasts=lasts)
    if held is not None:
        began = lease.database_clock()
        lease_ends = held.until
        spans.append([held.fence, min(began, lease_ends).timestamp(), lease_ends.timestamp()])
        time.sleep(0.16)
    time.sleep(0.005)
sys.stdout.write(json.dumps(spans))
"""


def test_of_many_processes_one_at_a_time_holds_it(tmp_path: Path) -> None:
    with fresh_installation(tmp_path) as town:
        assert town.run("init", "--district", "示范区", "--area-code", "999000").status == 0
        environment = {
            **os.environ, **town.environment, "DJANGO_SETTINGS_MODULE": "gongkai.config.settings",
        }  # fmt: skip
        gate = tmp_path / "gate"
        running = [
            subprocess.Popen(
                [sys.executable, "-c", _RACE, str(gate)], cwd=_ROOT, env=environment, stdout=subprocess.PIPE
            )
            for _ in range(4)
        ]
        while len(list(tmp_path.glob("gate.*"))) < len(running) and all(p.poll() is None for p in running):
            time.sleep(0.01)
        gate.touch()
        spans = []
        for process in running:
            out, _ = process.communicate(timeout=60)
            assert process.returncode == 0
            spans += json.loads(out)
    spans.sort()
    assert len(spans) > 5
    assert [fence for fence, _, _ in spans] == list(range(1, len(spans) + 1)), (
        "every taking has a fence of its own"
    )
    for (_, _, ended), (_, began, _) in zip(spans, spans[1:], strict=False):
        assert began >= ended, "the next began before the last had lapsed"
