"""Letters and complaints (互动信箱)."""

from __future__ import annotations

from django.db import models

from gongkai.foundation.models import Record


class Letter(Record):
    """A letter to the leader's mailbox, or a complaint (领导信箱来信、投诉举报)."""

    KIND = "letters"

    class Category(models.TextChoices):
        MAILBOX = "mailbox", "领导信箱"
        COMPLAINT = "complaint", "投诉举报"

    received_on = models.DateField()
    category = models.CharField(max_length=12, choices=Category.choices)
    subject = models.CharField(max_length=500, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organ", "received_on"])]

    def __str__(self) -> str:
        return self.ref

    @property
    def title(self) -> str:
        """What a list calls it, without a word of the letter."""
        return f"{self.received_on} {self.get_category_display()}"
