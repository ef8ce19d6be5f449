"""The key file (密钥文件): Django's secret and the numbered data keys, written whole or not at all, and followed."""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gongkai.config.environment import BadEnvironment, Environment


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


class KeyRing(Mapping[int, bytes]):
    """The numbered data keys of a running process (数据密钥), as the key file has them now.

    ``path``: the key file that is followed; None where there is none to follow. What a process reads in the
    midst of a change is the keys of before or of after, whole: a change puts one snapshot in place of another.
    """

    def __init__(self, keys: Mapping[int, bytes], current: int, *, path: Path | None = None) -> None:
        self.path = path
        self._held = (dict(keys), current)
        # Looked at anew at the first follow: the file may have changed between being read and now.
        self._seen: tuple[int, int, int] | None = None

    @property
    def current(self) -> int:
        """The number of the key under which things are sealed now."""
        return self._held[1]

    def follow(self) -> None:
        """Take over what changed in the key file; one that cannot be read leaves the keys as they are."""
        mark = self._mark()
        if mark is None or mark == self._seen or self.path is None:
            return
        try:
            fresh = Keys.load(self.path)
        except BadEnvironment:
            return
        self._held, self._seen = (fresh.data_keys, fresh.current), mark

    def _mark(self) -> tuple[int, int, int] | None:
        try:
            seen = os.stat(self.path) if self.path is not None else None
        except OSError:
            seen = None
        return (seen.st_ino, seen.st_mtime_ns, seen.st_size) if seen is not None else None

    def __getitem__(self, number: int) -> bytes:
        if number not in self._held[0]:
            # Sealed by another process a moment ago, under a key that came since this one last looked.
            self.follow()
        return self._held[0][number]

    def __iter__(self) -> Iterator[int]:
        return iter(self._held[0])

    def __len__(self) -> int:
        return len(self._held[0])


def keys_of(environment: Environment) -> Keys:
    """The installation's keys, or ephemeral ones while there is no installation yet."""
    if environment.keys.exists():
        return Keys.load(environment.keys)
    return Keys.ephemeral()


def make_keys(environment: Environment) -> None:
    """At first start: write new keys where there are none."""
    if not environment.keys.exists():
        Keys.ephemeral().save(environment.keys)
