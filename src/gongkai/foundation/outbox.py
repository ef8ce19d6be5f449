"""The outbox (发件箱): a message is put in by the action it tells of, in its transaction; it leaves afterwards.

Every message is tried until the other side has taken it over: at least once, and under one Message-ID, so that a
second copy can be known as one.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet

from gongkai.foundation import ledger, personal
from gongkai.foundation.actors import Actor, NotAllowed
from gongkai.foundation.locks import transaction_notes, write_transaction
from gongkai.foundation.models import MessageSettings, Organ, OutboxAttachment, OutboxMessage, StoredFile
from gongkai.foundation.models.messages import Channel

RETRIED, DISMISSED = "messages.retried", "messages.dismissed"
OPEN = Q(sent_at=None, failed_at=None, dismissed_at=None)
UNSENT = Q(sent_at=None, dismissed_at=None)


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A kept file to go with a message (附件). ``opens_at``: the place where its bytes open; "" for plain ones."""

    file: StoredFile
    name: str
    media_type: str
    opens_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A message to be put in (一条消息). ``about`` and ``reference``: step and number, no personal data."""

    channel: Channel
    to: str
    text: str
    about: str
    dedupe_key: str
    subject: str = ""
    reference: str = ""
    subject_ref: str = ""
    organ: Organ | None = None
    not_before: datetime | None = None
    enclosed: Sequence[Enclosed] = field(default_factory=tuple)


def put(written: Written, settings: MessageSettings, *, now: datetime) -> OutboxMessage:
    """Put a message in (放进发件箱), within the write transaction of the action; once for each ``dedupe_key``."""
    transaction_notes()
    known = OutboxMessage.objects.filter(dedupe_key=written.dedupe_key).first()
    if known is not None:
        return known
    token = uuid.uuid4().hex
    domain = settings.sender.partition("@")[2] or "localhost"
    message = OutboxMessage(
        token=token,
        channel=written.channel,
        dedupe_key=written.dedupe_key,
        message_id=f"<{token}@{domain}>" if written.channel == Channel.EMAIL else "",
        about=written.about[:60],
        reference=written.reference,
        subject_ref=written.subject_ref,
        organ=written.organ,
        created_at=now,
        waits_since=now,
        next_try_at=written.not_before or now,
    )
    for part, words in (("recipient", written.to), ("subject", written.subject), ("body", written.text)):
        setattr(message, part, personal.seal(words, place=message.place(part)) if words else "")
    message.save(force_insert=True)
    for position, one in enumerate(written.enclosed, 1):
        OutboxAttachment.objects.create(
            message=message,
            position=position,
            file=one.file,
            opens_at=one.opens_at,
            name=personal.seal(one.name, place=message.place(f"attachment {position}")),
            media_type=one.media_type,
        )
    return message


def messages(reader: Actor) -> QuerySet[OutboxMessage]:
    """Every message, for who runs the channels. Raises NotAllowed; no word of a message is read here."""
    _require(reader, "查看通知的发送情况")
    return OutboxMessage.objects.defer("recipient", "subject", "body")


def _require(who: Actor, act: str) -> None:
    if not who.holds("account.manage"):
        raise NotAllowed(f"没有{act}的权限。由区政府办公室负责人或运行维护人员办理。")


def retry(rows: QuerySet[OutboxMessage], *, by: Actor, now: datetime) -> int:
    """Try again now (再发): what waits, what was given up, what was dismissed. Returns how many. Raises NotAllowed."""
    _require(by, "重新发送")
    with write_transaction():
        # Not one that is being tried at this moment: its outcome is about to be known.
        idle = Q(claimed_at=None) | Q(next_try_at__lte=now)
        found = list(rows.filter(idle, sent_at=None).exclude(body="").values_list("pk", flat=True))
        OutboxMessage.objects.filter(pk__in=found).update(
            next_try_at=now, waits_since=now, tries=0, failed_at=None, dismissed_at=None
        )
        _record(RETRIED, found, by, now)
    return len(found)


def dismiss(rows: QuerySet[OutboxMessage], *, by: Actor, now: datetime) -> int:
    """Give up (不再发): the row stays, and can be taken up again. Returns how many. Raises NotAllowed."""
    _require(by, "停发通知")
    with write_transaction():
        found = list(rows.filter(UNSENT).values_list("pk", flat=True))
        OutboxMessage.objects.filter(pk__in=found).update(dismissed_at=now)
        _record(DISMISSED, found, by, now)
    return len(found)


def _record(kind: str, found: list[int], by: Actor, now: datetime) -> None:
    if found:
        ledger.append(kind, subject="messages", actor=by.ref, now=now, payload={"messages": found})


def forget(subject_ref: str, *, now: datetime) -> None:
    """Empty every message about something (删除个人信息), within the action that erases it; none is sent any more."""
    transaction_notes()
    rows = OutboxMessage.objects.filter(subject_ref=subject_ref)
    OutboxAttachment.objects.filter(message__in=rows).delete()
    rows.filter(UNSENT).update(dismissed_at=now)
    rows.update(recipient="", subject="", body="")


@dataclass(frozen=True, slots=True)
class Backlog:
    """What has not left (积压): how many wait, since when the first, how many were given up, and why the last."""

    waiting: int
    oldest: datetime | None
    given_up: int
    failure: str


def backlog() -> Backlog:
    """The outbox as a whole, free of personal data."""
    waiting = OutboxMessage.objects.filter(OPEN)
    oldest = waiting.order_by("waits_since").values_list("waits_since", flat=True).first()
    failed = waiting.exclude(failure="").order_by("-next_try_at").values_list("failure", flat=True).first()
    given_up = OutboxMessage.objects.filter(UNSENT, failed_at__isnull=False)
    return Backlog(waiting.count(), oldest, given_up.count(), failed or "")


def about(subject_ref: str) -> list[OutboxMessage]:
    """The messages about one thing, the first first, without their words; after its reader was checked."""
    rows = OutboxMessage.objects.filter(subject_ref=subject_ref).defer("recipient", "subject", "body")
    return list(rows.order_by("created_at", "pk"))
