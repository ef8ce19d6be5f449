"""In which faces a page is looked at: every page in each size and each mode, every pair of them in ``make proof``.

A page that axe finds right wide and light and, once more, narrow and dark has been seen in all four. What is
left is what goes wrong in one pair alone; it is looked for in ``make proof``, where time does not matter.
"""

from __future__ import annotations

from typing import Any

import pytest


def size_and_theme(wide: Any, narrow: Any) -> pytest.MarkDecorator:
    """The desk: wide and light, narrow and dark; the other two pairs as a proof."""
    pairs = [
        pytest.param(wide, "light"),
        pytest.param(narrow, "dark"),
        pytest.param(wide, "dark", marks=pytest.mark.proof),
        pytest.param(narrow, "light", marks=pytest.mark.proof),
    ]
    return pytest.mark.parametrize(("size", "theme"), pairs)
