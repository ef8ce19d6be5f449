"""Starting Django for a command, and saying plainly when there is no installation to work on."""

from __future__ import annotations

import gc
import os

from gongkai.cli.output import CouldNot
from gongkai.config.environment import BadEnvironment, Environment
from gongkai.config.key_file import make_keys


def start_django() -> None:
    """Set Django up. Raises CouldNot where the environment cannot be used."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    import django

    gc.disable()  # As in config/wsgi.py: what is loaded here is never thrown away.
    try:
        django.setup()
    except BadEnvironment as error:
        raise CouldNot(str(error)) from error
    finally:
        gc.freeze()
        gc.enable()


def require_installation() -> None:
    """Refuse to go on without a finished installation of this version, before Django is loaded. Raises CouldNot."""
    environment = Environment.read()
    if not environment.has_database:
        raise CouldNot(
            f"{environment.home} 里还没有数据。先用 gongkai init 建立真实的区，或用 gongkai demo 建立演示区；"
            "数据在别处时设好 GONGKAI_HOME。"
        )
    problem = version_problem()
    if problem:
        raise CouldNot(problem)


def open_installation() -> None:
    """Set Django up on a finished installation of this version. Raises CouldNot for anything else."""
    require_installation()
    start_django()


def version_problem() -> str:
    """Why the database is not of this version, with the cure; empty where it is. Raises CouldNot."""
    from gongkai.cli import schema

    try:
        return schema.version_problem(Environment.read())
    except BadEnvironment as error:
        raise CouldNot(str(error)) from error


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


def is_empty() -> bool:
    """Whether the database holds no table of ours yet."""
    from django.db import connection

    return "foundation_organ" not in connection.introspection.table_names()
