"""The outbox: put in with the act, sent afterwards at least once, tried again, given up in sight."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from gongkai.foundation import files, message_settings, outbox, personal
from gongkai.foundation.actors import COMMAND_LINE, PUBLIC, NotAllowed
from gongkai.foundation.gateways import Letter, NotSent
from gongkai.foundation.locks import NotInWriteTransaction, write_transaction
from gongkai.foundation.models import Channel, LedgerEvent, OutboxMessage
from gongkai.foundation.outbox import Enclosed, Written, backlog
from gongkai.foundation.outbox_sending import send_next, waiting_time
from tests.conftest import NOW
from tests.mail_server import Taken, free_port, mail_server, sms_server

SETTINGS = {"email_on": True, "smtp_host": "localhost", "smtp_tls": "none", "sender": "gongkai@example.cn"}


def configured(port: int, **more: Any) -> None:
    values = {**SETTINGS, "smtp_port": port, **more}
    message_settings.configure("email", values, by=COMMAND_LINE, now=NOW)


@pytest.fixture
def server(db: None) -> Iterator[Taken]:
    """A mail server that the settings name."""
    with mail_server() as (taken, port):
        configured(port)
        yield taken


def put(key: str = "1", *, after: int = 0, **more: Any) -> OutboxMessage:
    values: dict[str, Any] = {
        "channel": Channel.EMAIL, "to": f"{key}@example.cn", "subject": "有新进展", "text": "答复已发出。", "about": "送达",
        "dedupe_key": key, "reference": "999000-2022-0001", "subject_ref": "case:1",
    }  # fmt: skip
    with write_transaction():
        return outbox.put(Written(**{**values, **more}), message_settings.current(), now=at(after))


def at(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def again(message: OutboxMessage) -> OutboxMessage:
    return OutboxMessage.objects.get(pk=message.pk)


def test_a_message_leaves_and_its_words_are_forgotten(server: Taken) -> None:
    message = put()
    assert "example.cn" not in message.recipient and "答复" not in message.body
    assert send_next(at(1)) and not send_next(at(1))
    (letter,) = server.letters
    assert server.to == ["1@example.cn"] and letter["Message-ID"] == message.message_id
    assert letter.get_content().strip() == "答复已发出。"
    message = again(message)
    assert message.sent_at == at(1) and (message.recipient, message.subject, message.body) == ("", "", "")


def test_what_was_put_in_is_not_put_in_twice(server: Taken) -> None:
    assert put().pk == put().pk
    with pytest.raises(NotInWriteTransaction):
        outbox.put(Written(channel=Channel.EMAIL, to="", text="", about="", dedupe_key="2"), None, now=NOW)  # type: ignore[arg-type]


def test_an_act_that_fails_leaves_no_message(server: Taken) -> None:
    with pytest.raises(RuntimeError), write_transaction():
        put()
        raise RuntimeError
    assert not OutboxMessage.objects.exists()


def test_not_before_its_time(server: Taken) -> None:
    put(not_before=at(60))
    assert not send_next(at(59)) and send_next(at(60))


def test_a_kept_file_goes_along(server: Taken) -> None:
    sealed = personal.seal_bytes(b"%PDF-1.7", place="case:1 file 1")
    kept = files.keep(sealed, name="x", media_type="application/octet-stream")
    message = put(enclosed=[Enclosed(kept, "告知书.pdf", "application/pdf", "case:1 file 1")])
    assert send_next(NOW)
    (part,) = server.letters[0].iter_attachments()
    assert (part.get_filename(), part.get_content()) == ("告知书.pdf", b"%PDF-1.7")
    assert not message.attachments.exists()
    files.location(kept.digest).unlink()
    lost = put("2", enclosed=[Enclosed(kept, "告知书.pdf", "application/pdf", "case:1 file 1")])
    assert send_next(NOW) and again(lost).failure == "unreadable" and again(lost).open


def test_a_server_that_is_down_lets_letters_wait_and_they_all_leave_when_it_is_back(db: None) -> None:
    port = free_port()
    configured(port)
    messages = [put(str(n)) for n in range(3)]
    assert send_next(NOW) and not send_next(NOW), "the others are not sent against a closed door"
    found = [again(one) for one in messages]
    assert [one.failure for one in found] == ["no-answer"] * 3 and [one.tries for one in found] == [1, 0, 0]
    assert backlog().waiting == 3 and backlog().failure == "no-answer" and backlog().oldest == NOW
    assert not send_next(at(0.9)) and send_next(at(1.1))
    put("new", after=2)
    with mail_server(port) as (taken, _):
        assert send_next(at(2)), "the newest asks"
        for _ in range(3):
            assert send_next(at(2)), "and the others need not wait longer"
    assert len(taken.letters) == 4 and backlog().waiting == 0


def test_what_is_refused_for_good_is_given_up_in_sight(server: Taken) -> None:
    server.answers["RCPT"] = "550 no such user"
    message = put()
    assert send_next(NOW)
    message = again(message)
    assert message.failed_at == NOW and (message.failure, message.answer) == ("recipient", 550)
    assert backlog().waiting == 0 and backlog().given_up == 1
    server.answers.clear()
    rows = OutboxMessage.objects.all()
    assert outbox.retry(rows, by=COMMAND_LINE, now=at(5)) == 1 and send_next(at(5)) and server.letters


def test_what_is_put_off_waits_longer_each_time_and_five_days_at_most(server: Taken) -> None:
    server.answers["RCPT"] = "450 later"
    message, moment, waits = put(), NOW, []
    while again(message).open:
        assert send_next(moment)
        waits.append(again(message).next_try_at - moment)
        moment = max(again(message).next_try_at, moment + timedelta(seconds=1))
    assert waits[:4] == [timedelta(minutes=n) for n in (1, 2, 4, 8)] and max(waits) == timedelta(days=1)
    message = again(message)
    assert message.failure == "too-long" and 10 < message.tries < 20
    assert timedelta(days=5) < message.failed_at - NOW < timedelta(days=7)  # type: ignore[operator]
    assert waiting_time(99, general=False) == timedelta(days=1)
    assert waiting_time(99, general=True) == timedelta(minutes=30)


class Killed(BaseException):
    """The process ends at this very place."""


class Kills:
    """A gateway within which the process is killed; the letter may have left."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def send(self, letter: Letter, *, seconds: float = 0) -> None:
        self.seen.append(letter.message_id)
        if len(self.seen) == 1:
            raise Killed


