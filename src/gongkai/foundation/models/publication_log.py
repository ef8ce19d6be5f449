"""The publication log (公开日志): everything public appears, changes and goes through it alone."""

from __future__ import annotations

from django.db import models


class PublicationLogEntry(models.Model):
    """One step of what the public sees. Append-only; derived stores follow it by ``position``."""

    position = models.BigIntegerField(primary_key=True)
    act = models.CharField(max_length=16)
    subject = models.CharField(max_length=96, db_index=True)
    digest = models.CharField(max_length=64)
    appeared_at = models.DateTimeField()
    event_seq = models.BigIntegerField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.position} {self.act} {self.subject}"
