"""Signing in, today, search, help and settings on the desk: who gets in, what is first, nothing is lost."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from unittest import mock

import pyotp
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gongkai.annual_report import filings
from gongkai.foundation import accounts, sign_in
from gongkai.foundation.actors import COMMAND_LINE
from gongkai.foundation.models import Account, LedgerEvent
from tests.apps.test_report import request_
from tests.conftest import NOW, District, enter
from tests.web.desk_support import PASSWORD, account_with, page, send, sign_in_as, signed_in, text

SIGN_IN = "/desk/sign-in/"


class Clock:
    """The time that the web is told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, now: datetime = NOW) -> None:
        self.now = now
        monkeypatch.setattr(timezone, "now", lambda: self.now)

    def pass_(self, **units: int) -> None:
        self.now += timedelta(**units)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def clerk(district: District) -> Account:
    return account_with("unit_clerk", district.education, "edu-clerk")


# Getting in --------------------------------------------------------------------------------------


def test_nobody_sees_the_desk_before_signing_in(clerk: Account, client: Client) -> None:
    answer = client.get("/desk/search/?q=a&kind=b")
    assert answer.status_code == 302
    assert answer["Location"] == f"{SIGN_IN}?next=%2Fdesk%2Fsearch%2F%3Fq%3Da%26kind%3Db"
    signed = send(client, SIGN_IN, username="edu-clerk", password=PASSWORD, next="/desk/search/?q=a&kind=b")
    assert signed["Location"] == "/desk/search/?q=a&kind=b"


def test_the_session_key_changes_and_pages_are_not_kept(clerk: Account, client: Client) -> None:
    client.get(SIGN_IN)
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    answer = send(client, SIGN_IN, username="edu-clerk", password=PASSWORD)
    cookie = answer.cookies["sessionid"]
    assert cookie.value != before and cookie["httponly"] and cookie["samesite"] == "Lax"
    assert "before" not in client.session and not cookie["secure"]
    assert client.get("/desk/")["Cache-Control"] == "no-store"
    assert client.get(SIGN_IN, headers={"x-forwarded-proto": "https"}).headers["Cache-Control"] == "no-store"


def test_cookies_are_secure_over_https(clerk: Account, client: Client) -> None:
    answer = client.post(SIGN_IN, {"username": "edu-clerk", "password": PASSWORD}, secure=True)
    assert answer.cookies["sessionid"]["secure"]


def test_a_paper_password_must_be_changed_first(district: District, client: Client, clock: Clock) -> None:
    account = accounts.open_account(
        username="new", display_name="经办人", password=PASSWORD, by=COMMAND_LINE, now=NOW, must_change=True
    )
    accounts.give_role(account, role="unit_clerk", organ=district.education, by=COMMAND_LINE, now=NOW)
    asked = text(client.post(SIGN_IN, {"username": "new", "password": PASSWORD}))
    assert "先换掉纸上的密码" in asked
    assert client.get("/desk/")["Location"].startswith("/desk/password/")
    wrong = {"old": PASSWORD, "new": "short", "again": "short"}
    assert "有错误：" in text(client.post("/desk/password/", wrong), 422)
    other = {"old": PASSWORD, "new": "willow-lantern-7", "again": "willow-lantern-8"}
    assert "两次输入的新密码不一样" in text(client.post("/desk/password/", other), 422)
    send(client, "/desk/password/", old=PASSWORD, new="willow-lantern-7", again="willow-lantern-7")
    assert "密码已改" in page(client, "/desk/")


def test_wrong_passwords_lock_and_the_lock_opens(clerk: Account, client: Client, clock: Clock) -> None:
    for _ in range(sign_in.ATTEMPTS):
        told = text(client.post(SIGN_IN, {"username": "edu-clerk", "password": "no"}), 401)
        assert "账号或密码不对" in told and 'value="edu-clerk"' in told
    told = text(client.post(SIGN_IN, {"username": "edu-clerk", "password": PASSWORD}), 401)
    assert "锁到 10:15" in told
    clock.pass_(minutes=16)
    send(client, SIGN_IN, username="edu-clerk", password=PASSWORD)


def test_guessing_from_one_address_is_stopped_for_every_name(
    clerk: Account, client: Client, clock: Clock
) -> None:
    for n in range(sign_in.ADDRESS_ATTEMPTS):
        sign_in._count_address("10.0.0.9", clock.now + timedelta(seconds=n))
    guess = {"username": "edu-clerk", "password": PASSWORD}
    assert "次数太多" in text(client.post(SIGN_IN, guess, REMOTE_ADDR="10.0.0.9"), 401)
    assert client.post(SIGN_IN, guess, REMOTE_ADDR="10.0.0.8").status_code == 302


