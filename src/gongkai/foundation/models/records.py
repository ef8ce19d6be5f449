"""What every kind of record has (记录)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.foundation.models.files import StoredFile
from gongkai.foundation.models.organs import Organ


class Record(models.Model):
    """A record of one organ (登记). It is entered, corrected and withdrawn by actions alone.

    ``entered_seq``, ``latest_seq``, ``withdrawn_seq`` are the ledger events of entry, last change
    and withdrawal; a withdrawn record stays in the table and counts nowhere.
    """

    KIND: ClassVar[str]

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    evidence = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    entered_seq = models.BigIntegerField()
    latest_seq = models.BigIntegerField()
    withdrawn_seq = models.BigIntegerField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def ref(self) -> str:
        """How the ledger and a trace name the record: kind and number."""
        return f"{self.KIND}:{self.pk}"
