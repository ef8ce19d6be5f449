"""Where an installation keeps its data (安装环境): the environment variables of the contract, read once."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Environment:
    """The places of one installation. Nothing is created by reading it."""

    home: Path
    database_url: str
    files: Path
    keys: Path

    @classmethod
    def read(cls) -> Environment:
        """From ``GONGKAI_HOME``, ``DATABASE_URL``, ``GONGKAI_FILES`` and ``GONGKAI_KEYS``."""
        home = Path(os.environ.get("GONGKAI_HOME") or "var").absolute()
        return cls(
            home=home,
            database_url=os.environ.get("DATABASE_URL", ""),
            files=Path(os.environ.get("GONGKAI_FILES") or home / "files").absolute(),
            keys=Path(os.environ.get("GONGKAI_KEYS") or home / "keys").absolute(),
        )

    @property
    def sqlite_path(self) -> Path:
        """The embedded database."""
        return self.home / "gongkai.sqlite3"

    @property
    def has_database(self) -> bool:
        """Whether a database is configured or already there (it may still be empty)."""
        return bool(self.database_url) or self.sqlite_path.exists()


class BadEnvironment(Exception):
    """A setting of the environment that cannot be used; the message names the cure."""


def whole_number(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number of the environment. Raises BadEnvironment for what is none, or out of reach."""
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise BadEnvironment(f"{name} 写的是“{text}”，应为 {least} 到 {most} 的整数。")
    return int(text)


def database_settings(environment: Environment) -> dict[str, Any]:
    """Django's ``DATABASES["default"]``. Raises BadEnvironment for an address of another kind."""
    url = environment.database_url
    if not url:
        return _sqlite(environment.sqlite_path)
    parts = urlsplit(url)
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")) or "gongkai",
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or "") or _socket_directory(parts.query),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
        }
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    raise BadEnvironment(
        f"DATABASE_URL 写的是“{parts.scheme}”，只支持 postgresql://…；不用 PostgreSQL 时删去这个变量。"
    )


def _socket_directory(query: str) -> str:
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if name == "host":
            return unquote(value)
    return ""


def _sqlite(path: Path) -> dict[str, Any]:
    # WAL lets readers read while one writes. NORMAL does not wait for the disk at each commit: an act is synced
    # by foundation.durable before it is acknowledged, outside the lock; a session may be lost in a power cut.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }


def own_terms() -> dict[str, int]:
    """Working days of the office's own for corrections and proposals (内部时间), where they are set.

    Raises BadEnvironment for what is no number of days.
    """
    found = {}
    for name in ("correction", "conversion", "publication"):
        text = os.environ.get(variable := f"GONGKAI_DAYS_{name.upper()}", "")
        if text and not (text.isascii() and text.isdigit() and 1 <= int(text) <= 366):
            raise BadEnvironment(f"{variable} 写的是“{text}”，应是 1 到 366 的工作日数，例如 20。")
        if text:
            found[name] = int(text)
    return found
