"""What a linked service platform holds here (对接平台): its token, and the answers it was given."""

from __future__ import annotations

from django.db import models

from gongkai.casework.models.cases import Case
from gongkai.foundation.models import Organ


class PlatformToken(models.Model):
    """The token of a linked platform (对接令牌): its hash alone; what it was is shown once, at issue."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    label = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    ending = models.CharField(max_length=8)
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    entered_seq = models.BigIntegerField()
    latest_seq = models.BigIntegerField()

    def __str__(self) -> str:
        return self.label

    @property
    def ref(self) -> str:
        """How the ledger names the platform."""
        return f"platform:{self.pk}"


class IdempotencyKey(models.Model):
    """A key under which something was filed (幂等键): a repetition is given the first answer for seven days.

    ``scope``: whose keys (a platform, the portal); ``fingerprint``: of what was sent; ``receipt``: what the
    answer was made of, without the secret. Without a ``case`` the first answer was a refusal, kept sealed, as
    its words may quote what was sent.
    """

    scope = models.CharField(max_length=48)
    key_digest = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    receipt = models.TextField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key_digest"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return f"{self.scope} {self.key_digest[:8]}"
