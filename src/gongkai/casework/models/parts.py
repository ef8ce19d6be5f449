"""The parts other organs work on (协办的部分), as a list by organ: derived from the lives of cases, to be rebuilt."""

from __future__ import annotations

from django.db import models

from gongkai.casework.models.cases import Case
from gongkai.foundation.models import Organ


class CasePart(models.Model):
    """A part that waits for another organ (等着回复的协办). Gone once answered, taken back or without object.

    ``place``: which part of the round in hand. What it is about stands in the case, sealed.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="waiting_parts")
    place = models.PositiveIntegerField()
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    due_on = models.DateField()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "place"], name="case_part_place_once")]
        indexes = [models.Index(fields=["organ", "due_on"], name="case_part_inbox")]

    def __str__(self) -> str:
        return f"{self.case_id} part {self.place}"
