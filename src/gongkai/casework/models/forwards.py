"""Requests handed on to an organ of the district (转来的申请), until they are entered there or ticked off."""

from __future__ import annotations

from django.db import models

from gongkai.casework.models.cases import Case
from gongkai.foundation.models import Organ


class CaseForward(models.Model):
    """A request another organ handed on with consent (转来的申请, 条例 art 36 item 5).

    ``place``: which forward through all rounds of ``case``. ``taken_by``: who took it on last, and so reads who
    asks. ``settled_seq``: the event by which it was entered here as ``entered``, or ticked off without that. Where
    that entry was struck out, it waits again: that is asked of the entry, and stored nowhere.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="handed_on")
    place = models.PositiveIntegerField()
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    on = models.DateField()
    taken_by = models.CharField(max_length=64, blank=True)
    entered = models.OneToOneField(Case, models.PROTECT, null=True, blank=True, related_name="handed_on_from")
    settled_seq = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "place"], name="case_forward_place_once")]
        indexes = [models.Index(fields=["organ", "on"], name="case_forward_inbox")]

    def __str__(self) -> str:
        return f"{self.case_id} forward {self.place}"

    @property
    def waits(self) -> bool:
        """Whether it is neither entered nor ticked off (还等着登记)."""
        return self.settled_seq is None or self.struck_out

    @property
    def struck_out(self) -> bool:
        """Whether it was entered and that entry struck out (登记过，又撤销了)."""
        return self.entered is not None and self.entered.voided_seq is not None
