"""A landed migration is never edited (迁移): a district that applied it would be left behind."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("migration_lock", ROOT / "scripts" / "migration_lock.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


lock_script = _script()


def test_landed_migrations_are_as_they_landed() -> None:
    assert lock_script.problems(lock_script.ROOT, lock_script.LOCK) == []


@pytest.fixture
def landed(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A tree with one landed migration: its root, the lock, the migration."""
    migration = tmp_path / "src/gongkai/foundation/migrations/0001_initial.py"
    migration.parent.mkdir(parents=True)
    migration.write_text("operations = []\n", "utf-8")
    (migration.parent / "__init__.py").touch()
    lock = tmp_path / "migrations.lock"
    lock.touch()
    assert lock_script.add(tmp_path, lock) == ["src/gongkai/foundation/migrations/0001_initial.py"]
    return tmp_path, lock, migration


def test_an_unchanged_and_a_new_migration_pass(landed: tuple[Path, Path, Path]) -> None:
    root, lock, migration = landed
    migration.with_name("0002_next.py").write_text("operations = []\n", "utf-8")
    assert lock_script.problems(root, lock) == []


def test_an_edited_migration_is_found(landed: tuple[Path, Path, Path]) -> None:
    root, lock, migration = landed
    migration.write_text("operations = [1]\n", "utf-8")
    assert [p.split(":")[0] for p in lock_script.problems(root, lock)] == [
        "src/gongkai/foundation/migrations/0001_initial.py"
    ]


def test_a_removed_migration_is_found(landed: tuple[Path, Path, Path]) -> None:
    root, lock, migration = landed
    migration.unlink()
    assert len(lock_script.problems(root, lock)) == 1


def test_adding_never_blesses_an_edit(landed: tuple[Path, Path, Path]) -> None:
    root, lock, migration = landed
    migration.write_text("operations = [1]\n", "utf-8")
    assert lock_script.add(root, lock) == []
    assert len(lock_script.problems(root, lock)) == 1
