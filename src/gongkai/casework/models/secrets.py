"""Query secrets kept for a changed data key (查询口令的存底)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.casework.models.cases import Case
from gongkai.casework.models.side_requests import SideRequest


class CarriedSecret(models.Model):
    """A query secret carried over from an older data key (查询口令的存底), so that the key can be retired.

    While the key it derives from is the current one a secret is stored nowhere. Of a case, or of a correction or a
    proposal (``side``).
    """

    case = models.OneToOneField(Case, models.PROTECT, null=True, blank=True, related_name="carried_secret")
    side = models.OneToOneField(
        SideRequest, models.PROTECT, null=True, blank=True, related_name="carried_secret"
    )
    sealed = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=True, side__isnull=False) | Q(case__isnull=False, side__isnull=True),
                name="carried_secret_of_one",
            )
        ]

    def __str__(self) -> str:
        return f"secret of {self.at}"

    @property
    def at(self) -> str:
        """The only place where it opens."""
        return f"case:{self.case_id} query secret" if self.case_id else f"side:{self.side_id} query secret"
