"""Holiday notices loaded by the operator (放假通知)."""

from __future__ import annotations

from django.db import models


class StoredNotice(models.Model):
    """A notice of one year and region (放假安排), one version; the latest loaded of a year holds."""

    year = models.PositiveSmallIntegerField()
    region = models.CharField(max_length=32)
    number = models.CharField(max_length=200)
    content = models.TextField()
    entered_seq = models.BigIntegerField()

    class Meta:
        ordering = ["year", "region", "entered_seq"]

    def __str__(self) -> str:
        return self.number
