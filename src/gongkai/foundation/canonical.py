"""The canonical form of what is hashed (规范形式), version 1, and the hashes it may be hashed with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

FORM = 1
GENESIS = "0" * 64


def canonical_json(value: Mapping[str, Any]) -> str:
    """JSON with sorted keys, no spaces, no escapes beyond JSON's own, no floats.

    Raises TypeError for a float: two languages print it differently, so nothing hashed may hold one.
    """
    _refuse_floats(value)
    return _ENCODER.encode(value)


_TEXT = {str}
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _refuse_floats(value: Any) -> None:
    parts = [value]
    for part in parts:
        kind = type(part)
        if kind is str or kind is int:
            continue
        if isinstance(part, float):
            raise TypeError("a float has no canonical form")
        if isinstance(part, Mapping):
            if set(map(type, part)) != _TEXT and not all(isinstance(key, str) for key in part):
                raise TypeError("a canonical object's keys are text")
            parts.extend(part.values())
        elif isinstance(part, list | tuple):
            parts.extend(part)


def _sm3(data: bytes) -> str:
    from cryptography.hazmat.primitives import hashes  # loaded when first needed: ADR 16

    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize().hex()


ALGORITHMS: dict[str, Callable[[bytes], str]] = {
    "sha256": lambda data: hashlib.sha256(data).hexdigest(),
    "sm3": _sm3,
}


def digest(algorithm: str, text: str) -> str:
    """The hash of a text's UTF-8 bytes, 64 hex digits. Raises KeyError for an unknown algorithm."""
    return ALGORITHMS[algorithm](text.encode("utf-8"))
