"""The first page of the desk: what is first, whose it is, and what it says when there is nothing."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from unittest import mock

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongkai.annual_report import filings
from gongkai.casework.acts import ACTED
from gongkai.foundation import ledger
from gongkai.foundation.actors import COMMAND_LINE
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Account
from gongkai.foundation.records import ENTERED
from gongkai.foundation.sign_in import SIGNED_IN
from tests.apps.test_report import request_
from tests.conftest import NOW, District, enter
from tests.web.desk_support import Clock, account_with, page, sign_in_as, signed_in


def test_today_of_a_clerk(clerk: Account, district: District, client: Client, clock: Clock) -> None:
    enter("requests", district.education, received_on=date(2021, 12, 13), **{"class": "natural"})
    enter("letters", district.education, received_on=date(2022, 1, 4), category="mailbox")
    enter("letters", district.civil, received_on=date(2022, 1, 5), category="mailbox")
    sign_in_as(client, clerk)
    html = page(client, "/desk/")
    first = html[html.index("先办这件") : html.index("</section>")]
    # Twenty working days after 13 December, with New Year's break on 3 January.
    assert "收到的申请还没有结果" in first and "剩 1 个工作日" in first and "1 月 11 日" in first
    assert "第三十三条" in first and "登记结果" in first
    assert "2021 年 1—12 月的申报统计还没有报全" in html and "2021 年的年度报告还没有开始填报" in html
    assert "1 月 4 日（周二）收到的来信" in html and "1 月 5 日" not in html
    assert "新手，第 1 天" in html and "本单位今年" in html
    assert 'href="#due-2022-01-11"' in html and 'id="due-2022-01-11"' in html


def test_months_are_said_as_runs_and_disappear_when_declared(
    clerk: Account, district: District, client: Client, clock: Clock
) -> None:
    clock.now = datetime(2022, 6, 10, 2, tzinfo=UTC)
    for month in (1, 3, 4):
        for item in ("licence", "penalty", "coercion", "fee"):
            with mock.patch("tests.conftest.NOW", clock.now):
                enter("statistics", district.education, year=2022, month=month, item=item, value=Decimal(0))
    with mock.patch("tests.conftest.NOW", clock.now):
        enter("statistics", district.education, year=2022, month=2, item="fee", value=Decimal(0))
    sign_in_as(client, clerk)
    html = page(client, "/desk/")
    assert "2022 年 2、5 月的申报统计" in html and "2021 年 1" not in html


def test_a_year_without_a_notice_is_said(
    clerk: Account, district: District, client: Client, clock: Clock
) -> None:
    clock.now = datetime(2035, 12, 20, 2, tzinfo=UTC)
    with mock.patch("tests.conftest.NOW", clock.now):
        enter("requests", district.education, received_on=date(2035, 12, 13), **{"class": "natural"})
    sign_in_as(client, clerk)
    html = page(client, "/desk/")
    assert "到期日待定" in html and "2035 年放假安排还没有公布" in html
    assert html.index("收到的申请还没有结果") < html.index("申报统计还没有报全")


def test_returned_and_chased_come_first(
    clerk: Account, district: District, client: Client, clock: Clock
) -> None:
    filings.chase(district.education, 2021, "1 月 15 日前报送", by=COMMAND_LINE, now=NOW)
    sign_in_as(client, clerk)
    html = page(client, "/desk/")
    assert "先办这件：2021 年的年度报告还没有开始填报" in html and "1 月 15 日前报送" in html
    filing = filings.open_filing(district.education, 2021, by=COMMAND_LINE, now=NOW)
    type(filing).objects.filter(pk=filing.pk).update(state="submitted")
    html = page(client, "/desk/")
    assert (
        "2021 年的年度报告报送以后又对不上" in html
        and "告诉区政府办公室退回" in html
        and "催办：" not in html
    )
    filings.give_back(filing, "第三部分自然人列差 1", by=COMMAND_LINE, now=NOW)
    html = page(client, "/desk/")
    assert "先办这件：2021 年的年度报告退回来了" in html and "第三部分自然人列差 1" in html


def test_today_of_the_office(district: District, client: Client, clock: Clock) -> None:
    office = account_with("office_clerk", district.office, "office")
    filings.set_round(district.government, 2021, date(2022, 1, 7), by=COMMAND_LINE, now=NOW)
    filing = filings.open_filing(district.civil, 2021, by=COMMAND_LINE, now=NOW)
    type(filing).objects.filter(pk=filing.pk).update(state="submitted")
    sign_in_as(client, office)
    html = page(client, "/desk/")
    assert "区教育局、东河镇没有按期报送 2021 年的年度报告" in html and "还没有催过" in html
    assert "区民政局报送以后又对不上" in html and "逾期 1 个工作日" in html
    assert "新手" in html


def test_who_has_nothing_to_do_reads_so(district: District, clock: Clock) -> None:
    html = page(signed_in("supervisor", district.government), "/desk/")
    assert "现在没有等着办的事" in html and "新手" not in html
    html = page(signed_in("operator", district.government), "/desk/")
    assert "最近的事" not in html and "本单位今年" not in html


def test_the_newcomers_first_tasks_are_done_by_themselves(
    clerk: Account, district: District, client: Client, clock: Clock
) -> None:
    sign_in_as(client, clerk)
    html = page(client, "/desk/")
    assert "在待办里打开一件申请，办它的下一步" in html and "签发</a>" not in html
    # What was entered in somebody's name before they came is not theirs.
    with write_transaction():
        ledger.append(ENTERED, subject="documents:1", actor=clerk.ref, now=clock.now, payload={})
        later = clock.now + timedelta(hours=1)
        ledger.append(SIGNED_IN, subject=clerk.ref, actor=clerk.ref, now=later, payload={})
    assert html.count("（已做）") == page(client, "/desk/").count("（已做）")
    with write_transaction():
        ledger.append(ACTED, subject="case:1", actor=clerk.ref, now=later, payload={})
    assert page(client, "/desk/").count("（已做）") == html.count("（已做）") + 1


def test_a_head_is_led_to_a_signature(district: District, clock: Clock) -> None:
    html = page(signed_in("unit_head", district.education), "/desk/")
    assert "在待办里打开一件送审的答复，签发" in html and "登记或导入一个月的申报统计" not in html


def test_the_top_bar_says_who_i_am_on_another_organs_page(district: District, clock: Clock) -> None:
    office = signed_in("office_clerk", district.office)
    html = page(office, f"/desk/organs/{district.education.code}/registers/statistics/")
    who = html.partition('class="who">')[2].partition("</span>")[0]
    assert "示范区人民政府办公室" in who and "教育局" not in who
    assert re.search(r'class="side-of">.*示范区教育局</p>', html)
    assert "side-of" not in page(office, f"/desk/organs/{district.office.code}/registers/statistics/")
    assert "side-of" not in page(office, "/desk/inbox/")


def test_an_empty_inbox_says_what_to_do_and_where_the_others_are(district: District, clock: Clock) -> None:
    head = signed_in("unit_head", district.education)
    assert "经办人送审的答复、报请的延期，一到就排在这里" in page(head, "/desk/inbox/")
    clerk = signed_in("unit_clerk", district.education)
    assert ">录入申请</a>" in page(clerk, "/desk/inbox/").partition('class="empty"')[2]


def test_a_run_of_the_same_act_is_one_line(
    clerk: Account, district: District, client: Client, clock: Clock
) -> None:
    for month in range(1, 10):
        enter("statistics", district.education, year=2021, month=month, item="fee", value=Decimal(0))
    sign_in_as(client, clerk)
    html = page(client, "/desk/")
    assert "登记 9 条 申报统计" in html and html.count("登记 9 条") == 1


def test_today_asks_a_fixed_number_of_questions(
    district: District, clock: Clock, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    clerk, office = signed_in("unit_clerk", district.education), signed_in("office_clerk", district.office)
    counted = {}
    for rows in (1, 5):
        for _ in range(rows):
            request_(district.education, "2021-12-20", None, None)
            enter("letters", district.education, received_on=date(2022, 1, 4), category="mailbox")
            request_(district.office, "2021-12-21", None, None)
        for name, client in (("clerk", clerk), ("office", office)):
            page(client, "/desk/")
            with CaptureQueriesContext(
                connection,
            ) as seen:
                page(client, "/desk/")
            counted.setdefault(name, []).append(len(seen))
    assert counted["clerk"][0] == counted["clerk"][1] <= 80, counted
    assert counted["office"][0] == counted["office"][1] <= 150, counted
