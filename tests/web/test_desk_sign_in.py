"""Signing in to the desk: who gets in, who is kept out, the second factor, the demonstration's hints."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pyotp
import pytest
from django.test import Client

from gongkai.foundation import accounts, sign_in
from gongkai.foundation.actors import COMMAND_LINE
from gongkai.foundation.models import Account
from tests.conftest import NOW, District
from tests.web.desk_support import PASSWORD, Clock, account_with, page, send, sign_in_as, text

SIGN_IN = "/desk/sign-in/"


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
