"""Mail to a real SMTP server and text messages to a real HTTP server: taken, or refused for the right reason."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gongkai.foundation.gateways import Attached, Letter, NotSent
from gongkai.foundation.sms_gateway import BadTemplate, SmsGateway, filled, headers_of, succeeded
from gongkai.foundation.smtp_gateway import SmtpGateway
from tests.mail_server import certificate, checks_password, free_port, mail_server, sms_server

LETTER = Letter(
    "<one@example.cn>",
    "applicant@example.cn",
    "申请有新进展",
    "您好：\n\n答复已发出。\n",
    datetime(2022, 1, 10, tzinfo=UTC),
)
SMS = Letter("", "13800000000", "", '申请 1 号："答复已发出"', datetime(2022, 1, 10, tzinfo=UTC))


def smtp(
    port: int, *, tls: str = "none", user: str = "", password: str = "", host: str = "localhost"
) -> SmtpGateway:
    return SmtpGateway(host, port, tls, user, password, "gongkai@example.cn", "示范区政府信息公开")


def refused(gateway: SmtpGateway | SmsGateway, letter: Letter = LETTER, seconds: float = 5) -> NotSent:
    with pytest.raises(NotSent) as refusal:
        gateway.send(letter, seconds=seconds)
    return refusal.value


def test_a_letter_arrives_as_it_was_written() -> None:
    enclosed = Letter(**{**{f: getattr(LETTER, f) for f in LETTER.__slots__},
                         "attachments": (Attached("告知书.pdf", "application/pdf", b"%PDF-1.7"),)})  # fmt: skip
    with mail_server() as (taken, port):
        smtp(port).send(LETTER)
        smtp(port).send(enclosed)
    first, second = taken.letters
    assert taken.to == [LETTER.to] * 2
    assert first["Message-ID"] == "<one@example.cn>" and first["Auto-Submitted"] == "auto-generated"
    assert first["Subject"] == LETTER.subject and "示范区政府信息公开" in first["From"]
    assert first["Date"].startswith("Mon, 10 Jan 2022")
    assert first.get_content().replace("\r\n", "\n") == LETTER.text
    (part,) = second.iter_attachments()
    assert part.get_filename() == "告知书.pdf" and part.get_content() == b"%PDF-1.7"


@pytest.mark.parametrize(
    ("command", "answer", "code", "final", "general"),
    [
        ("MAIL", "451 later", "later", False, False),
        ("MAIL", "553 not your address", "sender", False, True),
        ("RCPT", "450 greylisted", "later", False, False),
        ("RCPT", "550 no such user", "recipient", True, False),
        ("RCPT", "421 closing", "no-answer", False, True),
        ("DATA", "452 full", "later", False, False),
        ("DATA", "554 spam", "content", True, False),
    ],
)
def test_a_server_that_refuses(command: str, answer: str, code: str, final: bool, general: bool) -> None:
    with mail_server() as (taken, port):
        taken.answers[command] = answer
        refusal = refused(smtp(port))
    assert (refusal.code, refusal.answer) == (code, int(answer[:3]))
    assert (refusal.failure.final, refusal.failure.general) == (final, general)
    assert not taken.letters


def test_a_server_that_is_down() -> None:
    assert refused(smtp(free_port())).code == "no-answer"
    assert refused(smtp(25, host="nowhere.invalid")).code == "no-answer"


def test_a_server_that_is_slow_before_and_after_the_letter() -> None:
    with mail_server() as (taken, port):
        taken.slow = 3
        began = time.monotonic()
        refusal = refused(smtp(port), seconds=0.6)
        assert time.monotonic() - began < 2.5
    assert refusal.code == "broken-off" and refusal.failure.doubtful
    with dripping() as port:
        began = time.monotonic()
        assert refused(smtp(port), seconds=1).code == "no-answer"
        # Each byte comes in time; the whole does not.
        assert time.monotonic() - began < 3


@contextmanager
def dripping() -> Iterator[int]:
    """A server whose greeting never ends."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as door:

        def drip() -> None:
            line, _ = door.accept()
            with line:
                while not over.wait(0.3):
                    try:
                        line.sendall(b"2")
                    except OSError:
                        return

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        yield door.getsockname()[1]
        over.set()
        thread.join(5)


