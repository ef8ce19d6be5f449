"""Messages that leave the house (待发的消息), and how they leave (通知设置)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.foundation.models.files import StoredFile
from gongkai.foundation.models.organs import Organ


class Channel(models.TextChoices):
    """By which way a message leaves (渠道)."""

    EMAIL = "email", "邮件"
    SMS = "sms", "短信"


class OutboxMessage(models.Model):
    """One message to one person (一条消息), put in by the action it tells of, sent by the background process.

    ``recipient``, ``subject`` and ``body`` are sealed, and emptied once the message is sent. ``about`` and
    ``reference`` name the step and the number of what it is about, ``subject_ref`` its reference in the ledger;
    no personal data. ``dedupe_key``: what was put in under it is not put in twice. ``waits_since``: when it was
    put in, or last taken up again by hand. ``claimed_at``: a try that has begun and not ended; found by the next
    try, it says that nobody knows whether the last one came through (``doubts``). ``failure``: a code of
    ``gateways.FAILURES`` with the other side's ``answer`` number.
    """

    token = models.CharField(max_length=32, unique=True)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    dedupe_key = models.CharField(max_length=96, unique=True)
    message_id = models.CharField(max_length=160, blank=True)
    recipient = models.TextField(blank=True)
    subject = models.TextField(blank=True)
    body = models.TextField(blank=True)
    about = models.CharField(max_length=60)
    reference = models.CharField(max_length=48, blank=True)
    subject_ref = models.CharField(max_length=96, blank=True, db_index=True)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    waits_since = models.DateTimeField()
    next_try_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    doubts = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=24, blank=True)
    answer = models.PositiveSmallIntegerField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    dismissed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                name="outbox_waiting",
                condition=Q(sent_at=None, failed_at=None, dismissed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.dedupe_key}"

    @property
    def open(self) -> bool:
        """Whether it will still be tried."""
        return self.sent_at is None and self.failed_at is None and self.dismissed_at is None

    def place(self, part: str) -> str:
        """The only place where a part opens."""
        return f"message:{self.token} {part}"


class OutboxAttachment(models.Model):
    """A kept file that goes with a message (附件). ``opens_at``: the place of sealed bytes; "" for plain ones."""

    message = models.ForeignKey(OutboxMessage, models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    opens_at = models.CharField(max_length=96, blank=True)
    name = models.TextField()
    media_type = models.CharField(max_length=100)

    class Meta:
        ordering = ["message", "position"]
        constraints = [
            models.UniqueConstraint(fields=["message", "position"], name="attachment_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.position}"


class MessageStop(models.Model):
    """Somebody wants no messages about a thing (不再通知): its reference in the ledger, and the event that said so."""

    subject_ref = models.CharField(max_length=96, primary_key=True)
    seq = models.BigIntegerField()

    def __str__(self) -> str:
        return self.subject_ref


class MessageSettings(models.Model):
    """How messages leave (通知设置): one row, both ways off until it says otherwise.

    ``portal_url``: how citizens reach the portal. ``smtp_password`` and ``sms_headers`` are sealed.
    """

    class Tls(models.TextChoices):
        TLS = "tls", "一开始就加密（TLS，端口多为 465）"
        STARTTLS = "starttls", "连上再加密（STARTTLS，端口多为 587 或 25）"
        NONE = "none", "不加密（只用于内网的转发服务器）"

    portal_url = models.CharField(max_length=200, blank=True)
    email_on = models.BooleanField(default=False)
    smtp_host = models.CharField(max_length=200, blank=True)
    smtp_port = models.PositiveIntegerField(default=465)
    smtp_tls = models.CharField(max_length=8, choices=Tls.choices, default=Tls.TLS)
    smtp_user = models.CharField(max_length=200, blank=True)
    smtp_password = models.TextField(blank=True)
    sender = models.CharField(max_length=254, blank=True)
    sender_name = models.CharField(max_length=60, blank=True)
    sms_on = models.BooleanField(default=False)
    sms_url = models.CharField(max_length=500, blank=True)
    sms_method = models.CharField(max_length=4, default="POST")
    sms_headers = models.TextField(blank=True)
    sms_body = models.TextField(blank=True)
    sms_success = models.CharField(max_length=200, blank=True)
    latest_seq = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"messages #{self.latest_seq}"
