"""A compiled report as its checks see it (受检): with last year's, the units' and the registers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from gongkai.annual_report import editions
from gongkai.rules.report.checks import Report, Source, run_checks
from gongkai.rules.report.checks.model import Values
from gongkai.rules.report.counting import CellValue
from gongkai.rules.report.forms import VERSIONS
from gongkai.rules.report.values import read_cells

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gongkai.annual_report.compile import CompiledReport, CountedReport
    from gongkai.annual_report.sources import Sources

_DECLARED = {
    "t2.licence.decisions": "行政许可",
    "t2.penalty.decisions": "行政处罚",
    "t2.coercion.decisions": "行政强制",
    "t2.fee.amount": "行政事业性收费",
}


def checkable(compiled: CompiledReport, found: Sources, today: date | None) -> Report:
    """The report with everything its checks may ask for."""
    tables = compiled.tables
    before = found.previous.get(tables.organ.pk)
    appeared = found.appeared.get(tables.organ.pk)
    previous, previous_form = _previous(before)
    parts = tuple((p.short_name, _values(p.cells)) for p in (tables.own, *tables.units))
    return Report(
        year=tables.year,
        form=tables.form,
        values=_values(tables.cells),
        narrative=compiled.draft.narrative(),
        government=tables.government,
        previous=previous,
        previous_form=previous_form,
        others=_other_problems(tables, found, before),
        parts=parts if tables.units else None,
        blank_parts={name: cell.blank_parts for name, cell in tables.cells.items() if cell.blank_parts},
        missing_months=tuple(_missing_months(tables, today)),
        repeated=tuple(_repeated_months(tables)),
        unfiled=tuple(part.short_name for part in tables.units if not part.filed) if tables.units else None,
        published_on=appeared or (today if today is not None and today.year > tables.year else None),
        source=Source(
            counts=compiled.counts,
            facts=tables.facts,
            fees_fen=sum(fee.amount_fen for fee in tables.facts.fees),
            reviews_decided=sum(found.reviews.get(o.pk, 0) for o in tables.scope),
        ),
    )


def checks_on(compiled: CompiledReport, code: str) -> frozenset[str]:
    """The checks that a cell or a number of the words stands in: those that find something else once it changes."""
    checked = compiled.checked
    if checked is None:
        return frozenset()
    found: set[str] = set()
    for other in _with_another(checked, code):
        pairs = zip(compiled.checks, run_checks(other), strict=True)
        found |= {one.id for one, then in pairs if (one.status, one.message) != (then.status, then.message)}
    return frozenset(found)


def _with_another(checked: Report, code: str) -> Iterator[Report]:
    """The report with another value there, and with a blank."""
    if code in checked.values:
        now = checked.values[code]
        for value in (Decimal(1) if now is None else now + 1, None):
            yield replace(checked, values={**checked.values, code: value})
    elif checked.source is not None and code in checked.source.counts:
        counts = {**checked.source.counts, code: checked.source.counts[code] + 1}
        yield replace(checked, source=replace(checked.source, counts=counts))


def _values(cells: Mapping[str, CellValue]) -> Values:
    return {name: cell.value for name, cell in cells.items()}


def _previous(before: editions.Edition | None) -> tuple[Values | None, str]:
    if before is None:
        return None, ""
    version = before.report["form"]
    return read_cells(VERSIONS[version].cells, before.report["cells"])[0], version


def _missing_months(tables: CountedReport, today: date | None) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """Months nobody declared; a cell without any month is a blank, which K7 names. None is still to come."""
    over = 12 if today is None or today.year > tables.year else today.month - 1
    for part in (tables.own, *tables.units):
        for name, label in _DECLARED.items():
            cell = part.cells.get(name)
            if cell is not None and cell.value is not None:
                missing = tuple(month for month in cell.missing_months if month <= over)
                if missing:
                    yield part.short_name, label, missing


def _repeated_months(tables: CountedReport) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """Months that were declared more than once: a late addition, or the same number twice."""
    for part in (tables.own, *tables.units):
        for name, label in _DECLARED.items():
            cell = part.cells.get(name)
            months = (
                Counter(c.date.month for c in cell.contributions if c.date) if cell is not None else Counter()
            )
            twice = tuple(sorted(month for month, times in months.items() if times > 1))
            if twice:
                yield part.short_name, label, twice


def _other_problems(tables: CountedReport, found: Sources, before: editions.Edition | None) -> dict[str, str]:
    """Section five of last year and of the other organs of the year, as far as written by hand."""
    others = {
        f"{code} 的报告": text for organ, (code, text) in found.others.items() if organ != tables.organ.pk
    }
    if before is not None:
        others["上年的报告"] = before.report["narrative"]["problems"]
    return others
