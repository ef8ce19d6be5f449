"""Requests and fees as the report counts them (依申请公开的登记): entered by hand, imported, or by a case."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q

from gongkai.foundation.models import Record


class InformationRequest(Record):
    """A request (政府信息公开申请，条例第二十七条); of the applicant the class alone.

    ``case``: the file it is counted from; such a row is written by the acts on the case, never by hand.
    """

    KIND = "requests"

    class Channel(models.TextChoices):
        COUNTER = "counter", "当面"
        REGISTERED = "registered_mail", "邮寄签收"
        ORDINARY = "ordinary_mail", "平常信函"
        MISDIRECTED = "misdirected", "寄至别处转来"
        FAX = "fax", "传真"
        ONLINE = "online", "互联网"

    received_on = models.DateField()
    applicant_class = models.CharField(max_length=16)
    outcome = models.CharField(max_length=8, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    channel = models.CharField(max_length=20, choices=Channel.choices, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    supplement_due_on = models.DateField(null=True, blank=True)
    fee_notice_on = models.DateField(null=True, blank=True)
    case = models.OneToOneField(
        "casework.Case", models.PROTECT, null=True, blank=True, related_name="register"
    )

    class Meta:
        indexes = [
            models.Index(fields=["organ", "received_on"]),
            models.Index(fields=["organ", "closed_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, outcome="")
                | (Q(closed_on__gte=models.F("received_on")) & ~Q(outcome="")),
                name="request_outcome_with_day",
            )
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def title(self) -> str:
        """What a list calls it, without a word of the request itself."""
        return f"{self.received_on} 收到的政府信息公开申请"


class ProcessingFee(Record):
    """An information processing fee collected (政府信息公开信息处理费，条例第四十二条)."""

    KIND = "processing-fees"

    class Method(models.TextChoices):
        CASE = "case", "按件"
        PAGE = "page", "按量"

    charged_on = models.DateField()
    method = models.CharField(max_length=8, choices=Method.choices)
    units = models.PositiveIntegerField()
    amount_fen = models.BigIntegerField()
    case = models.ForeignKey("casework.Case", models.PROTECT, null=True, blank=True, related_name="fees")

    class Meta:
        indexes = [models.Index(fields=["organ", "charged_on"])]

    def __str__(self) -> str:
        return self.ref

    @property
    def title(self) -> str:
        """What a list calls it."""
        return f"{self.charged_on} 收取信息处理费（{self.get_method_display()}）"

    @property
    def amount(self) -> Decimal:
        """In yuan."""
        return Decimal(self.amount_fen) / 100
