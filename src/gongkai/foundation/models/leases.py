"""Who does the work that only one process may do (租约)."""

from __future__ import annotations

from django.db import models


class Lease(models.Model):
    """One kind of work and who does it at present (租约), taken and kept by ``foundation.lease`` alone.

    ``fence`` grows with every taking, so that what an earlier holder still writes can be told apart.
    ``beat_at``: when the holder last said that it lives; never cleared, so that a silence can be seen.
    """

    name = models.CharField(max_length=32, primary_key=True)
    holder = models.CharField(max_length=64, blank=True)
    fence = models.BigIntegerField(default=0)
    until = models.DateTimeField()
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.fence}"
