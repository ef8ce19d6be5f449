"""Complaints about disclosure (政府信息公开投诉、举报，条例第四十七条、第五十一条)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.foundation.models import Record


class Complaint(Record):
    """A complaint that the organ looks into; it counts in no table.

    Who complains and what they say is sealed: it opens at its own place alone, which the event of entry names.
    """

    KIND = "complaints"

    class How(models.TextChoices):
        VISIT = "visit", "当面"
        LETTER = "letter", "信函"
        PHONE = "phone", "电话"
        ONLINE = "online", "互联网"
        TRANSFERRED = "transferred", "其他机关转来"

    received_on = models.DateField()
    how = models.CharField(max_length=16, choices=How.choices)
    about = models.CharField(max_length=100)
    request_number = models.CharField(max_length=48, blank=True, db_index=True)
    complainant_sealed = models.TextField(blank=True)
    content_sealed = models.TextField()
    finding = models.CharField(max_length=12, blank=True)
    measure = models.CharField(max_length=16, blank=True)
    measure_number = models.CharField(max_length=100, blank=True)
    measure_due_on = models.DateField(null=True, blank=True)
    corrected_on = models.DateField(null=True, blank=True)
    told_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organ", "received_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | (Q(closed_on__gte=models.F("received_on")) & ~Q(finding="")),
                name="complaint_closed_with_finding",
            )
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def title(self) -> str:
        """What a list calls it, without a word of the complaint itself."""
        return f"{self.received_on} 收到的投诉（关于{self.about}）"

    @property
    def erased(self) -> bool:
        """Whether the person was erased: no complaint is entered without its content."""
        return not self.content_sealed

    @property
    def complainant(self) -> str:
        """Who complains, opened; "" where nobody said. Raises personal.Unreadable."""
        return self._open("complainant")

    @complainant.setter
    def complainant(self, words: str) -> None:
        self._seal("complainant", words)

    @property
    def content(self) -> str:
        """What is complained of, opened. Raises personal.Unreadable."""
        return self._open("content")

    @content.setter
    def content(self, words: str) -> None:
        self._seal("content", words)

    def place_of(self, name: str) -> str:
        """The only place where a sealed word of it opens."""
        return f"complaint:{self.entered_seq} {name}"

    def _open(self, name: str) -> str:
        from gongkai.foundation import personal  # loaded when first needed: ADR 16

        sealed = getattr(self, f"{name}_sealed")
        return personal.open_sealed(sealed, place=self.place_of(name)) if sealed else ""

    def _seal(self, name: str, words: str) -> None:
        from gongkai.foundation import personal  # loaded when first needed: ADR 16

        # The same words stay as they are sealed, so that a correction of a day rewrites no secret.
        if words != self._open(name):
            setattr(self, f"{name}_sealed", personal.seal(words, place=self.place_of(name)) if words else "")
