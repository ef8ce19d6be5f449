"""Sending what is in the outbox (发送): one message at a time, claimed before, marked after.

Between the two nobody knows. A claim that is found unended (the process was killed) is counted as a doubt and the
message is tried again, under the same Message-ID.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F

from gongkai.foundation import files, message_settings, personal
from gongkai.foundation.gateways import FAILURES, Attached, Gateway, Letter, NotSent
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import OutboxAttachment, OutboxMessage
from gongkai.foundation.models.messages import Channel
from gongkai.foundation.outbox import OPEN

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(days=1)
# While a channel fails, no message asks it more rarely than this: one that gets through frees the others.
LONGEST_GENERAL_WAIT = timedelta(minutes=30)
GIVEN_UP_AFTER = timedelta(days=5)
# Longer than any try may take: until then an unended claim may be somebody's who is still at it.
CLAIMED_FOR = timedelta(minutes=5)


def send_next(now: datetime) -> bool:
    """Try the message that is due first; False where none is."""
    ways = message_settings.gateways()
    due = OutboxMessage.objects.filter(OPEN, next_try_at__lte=now, channel__in=list(ways))
    if not due.exists():
        return False
    message = _claim(due.order_by("next_try_at", "pk"), now)
    if message is None:
        return True
    try:
        _send(message, ways[Channel(message.channel)], now)
    except NotSent as failed:
        _not_sent(message, failed, now)
    else:
        _sent(message, now)
    return True


def _claim(due, now: datetime) -> OutboxMessage | None:  # type: ignore[no-untyped-def]
    """Say that it is being tried, before it is; None where another was first, or it has waited too long."""
    with write_transaction():
        message: OutboxMessage | None = due.first()
        if message is None:
            return None
        if message.claimed_at is not None:
            message.doubts += 1
        if now - message.waits_since > GIVEN_UP_AFTER:
            message.failure, message.answer, message.failed_at, message.claimed_at = (
                "too-long",
                None,
                now,
                None,
            )
            message.save(update_fields=["doubts", "failure", "answer", "failed_at", "claimed_at"])
            return None
        message.claimed_at, message.next_try_at = now, now + CLAIMED_FOR
        message.tries += 1
        message.save(update_fields=["doubts", "claimed_at", "next_try_at", "tries"])
    return message


def _send(message: OutboxMessage, gateway: Gateway, now: datetime) -> None:
    try:
        letter = Letter(
            message_id=message.message_id,
            to=_opened(message, "recipient"),
            subject=_opened(message, "subject"),
            text=_opened(message, "body"),
            written_at=message.created_at,
            attachments=tuple(_attached(message, one) for one in message.attachments.select_related("file")),
        )
    except (personal.Unreadable, files.FileMissing) as lost:
        raise NotSent("unreadable") from lost
    gateway.send(letter)


def _opened(message: OutboxMessage, part: str) -> str:
    sealed = getattr(message, part)
    return personal.open_sealed(sealed, place=message.place(part)) if sealed else ""


def _attached(message: OutboxMessage, one: OutboxAttachment) -> Attached:
    content = files.read(one.file.digest)
    if one.opens_at:
        content = personal.open_bytes(content, place=one.opens_at)
    name = personal.open_sealed(one.name, place=message.place(f"attachment {one.position}"))
    return Attached(name, one.media_type, content)


def _sent(message: OutboxMessage, now: datetime) -> None:
    """It is theirs. Said even where the claim was lost meanwhile: it is true, and spares them a copy."""
    with write_transaction():
        OutboxMessage.objects.filter(pk=message.pk, sent_at=None).update(
            sent_at=now, failed_at=None, claimed_at=None, failure="", answer=None, recipient="", subject="", body=""
        )  # fmt: skip
        message.attachments.all().delete()
        # The channel works: what waits because it did not, need not wait longer.
        general = [code for code, one in FAILURES.items() if one.general]
        stuck = OutboxMessage.objects.filter(
            OPEN, channel=message.channel, failure__in=general, claimed_at=None
        )
        stuck.filter(next_try_at__gt=now).update(next_try_at=now)


def _not_sent(message: OutboxMessage, failed: NotSent, now: datetime) -> None:
    failure = failed.failure
    wait = waiting_time(message.tries, general=failure.general)
    with write_transaction():
        # Somebody else may have claimed it since: then this outcome is an old one.
        mine = OutboxMessage.objects.filter(OPEN, pk=message.pk, tries=message.tries)
        mine.update(
            claimed_at=None,
            failure=failed.code,
            answer=failed.answer,
            failed_at=now if failure.final else None,
            next_try_at=now + wait,
            doubts=F("doubts") + int(failure.doubtful),
        )
        if failure.general:
            # The others would meet the same: they are not all sent against a closed door.
            due = OutboxMessage.objects.filter(OPEN, channel=message.channel, claimed_at=None)
            due.filter(next_try_at__lte=now).update(
                failure=failed.code, answer=failed.answer, next_try_at=now + wait
            )


def waiting_time(tries: int, *, general: bool) -> timedelta:
    """How long until the next try: a minute, then twice as long each time, a day at most."""
    longest = LONGEST_GENERAL_WAIT if general else LONGEST_WAIT
    return min(FIRST_WAIT * (1 << min(max(tries - 1, 0), 12)), longest)
