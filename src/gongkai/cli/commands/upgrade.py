"""``gongkai upgrade`` (升级): brings an older installation's data to this version: copy, migrate, verify."""

from __future__ import annotations

import sqlite3
from argparse import Namespace, _SubParsersAction
from contextlib import closing
from pathlib import Path

from gongkai.cli import bootstrap
from gongkai.cli.output import DONE, FOUND_WRONG, CouldNot, result, say
from gongkai.config.environment import Environment


def configure(commands: _SubParsersAction) -> None:  # type: ignore[type-arg]
    """Declare the arguments."""
    parser = commands.add_parser(
        "upgrade",
        help="把旧版本的数据升到这一版",
        description="先留一份数据库的副本，再升级数据库，最后验证底账。先停掉正在运行的网站。",
        example="gongkai upgrade",
    )
    parser.add_argument("--copied", action="store_true", help="PostgreSQL：已经用 pg_dump 留了副本，可以升级")
    parser.set_defaults(run=run)


def run(arguments: Namespace) -> int:
    """Copy, migrate, verify; 1 where the verification finds something."""
    environment = Environment.read()
    if not environment.has_database:
        raise CouldNot(f"{environment.home} 里没有数据，不用升级。新建用 gongkai init 或 gongkai demo。")
    bootstrap.start_django()
    problem = bootstrap.version_problem()
    if not problem:
        say("数据已经是这一版的，不用升级。")
        return DONE
    if bootstrap.is_empty() or "更新版本" in problem:
        raise CouldNot(problem)
    if environment.database_url:
        if not arguments.copied:
            raise CouldNot("先用 pg_dump 留一份数据库副本，再运行 gongkai upgrade --copied。")
    else:
        say(f"副本：{_copy(environment, arguments)}")
    bootstrap.migrate()
    from gongkai.foundation.verification import verify

    proof = verify()
    for found in proof.breaks:
        result(f"{found.place}：{found.message}")
    if proof.breaks:
        say(f"升级完成，但验证发现 {len(proof.breaks)} 处不符；副本还在。")
        return FOUND_WRONG
    say(f"升级完成，底账 {proof.events} 号事件验证无误。")
    return DONE


def _copy(environment: Environment, arguments: Namespace) -> Path:
    """A consistent copy beside the database, made by SQLite itself."""
    target = environment.home / f"before-upgrade-{arguments.now:%Y%m%dT%H%M%S}.sqlite3"
    try:
        with (
            closing(sqlite3.connect(environment.sqlite_path)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
    except (sqlite3.Error, OSError) as error:
        raise CouldNot(f"副本没有留成（{error}），没有升级。核对磁盘空间和权限。") from error
    return target
