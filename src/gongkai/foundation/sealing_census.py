"""Every place where something is sealed (加密的地方的名册): each app declares its own, at start-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.foundation.deferred import LOADING, load

if TYPE_CHECKING:
    from gongkai.foundation.sealed_places import AnyPlace

_places: list[AnyPlace] = []
# Modules whose PLACES are declared and not yet loaded, in the order of declaration.
_waiting = ["gongkai.foundation.sealed_here"]


def declare(module: str) -> None:
    """Add the ``PLACES`` of a module; it is imported when the places are first asked for."""
    _waiting.append(module)


def all_places() -> tuple[AnyPlace, ...]:
    """Every place, in the order of declaration."""
    with LOADING:
        while _waiting:
            _places.extend(load(_waiting[0]).PLACES)
            _waiting.pop(0)
    return tuple(_places)
