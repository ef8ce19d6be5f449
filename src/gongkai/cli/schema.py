"""Which version of the tables a database holds (数据库的版本), asked without starting Django.

``serve`` asks before it starts its workers; loading the framework in the parent as well would double the
time until the first answer.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

from gongkai.config.environment import Environment

Migration = tuple[str, str]
_ASK = "SELECT app, name FROM django_migrations"


class Unreachable(Exception):
    """The database does not answer; the message is its own."""


def version_problem(environment: Environment) -> str:
    """Why the database is not of this version, with the cure; empty where it is."""
    try:
        applied = _applied(environment)
    except Unreachable as error:
        return f"数据库打不开（{error}）。核对 DATABASE_URL 或 GONGKAI_HOME，确认数据库已启动。"
    if not applied:
        return "数据库是空的。先用 gongkai init 建立真实的区，或用 gongkai demo 建立演示区。"
    known = _on_disk()
    if known - applied:
        return "数据库是旧版本的。先运行 gongkai upgrade（它先留一份副本）。"
    ours = {app for app, _ in known}
    if any(app in ours and (app, name) not in known for app, name in applied):
        return "数据库是更新版本的程序建立的。换用那个版本的程序，或从备份恢复旧数据。"
    return ""


def _on_disk() -> set[Migration]:
    """Every migration of the installed apps that this version brings."""
    from gongkai.config.settings import INSTALLED_APPS

    found: set[Migration] = set()
    for app in INSTALLED_APPS:
        folder = _folder(app) / "migrations"
        names = (path.stem for path in folder.glob("[0-9]*.py")) if folder.is_dir() else ()
        found |= {(app.rpartition(".")[2], name) for name in names}
    return found


def _folder(app: str) -> Path:
    """Where a package lies. Only the outermost is asked for: to find an inner one imports those around it."""
    outermost, *inner = app.split(".")
    spec = find_spec(outermost)
    assert spec is not None and spec.origin is not None, f"{app} is not installed"
    return Path(spec.origin).parent.joinpath(*inner)


def _applied(environment: Environment) -> set[Migration]:
    """The migrations that the database says were applied; none where it is empty. Raises Unreachable."""
    if environment.database_url.startswith("postgres"):
        return _on_server(environment)
    from gongkai.config.environment import database_settings

    path = Path(database_settings(environment)["NAME"])
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            return set(connection.execute(_ASK).fetchall())
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return set()
        raise Unreachable(error) from error
    except sqlite3.DatabaseError as error:
        raise Unreachable(error) from error


def _on_server(environment: Environment) -> set[Migration]:
    import psycopg

    try:
        with psycopg.connect(environment.database_url, connect_timeout=10) as connection:
            return set(connection.execute(_ASK).fetchall())
    except psycopg.errors.UndefinedTable:
        return set()
    except psycopg.Error as error:
        raise Unreachable(str(error).strip().splitlines()[-1]) from error
