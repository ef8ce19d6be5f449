"""Inserting rows inside the lock (写入): each table's statement is made once, the values by its own fields.

The writers queue on one lock, so the time an action spends inside it is everybody's; making the same statement
anew for every row took most of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, ForeignKey, Model

from gongkai.foundation.statements import run

Row = TypeVar("Row", bound=Model)
_Field: TypeAlias = "Field[Any, Any]"

# What the database takes as it is, by the kind of field; every other value goes through the field itself.
_AS_IT_IS: dict[str, type] = {
    "CharField": str, "TextField": str, "BooleanField": bool, "BigAutoField": int, "BigIntegerField": int,
    "IntegerField": int, "PositiveIntegerField": int, "PositiveSmallIntegerField": int,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Statement:
    """How a row of one table goes in; ``returns``: the database gives the key."""

    sql: str
    fields: tuple[tuple[_Field, str, type | None], ...]
    returns: bool


def insert(row: Row) -> Row:
    """Insert one row; it has its key afterwards. Raises IntegrityError as ``save`` would."""
    made = _statement(type(row), connections[DEFAULT_DB_ALIAS].vendor)
    given = run(made.sql, _values(row, made))
    if made.returns:
        ((row.pk,),) = given
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return row


def insert_tuples(model: type[Model], rows: Sequence[Iterable[Any]]) -> None:
    """Insert rows of one table given as values the database takes, in the order of its fields without the key."""
    if rows:
        # One statement for all: a call for each cost more than what the database does.
        made = _statement(model, connections[DEFAULT_DB_ALIAS].vendor)
        into, _, place = made.sql.partition(" RETURNING ")[0].partition(" VALUES ")
        run(f"{into} VALUES {', '.join([place] * len(rows))}", [value for row in rows for value in row])


def _values(row: Model, made: _Statement) -> list[Any]:
    kept, connection = row.__dict__, connections[DEFAULT_DB_ALIAS]
    return [
        kept[name]
        if as_it_is is not None and (kept[name] is None or type(kept[name]) is as_it_is)
        else field.get_db_prep_save(field.pre_save(row, True), connection)
        for field, name, as_it_is in made.fields
    ]


@cache
def _statement(model: type[Model], vendor: str) -> _Statement:
    """The statement of a table, its fields in order, and whether the database gives the key."""
    key = model._meta.pk
    returns = key.get_internal_type() in ("AutoField", "BigAutoField")
    fields = tuple(f for f in model._meta.local_concrete_fields if not (returns and f is key))
    quoted = connections[DEFAULT_DB_ALIAS].ops.quote_name
    columns = ", ".join(quoted(str(f.column)) for f in fields)
    sql = f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"
    if returns:
        sql = f"{sql} RETURNING {quoted(str(key.column))}"
    return _Statement(sql, tuple((f, str(f.attname), _as_it_is(f)) for f in fields), returns)


def _as_it_is(field: _Field) -> type | None:
    """The type of value that needs no preparing; None where the field has a way of its own."""
    if isinstance(field, ForeignKey):
        return _AS_IT_IS.get(field.target_field.get_internal_type())
    usual = type(field).pre_save is Field.pre_save and type(field).get_db_prep_save is Field.get_db_prep_save
    return _AS_IT_IS.get(field.get_internal_type()) if usual else None
