"""How far a demonstration has come (演示区的状态): nothing there, begun, finished, or somebody else's data."""

from __future__ import annotations

import json
import os
import shutil
from typing import Any

from gongkai.config.environment import Environment

EMPTY, INTERRUPTED, FINISHED, FOREIGN = "empty", "interrupted", "finished", "foreign"
_BEGUN = ".demo-begun"
_OUR_DATABASE = "database was empty"
_CARD = "demo.json"
# What a demonstration makes in its home, and may therefore remove when it starts again.
_OURS = ("gongkai.sqlite3", "gongkai.sqlite3-wal", "gongkai.sqlite3-shm", "gongkai.writelock",
         "ledger-heads.jsonl", "ledger-heads.turns", "files", "keys", _CARD, _BEGUN)  # fmt: skip


def condition(environment: Environment) -> str:
    """What stands in the home."""
    home = environment.home
    if (home / _CARD).exists():
        return FINISHED
    if (home / _BEGUN).exists():
        return INTERRUPTED
    return FOREIGN if home.exists() and any(home.iterdir()) else EMPTY


def begin(environment: Environment) -> None:
    """Note that a demonstration is being built, before anything else is written."""
    environment.home.mkdir(parents=True, exist_ok=True)
    (environment.home / _BEGUN).touch()


def database_is_ours(environment: Environment) -> bool:
    """Whether the interrupted build had found the database on the server empty, and may so empty it again."""
    marker = environment.home / _BEGUN
    return marker.exists() and marker.read_text("utf-8") == _OUR_DATABASE


def claim_database(environment: Environment) -> None:
    """Note that the database on the server was empty when this build began."""
    (environment.home / _BEGUN).write_text(_OUR_DATABASE, "utf-8")


def clear(environment: Environment) -> None:
    """Remove what an interrupted build left; nothing else in the home is touched."""
    for name in _OURS:
        path = environment.home / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def finish(environment: Environment, *, url: str, accounts: list[dict[str, str]], token: str) -> None:
    """Write the card of addresses and accounts, readable by its owner alone; only now is it finished."""
    card = {"url": url, "token": token, "accounts": accounts}
    temporary = environment.home / f".{_CARD}"
    temporary.unlink(missing_ok=True)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(card, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, environment.home / _CARD)
    (environment.home / _BEGUN).unlink(missing_ok=True)


def read_card(environment: Environment) -> dict[str, Any]:
    """The card of a finished demonstration."""
    return json.loads((environment.home / _CARD).read_text("utf-8"))  # type: ignore[no-any-return]
