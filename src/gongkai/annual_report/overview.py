"""Forty units in one look (全区一览): each unit's filing of a year, what its checks find, who is late."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from gongkai.annual_report.compile import CompiledReport, compile_many
from gongkai.annual_report.models import Chase, CollectionRound, Filing, ReportEdition
from gongkai.foundation import organs
from gongkai.foundation.actors import Actor
from gongkai.foundation.models import Organ
from gongkai.rules.report.filing_states import HANDED_IN, due_on


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit's filing as the office sees it (一个单位). ``state`` is "none" before it begins.

    ``blocking``: errors and unexplained warnings that its records and words show now. ``changed``: handed in,
    and blocking since. ``late``: not handed in by its day.
    """

    organ: Organ
    name: str
    short_name: str
    filing: Filing | None
    errors: tuple[str, ...]
    unexplained: tuple[str, ...]
    chases: int
    late: bool

    @property
    def state(self) -> str:
        """The filing's state; none before it begins."""
        return self.filing.state if self.filing is not None else "none"

    @property
    def label(self) -> str:
        """The state in words."""
        return self.filing.label if self.filing is not None else "还没有开始"

    @property
    def handed_in(self) -> bool:
        """Whether it was handed in and not given back."""
        return self.state in HANDED_IN

    @property
    def wrong(self) -> bool:
        """Handed in, and its checks do not hold now."""
        return self.handed_in and bool(self.errors or self.unexplained)


@dataclass(frozen=True, slots=True)
class Overview:
    """The year's collection: when units hand in, and every unit's line in its fixed order."""

    government: Organ
    year: int
    due: date
    lines: tuple[UnitLine, ...]

    @property
    def states(self) -> Counter[str]:
        """How many units are in which state."""
        return Counter(line.state for line in self.lines)


def unit_due(government: Organ, year: int) -> date:
    """By when units hand in: the office's day where it set one, else 31 January."""
    row = CollectionRound.objects.filter(government=government, year=year).first()
    return row.units_due_on if row is not None else due_on(year, government=False)


def overview(government: Organ, year: int, *, reader: Actor, today: date) -> Overview:
    """Every unit of the year; a fixed number of queries however many units."""
    units = list(organs.units_in(government, year).select_related("parent"))
    compiled = compile_many(units, year, reader=reader, today=today)
    filings = {
        f.organ_id: f for f in Filing.objects.filter(year=year, organ__in=units).select_related("organ")
    }
    chases = Counter(
        Chase.objects.filter(year=year, organ__in=units).order_by().values_list("organ_id", flat=True)
    )
    due = unit_due(government, year)
    lines = tuple(
        _line(unit, compiled[unit.pk], filings.get(unit.pk), chases[unit.pk], due, today) for unit in units
    )
    return Overview(government, year, due, lines)


def _line(
    unit: Organ, compiled: CompiledReport, filing: Filing | None, chases: int, due: date, today: date
) -> UnitLine:
    handed_in = filing is not None and filing.state in HANDED_IN
    return UnitLine(
        organ=unit,
        name=compiled.tables.name,
        short_name=compiled.tables.own.short_name,
        filing=filing,
        errors=tuple(f"{c.id} {c.message}" for c in compiled.errors()),
        unexplained=tuple(f"{c.id} {c.message}" for c in compiled.unexplained()),
        chases=chases,
        late=not handed_in and today > due,
    )


def filing_years(organ: Organ, today: date) -> list[int]:
    """The years to show: every filed one, last year and this one, newest first."""
    known = set(Filing.objects.filter(organ=organ).values_list("year", flat=True))
    return sorted({*known, today.year - 1, today.year}, reverse=True)


def editions_by_organ(organs_: list[Organ], year: int) -> dict[int, list[ReportEdition]]:
    """Every edition of a year, sealed or published, by organ id."""
    found: dict[int, list[ReportEdition]] = defaultdict(list)
    rows = ReportEdition.objects.filter(filing__organ__in=organs_, filing__year=year).select_related("filing")
    for row in rows.order_by("version"):
        found[row.filing.organ_id].append(row)
    return found
