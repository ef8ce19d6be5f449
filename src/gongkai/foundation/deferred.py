"""Code that is imported when it is first needed (按需加载): ADR 16.

An app says at start-up what it brings; what that is made of may wait until somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from threading import RLock
from types import ModuleType
from typing import Any

# One thread imports at a time: two that came upon a circle from its two ends would see half a module.
LOADING = RLock()


def load(module: str) -> ModuleType:
    """The module of that dotted name, imported once, by one thread."""
    with LOADING:
        return import_module(module)


def deferred(module: str, name: str) -> Callable[..., Any]:
    """The function ``name`` of a module that is imported when the function is first called."""

    def function(*values: Any, **named: Any) -> Any:
        return getattr(load(module), name)(*values, **named)

    function.__name__ = function.__qualname__ = name
    function.__module__ = module
    return function
