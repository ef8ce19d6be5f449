"""The portal's pages, from sealed reports: what they show, what they refuse, how many queries they ask."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from gongkai.annual_report import editions, filings, sealing
from gongkai.foundation import organs
from gongkai.foundation.actors import COMMAND_LINE
from gongkai.foundation.organs import NewOrgan
from gongkai.rules.report.counting_rules import OUTCOME
from gongkai.rules.report.forms import VERSIONS
from gongkai.web.portal.counted_by import rules_of
from gongkai.web.portal.number_labels import NUMBER_LABELS, unit_of
from tests.apps.test_report import declare, request_
from tests.conftest import NOW, District, day, enter, explain_all
from tests.web.portal_support import HOME, correct, page, publish


def test_home_before_anything_is_set_up_or_published(db: None, client: Client) -> None:
    assert "还没有发布年度报告" in page(client, "/")
    for address in ("/reports/", "/organs/", "/reports/feed.atom"):
        assert page(client, address)


def test_home_shows_the_district_and_not_the_newest_unit(published: District, client: Client) -> None:
    publish(published.education)
    html = page(client, "/")
    assert f'href="{HOME}"' in html and "看 2021 年报告" in html
    assert html.index("示范区教育局 2021 年") < html.index("示范区人民政府 2021 年")  # the newest first
    assert 'href="/organs/999002/">教育局</a>' in html and "人民政府办公室</a>" not in html
    assert "这是演示" not in html
    figure = re.search(r'<a class="num" href="([^"]+)" aria-label="行政许可决定 96 件">96</a>', html)
    assert figure and "就是这 48 条记录" in page(client, figure.group(1))


def test_the_right_to_ask_names_the_office(published: District, client: Client) -> None:
    government = published.government
    government.address, government.phone = "示范路1号", "0953-0000000"
    government.disclosure_office = "示范区人民政府办公室"
    government.save()
    html = page(client, "/")
    assert "寄到或者送到示范路1号示范区人民政府办公室" in html and "第二十七" in html


def test_a_demonstration_says_so_on_every_page(published: District, client: Client) -> None:
    card = {"accounts": [{"user": "edu-clerk", "password": "never-shown", "role": "unit_clerk", "organ": ""}]}
    (settings.GONGKAI_HOME / "demo.json").write_text(json.dumps(card), "utf-8")
    home = page(client, "/")
    assert "edu-clerk" in home and 'href="/desk/sign-in/"' in home
    for address in ("/", HOME, "/organs/"):
        html = page(client, address)
        assert "这是演示" in html and "never-shown" not in html


def test_every_number_of_the_report_opens(published: District, client: Client) -> None:
    html = page(client, HOME)
    links = set(re.findall(r'class="num" href="([^"]+)"', html))
    assert f"{HOME}cells/t3.r3.c1/" in links and f"{HOME}cells/t2.licence.decisions/" in links
    for link in links:
        assert "就是这" in page(client, link), link
        assert json.loads(page(client, f"{link}data.json"))["records"], link
    assert "现发布《示范区人民政府 2021 年政府信息公开工作年度报告》" in html


def test_a_number_shows_its_records_and_its_units(published: District, client: Client) -> None:
    publish(published.education)
    html = page(client, f"{HOME}cells/t2.licence.decisions/")
    assert ">96<" in html and "示范区教育局" in html and "2021 年 3 月行政许可" in html
    assert "由本级和各单位相加" in html and "96 = 本级和各单位相加" in html
    # A unit's part opens once the unit's own report is public.
    assert 'href="/reports/999002/2021/cells/t2.licence.decisions/"' in html
    assert "/reports/999003/2021/cells" not in html
    data = json.loads(page(client, f"{HOME}cells/t2.licence.decisions/data.json"))
    assert (data["value"], data["rules"][0]["id"], len(data["parts"])) == ("96", "CNT-declared", 4)
    assert sum(int(leaf["value"]) for leaf in data["records"]) == 96


def test_a_fee_is_read_in_yuan_and_stays_fen_as_data(published: District, client: Client) -> None:
    for day_charged, yuan in ((day("2021-05-06"), "1210.00"), (day("2021-06-07"), "20.50")):
        enter(
            "processing-fees",
            published.office,
            charged_on=day_charged,
            method="page",
            units=35,
            amount=Decimal(yuan),
        )
    correct(published.government, "补登信息处理费。")
    html = page(client, f"{HOME}numbers/fees.total_fen/")
    assert ">1230.50<" in html and ">1210.00<" in html and ">20.50<" in html
    assert "单位：元" in html and "123050" not in html and "信息处理费：1230.50元" in html
    data = json.loads(page(client, f"{HOME}numbers/fees.total_fen/data.json"))
    assert (data["value"], data["unit"]) == ("123050", "分")
    assert [leaf["value"] for leaf in data["records"]] == ["121000", "2050"]


def test_a_cell_of_nothing_says_by_which_rule_nothing_was_counted(
    published: District, client: Client
) -> None:
    html = page(client, f"{HOME}cells/t3.r4.c1/")
    assert "0 是“没有发生”" in html and OUTCOME.sentence in html


def test_every_cell_has_a_rule() -> None:
    form = VERSIONS["2021"]
    for cell_id in form.cells:
        assert len(rules_of(cell_id, form, [])) == 1, cell_id


def test_a_request_is_shown_by_its_day_alone(published: District, client: Client) -> None:
    html = page(client, f"{HOME}cells/t3.r3.c1/")
    assert "2021-09-13 收到的政府信息公开申请" in html
    record = json.loads(page(client, f"{HOME}cells/t3.r3.c1/data.json"))["records"][0]
    assert set(record) == {"record", "kind", "title", "date", "rule", "provision", "value", "organ"}


def test_an_organ_shows_its_reports_and_its_earlier_name(published: District, client: Client) -> None:
    organs.rename(
        published.education, name="示范区教育体育局", short_name="区教体局", on=day("2022-01-01"),
        by=COMMAND_LINE, now=NOW,
    )  # fmt: skip
    publish(published.education)
    html = page(client, "/organs/999002/")
    assert "<h1" in html and "示范区教育体育局</h1>" in html and "曾用名" in html
    # The report keeps the name of its year.
    assert "示范区教育局 2021 年政府信息公开工作年度报告" in html
    assert "写在" in page(client, "/organs/999001/")


ABSENT = (
    "/reports/999000/2020/", "/reports/000000/2021/", f"{HOME}cells/t9.x/", f"{HOME}numbers/nothing/",
    "/x", "/organs/nobody/", f"{HOME}v2/", f"{HOME}v0/", f"{HOME}v99999/", f"{HOME}compare/1/2/",
    f"{HOME}compare/1/1/", f"{HOME}cells/t2.fee.amount/?page=no", f"{HOME}cells/t2.fee.amount/?page=2",
    f"{HOME}cells/t2.fee.amount/?page=0", f"{HOME}cells/t2.fee.amount/?page=99999999999999999999",
    f"{HOME}report.exe", f"{HOME}picture.gif", "/reports/0000/0000/", "/reports/999000/9999/checks/",
    "/mode/kiosk",
)  # fmt: skip


def test_what_is_not_there(published: District, client: Client) -> None:
    for address in ABSENT:
        html = page(client, address, 404)
        assert "没有这一页" in html and 'href="/reports/"' in html.split("<main")[1], address


def test_what_is_sealed_but_not_published_is_as_if_absent(published: District, client: Client) -> None:
    filing = filings.open_filing(published.civil, 2021, by=COMMAND_LINE, now=NOW)
    absent = page(client, "/reports/999003/2021/", 404)
    explain_all(filing)
    filings.submit(filing, by=COMMAND_LINE, now=NOW)
    filings.accept(filing, by=COMMAND_LINE, now=NOW)
    sealing.seal(filing, by=COMMAND_LINE, now=NOW, with_documents=False)
    assert page(client, "/reports/999003/2021/", 404) == absent
    for end in ("v1/", "report.json", "checks/", "cells/t3.r1.c1/"):
        page(client, f"/reports/999003/2021/{end}", 404)
    assert "示范区民政局" not in page(client, "/reports/")


def test_the_page_for_our_own_mistake_needs_no_database() -> None:
    html = render_to_string("portal/server_error.html")
    assert "这一页没有打开" in html and "portal.css" in html


def test_the_published_page_does_not_follow_the_records(published: District, client: Client) -> None:
    before = page(client, HOME)
    request_(published.office, "2021-10-13", "2021-10-30", "r3")
    assert page(client, HOME) == before


def test_what_was_sealed_is_named_with_its_fingerprints(published: District, client: Client) -> None:
    edition = editions.latest(published.government, 2021)
    html = page(client, HOME)
    assert edition is not None and edition.row.ledger_hash in html and edition.row.content.digest in html
    assert "命令行于 2022 年 1 月 10 日封存" in html


def test_explanations_are_printed_with_the_report(published: District, client: Client) -> None:
    """The units of this district have not handed in: a warning that was explained by name."""
    assert editions.latest(published.government, 2021).content["explanations"]  # type: ignore[union-attr]
    for address in (HOME, f"{HOME}checks/"):
        html = page(client, address)
        assert "情况属实，已核对。" in html and "命令行" in html, address


def test_checks_page(published: District, client: Client) -> None:
    html = page(client, f"{HOME}checks/")
    assert html.count('class="finding"') == 21 and "没有上年已发布的报告" in html
    assert len(json.loads(page(client, f"{HOME}checks/data.json"))["checks"]) == 21


@pytest.mark.parametrize("address", ["/", HOME, "/reports/", "/organs/", "/organs/999002/"])
def test_no_script_and_nothing_written_into_the_page(
    published: District, client: Client, address: str
) -> None:
    html = page(client, address)
    assert (
        "<script" not in html
        and " style=" not in html
        and "<style" not in html
        and " on" + "click" not in html
    )


def test_elder_mode_is_a_cookie_and_a_link(published: District, client: Client) -> None:
    assert "data-mode" not in page(client, HOME)
    answer = client.get("/mode/elder", {"next": f"{HOME}?page=1&a=b"})
    assert (answer.status_code, answer["Location"]) == (302, f"{HOME}?page=1&a=b")
    assert "no-store" in answer["Cache-Control"] and client.cookies["mode"]["httponly"]
    html = client.get(HOME)
    assert 'data-mode="elder"' in html.content.decode() and "Cookie" in html["Vary"]
    assert client.get("/mode/normal", {"next": "/"}).status_code == 302
    assert "data-mode" not in page(client, HOME)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.org/",
        "//example.org",
        "/\\example.org",
        "javascript:alert(1)",
        "",
        "http:///x",
        "\nx",
    ],
)
def test_elder_mode_leads_nowhere_else(db: None, client: Client, elsewhere: str) -> None:
    assert client.get("/mode/elder", {"next": elsewhere})["Location"] == "/"


PAGES = (
    "/", HOME, f"{HOME}cells/t2.fee.amount/", f"{HOME}numbers/documents.total/", f"{HOME}checks/",
    f"{HOME}v1/", "/reports/", "/organs/", "/organs/999002/", "/reports/feed.atom", "/api/v1/reports",
)  # fmt: skip


def test_as_many_queries_for_five_units_as_for_one(
    district: District, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    enter("documents", district.office, title="示范文件", issued_on=day("2021-03-01"), issued_as="government")
    for organ in district.all[1:]:
        declare(organ, "2")
    publish(district.government)
    publish(district.education)
    for address in PAGES:
        page(client, address)
    asked = {}
    for address in PAGES:
        with CaptureQueriesContext(connection) as queries:
            page(client, address)
        asked[address] = len(queries)
    assert max(asked.values()) <= 9, asked
    for place in range(5, 8):
        new = NewOrgan(
            f"99900{place}", "department", f"示范区第{place}局", f"第{place}局", district.government
        )
        unit = organs.found(new, by=COMMAND_LINE, now=NOW)
        declare(unit, "1")
        publish(unit)
    publish(district.civil)
    for address in PAGES:
        with django_assert_num_queries(asked[address]):
            page(client, address)


def test_every_number_of_the_words_is_counted_in_something() -> None:
    assert {unit_of(code) for code in NUMBER_LABELS} >= {"条", "件", "篇", "人次"}
    assert unit_of("publications.class.budget") == "条" and unit_of("fees.total_fen") == "分"