def test_encryption_is_insisted_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trusted, context = certificate(tmp_path)
    with mail_server() as (_, plain):
        assert refused(smtp(plain, tls="starttls")).code == "tls", "the server offers none"
        assert refused(smtp(plain, tls="tls")).code == "tls"
    with mail_server(tls_context=context) as (taken, port):
        assert refused(smtp(port, tls="starttls")).code == "tls", "nobody trusts the certificate"
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        smtp(port, tls="starttls").send(LETTER)
        assert refused(smtp(port, tls="starttls", host="127.0.0.1")).code == "tls", "another name"
    assert len(taken.letters) == 1


def test_signing_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trusted, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    more = {"authenticator": checks_password, "auth_required": True, "tls_context": context}
    with mail_server(**more) as (taken, port):
        assert refused(smtp(port, tls="starttls", user="sender", password="wrong")).code == "sign-in"
        smtp(port, tls="starttls", user="sender", password="secret").send(LETTER)
    assert len(taken.letters) == 1
    with mail_server() as (_, port):
        assert refused(smtp(port, user="sender", password="x")).code == "sign-in", "it knows no signing in"


# Text messages -----------------------------------------------------------------------------------

BODY = '{"to": ["{{phone}}"], "params": {"msg": "【示范区】{{text}}"}, "n": 1}'


def sms(url: str, success: str = "") -> SmsGateway:
    return SmsGateway(url, "POST", {"Authorization": "Bearer abc"}, BODY, success)


def test_a_text_message_arrives_in_the_gateways_own_form() -> None:
    with sms_server() as server:
        sms(server.url, "code = 0").send(SMS)
    ((headers, body),) = server.taken
    assert body == {"to": ["13800000000"], "params": {"msg": f"【示范区】{SMS.text}"}, "n": 1}
    assert headers["Authorization"] == "Bearer abc" and headers["Content-Type"].startswith("application/json")


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (200, '{"code": 7, "message": "余额不足"}', "sms-refused"),
        (200, "not json", "sms-refused"),
        (400, "{}", "sms-rejected"),
        (401, "{}", "sms-sign-in"),
        (429, "{}", "sms-later"),
        (503, "{}", "sms-no-answer"),
    ],
)
def test_a_gateway_that_refuses(status: int, body: str, code: str) -> None:
    with sms_server() as server:
        server.status, server.body = status, body
        assert refused(sms(server.url, "code=0"), SMS).code == code


def test_a_redirect_is_not_followed() -> None:
    with sms_server() as server, sms_server() as other:
        server.status, server.location = 307, other.url
        assert refused(sms(server.url), SMS).code == "sms-moved"
    assert not other.taken


def test_a_gateway_that_is_down_or_slow() -> None:
    assert refused(sms(f"http://127.0.0.1:{free_port()}/"), SMS).code == "sms-no-answer"
    with sms_server() as server:
        server.slow = 2
        assert refused(sms(server.url), SMS, seconds=0.5).code == "broken-off"
    with mail_server() as (_, port):
        assert refused(sms(f"https://127.0.0.1:{port}/"), SMS).code == "sms-tls"


def test_templates() -> None:
    assert json.loads(filled('{"a": "{{text}}"}', phone="1", text='"} {{phone}}')) == {"a": '"} {{phone}}'}
    for wrong in ("{", "{{phone}}"):
        with pytest.raises(BadTemplate, match="JSON"):
            filled(wrong, phone="1", text="2")
    assert headers_of("A: b\n\n X-Key :  c d\n") == {"A": "b", "X-Key": "c d"}
    for wrong in ("no colon", "名: x", "A: 中文", "A b: c"):
        with pytest.raises(BadTemplate):
            headers_of(wrong)
    assert succeeded("result.status = OK", '{"result": {"status": "OK"}}')
    assert succeeded("ok = true", '{"ok": true}') and not succeeded("ok = true", '{"ok": false}')
    with pytest.raises(BadTemplate):
        succeeded("ok", "{}")
