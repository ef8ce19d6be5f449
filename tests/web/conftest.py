"""Fixtures of the pages."""

from __future__ import annotations

import pytest
from django.test import Client

from gongkai.annual_report import editions
from gongkai.foundation.models import Account
from tests.apps.test_report import declare, request_
from tests.conftest import District
from tests.web.desk_support import Clock, account_with, sign_in_as
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


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that the test may move on."""
    return Clock(monkeypatch)


@pytest.fixture
def clerk(district: District) -> Account:
    """The clerk of the education bureau."""
    return account_with("unit_clerk", district.education, "edu-clerk")


@pytest.fixture
def desk(clerk: Account, client: Client) -> Client:
    """The clerk's desk, signed in."""
    return sign_in_as(client, clerk)
