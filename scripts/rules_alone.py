#!/usr/bin/env python3
"""Import every module of ``gongkai.rules`` where Django, Ninja and psycopg cannot be imported."""

from __future__ import annotations

import importlib
import pkgutil
import sys

for name in ("django", "ninja", "psycopg", "cryptography"):
    sys.modules[name] = None  # type: ignore[assignment]

import gongkai.rules  # noqa: E402

modules = [m.name for m in pkgutil.walk_packages(gongkai.rules.__path__, "gongkai.rules.")]
for module in modules:
    importlib.import_module(module)
print(f"{len(modules)} modules")