def test_killed_between_sending_and_noting_it_is_sent_again_and_said(
    server: Taken, monkeypatch: pytest.MonkeyPatch
) -> None:
    kills = Kills()
    monkeypatch.setattr(message_settings, "gateways", lambda: {Channel.EMAIL: kills})
    message = put()
    with pytest.raises(Killed):
        send_next(NOW)
    assert again(message).claimed_at == NOW and not send_next(at(1)), "somebody may still be at it"
    assert outbox.retry(OutboxMessage.objects.all(), by=COMMAND_LINE, now=at(1)) == 0
    assert send_next(at(6))
    assert again(message).sent_at == at(6) and again(message).doubts == 1
    assert kills.seen == [message.message_id] * 2, "a second copy can be known as one"


class Overtaken:
    """A gateway so slow that another process has claimed the message meanwhile."""

    def __init__(self, fails: bool) -> None:
        self.fails = fails

    def send(self, letter: Letter, *, seconds: float = 0) -> None:
        OutboxMessage.objects.update(tries=2, claimed_at=at(9), next_try_at=at(14))
        if self.fails:
            raise NotSent("recipient")


@pytest.mark.parametrize("fails", [True, False])
def test_an_old_failure_is_not_noted_an_old_success_is(
    server: Taken, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    monkeypatch.setattr(message_settings, "gateways", lambda: {Channel.EMAIL: Overtaken(fails)})
    message = put()
    assert send_next(NOW)
    message = again(message)
    assert (message.open, message.claimed_at) == ((True, at(9)) if fails else (False, None))


def test_off_means_that_nothing_leaves_and_nothing_is_lost(server: Taken) -> None:
    put()
    message_settings.configure("email", {"email_on": False}, by=COMMAND_LINE, now=NOW)
    assert not send_next(at(1)) and backlog().waiting == 1
    message_settings.configure("email", {"email_on": True}, by=COMMAND_LINE, now=NOW)
    assert send_next(at(1)) and server.letters


def test_a_text_message_leaves(db: None) -> None:
    with sms_server() as gateway:
        values = {"sms_on": True, "sms_url": gateway.url, "sms_body": '{"m": "{{phone}}", "t": "{{text}}"}'}
        message_settings.configure("sms", {**values, "sms_headers": "X-Key: k"}, by=COMMAND_LINE, now=NOW)
        put(channel=Channel.SMS, to="13800000000", text="答复已发出。")
        assert send_next(NOW)
    ((headers, body),) = gateway.taken
    assert body == {"m": "13800000000", "t": "答复已发出。"} and headers["X-Key"] == "k"


def test_giving_up_by_hand_and_erasing(server: Taken) -> None:
    message, other = put(), put("2", subject_ref="case:2")
    rows = OutboxMessage.objects.filter(pk=message.pk)
    assert (
        outbox.dismiss(rows, by=COMMAND_LINE, now=NOW) == 1
        and outbox.dismiss(rows, by=COMMAND_LINE, now=NOW) == 0
    )
    assert LedgerEvent.objects.filter(kind=outbox.DISMISSED).count() == 1
    with write_transaction():
        outbox.forget("case:2", now=NOW)
    assert not send_next(at(1)) and again(other).body == ""
    assert outbox.retry(OutboxMessage.objects.all(), by=COMMAND_LINE, now=NOW) == 1, (
        "what was forgotten stays so"
    )
    for act in (outbox.retry, outbox.dismiss):
        with pytest.raises(NotAllowed):
            act(rows, by=PUBLIC, now=NOW)
    with pytest.raises(NotAllowed):
        outbox.messages(PUBLIC)
