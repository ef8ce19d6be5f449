"""A form that a session's end interrupted: through sign-in and back, nothing lost, nothing done twice."""

from __future__ import annotations

import re

import pyotp
from django.test import Client

from gongkai.foundation import accounts
from gongkai.foundation.actors import COMMAND_LINE
from gongkai.foundation.models import Account, LedgerEvent
from tests.conftest import District
from tests.web.desk_support import PASSWORD, Clock, account_with, page, sign_in_as, text

SIGN_IN = "/desk/sign-in/"


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
