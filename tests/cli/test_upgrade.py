"""Every release's data come along: an older installation is copied, migrated and proven."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.demonstration.test_demonstration import PUBLISHED, compiled
from tests.installation import Installation

RELEASES = sorted((Path(__file__).parents[1] / "releases").glob("*.tar.xz"))
_FIRST_MIGRATIONS = """
import django
from django.core.management import call_command
from gongkai.cli.bootstrap import start_django
from gongkai.config.environment import Environment
from gongkai.config.key_file import make_keys
environment = Environment.read()
environment.home.mkdir()
make_keys(environment)
start_django()
call_command("migrate", "foundation", "0001", verbosity=0)
"""


@pytest.mark.parametrize("release", RELEASES, ids=[path.name for path in RELEASES])
def test_the_demonstration_of_a_release(release: Path, tmp_path: Path) -> None:
    with tarfile.open(release) as archive:
        archive.extractall(tmp_path, filter="data")
    old = Installation(tmp_path / "home", "")
    done = old.run("upgrade")
    assert done.status == 0, done.err
    assert old.run("verify").status == 0
    cells = compiled(old)["cells"]
    assert {name: value for name, value in cells.items() if value != "0"} == PUBLISHED


def test_there_is_a_release_to_upgrade() -> None:
    assert [path.name for path in RELEASES][:1] == ["demonstration-0.1.0.tar.xz"]


def test_an_older_database_is_copied_migrated_and_proven(tmp_path: Path) -> None:
    old = Installation(tmp_path / "home", "")
    environment = {"PATH": "", **old.environment}
    subprocess.run([sys.executable, "-c", _FIRST_MIGRATIONS], check=True, env=environment)
    refused = old.run("serve")
    assert refused.status == 2 and "gongkai upgrade" in refused.err
    done = old.run("upgrade")
    assert done.status == 0, done.err
    assert len(list(old.home.glob("before-upgrade-*.sqlite3"))) == 1
    assert old.run("verify").status == 0


def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    newer = Installation(tmp_path / "home", "")
    assert newer.run("init", "--district", "示范区", "--area-code", "999000").status == 0
    with closing(sqlite3.connect(newer.home / "gongkai.sqlite3")) as connection, connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('registers', '9999_future', '2030-01-01')"
        )
    for command in ("serve", "verify", "upgrade"):
        done = newer.run(command)
        assert done.status == 2 and "更新版本" in done.err, command
