"""Files kept by content (文件): evidence, editions."""

from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """One file under ``GONGKAI_FILES`` (存档文件), named by the SHA-256 of its bytes.

    ``destroyed_seq``: the event that destroyed its bytes (销毁); the row stays, so that the ledger still proves.
    """

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    entered_seq = models.BigIntegerField(null=True)
    destroyed_seq = models.BigIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
