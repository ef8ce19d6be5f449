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


class Procedure(models.TextChoices):
    """The procedure it is heard in (审理程序)."""

    ORDINARY = "ordinary", "普通程序"
    SIMPLE = "simple", "简易程序"


class Remedy(Record):
    """What both kinds have: filed, answered, closed with a result, or pending.

    ``request_number``: the number of the case it is about, as printed; nothing binds it. ``notice_on``: the copy
    and the notice to answer were received. ``decision_form``: a form of ``rules.remedies.forms``.
    ``order_due_on``: by when the document wants a new answer; ``carried_out_on``: when that was given, where no
    case says so.
    """

    filed_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    result = models.CharField(max_length=12, choices=Result.choices, blank=True)
    case_number = models.CharField(max_length=100, blank=True)
    request_number = models.CharField(max_length=48, blank=True, db_index=True)
    accepted_on = models.DateField(null=True, blank=True)
    notice_on = models.DateField(null=True, blank=True)
    procedure = models.CharField(max_length=12, choices=Procedure.choices, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    decision_form = models.CharField(max_length=32, blank=True)
    decision_number = models.CharField(max_length=100, blank=True)
    decision_received_on = models.DateField(null=True, blank=True)
    order_due_on = models.DateField(null=True, blank=True)
    carried_out_on = models.DateField(null=True, blank=True)

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
    """A lawsuit (行政诉讼), direct or after reconsideration, through its instances.

    ``review_number``: the number of the reconsideration it follows. ``instance``: where it stands now; once
    appealed, ``first_form`` keeps what the first instance had decided.
    """

    KIND = "lawsuits"

    class Track(models.TextChoices):
        DIRECT = "direct", "未经复议直接起诉"
        AFTER_REVIEW = "after_review", "复议后起诉"

    class Instance(models.TextChoices):
        FIRST = "first", "一审"
        SECOND = "second", "二审"

    track = models.CharField(max_length=16, choices=Track.choices)
    court = models.CharField(max_length=100, blank=True)
    review_number = models.CharField(max_length=100, blank=True)
    instance = models.CharField(max_length=8, choices=Instance.choices, blank=True)
    appealed_on = models.DateField(null=True, blank=True)
    appealed_by = models.CharField(max_length=12, blank=True)
    first_form = models.CharField(max_length=32, blank=True)

    def __str__(self) -> str:
        return self.ref

    @property
    def title(self) -> str:
        """What a list calls it."""
        return f"{self.filed_on} 提起的行政诉讼（{self.get_track_display()}）"
