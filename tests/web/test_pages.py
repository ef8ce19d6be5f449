"""The public pages and the data interface, from a sealed report; every address, and few queries."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from django.urls import get_resolver
from pytest_django import DjangoAssertNumQueries

from gongkai.annual_report import editions, filings
from gongkai.foundation.actors import COMMAND_LINE
from tests.apps.test_report import declare, request_
from tests.conftest import NOW, District

HOME = "/reports/999000/2021/"


@pytest.fixture
def published(district: District) -> District:
    for organ in district.all[1:]:
        declare(organ, "2")
    request_(district.office, "2021-09-13", "2021-09-30", "r3")
    filing = filings.open_filing(district.government, 2021, by=COMMAND_LINE, now=NOW)
    filings.seal_and_publish(filing, by=COMMAND_LINE, now=NOW)
    editions._content.cache_clear()
    return district


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    return answer.content.decode()


def test_home_before_anything_is_published(db: None, client: Client) -> None:
    assert "还没有发布年度报告" in page(client, "/")


def test_every_number_of_the_report_opens(published: District, client: Client) -> None:
    html = page(client, HOME)
    links = set(re.findall(r'class="num" href="([^"]+)"', html))
    assert f"{HOME}cells/t3.r3.c1/" in links and f"{HOME}cells/t2.licence.decisions/" in links
    for link in links:
        opened = page(client, link)
        assert "就是这" in opened, link
    assert "现发布《示范区人民政府 2021 年政府信息公开工作年度报告》" in html
    assert f'href="{HOME}"' in page(client, "/")


def test_a_number_shows_its_records_and_its_units(published: District, client: Client) -> None:
    html = page(client, f"{HOME}cells/t2.licence.decisions/")
    assert ">96<" in html and "示范区教育局" in html and "2021 年 3 月行政许可" in html
    assert "由本级和各单位相加" in html


def test_long_lists_come_in_pages(published: District, client: Client) -> None:
    html = page(client, f"{HOME}cells/t2.fee.amount/")
    assert "共 1 页" not in html and html.count("<tr>") >= 48
    assert "就是这 48 条记录" in html
    assert page(client, f"{HOME}cells/t2.fee.amount/?page=no")


@pytest.mark.parametrize(
    "address",
    ["/reports/999000/2020/", "/reports/000000/2021/", f"{HOME}cells/t9.x/", f"{HOME}numbers/nothing/", "/x"],
)
def test_what_is_not_there(published: District, client: Client, address: str) -> None:
    assert "没有这一页" in page(client, address, 404)


def test_the_published_page_does_not_follow_the_records(published: District, client: Client) -> None:
    before = page(client, HOME)
    request_(published.office, "2021-10-13", "2021-10-30", "r3")
    assert page(client, HOME) == before


def test_the_head_of_the_ledger_is_printed_in_what_was_sealed(published: District, client: Client) -> None:
    edition = editions.latest(published.government, 2021)
    assert edition is not None and edition.row.ledger_hash in page(client, HOME)


def test_checks_page(published: District, client: Client) -> None:
    html = page(client, f"{HOME}checks/")
    assert html.count("<tr>") == 22 and "没有上年已发布的报告" in html


def test_few_queries(
    published: District, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for address in ("/", HOME, f"{HOME}cells/t2.fee.amount/", f"{HOME}checks/", "/api/v1/organs"):
        with django_assert_max_num_queries(9):
            page(client, address)


# The data interface ------------------------------------------------------------------------------


def test_organs(published: District, client: Client) -> None:
    answer = json.loads(page(client, "/api/v1/organs?page_size=2"))
    assert answer["total"] == 5 and len(answer["results"]) == 2
    assert answer["results"][0] == {
        "code": "999000", "name": "示范区人民政府", "kind": "government", "parent": None, "disclosure_office": "",
    }  # fmt: skip
    assert json.loads(page(client, "/api/v1/organs?page=3&page_size=2"))["results"][0]["parent"] == "999000"


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "page_size=101", "page_size=-1", "page=99999999999999999999"]
)
def test_bad_pages_are_refused_with_the_cure(published: District, client: Client, query: str) -> None:
    error = json.loads(page(client, f"/api/v1/organs?{query}", 422))["error"]
    assert set(error) == {"code", "message", "fields"} and error["fields"] and error["message"]


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
    assert {"/api/v1/organs", "/api/v1/reports/{organ_code}/{year}"} <= set(openapi["paths"])
    assert json.loads(page(client, "/healthz")) == {"status": "ok"}
    ready = json.loads(page(client, "/readyz"))
    assert ready["status"] == "ok" and ready["publication_log"]["position"] == 1


def test_nul_is_refused_at_the_edge(db: None, client: Client) -> None:
    for address in ("/?q=%00", "/reports/%00/2021/"):
        assert client.get(address).status_code == 400


# Who may open what -------------------------------------------------------------------------------

PUBLIC = {
    "healthz", "readyz", "api/v1/", "api/v1/openapi.json", "api/v1/docs", "api/v1/organs",
    "api/v1/reports/<organ_code>/<year>", "", "reports/<str:organ_code>/<year:year>/",
    "reports/<str:organ_code>/<year:year>/cells/<str:cell_id>/",
    "reports/<str:organ_code>/<year:year>/numbers/<str:code>/", "reports/<str:organ_code>/<year:year>/checks/",
}  # fmt: skip


def addresses(patterns: object, lead: str = "") -> set[str]:
    found: set[str] = set()
    for pattern in patterns:  # type: ignore[attr-defined]
        route = lead + str(pattern.pattern)
        found |= addresses(pattern.url_patterns, route) if hasattr(pattern, "url_patterns") else {route}
    return found


def test_every_address_is_in_the_matrix() -> None:
    """This version has public pages alone; an address that is not listed here has not been thought about."""
    assert addresses(get_resolver().url_patterns) == PUBLIC


@pytest.mark.parametrize(
    "address", ["/", HOME, f"{HOME}checks/", "/api/v1/organs", "/api/v1/reports/999000/2021"]
)
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_public_takes_a_write(published: District, client: Client, address: str, method: str) -> None:
    from gongkai.foundation import ledger

    before = ledger.head()
    answer = getattr(client, method)(address)
    assert answer.status_code == 405 and ledger.head() == before
