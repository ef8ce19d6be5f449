"""The people of the golden stories."""

from __future__ import annotations

import pytest

from tests.apps.casework_support import People


@pytest.fixture
def people(district) -> People:  # type: ignore[no-untyped-def]
    """Those of the education bureau."""
    return People(district.education)