@pytest.mark.parametrize(
    ("proxies", "address"), [(0, "127.0.0.1"), (1, "10.0.0.2"), (2, "10.0.0.1"), (3, "127.0.0.1")]
)
def test_the_address_is_what_our_proxies_say(
    rf: pytest.FixtureRequest, settings: object, proxies: int, address: str
) -> None:
    from gongkai.web.desk.sign_in_views import address_of

    settings.GONGKAI_PROXIES = proxies  # type: ignore[attr-defined]
    request = rf.get("/", headers={"x-forwarded-for": "10.0.0.1, 10.0.0.2"})  # type: ignore[attr-defined]
    assert address_of(request) == address


def test_an_address_to_go_to_is_one_of_ours(clerk: Account, client: Client) -> None:
    for next_ in ("https://example.org/", "//example.org/desk/", "/admin/", "javascript:x", ""):
        answer = send(client, SIGN_IN, username="edu-clerk", password=PASSWORD, next=next_)
        assert answer["Location"] == "/desk/"


def test_a_closed_account_is_out_at_once(clerk: Account, client: Client) -> None:
    sign_in_as(client, clerk)
    page(client, "/desk/")
    accounts.set_active(clerk, False, by=COMMAND_LINE, now=NOW)
    assert client.get("/desk/").status_code == 302


# The second factor -------------------------------------------------------------------------------


def test_who_signs_binds_and_then_proves(district: District, client: Client, clock: Clock) -> None:
    account = account_with("unit_head", district.education, "head", second_factor=False)
    asked = text(client.post(SIGN_IN, {"username": "head", "password": PASSWORD}))
    assert "绑定动态口令" in asked and "<svg" in asked and "现在的数字是" not in asked
    assert client.get("/desk/")["Location"].startswith("/desk/second-factor/")
    secret = client.session["pending_secret"]
    assert "没有绑定" in text(client.post("/desk/second-factor/", {"code": "000"}), 422)
    send(client, "/desk/second-factor/", code=pyotp.TOTP(secret).at(clock.now))
    assert "动态口令已绑定" in page(client, "/desk/")
    client.post("/desk/sign-out/")
    asked = text(client.post(SIGN_IN, {"username": "head", "password": PASSWORD}))
    assert "输入动态口令" in asked and client.get("/desk/")["Location"].startswith("/desk/code/")
    used = pyotp.TOTP(secret).at(clock.now)
    assert "已经用过" in text(client.post("/desk/code/", {"code": used}), 422)
    clock.pass_(seconds=60)
    before = client.session.session_key
    send(client, "/desk/code/", code=pyotp.TOTP(secret).at(clock.now))
    assert client.session.session_key != before
    page(client, "/desk/")
    account.refresh_from_db()
    assert secret not in account.second_factor


def test_codes_cannot_be_guessed_by_signing_in_again(
    district: District, client: Client, clock: Clock
) -> None:
    account_with("unit_head", district.education, "head")
    for _ in range(sign_in.ATTEMPTS):
        assert client.post(SIGN_IN, {"username": "head", "password": PASSWORD}).status_code == 200
        client.post("/desk/code/", {"code": "000000"})
    told = text(client.post(SIGN_IN, {"username": "head", "password": PASSWORD}), 401)
    assert "锁到" in told


def test_a_stolen_password_alone_changes_no_password(
    district: District, client: Client, clock: Clock
) -> None:
    account_with("unit_head", district.education, "head")
    client.post(SIGN_IN, {"username": "head", "password": PASSWORD})
    new = {"old": PASSWORD, "new": "willow-lantern-7", "again": "willow-lantern-7"}
    assert client.post("/desk/password/", new)["Location"].startswith("/desk/code/")
    assert client.get("/desk/second-factor/")["Location"].startswith("/desk/code/")
    assert client.get("/desk/settings/").status_code == 302


# A form that was interrupted ---------------------------------------------------------------------

NEW = "/desk/organs/999002/registers/documents/new/"
TYPED = {"title": "关于做好招生工作的通知", "document_number": "示教发〔2021〕9号", "issued_as": "own"}


