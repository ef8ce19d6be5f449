"""What is published, as lists (已发布年报目录): by year, by organ, and in the order it became public."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.annual_report import editions
from gongkai.annual_report.models import ReportEdition
from gongkai.foundation.models import Organ, OrganName, PublicationLogEntry
from gongkai.foundation.models.organs import OrganKind

_SUBJECT = "report-edition:"


@dataclass(frozen=True, slots=True)
class Listed:
    """A published report as a list shows it: the newest version, under the organ's name of that year."""

    organ: Organ
    name: str
    year: int
    version: int
    published_on: date

    @property
    def corrected(self) -> bool:
        """Whether an older version stands behind it."""
        return self.version > 1


@dataclass(frozen=True, slots=True)
class Appeared:
    """One step of the publication log: a report that became public, or its correction."""

    edition: ReportEdition
    name: str
    at: datetime
    corrected: bool


def listed(organ: Organ | None = None, named: Names | None = None) -> list[Listed]:
    """The published reports, newest year first, organs in their order; of one organ where it is given."""
    rows = editions.published().select_related("filing__organ").order_by("version")
    if organ is not None:
        rows = rows.filter(filing__organ=organ)
    newest = {(row.filing.year, row.filing.organ_id): row for row in rows}
    named = named or Names(organ)
    found = [
        Listed(
            row.filing.organ,
            named.in_year(row.filing.organ, row.filing.year),
            row.filing.year,
            row.version,
            row.published_on,
        )
        for row in newest.values()
        if row.published_on is not None
    ]
    return sorted(found, key=lambda one: (-one.year, one.organ.position, one.organ.code))


def by_year(found: Iterable[Listed]) -> list[tuple[int, list[Listed]]]:
    """A list as years, newest first."""
    years: dict[int, list[Listed]] = defaultdict(list)
    for one in found:
        years[one.year].append(one)
    return list(years.items())


def appeared(most: int, named: Names | None = None) -> list[Appeared]:
    """What became public last, newest first, as the publication log has it."""
    log = PublicationLogEntry.objects.filter(subject__startswith=_SUBJECT).order_by("-position")[:most]
    entries = {int(entry.subject.removeprefix(_SUBJECT)): entry for entry in log}
    rows = editions.published().select_related("filing__organ", "content").in_bulk(list(entries))
    named = named or Names()
    return [
        Appeared(
            rows[key],
            named.in_year(rows[key].filing.organ, rows[key].filing.year),
            entry.appeared_at,
            entry.act == "corrected",
        )
        for key, entry in entries.items()
        if key in rows
    ]


def published_codes(year: int) -> frozenset[str]:
    """The codes of the organs with a published report of that year."""
    rows = editions.published().filter(filing__year=year)
    return frozenset(rows.values_list("filing__organ__code", flat=True))


class Names:
    """The names of organs as of any year, from one query (历年名称)."""

    def __init__(self, organ: Organ | None = None) -> None:
        rows = OrganName.objects.all()
        if organ is not None:
            rows = rows.filter(organ=organ)
        self._rows: dict[int, list[OrganName]] = defaultdict(list)
        for row in rows:
            self._rows[row.organ_id].append(row)

    def in_year(self, organ: Organ, year: int) -> str:
        """The full name as of the end of that year; the earliest known where there was none yet."""
        last = date(year, 12, 31)
        rows = self._rows[organ.pk]
        then = [row for row in rows if row.from_on is None or row.from_on <= last]
        return (then[-1] if then else rows[0]).name if rows else organ.code

    def now(self, organ: Organ) -> str:
        """The latest full name."""
        rows = self._rows[organ.pk]
        return rows[-1].name if rows else organ.code


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as the directory shows it: its name without the district's before it."""

    organ: Organ
    name: str
    short: str


def units(
    district_short: str,
    kinds: Sequence[OrganKind] = tuple(OrganKind),
    named: Names | None = None,
) -> list[tuple[str, list[Unit]]]:
    """The organs of today by kind, in their fixed order."""
    named = named or Names()
    found: dict[str, list[Unit]] = defaultdict(list)
    for organ in Organ.objects.filter(ended_on__isnull=True):
        name = named.now(organ)
        short = name.removeprefix(district_short) or name
        found[organ.kind].append(Unit(organ, name, short))
    return [(kind.label, found[kind]) for kind in kinds if found[kind]]
