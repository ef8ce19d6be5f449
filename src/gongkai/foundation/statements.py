"""Statements by hand (直接执行的语句), for what every action asks inside the lock.

On SQLite a statement goes straight to the connection's own: the wrappers around a cursor cost three times what
the database does. Where somebody watches the queries (a test, the debugger), it goes through them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections


def run(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Execute one statement with ``%s`` for each value; its rows. Raises the errors of ``django.db``."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "sqlite" and not connection.queries_logged and not connection.execute_wrappers:
        connection.ensure_connection()
        try:
            return connection.connection.execute(_question_marks(sql), values).fetchall()  # type: ignore[no-any-return]
        except sqlite3.Error:
            with connection.wrap_database_errors:
                raise
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


@cache
def _question_marks(sql: str) -> str:
    return sql.replace("%s", "?")
