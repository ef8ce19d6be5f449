"""``gongkai keys`` on a real installation: a new key, everything sealed anew, the old one retired."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gongkai.config.key_file import KeyRing, Keys
from tests.installation import Installation

_LATER = (
    "import sys; from datetime import datetime; from gongkai.cli.main import main; "
    "sys.exit(main(sys.argv[2:], now=datetime.fromisoformat(sys.argv[1])))"
)


def later(home: Installation, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command run two days from now."""
    moment = (datetime.now(UTC) + timedelta(days=2)).isoformat()
    return subprocess.run(
        [sys.executable, "-c", _LATER, moment, *arguments],
        capture_output=True, text=True, check=False, env={**os.environ, **home.environment}, timeout=300,
    )  # fmt: skip


def numbers(home: Installation) -> tuple[list[str], int]:
    """The keys of the key file, and which is current."""
    said = json.loads((home.home / "keys").read_text("utf-8"))
    return sorted(said["data_keys"]), said["current"]


def test_from_one_key_to_the_next(tmp_path: Path) -> None:
    home = Installation(tmp_path / "home", "")
    assert home.run("init", "--district", "示范区", "--area-code", "999000").status == 0
    assert "第 1 号密钥，现用" in home.run("keys", "list").out
    assert "现用的密钥" in home.run("keys", "retire", "1").err
    made = home.run("keys", "new")
    assert made.status == 0 and "不用重新启动" in made.out and numbers(home) == (["1", "2"], 2)
    assert (home.home / "keys").stat().st_mode & 0o777 == 0o600
    done = home.run("keys", "reseal")
    assert done.status == 0 and "还剩 0 处" in done.out
    said = home.run("keys", "list", "--json").json
    assert [(one["number"], one["current"]) for one in said["keys"]] == [(1, False), (2, True)]
    assert said["keys"][0]["needed"] == {} and said["unknown"] == 0
    assert "满一天再停用" in home.run("keys", "retire", "1").err and numbers(home)[0] == ["1", "2"]
    gone = later(home, "keys", "retire", "1")
    assert gone.returncode == 0 and "已停用" in gone.stdout, gone.stderr
    assert numbers(home) == (["2"], 2)
    assert home.run("verify").status == 0


def test_a_running_process_follows_the_key_file(tmp_path: Path) -> None:
    first = Keys.ephemeral()
    first.save(tmp_path / "keys")
    ring = KeyRing(first.data_keys, first.current, path=tmp_path / "keys")
    with pytest.raises(KeyError):
        ring[2]
    second = first.with_new()
    second.replace(tmp_path / "keys")
    assert (list(ring), ring.current) == ([1], 1), "not in the midst of an act"
    ring.follow()
    assert (dict(ring), ring.current) == (second.data_keys, 2)
    second.with_new().without(1).replace(tmp_path / "keys")
    assert len(ring[3]) == 32, "what another process sealed under a key that came since"
    assert (list(ring), ring.current) == ([2, 3], 3)
    (tmp_path / "keys").write_text("{", "utf-8")
    ring.follow()
    (tmp_path / "keys").unlink()
    ring.follow()
    assert (list(ring), ring.current) == ([2, 3], 3), "what cannot be read takes nothing away"
