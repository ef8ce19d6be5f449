"""Starting Django for a command, and saying plainly when there is no installation to work on."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from gongkai.cli.output import CouldNot
from gongkai.config.environment import BadEnvironment, Environment, make_keys

if TYPE_CHECKING:
    from django.apps import AppConfig


def start_django() -> None:
    """Set Django up. Raises CouldNot where the environment cannot be used."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    import django

    try:
        django.setup()
    except BadEnvironment as error:
        raise CouldNot(str(error)) from error


def open_installation() -> None:
    """Set Django up on a finished installation of this version. Raises CouldNot for anything else."""
    environment = Environment.read()
    if not environment.has_database:
        raise CouldNot(
            f"{environment.home} 里还没有数据。先用 gongkai init 建立真实的区，或用 gongkai demo 建立演示区；"
            "数据在别处时设好 GONGKAI_HOME。"
        )
    start_django()
    problem = version_problem()
    if problem:
        raise CouldNot(problem)


def create_database() -> None:
    """Make home, keys and tables, on an empty home. The keys come first: settings read them."""
    environment = Environment.read()
    environment.home.mkdir(parents=True, exist_ok=True)
    make_keys(environment)
    start_django()
    migrate()


def migrate() -> None:
    """Bring the tables to this version."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def drop_tables() -> None:
    """Empty the database of everything this program made: for a demonstration that starts again."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")
        cursor.execute(
            "SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION {name}")


def version_problem() -> str:
    """Why the database is not of this version, with the cure; empty where it is."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        applied = set(executor.loader.applied_migrations)
    except DatabaseError as error:
        return f"数据库打不开（{error}）。核对 DATABASE_URL 或 GONGKAI_HOME，确认数据库已启动。"
    if not applied:
        return "数据库是空的。先用 gongkai init 建立真实的区，或用 gongkai demo 建立演示区。"
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return "数据库是旧版本的。先运行 gongkai upgrade（它先留一份副本）。"
    ours = {a.name.split(".")[-1] for a in _our_apps()}
    newer = {key for key in applied if key[0] in ours and key not in executor.loader.disk_migrations}
    if newer:
        return "数据库是更新版本的程序建立的。换用那个版本的程序，或从备份恢复旧数据。"
    return ""


def is_empty() -> bool:
    """Whether the database holds no table of ours yet."""
    from django.db import connection

    return "foundation_organ" not in connection.introspection.table_names()


def _our_apps() -> list[AppConfig]:
    from django.apps import apps

    return [config for config in apps.get_app_configs() if config.name.startswith("gongkai.")]
