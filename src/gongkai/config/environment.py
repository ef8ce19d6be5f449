"""Where an installation keeps its data (安装环境): the environment variables of the contract, read once."""

from __future__ import annotations

import base64
import json
import os
import secrets
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


@dataclass(frozen=True, slots=True)
class Keys:
    """The installation's keys (密钥): Django's secret and the numbered data keys."""

    secret_key: str
    data_keys: dict[int, bytes]
    current: int

    @classmethod
    def ephemeral(cls) -> Keys:
        """Keys for a command that needs none kept (help, checks, tests)."""
        return cls(secrets.token_urlsafe(48), {1: secrets.token_bytes(32)}, 1)

    @classmethod
    def load(cls, path: Path) -> Keys:
        """Read the key file. Raises BadEnvironment where it cannot be read as one."""
        try:
            data = json.loads(path.read_text("utf-8"))
            keys = {int(n): base64.b64decode(k) for n, k in data["data_keys"].items()}
            return cls(data["secret_key"], keys, int(data["current"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadEnvironment(
                f"密钥文件 {path} 读不出来（{error}）。从备份恢复这个文件；没有它，已加密的内容打不开。"
            ) from error

    def with_new(self) -> Keys:
        """These keys and a new one, which is the current one from now on (换密钥)."""
        number = max(self.data_keys) + 1
        return Keys(self.secret_key, {**self.data_keys, number: secrets.token_bytes(32)}, number)

    def without(self, number: int) -> Keys:
        """These keys without an old one (停用旧密钥)."""
        return Keys(self.secret_key, {n: k for n, k in self.data_keys.items() if n != number}, self.current)

    def replace(self, path: Path) -> None:
        """Write the key file in the place of the one before: whole, or not at all."""
        fresh = path.with_name(f"{path.name}.new")
        fresh.unlink(missing_ok=True)
        self.save(fresh)
        os.replace(fresh, path)
        directory = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)

    def save(self, path: Path) -> None:
        """Write the key file, readable by its owner alone, and sync it. Never overwrites one."""
        path.parent.mkdir(parents=True, exist_ok=True)
        data = {
            "secret_key": self.secret_key,
            "data_keys": {str(n): base64.b64encode(k).decode() for n, k in self.data_keys.items()},
            "current": self.current,
        }
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(data, file)
            file.flush()
            os.fsync(file.fileno())


class KeyRing(dict[int, bytes]):
    """The numbered data keys; one that came into the key file since the start is found when it is asked for."""

    def __init__(self, keys: dict[int, bytes], path: Path) -> None:
        super().__init__(keys)
        self.path = path

    def __missing__(self, number: int) -> bytes:
        try:
            self[number] = Keys.load(self.path).data_keys[number]
        except BadEnvironment as lost:
            raise KeyError(number) from lost
        return self[number]


def keys_of(environment: Environment) -> Keys:
    """The installation's keys, or ephemeral ones while there is no installation yet."""
    if environment.keys.exists():
        return Keys.load(environment.keys)
    return Keys.ephemeral()


def make_keys(environment: Environment) -> None:
    """At first start: write new keys where there are none."""
    if not environment.keys.exists():
        Keys.ephemeral().save(environment.keys)


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
