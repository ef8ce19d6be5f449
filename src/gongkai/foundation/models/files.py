"""Files kept by content (文件): evidence, editions."""

from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """One file under ``GONGKAI_FILES`` (存档文件), named by the SHA-256 of its bytes.

    ``destroyed_seq``: the event that destroyed its bytes (销毁); the row stays, so that the ledger still proves.
    ``sealed_under``: cipher and data key of sealed bytes, "" for plain ones, null until somebody has looked.
    ``named_as``: the digest of the same content as it was first sealed, where it was sealed again by the event
    ``entered_seq`` (换密钥重新加密).
    """

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    entered_seq = models.BigIntegerField(null=True)
    destroyed_seq = models.BigIntegerField(null=True, blank=True)
    # Three states: "" is a known one.
    sealed_under = models.CharField(max_length=56, null=True, blank=True)  # noqa: DJ001
    named_as = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def ledger_name(self) -> str:
        """The digest by which the ledger knows what is in it, however often it was sealed again."""
        return self.named_as or self.digest
