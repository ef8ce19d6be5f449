"""Redactions of a case's papers (涂黑): the draft of the boxes, and what was issued with its proof."""

from __future__ import annotations

from django.db import models

from gongkai.casework.models.cases import Case, CaseFile


class RedactionDraft(models.Model):
    """The boxes of a paper as they are being drawn (涂黑的草稿): a working note, sealed, no part of the record.

    ``version`` grows by one at each saving, so that two people do not overwrite each other.
    """

    source = models.OneToOneField(CaseFile, models.PROTECT, related_name="redaction_draft")
    sealed = models.TextField()
    version = models.PositiveIntegerField(default=0)
    saved_by = models.CharField(max_length=64)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"draft of {self.source_id}"

    @property
    def at(self) -> str:
        """The only place where it opens."""
        return f"paper:{self.source_id} redaction draft"


class Redaction(models.Model):
    """A redacted file that was issued (作区分处理的提供件), 条例 art 37.

    ``sealed``: boxes with positions, grounds and notes, the further words searched for, the words accepted
    elsewhere; ``grounds``: how many boxes by ground, open; ``proof``: what was searched and that nothing was
    found, without any word.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="redactions")
    place = models.PositiveIntegerField()
    source = models.ForeignKey(CaseFile, models.PROTECT, related_name="redacted_as")
    issued = models.OneToOneField(CaseFile, models.PROTECT, related_name="redacted_from")
    sealed = models.TextField()
    grounds = models.TextField()
    proof = models.TextField()
    issued_by = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    seq = models.BigIntegerField(unique=True)

    class Meta:
        ordering = ["case", "place"]
        constraints = [models.UniqueConstraint(fields=["case", "place"], name="redaction_place_once")]

    def __str__(self) -> str:
        return f"{self.case_id} redaction {self.place}"

    @property
    def at(self) -> str:
        """The only place where it opens."""
        return f"case:{self.case_id} redaction.{self.place}"
