"""Inserting rows inside the lock (写入): each table's statement is made once, the values by its own fields.

The writers queue on one lock, so the time an action spends inside it is everybody's; making the same statement
anew for every row took most of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeAlias, TypeVar

from django.db import connection
from django.db.models import Field, Model

Row = TypeVar("Row", bound=Model)
_Field: TypeAlias = "Field[Any, Any]"


def insert(row: Row) -> Row:
    """Insert one row; it has its key afterwards. Raises IntegrityError as ``save`` would."""
    statement, fields, returns = _statement(type(row), connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(statement, _values(row, fields))
        if returns:
            row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias
    return row


def insert_all(rows: Sequence[Model]) -> None:
    """Insert rows of one table whose keys nobody needs afterwards."""
    if not rows:
        return
    statement, fields, _ = _statement(type(rows[0]), connection.vendor)
    with connection.cursor() as cursor:
        for row in rows:
            cursor.execute(statement, _values(row, fields))


def _values(row: Model, fields: tuple[_Field, ...]) -> list[Any]:
    return [f.get_db_prep_save(f.pre_save(row, True), connection) for f in fields]


@cache
def _statement(model: type[Model], vendor: str) -> tuple[str, tuple[_Field, ...], bool]:
    """The statement of a table, its fields in order, and whether the database gives the key."""
    key = model._meta.pk
    returns = key.get_internal_type() in ("AutoField", "BigAutoField")
    fields = tuple(f for f in model._meta.local_concrete_fields if not (returns and f is key))
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(f.column)) for f in fields)
    statement = (
        f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"
    )
    return (f"{statement} RETURNING {quoted(str(key.column))}" if returns else statement), fields, returns
