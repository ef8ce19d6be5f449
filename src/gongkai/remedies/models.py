"""Reconsideration and lawsuits over disclosure (政府信息公开行政复议、行政诉讼)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.foundation.models import Record


class Result(models.TextChoices):
    """How a remedy ended, as table four counts it (结果)."""

    UPHELD = "upheld", "结果维持"
    CORRECTED = "corrected", "结果纠正"
    OTHER = "other", "其他结果"


class Remedy(Record):
    """What both kinds have: filed, closed with a result, or pending."""

    filed_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    result = models.CharField(max_length=12, choices=Result.choices, blank=True)

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["organ", "filed_on"]),
            models.Index(fields=["organ", "closed_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, result="")
                | (Q(closed_on__gte=models.F("filed_on")) & ~Q(result="")),
                name="%(class)s_result_with_day",
            )
        ]


class Reconsideration(Remedy):
    """An administrative reconsideration (行政复议)."""

    KIND = "reconsiderations"

    review_organ = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return self.ref

    @property
    def title(self) -> str:
        """What a list calls it."""
        return f"{self.filed_on} 提起的行政复议"


class Lawsuit(Remedy):
    """A lawsuit (行政诉讼), direct or after reconsideration."""

    KIND = "lawsuits"

    class Track(models.TextChoices):
        DIRECT = "direct", "未经复议直接起诉"
        AFTER_REVIEW = "after_review", "复议后起诉"

    track = models.CharField(max_length=16, choices=Track.choices)
    court = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return self.ref

    @property
    def title(self) -> str:
        """What a list calls it."""
        return f"{self.filed_on} 提起的行政诉讼（{self.get_track_display()}）"
