"""The letters of cases (文书): what an organ's letters need, their wording, drafts, and letters that were issued."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.casework.models.cases import Case
from gongkai.foundation.models import Organ, StoredFile


class LetterSettings(models.Model):
    """What stands in an organ's letters and nowhere else in its record (文书设置); one row an organ.

    ``used_serial``: the number of ``used_year`` that the organ had reached on paper before it began here.
    ``higher_government``: the next higher people's government, for a government's own letters;
    ``leading_department``: the department that leads an organ vertically (垂直领导), "" for every other.
    """

    organ = models.OneToOneField(Organ, models.PROTECT, related_name="letter_settings")
    letter_code = models.CharField(max_length=20, blank=True)
    used_year = models.PositiveSmallIntegerField(null=True, blank=True)
    used_serial = models.PositiveIntegerField(null=True, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    pickup_place = models.CharField(max_length=200, blank=True)
    payment = models.CharField(max_length=500, blank=True)
    higher_government = models.CharField(max_length=100, blank=True)
    leading_department = models.CharField(max_length=100, blank=True)
    review_channel = models.CharField(max_length=200, blank=True)
    court_name = models.CharField(max_length=100, blank=True)
    latest_seq = models.BigIntegerField()

    def __str__(self) -> str:
        return f"letters of {self.organ_id}"

    @property
    def ref(self) -> str:
        """How the ledger names them."""
        return f"letter-settings:{self.organ_id}"


class LetterTemplate(models.Model):
    """The wording of one letter (文书模板), of an organ or, at the government, of the whole district.

    A change is a new version; ``active`` marks the one in use, none where the first wording is. Never deleted.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    code = models.CharField(max_length=32)
    version = models.PositiveIntegerField()
    text = models.TextField()
    active = models.BooleanField()
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organ", "code", "version"], name="letter_template_version_once"),
            models.UniqueConstraint(
                fields=["organ", "code"], condition=Q(active=True), name="letter_template_one_active"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.code} v{self.version}"


class LetterDraft(models.Model):
    """One saved state of a reply before it is signed (答复书草稿); its words are a sealed text of the case.

    ``answer_place``: the act that decided. Each saving is a new version; none is overwritten.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="drafts")
    answer_place = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    seq = models.BigIntegerField()

    class Meta:
        ordering = ["case", "answer_place", "version"]
        constraints = [
            models.UniqueConstraint(fields=["case", "answer_place", "version"], name="letter_draft_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} draft {self.answer_place}.{self.version}"

    @property
    def token(self) -> str:
        """The sealed text that holds its words."""
        return f"draft.{self.answer_place}.{self.version}"


class Letter(models.Model):
    """A letter that was issued (已出的文书): composed by an act, its content a sealed text, never changed.

    ``digest``: of that content, as the ledger has it; ``pdf`` and ``docx``: the files as they leave, set once
    by the event ``kept_seq``. ``voided_seq``: the event that withdrew the signature; the number stays used.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="letters")
    place = models.PositiveIntegerField()
    act_place = models.PositiveIntegerField(null=True, blank=True)
    code = models.CharField(max_length=32)
    number = models.CharField(max_length=48, blank=True)
    dated = models.DateField()
    digest = models.CharField(max_length=64)
    seq = models.BigIntegerField()
    voided_seq = models.BigIntegerField(null=True, blank=True)
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    docx = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    kept_seq = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["case", "place"]
        constraints = [
            models.UniqueConstraint(fields=["case", "place"], name="letter_place_once"),
            models.CheckConstraint(
                condition=Q(kept_seq__isnull=True, pdf__isnull=True, docx__isnull=True)
                | Q(kept_seq__isnull=False, pdf__isnull=False, docx__isnull=False),
                name="letter_kept_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} letter {self.place}"

    @property
    def token(self) -> str:
        """The sealed text that holds its content."""
        return f"letter.{self.place}"
