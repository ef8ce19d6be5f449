"""What the archive keeps beside the files (档案): terms, packages, proposals to destroy."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.casework.models import Case, Dossier, SideRequest
from gongkai.foundation.models import Organ, StoredFile


class OfDossier:
    """A row about one file (一卷): a request (``case``), or a correction or a proposal (``side``)."""

    case: Case | None
    side: SideRequest | None
    case_id: int | None
    side_id: int | None

    @property
    def dossier(self) -> Dossier:
        """The request, correction or proposal."""
        found = self.case or self.side
        assert found is not None
        return found

    @property
    def ref(self) -> str:
        """How the ledger names the file; asks the database nothing."""
        return f"case:{self.case_id}" if self.case_id is not None else f"side:{self.side_id}"


def _of_one(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(case__isnull=False, side__isnull=True) | Q(case__isnull=True, side__isnull=False),
        name=name,
    )


class RetentionTerm(models.Model):
    """How long an organ keeps a class of closed requests (保管期限), with the source that says so.

    Without a row the first values of ``rules.requests.retention`` (requests) and ``rules.side_requests.retention``
    (corrections, proposals) hold, and say that they are to be confirmed.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    class_code = models.CharField(max_length=16)
    years = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organ", "class_code"], name="retention_term_once")]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.class_code} {self.years}"


class ArchivePackage(OfDossier, models.Model):
    """The package of one archived file (归档包), sealed; made once for each time it was archived.

    ``dossier_seq``: the file's last event when it was made.
    """

    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="packages")
    side = models.ForeignKey(SideRequest, models.PROTECT, null=True, blank=True, related_name="packages")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    content_digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    made_at = models.DateTimeField()
    dossier_seq = models.BigIntegerField()
    seq = models.BigIntegerField(unique=True)

    class Meta:
        ordering = ["seq"]
        constraints = [_of_one("archive_package_one_file")]

    def __str__(self) -> str:
        return f"package of {self.ref}"


class Destruction(models.Model):
    """A list of files to destroy (销毁清册): proposed by one person, confirmed by another, or withdrawn."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    proposed_by = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    proposed_seq = models.BigIntegerField(unique=True)
    opinion = models.CharField(max_length=300, blank=True)
    confirmed_by = models.CharField(max_length=64, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_seq = models.BigIntegerField(null=True, blank=True)
    withdrawn_seq = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-proposed_seq"]

    def __str__(self) -> str:
        return self.ref

    @property
    def ref(self) -> str:
        """How the ledger names it."""
        return f"destruction:{self.pk}"

    @property
    def waits(self) -> bool:
        """Whether a second person is still to decide."""
        return self.confirmed_seq is None and self.withdrawn_seq is None


class DestructionItem(OfDossier, models.Model):
    """One file of a list (清册的一件), with the last day of its term as it was when proposed."""

    destruction = models.ForeignKey(Destruction, models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="destructions")
    side = models.ForeignKey(SideRequest, models.PROTECT, null=True, blank=True, related_name="destructions")
    class_code = models.CharField(max_length=16)
    archived_on = models.DateField()
    kept_until = models.DateField()

    class Meta:
        ordering = ["destruction", "archived_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["destruction", "case"], name="destruction_item_once"),
            models.UniqueConstraint(fields=["destruction", "side"], name="destruction_side_once"),
            _of_one("destruction_item_one_file"),
        ]

    def __str__(self) -> str:
        return f"{self.destruction_id} {self.ref}"
