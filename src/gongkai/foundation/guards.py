"""The database's own guards (数据库守卫): append-only tables refuse UPDATE, DELETE and gaps by themselves."""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# (table, number column): the append-only tables, each numbered without gaps from 1. Migration 0002 put these up;
# a further table comes with a migration of its own.
GUARDED = (("foundation_ledgerevent", "seq"), ("foundation_publicationlogentry", "position"))


def statements(vendor: str, table: str, number: str) -> list[str]:
    """The statements that put up the guard of one table on one kind of database."""
    return _sqlite(table, number) if vendor == "sqlite" else _postgresql(table, number)


def _sqlite(table: str, number: str) -> list[str]:
    refuse = "SELECT RAISE(ABORT, 'append-only: the record is never changed or removed');"
    gap = "SELECT RAISE(ABORT, 'append-only: numbers follow each other without gaps');"
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN {refuse} END",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN {refuse} END",
        # Also stops INSERT OR REPLACE, which deletes without asking the delete trigger.
        f"CREATE TRIGGER {table}_no_gap BEFORE INSERT ON {table} "
        f"WHEN NEW.{number} IS NOT (SELECT COALESCE(MAX({number}), 0) + 1 FROM {table}) BEGIN {gap} END",
    ]


def _postgresql(table: str, number: str) -> list[str]:
    return [
        f"""CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'append-only: the record is never changed or removed'; END $$""",
        f"""CREATE FUNCTION {table}_follow() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.{number} IS DISTINCT FROM (SELECT COALESCE(MAX({number}), 0) + 1 FROM {table}) THEN
            RAISE EXCEPTION 'append-only: numbers follow each other without gaps';
          END IF;
          RETURN NEW;
        END $$""",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
        f"CREATE TRIGGER {table}_no_gap BEFORE INSERT ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_follow()",
    ]


def removal(vendor: str, table: str) -> list[str]:
    """The statements that take the guard down: for tests that play the intruder."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER {table}_no_{act}" for act in ("update", "delete", "gap")]
    return [f"DROP TRIGGER {table}_no_{act} ON {table}" for act in ("change", "truncate", "gap")] + [
        f"DROP FUNCTION {table}_{act}()" for act in ("refuse", "follow")
    ]


def put_up(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Migration step: guard every append-only table."""
    for table, number in GUARDED:
        for statement in statements(schema_editor.connection.vendor, table, number):
            schema_editor.execute(statement)


def take_down(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Migration step backwards."""
    for table, _ in GUARDED:
        for statement in removal(schema_editor.connection.vendor, table):
            schema_editor.execute(statement)
