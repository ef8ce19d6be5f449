"""The facts of a life as text (案情快照): canonical JSON without blanks, readable by later versions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from gongkai.foundation.canonical import canonical_json
from gongkai.rules.requests.facts import Life

FORM = 1
T = TypeVar("T")
_BLANKS = (None, "", False, ())


def encode(life: Any) -> str:
    """The life as canonical JSON; what is blank, and by default so, is left out."""
    return canonical_json({"form": FORM, "life": _plain(life)})


def decode(text: str) -> Life:
    """The life again. Raises ValueError for a form this version does not know."""
    return decode_as(Life, text)


def decode_as(kind: type[T], text: str) -> T:
    """The facts of any kind of life again. Raises ValueError for a form this version does not know."""
    said = json.loads(text)
    if said.get("form") != FORM:
        raise ValueError(f"no snapshot form {said.get('form')!r}")
    life: T = _build(kind, said["life"])
    return life


def _plain(value: Any) -> Any:
    if value is None or type(value) in (str, int, bool):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        kept = ((name, blank, getattr(value, name)) for name, blank in _fields(type(value)))
        return {name: _plain(part) for name, blank, part in kept if blank is MISSING or part != blank}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


@cache
def _fields(kind: type) -> tuple[tuple[str, Any], ...]:
    """The fields of a dataclass, each with the blank at which it is left out; MISSING where it never is.

    A default that says something is written: a later version may change it.
    """
    return tuple((f.name, f.default if f.default in _BLANKS else MISSING) for f in fields(kind))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _build(kind: type, said: Mapping[str, Any]) -> Any:
    """A dataclass from its fields; a field that later versions dropped is passed over."""
    hints = _hints(kind)
    return kind(**{name: _value(hints[name], value) for name, value in said.items() if name in hints})


def _value(hint: Any, said: Any) -> Any:
    if said is None:
        return None
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _value(next(arg for arg in get_args(hint) if arg is not type(None)), said)
    if origin is tuple:
        return tuple(_value(get_args(hint)[0], one) for one in said)
    if hint is date:
        return date.fromisoformat(said)
    return _build(hint, said) if is_dataclass(hint) and isinstance(hint, type) else said
