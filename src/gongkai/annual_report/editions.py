"""Published editions (年报版本): the bytes that were sealed, read back; never the records of today."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from gongkai.annual_report.models import ReportEdition
from gongkai.foundation import files
from gongkai.foundation.models import Organ


@dataclass(frozen=True, slots=True)
class Edition:
    """One published edition with its content: the report as the contract shapes it, and the evidence."""

    row: ReportEdition
    content: dict[str, Any]

    @property
    def report(self) -> dict[str, Any]:
        """Shaped as ``report compile --format json``."""
        return self.content["report"]  # type: ignore[no-any-return]


def published() -> QuerySet[ReportEdition]:
    """Every edition the public may read."""
    return ReportEdition.objects.filter(published_seq__isnull=False)


def version(organ: Organ, year: int, number: int) -> Edition | None:
    """One published version of a report; None where there is none."""
    rows = published().filter(filing__organ=organ, filing__year=year, version=number)
    row = rows.select_related("content", "filing__organ").first()
    return of(row) if row is not None else None


def of(row: ReportEdition) -> Edition:
    """An edition with its content, read back from the sealed bytes."""
    return Edition(row, _content(row.content.digest))


def versions(organ: Organ, year: int) -> list[ReportEdition]:
    """The published versions, newest first."""
    rows = published().filter(filing__organ=organ, filing__year=year)
    return list(rows.select_related("content", "filing__organ").order_by("-version"))


def latest(organ: Organ, year: int) -> Edition | None:
    """What is published of that organ and year: the newest version; None where nothing is."""
    row = (
        published()
        .filter(filing__organ=organ, filing__year=year)
        .select_related("content", "filing__organ")
        .order_by("-version")
        .first()
    )
    return of(row) if row is not None else None


def published_years(organ: Organ) -> list[int]:
    """The years with a published report, newest first."""
    years = published().filter(filing__organ=organ).values_list("filing__year", flat=True)
    return sorted(set(years), reverse=True)


# A district with ten thousand records is some megabytes; a worker keeps the few that are being read.
@lru_cache(maxsize=12)
def _content(digest: str) -> dict[str, Any]:
    # Kept by content: the bytes of a digest never change, so a cached reading is never stale.
    return json.loads(files.read(digest))  # type: ignore[no-any-return]
