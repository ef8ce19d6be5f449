"""Signing in to the desk in tests: an account with a role, and a client that is signed in as it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pyotp
import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from gongkai.foundation import accounts, sign_in
from gongkai.foundation.actors import COMMAND_LINE, Actor, actor_for
from gongkai.foundation.models import Account, Organ
from gongkai.rules import roles
from gongkai.web.desk.access import FACTOR
from tests.conftest import NOW

PASSWORD = "lamp-river-4419"
_BACKEND = "django.contrib.auth.backends.ModelBackend"
# Roles of tests run from before anything they do, so that no test depends on today's date.
LONG_AGO = date(2019, 1, 1)
OPENED = datetime(2022, 1, 10, 2, 0, tzinfo=UTC)


class Clock:
    """The time that the web is told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, now: datetime = NOW) -> None:
        self.now = now
        monkeypatch.setattr(timezone, "now", lambda: self.now)

    def pass_(self, **units: int) -> None:
        """Let time go by: ``minutes=31``."""
        self.now += timedelta(**units)


def account_with(role: str, organ: Organ, username: str = "", *, second_factor: bool = True) -> Account:
    """An account that holds one role at one organ; its second factor is bound where the role signs."""
    name = username or f"{role}-{organ.code}"
    account = accounts.open_account(
        username=name, display_name=roles.ROLES[role].label, password=PASSWORD, by=COMMAND_LINE, now=OPENED
    )
    accounts.give_role(account, role=role, organ=organ, by=COMMAND_LINE, now=OPENED, from_on=LONG_AGO)
    if second_factor and roles.signs((role,)):
        secret = sign_in.new_secret()
        account = sign_in.set_second_factor(account, secret, pyotp.TOTP(secret).at(OPENED), now=OPENED)
    return account


def sign_in_as(client: Client, account: Account) -> Client:
    """The client as somebody wholly signed in: password and, where there is one, second factor."""
    client.force_login(account, backend=_BACKEND)
    if account.second_factor:
        session = client.session
        session[FACTOR] = account.pk
        session.save()
    return client


def signed_in(role: str, organ: Organ) -> Client:
    """A client of its own, signed in as a new account with the role at the organ."""
    return sign_in_as(Client(), account_with(role, organ))


def acting(account: Account, day: date | None = None) -> Actor:
    """The account as an actor, with the roles of a day."""
    return actor_for(account, today=day or OPENED.date())


def page(client: Client, address: str, status: int = 200) -> str:
    """Open an address and return its text; fails where the answer is another."""
    return text(client.get(address), status)


def text(answer: HttpResponse, status: int = 200) -> str:
    """The text of an answer of that status."""
    shown = answer.content.decode()
    assert answer.status_code == status, (answer.status_code, answer.get("Location"), shown[:2000])
    return shown


def send(client: Client, address: str, /, status: int = 302, **values: object) -> HttpResponse:
    """Send a form and return the answer of that status. ``values`` may hold files and lists."""
    answer = client.post(address, values)
    assert answer.status_code == status, (answer.status_code, answer.content.decode()[:2000])
    return answer
