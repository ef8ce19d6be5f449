"""What stands around the work of the desk: search, settings, help, and what is not there."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from gongkai.foundation.models import Account
from tests.apps.casework_support import filed
from tests.conftest import District, enter
from tests.web.desk_support import page, send, sign_in_as, signed_in


def test_search_finds_what_one_may_read(clerk: Account, district: District, client: Client) -> None:
    for organ, number in ((district.education, "示教发〔2021〕9号"), (district.civil, "示民发〔2021〕9号")):
        enter(
            "documents", organ, title="关于做好冬季工作的通知", document_number=number,
            issued_as="own", issued_on=date(2021, 11, 2), genre="通知",
        )  # fmt: skip
    sign_in_as(client, clerk)
    html = page(client, "/desk/search/?q=〔2021〕9号")
    assert "1 条" in html and html.count("关于做好冬季工作的通知") == 1
    assert "没有找到" in page(client, "/desk/search/?q=没有的词")
    assert "在上面写要找的词" in page(client, "/desk/search/?q=%20")
    office = signed_in("office_clerk", district.office)
    html = page(office, "/desk/search/?q=冬季")
    assert "2 条" in html and "区民政局" in html
    assert "区民政局" in page(office, "/desk/search/?q=冬季&kind=documents")
    assert "示范区教育局" in page(office, "/desk/search/?q=教育局")
    assert page(client, "/desk/search/?q=%25_'\"<b>&kind=nothing&page=x").count("<b>'") == 0


def test_search_finds_a_request_by_its_number_where_one_may_read(district: District) -> None:
    number = filed(district.education).number
    address = f"/organs/{district.education.code}/cases/{number}/"
    office = signed_in("office_clerk", district.office)
    for words in (number, number[4:]):
        html = page(office, f"/desk/search/?q={words}")
        assert address in html and "：1 条" in html
    html = page(signed_in("unit_clerk", district.civil), f"/desk/search/?q={number}")
    assert "没有找到" in html and address not in html


def test_the_ledger_names_a_request_by_its_number_to_whom_may_read_it(district: District) -> None:
    number = filed(district.education).number
    html = page(signed_in("supervisor", district.government), "/desk/ledger/")
    assert f'/cases/{number}/">{number}</a>' in html
    assert number not in page(signed_in("operator", district.government), "/desk/ledger/")


def test_search_asks_a_fixed_number_of_questions(district: District) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in("office_clerk", district.office)
    page(client, "/desk/search/?q=冬季")
    counted = []
    for rows in (1, 4):
        for n in range(rows):
            enter(
                "trainings", district.office, topic=f"冬季培训{n}", held_on=date(2021, 11, 2), participants=3
            )
            enter("meetings", district.education, topic=f"冬季会议{n}", held_on=date(2021, 11, 2))
        with CaptureQueriesContext(connection) as seen:
            page(client, "/desk/search/?q=冬季")
        counted.append(len(seen))
    assert counted[0] == counted[1] <= 45, counted


def test_the_theme_is_a_cookie(clerk: Account, client: Client) -> None:
    sign_in_as(client, clerk)
    answer = send(client, "/desk/settings/", theme="dark")
    assert answer.cookies["theme"].value == "dark" and answer.cookies["theme"]["httponly"]
    assert 'data-theme="dark"' in page(client, "/desk/settings/")
    send(client, "/desk/settings/", theme='"><b>')
    client.cookies["theme"] = '"><b>'
    html = page(client, "/desk/settings/")
    assert "data-theme" not in html and "单位经办人" in html and "示范区教育局" in html


@pytest.mark.parametrize(
    "address", ["/desk/help/", "/desk/help/clerk/", "/desk/styleguide/", "/desk/settings/"]
)
def test_pages_that_everybody_may_read(clerk: Account, client: Client, address: str) -> None:
    sign_in_as(client, clerk)
    html = page(client, address)
    assert "style=" not in html and "<script" not in html


def test_what_is_not_there_says_so_in_the_frame(clerk: Account, client: Client) -> None:
    sign_in_as(client, clerk)
    for address in (
        "/desk/help/none/",
        "/desk/organs/999003/registers/documents/",
        "/desk/organs/x/registers/documents/",
    ):
        assert "没有这一页" in page(client, address, 404)
    assert client.post("/desk/search/").status_code == 405


def test_a_refusal_names_whose_it_is_and_the_cure(district: District) -> None:
    operator = signed_in("operator", district.government)
    html = page(operator, "/desk/inbox/", 403)
    assert "由办理、审核、监督的人办理或者查看" in html and "找管理账号的人" in html
    html = page(signed_in("unit_clerk", district.education), "/desk/accounts/", 403)
    assert "运行维护人员" in html and "找管理账号的人" in html
