"""Fixtures of the pages."""

from __future__ import annotations

import pytest

from gongkai.annual_report import editions
from tests.apps.test_report import declare, request_
from tests.conftest import District
from tests.web.portal_support import publish


@pytest.fixture
def published(district: District) -> District:
    """A small district whose 2021 report is public."""
    for organ in district.all[1:]:
        declare(organ, "2")
    request_(district.office, "2021-09-13", "2021-09-30", "r3")
    publish(district.government)
    editions._content.cache_clear()
    return district
