"""The annual report (政府信息公开工作年度报告，条例第四十九、五十条)."""

from __future__ import annotations

from django.db import models

from gongkai.foundation.models import Organ, Record, StoredFile
from gongkai.foundation.models.organs import OrganKind
from gongkai.rules.report.filing_states import EDITABLE, STATES


class ReportProblem(Record):
    """A problem or plan of section five (存在的主要问题及改进情况), with what became of it."""

    KIND = "report-problems"

    class Role(models.TextChoices):
        PROBLEM = "problem", "主要问题"
        MEASURE = "measure", "改进措施"

    year = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=12, choices=Role.choices)
    heading = models.CharField(max_length=200)
    text = models.TextField()
    progress = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["organ", "year"])]

    def __str__(self) -> str:
        return self.heading


class Filing(models.Model):
    """One organ's return for one year (年报填报), once. ``state`` is an id of ``rules.report.filing_states``."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="filings")
    year = models.PositiveSmallIntegerField()
    form = models.CharField(max_length=8)
    state = models.CharField(max_length=12, choices=list(STATES.items()), default="open")
    submitted_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    opened_seq = models.BigIntegerField()
    latest_seq = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organ", "year"], name="one_filing_a_year")]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.year}"

    @property
    def ref(self) -> str:
        """How the ledger names it."""
        return f"filing:{self.pk}"

    @property
    def government(self) -> bool:
        """Whether it is the government's report, over its units."""
        return self.organ.kind == OrganKind.GOVERNMENT

    @property
    def editable(self) -> bool:
        """Whether words and explanations may change."""
        return self.state in EDITABLE

    @property
    def label(self) -> str:
        """Its state in words."""
        return STATES[self.state]


class FilingText(models.Model):
    """A section written by hand (手写文字); a section without one is drafted from the records."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="texts")
    section = models.CharField(max_length=16)
    text = models.TextField()
    latest_seq = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filing", "section"], name="one_text_a_section")]

    def __str__(self) -> str:
        return self.section


class Explanation(models.Model):
    """Why a warning stands (对提醒的说明), signed by name; printed with the report.

    ``finding`` is the hash of what the check found when it was explained: once it finds something else,
    the explanation no longer covers it.
    """

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="explanations")
    check_id = models.CharField(max_length=8)
    finding = models.CharField(max_length=64)
    text = models.TextField()
    by_name = models.CharField(max_length=64)
    by_organ = models.CharField(max_length=100)
    on = models.DateField()
    latest_seq = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filing", "check_id"], name="one_explanation_a_check")]

    def __str__(self) -> str:
        return self.check_id


class CollectionRound(models.Model):
    """The district's collection of one year's returns (报送安排): by which day its units hand in.

    The day is the office's own, never later than the statutory one.
    """

    government = models.ForeignKey(Organ, models.PROTECT, related_name="rounds")
    year = models.PositiveSmallIntegerField()
    units_due_on = models.DateField()
    latest_seq = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["government", "year"], name="one_round_a_year")]

    def __str__(self) -> str:
        return f"{self.government_id} {self.year}"


class Chase(models.Model):
    """A reminder to a unit that is late (催办), for a year, whether it has begun or not."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="chases")
    year = models.PositiveSmallIntegerField()
    text = models.TextField()
    by_name = models.CharField(max_length=64)
    on = models.DateField()
    event_seq = models.BigIntegerField()

    class Meta:
        ordering = ["event_seq"]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.year}"


class ReportEdition(models.Model):
    """A sealed report (年报版本): its bytes, and the ledger's head at the time; public once published.

    ``event_seq`` is the event that sealed it, ``published_seq`` the one that published it,
    ``withdrawn_seq`` the one that took an unpublished seal back. ``reason``: of a correction.
    """

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="editions")
    version = models.PositiveSmallIntegerField()
    content = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    ledger_seq = models.BigIntegerField()
    ledger_hash = models.CharField(max_length=64)
    event_seq = models.BigIntegerField()
    sealed_on = models.DateField(null=True)
    sealed_by = models.CharField(max_length=64, blank=True)
    published_on = models.DateField(null=True)
    published_seq = models.BigIntegerField(null=True)
    withdrawn_seq = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filing", "version"], name="one_version_once")]

    def __str__(self) -> str:
        return f"{self.filing_id} v{self.version}"

    @property
    def ref(self) -> str:
        """How the ledger and the publication log name it."""
        return f"report-edition:{self.pk}"


class EditionDocument(models.Model):
    """A sealed report in one format (成品文件): the very file that is stamped, handed in and downloaded."""

    edition = models.ForeignKey(ReportEdition, models.PROTECT, related_name="documents")
    format = models.CharField(max_length=8)
    content = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "format"], name="one_document_a_format")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.format}"
