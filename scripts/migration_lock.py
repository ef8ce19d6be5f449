#!/usr/bin/env python3
"""A landed migration is never edited: ``tests/census/migrations.lock`` holds the SHA-256 of each.

Without arguments: exit status 1 where a landed migration was changed or removed. ``--add`` notes the
migrations that a release lands; it never alters a line that stands.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "tests" / "census" / "migrations.lock"


def migrations(root: Path) -> dict[str, str]:
    """Every migration of ours with its SHA-256, by path from ``root``."""
    found = sorted(root.glob("src/gongkai/*/migrations/[0-9]*.py"))
    return {p.relative_to(root).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in found}


def landed(lock: Path) -> dict[str, str]:
    """What the lock holds. Raises ValueError for a line that is not ``hash  path``."""
    rows = {}
    for line in lock.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            digest, path = line.split("  ", 1)
            rows[path] = digest
    return rows


def problems(root: Path, lock: Path) -> list[str]:
    """The landed migrations that are no longer what they were."""
    now = migrations(root)
    found = []
    for path, digest in landed(lock).items():
        if path not in now:
            found.append(f"{path}: a landed migration is gone; bring it back, districts have applied it")
        elif now[path] != digest:
            found.append(f"{path}: a landed migration was edited; restore it and write a new one")
    return found


def add(root: Path, lock: Path) -> list[str]:
    """Append the migrations that are not in the lock yet; returns their paths."""
    known = landed(lock)
    fresh = {path: digest for path, digest in migrations(root).items() if path not in known}
    with lock.open("a", encoding="utf-8") as file:
        file.writelines(f"{digest}  {path}\n" for path, digest in fresh.items())
    return list(fresh)


def main() -> int:
    """Check, or add."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--add", action="store_true", help="note the migrations this release lands")
    arguments = parser.parse_args()
    found = problems(ROOT, LOCK)
    for problem in found:
        print(problem, file=sys.stderr)
    if found:
        return 1
    if arguments.add:
        for path in add(ROOT, LOCK):
            print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