def hidden(html: str) -> dict[str, str]:
    """The hidden fields of the first form that carries an errand or goes on."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def test_a_form_comes_back_after_the_session_ended(clerk: Account, client: Client, clock: Clock) -> None:
    sign_in_as(client, clerk)
    page(client, NEW)
    clock.pass_(minutes=31)
    asked = text(client.post(NEW, TYPED), 401)
    assert (
        "30 分钟没有操作" in asked
        and "没有丢" in asked
        and LedgerEvent.objects.filter(kind="record.entered").count() == 0
    )
    carried = hidden(asked)
    wrong = text(client.post(SIGN_IN, {**carried, "username": "edu-clerk", "password": "no"}), 401)
    assert hidden(wrong) == carried
    back = text(client.post(SIGN_IN, {**carried, "username": "edu-clerk", "password": PASSWORD}))
    assert "接着填" in back and f'action="{NEW}"' in back
    form = text(client.post(NEW, hidden(back)))
    assert "刚才填的都在这里" in form and TYPED["title"] in form and 'value="own" selected' in form
    assert LedgerEvent.objects.filter(kind="record.entered").count() == 0


def test_a_form_survives_the_paper_password_and_the_code(
    district: District, client: Client, clock: Clock
) -> None:
    lead = account_with("disclosure_lead", district.education, "lead")
    sign_in_as(client, lead)
    page(client, NEW)
    clock.pass_(minutes=31)
    carried = hidden(text(client.post(NEW, TYPED), 401))
    paper = accounts.reset_password(lead, by=COMMAND_LINE, now=clock.now)
    html = text(client.post(SIGN_IN, {**carried, "username": "lead", "password": paper}))
    assert "先换掉" in html and hidden(html) == carried
    new = {"old": paper, "new": "willow-lantern-7", "again": "willow-lantern-7"}
    html = text(client.post("/desk/password/", {**carried, **new}))
    assert "绑定动态口令" in html and hidden(html) == carried
    code = pyotp.TOTP(client.session["pending_secret"]).at(clock.now)
    html = text(client.post("/desk/second-factor/", {**carried, "code": code}))
    assert TYPED["title"] in text(client.post(NEW, hidden(html)))


def test_a_form_whose_mark_is_of_an_earlier_session(clerk: Account) -> None:
    client = sign_in_as(Client(enforce_csrf_checks=True), clerk)
    own = {"Origin": "http://testserver"}
    html = text(client.post(NEW, TYPED, headers=own))
    assert "刚才填的都在" in html and TYPED["title"] in html
    assert client.post(NEW, TYPED, headers={"Origin": "https://example.org"}).status_code == 403
    assert client.post(NEW, TYPED, headers={"Origin": "http://testserver.example.org"}).status_code == 403
    assert client.post(NEW, TYPED).status_code == 403


def test_a_page_that_shows_no_form_again_is_asked_once_more(
    clerk: Account, client: Client, clock: Clock
) -> None:
    sign_in_as(client, clerk)
    page(client, "/desk/")
    clock.pass_(minutes=31)
    carried = hidden(text(client.post("/desk/settings/", {"theme": "dark"}), 401))
    back = text(client.post(SIGN_IN, {**carried, "username": "edu-clerk", "password": PASSWORD}))
    assert "接着办" in back and "接着填" not in back
    assert client.post("/desk/settings/", hidden(back)).cookies["theme"].value == "dark"


# Today -------------------------------------------------------------------------------------------


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


# Search, settings, help --------------------------------------------------------------------------


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


# The demonstration -------------------------------------------------------------------------------


@pytest.fixture
def shown(district: District, settings: object) -> None:
    card = {"url": "", "token": "", "accounts": [
        {"user": "edu-clerk", "password": PASSWORD, "role": "unit_clerk", "organ": "示范区教育局"},
        {"user": "office-head", "password": PASSWORD, "role": "office_head", "organ": "示范区人民政府办公室"},
        {"user": "kiosk", "password": PASSWORD, "role": "kiosk", "organ": "示范区"},
    ]}  # fmt: skip
    (settings.GONGKAI_HOME / "demo.json").write_text(json.dumps(card))  # type: ignore[attr-defined]


def test_a_demonstration_says_whom_to_sign_in_as(shown: None, clerk: Account, client: Client) -> None:
    html = page(client, SIGN_IN)
    assert (
        "以 edu-clerk 登录" in html and PASSWORD in html and "导入一个月的表" in html and "kiosk" not in html
    )
    sign_in_as(client, clerk)
    told = {"old": PASSWORD, "new": "willow-lantern-7", "again": "willow-lantern-7"}
    assert "密码不能改" in text(client.post("/desk/password/", told), 422)


def test_a_demonstration_shows_the_code(shown: None, district: District, clock: Clock) -> None:
    account_with("office_head", district.office, "office-head", second_factor=False)
    for _ in range(3):
        client = Client()
        html = text(client.post(SIGN_IN, {"username": "office-head", "password": PASSWORD}))
        code = re.search(r'name="code"[^>]*value="(\d{6})"', html)
        assert code is not None
        address = "/desk/second-factor/" if "绑定动态口令" in html else "/desk/code/"
        send(client, address, code=code.group(1))
        page(client, "/desk/")


def test_a_real_district_tells_nothing(clerk: Account, client: Client) -> None:
    assert "演示区" not in page(client, SIGN_IN)
