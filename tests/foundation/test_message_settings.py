"""Settings of the channels: off until set, refused with the cure, secrets sealed and out of the ledger."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.foundation import message_settings
from gongkai.foundation.actors import COMMAND_LINE, PUBLIC, NotAllowed
from gongkai.foundation.gateways import NotSent
from gongkai.foundation.message_settings import SettingsRefused, configure, current, gateways, opened, try_out
from gongkai.foundation.models import Channel, LedgerEvent
from tests.conftest import NOW
from tests.mail_server import free_port, mail_server

MAIL: dict[str, Any] = {
    "email_on": True, "smtp_host": "smtp.example.cn", "smtp_port": 465, "smtp_tls": "tls", "smtp_user": "u",
    "smtp_password": "geheim-1", "sender": "gongkai@example.cn", "sender_name": "示范区",
}  # fmt: skip
SMS: dict[str, Any] = {
    "sms_on": True, "sms_url": "https://sms.example.cn/v1", "sms_headers": "Authorization: geheim-2",
    "sms_body": '{"m": "{{phone}}", "t": "{{text}}"}', "sms_success": "code = 0",
}  # fmt: skip


def test_both_are_off_until_set(db: None) -> None:
    assert gateways() == {}
    configure("email", MAIL, by=COMMAND_LINE, now=NOW)
    configure("sms", SMS, by=COMMAND_LINE, now=NOW)
    assert set(gateways()) == {Channel.EMAIL, Channel.SMS}


def test_secrets_are_sealed_and_never_told(db: None) -> None:
    configure("email", MAIL, by=COMMAND_LINE, now=NOW)
    configure("sms", SMS, by=COMMAND_LINE, now=NOW)
    row = current()
    assert opened(row, "smtp_password") == "geheim-1" and "geheim" not in row.smtp_password + row.sms_headers
    told = " ".join(LedgerEvent.objects.values_list("payload", flat=True))
    assert "geheim" not in told and "smtp.example.cn" in told and '"smtp_password"' in told
    configure("email", {"smtp_password": None, "sender_name": "示范区政府"}, by=COMMAND_LINE, now=NOW)
    assert opened(current(), "smtp_password") == "geheim-1", "what is not named stays"
    before = LedgerEvent.objects.count()
    configure("email", {"sender_name": "示范区政府"}, by=COMMAND_LINE, now=NOW)
    assert LedgerEvent.objects.count() == before, "nothing changed, nothing is told"


@pytest.mark.parametrize(
    ("part", "change", "field"),
    [
        ("portal", {"portal_url": "www.example.cn"}, "portal_url"),
        ("portal", {"portal_url": "javascript:alert(1)"}, "portal_url"),
        ("email", {"smtp_host": ""}, "smtp_host"),
        ("email", {"smtp_host": "smtp://x"}, "smtp_host"),
        ("email", {"smtp_port": 0}, "smtp_port"),
        ("email", {"smtp_tls": "ssl2"}, "smtp_tls"),
        ("email", {"smtp_tls": "none"}, "smtp_tls"),
        ("email", {"smtp_user": ""}, "smtp_user"),
        ("email", {"sender": ""}, "sender"),
        ("email", {"sender": "no address"}, "sender"),
        ("sms", {"sms_url": "http://sms.example.cn/"}, "sms_url"),
        ("sms", {"sms_url": "http://169.254.169.254/latest"}, "sms_url"),
        ("sms", {"sms_url": "file:///etc/passwd"}, "sms_url"),
        ("sms", {"sms_url": "https://u:p@sms.example.cn/"}, "sms_url"),
        ("sms", {"sms_url": ""}, "sms_url"),
        ("sms", {"sms_method": "DELETE"}, "sms_method"),
        ("sms", {"sms_headers": "X: a\nno colon"}, "sms_headers"),
        ("sms", {"sms_body": "{"}, "sms_body"),
        ("sms", {"sms_body": '{"m": "{{phone}}"}'}, "sms_body"),
        ("sms", {"sms_success": "code"}, "sms_success"),
    ],
)
def test_what_cannot_be(db: None, part: str, change: dict[str, Any], field: str) -> None:
    whole = {"portal": {}, "email": MAIL, "sms": SMS}[part]
    with pytest.raises(SettingsRefused) as refusal:
        configure(part, {**whole, **change}, by=COMMAND_LINE, now=NOW)
    assert [one.column for one in refusal.value.findings] == [field]
    assert current().latest_seq is None


def test_a_gateway_on_the_same_machine_may_speak_plainly(db: None) -> None:
    configure("sms", {**SMS, "sms_url": "http://127.0.0.1:9000/send"}, by=COMMAND_LINE, now=NOW)


def test_trying_it_out(db: None) -> None:
    with pytest.raises(SettingsRefused, match="先写好"):
        try_out(Channel.EMAIL, "a@example.cn", by=COMMAND_LINE, now=NOW)
    with mail_server() as (taken, port):
        plain = {
            **MAIL,
            "smtp_host": "localhost",
            "smtp_port": port,
            "smtp_tls": "none",
            "smtp_user": "",
            "smtp_password": "",
        }
        configure("email", {**plain, "email_on": False}, by=COMMAND_LINE, now=NOW)
        try_out(Channel.EMAIL, "a@example.cn", by=COMMAND_LINE, now=NOW)
        assert taken.to == ["a@example.cn"], "before it is switched on"
        with pytest.raises(SettingsRefused, match="@"):
            try_out(Channel.EMAIL, "a", by=COMMAND_LINE, now=NOW)
    configure("email", {"smtp_port": free_port()}, by=COMMAND_LINE, now=NOW)
    with pytest.raises(NotSent):
        try_out(Channel.EMAIL, "a@example.cn", by=COMMAND_LINE, now=NOW)


def test_whose_it_is(db: None) -> None:
    for act in (
        lambda: configure("email", MAIL, by=PUBLIC, now=NOW),
        lambda: try_out(Channel.SMS, "1", by=PUBLIC, now=NOW),
    ):
        with pytest.raises(NotAllowed, match="运行维护"):
            act()
    assert message_settings.current().latest_seq is None
