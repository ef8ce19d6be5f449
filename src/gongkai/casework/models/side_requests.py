"""Corrections and proposals to publish (更正申请、转主动公开建议, 条例 art 41, 44): never rows of the register."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.casework.models.cases import Case
from gongkai.foundation.models import Account, Organ, StoredFile


class SideRequest(models.Model):
    """One correction or proposal from filing to archive; built as ``Case`` is, smaller.

    ``about``: the request whose information is proposed, where it is known. ``proven``: it came from that
    request's own applicant, by code and secret. ``voided_seq``: the event that struck out an entry made by
    mistake. ``facts`` is the life as the acts left it; ``state`` to ``order_key`` follow from it.
    """

    class Kind(models.TextChoices):
        CORRECTION = "correction", "更正申请"
        CONVERSION = "conversion", "转主动公开建议"

    kind = models.CharField(max_length=16, choices=Kind.choices)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=48, unique=True)
    filed_at = models.DateTimeField()
    filed_by = models.CharField(max_length=64)
    channel = models.CharField(max_length=20)
    arrived_on = models.DateField()
    about = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="proposals")
    proven = models.BooleanField(default=False)
    criteria = models.CharField(max_length=64, blank=True)
    id_type = models.CharField(max_length=24, blank=True)
    by_agent = models.BooleanField(default=False)
    query_code = models.CharField(max_length=16, unique=True)
    key_number = models.PositiveIntegerField()
    filing_key = models.CharField(max_length=64, null=True, blank=True, unique=True)
    handler = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    entered_seq = models.BigIntegerField()
    latest_seq = models.BigIntegerField()
    voided_seq = models.BigIntegerField(null=True, blank=True)

    facts = models.TextField()
    state = models.CharField(max_length=32)
    received_on = models.DateField(null=True, blank=True)
    step_on = models.DateField(null=True, blank=True)
    order_key = models.CharField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organ", "kind", "year", "serial"], name="side_serial_once"),
        ]
        indexes = [
            models.Index(fields=["order_key", "id"], name="side_list", condition=~Q(state="archived")),
            models.Index(fields=["organ", "order_key", "id"], name="side_organ_list"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def ref(self) -> str:
        """How the ledger names it."""
        return f"side:{self.pk}"


class SideAct(models.Model):
    """One act on it (办理动作), appended and never changed; as ``CaseAct``."""

    side = models.ForeignKey(SideRequest, models.PROTECT, related_name="acts")
    place = models.PositiveIntegerField()
    act = models.CharField(max_length=32)
    on = models.DateField()
    given = models.TextField()
    actor = models.CharField(max_length=64)
    at = models.DateTimeField()
    seq = models.BigIntegerField(unique=True)
    based_on = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["side", "place"]
        constraints = [models.UniqueConstraint(fields=["side", "place"], name="side_act_place_once")]

    def __str__(self) -> str:
        return f"{self.side_id}:{self.place} {self.act}"


class SideText(models.Model):
    """A word that could name a person (密封的文字), by its token; as ``SealedText``."""

    side = models.ForeignKey(SideRequest, models.PROTECT, related_name="sealed_texts")
    token = models.CharField(max_length=64)
    sealed = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["side", "token"], name="side_text_token_once")]

    def __str__(self) -> str:
        return f"{self.side_id} {self.token}"

    @property
    def at(self) -> str:
        """The only place where it opens."""
        return f"side:{self.side_id} {self.token}"


class SideFile(models.Model):
    """A paper of it (材料), encrypted before it is kept; its name is a sealed text."""

    class Purpose(models.TextChoices):
        APPLICATION = "application", "申请书、建议书"
        IDENTITY = "identity", "身份证明"
        AUTHORITY = "authority", "授权委托书"
        EVIDENCE = "evidence", "证据"
        CHECK = "check", "核实材料"
        LETTER = "letter", "告知书"
        PROOF = "proof", "送达凭据"
        OTHER = "other", "其他"

    side = models.ForeignKey(SideRequest, models.PROTECT, related_name="papers")
    place = models.PositiveIntegerField()
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    to_person = models.BooleanField(default=False)
    added_by = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    seq = models.BigIntegerField()

    class Meta:
        ordering = ["side", "place"]
        constraints = [models.UniqueConstraint(fields=["side", "place"], name="side_file_place_once")]

    def __str__(self) -> str:
        return f"{self.side_id} file {self.place}"
