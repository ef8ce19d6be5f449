"""The whole public map: which addresses there are, what they refuse, and the data interface."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import get_resolver

from gongkai.foundation import ledger
from tests.conftest import District
from tests.web.portal_support import HOME, page

# The data interface ------------------------------------------------------------------------------


def test_organs(published: District, client: Client) -> None:
    answer = json.loads(page(client, "/api/v1/organs?page_size=2"))
    assert answer["total"] == 5 and len(answer["results"]) == 2
    assert answer["results"][0] == {
        "code": "999000", "name": "示范区人民政府", "kind": "government", "parent": None, "disclosure_office": "",
    }  # fmt: skip
    assert json.loads(page(client, "/api/v1/organs?page=3&page_size=2"))["results"][0]["parent"] == "999000"


BAD_PAGES = ("page=0", "page=x", "page_size=101", "page_size=-1", "page=99999999999999999999")


@pytest.mark.parametrize("address", ["organs", "reports"])
def test_bad_pages_are_refused_with_the_cure(published: District, client: Client, address: str) -> None:
    for query in BAD_PAGES:
        error = json.loads(page(client, f"/api/v1/{address}?{query}", 422))["error"]
        assert set(error) == {"code", "message", "fields"} and error["fields"] and error["message"], query


def test_the_published_reports_as_a_list(published: District, client: Client) -> None:
    answer = json.loads(page(client, "/api/v1/reports"))
    assert answer == {
        "total": 1,
        "results": [
            {
                "organ_code": "999000", "organ": "示范区人民政府", "year": 2021, "version": 1,
                "published_on": "2022-01-10", "url": f"http://testserver{HOME}",
            }
        ],
    }  # fmt: skip
    for query in ("organ=999002", "year=2020"):
        assert json.loads(page(client, f"/api/v1/reports?{query}"))["total"] == 0


def test_the_published_report_as_data(published: District, client: Client) -> None:
    answer = json.loads(page(client, "/api/v1/reports/999000/2021"))
    assert (
        answer["organ"] == "示范区人民政府"
        and answer["cells"]["t3.r3.c1"] == "1"
        and len(answer["cells"]) == 200
    )
    assert {"own", "units", "checks", "narrative", "form"} <= set(answer)
    assert answer["edition"]["version"] == 1 and len(answer["edition"]["ledger"]["head"]) == 64


@pytest.mark.parametrize("address", ["reports/999000/2020", "reports/nobody/2021", "reports/999000/99999"])
def test_a_report_that_is_not_published(published: District, client: Client, address: str) -> None:
    error = json.loads(page(client, f"/api/v1/{address}", 404))["error"]
    assert error["code"] == "not_found" and "已发布" in error["message"]


def test_openapi_and_health(published: District, client: Client) -> None:
    openapi = json.loads(page(client, "/api/v1/openapi.json"))
    assert {"/api/v1/organs", "/api/v1/reports", "/api/v1/reports/{organ_code}/{year}"} <= set(
        openapi["paths"]
    )
    assert json.loads(page(client, "/healthz")) == {"status": "ok"}
    ready = json.loads(page(client, "/readyz"))
    assert ready["status"] == "ok" and ready["publication_log"]["position"] == 1


def test_nul_is_refused_at_the_edge(db: None, client: Client) -> None:
    for address in ("/?q=%00", "/reports/%00/2021/"):
        assert client.get(address).status_code == 400


# Who may open what -------------------------------------------------------------------------------

_OF_A_REPORT = (
    "", "cells/<str:cell_id>/", "cells/<str:cell_id>/data.json", "numbers/<str:code>/",
    "numbers/<str:code>/data.json", "checks/", "checks/data.json", "picture/", "picture.<slug:ending>",
    "report.<slug:ending>",
)  # fmt: skip
_BASE = "reports/<str:organ_code>/<year:year>/"
_COMPARED = f"{_BASE}compare/<version:before>/<version:after>/"
PUBLIC = {
    "healthz", "readyz", "api/v1/", "api/v1/openapi.json", "api/v1/docs", "api/v1/organs", "api/v1/reports",
    "api/v1/reports/<organ_code>/<year>", "", "reports/", "reports/feed.atom", "organs/",
    "api/v1/requests", "api/v1/requests/<query_code>", "apply/", "apply/alike/",
    "apply/clear/", "apply/check/", "apply/receipt/",
    "apply/<slug:code>/", "track/", "track/leave/",
    "track/calendar.ics", "track/case/", "track/case/payment/", "track/case/reasons/",
    "track/case/supplement/", "track/case/notices/",
    "track/case/withdraw/", "track/case/papers/", "track/case/papers/<int:place>/",
    "track/case/letters/<int:place>/", "track/case/propose/", "track/side/", "track/side/evidence/", "track/side/papers/",
    "track/side/papers/<int:place>/", "track/side/withdraw/", "ask/receipt/", "ask/<slug:kind>/",
    "ask/<slug:kind>/<slug:code>/", "ask/<slug:kind>/check/", "ask/<slug:kind>/clear/",
    "organs/<str:organ_code>/", "mode/elder", "mode/normal", _COMPARED, f"{_COMPARED}data.json",
    *(_BASE + one for one in _OF_A_REPORT),
    *(f"{_BASE}v<version:version>/{one}" for one in _OF_A_REPORT),
}  # fmt: skip


def addresses(patterns: object, lead: str = "") -> set[str]:
    found: set[str] = set()
    for pattern in patterns:  # type: ignore[attr-defined]
        route = lead + str(pattern.pattern)
        found |= addresses(pattern.url_patterns, route) if hasattr(pattern, "url_patterns") else {route}
    return found


def test_every_public_address_is_known() -> None:
    """An address that is neither the desk's nor listed here has not been thought about."""
    found = {one for one in addresses(get_resolver().url_patterns) if not one.startswith("desk/")}
    assert found == PUBLIC


READ_ONLY = (
    "/", HOME, f"{HOME}checks/", f"{HOME}cells/t3.r3.c1/", f"{HOME}report.json", "/reports/", "/organs/",
    "/organs/999002/", "/reports/feed.atom", "/mode/elder", "/api/v1/organs", "/api/v1/reports/999000/2021",
)  # fmt: skip


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_public_takes_a_write(published: District, client: Client, method: str) -> None:
    before = ledger.head()
    for address in READ_ONLY:
        assert getattr(client, method)(address).status_code == 405, address
    assert ledger.head() == before
