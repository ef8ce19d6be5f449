"""Several processes write at once: nothing is lost, numbers have no gaps, on both databases."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.installation import fresh_installation

WRITERS, EACH = 4, 15


def test_writers_queue_and_nothing_is_lost(tmp_path: Path) -> None:
    with fresh_installation(tmp_path) as town:
        assert town.run("init", "--district", "示范区", "--area-code", "999000").status == 0
        before = town.run("verify", "--json").json["events"]
        running = []
        for writer in range(WRITERS):
            rows = "".join(f"主题{writer}-{number},2021-08-{number + 1:02d}\n" for number in range(EACH))
            path = town.write(f"{writer}.csv", f"theme,held_on\n{rows}")
            command = [
                sys.executable,
                "-m",
                "gongkai.cli.main",
                "import",
                "open-days",
                str(path),
                "--organ",
                "999000001",
            ]
            running.append(
                subprocess.Popen(
                    command,
                    env={**os.environ, **town.environment},
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                )
            )
        for process in running:
            _, said = process.communicate(timeout=120)
            assert process.returncode == 0, said
        proof = town.run("verify", "--json")
        assert proof.status == 0
        assert proof.json["events"] == before + WRITERS * EACH and proof.json["records"] == WRITERS * EACH
