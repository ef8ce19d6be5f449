"""Whether this installation is a demonstration, and its known accounts (演示区)."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings


def card() -> dict[str, Any] | None:
    """The demonstration's card with its accounts and passwords; None in a real district."""
    path = Path(settings.GONGKAI_HOME) / "demo.json"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError:
        return None


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and found.get("accounts") else None
