"""From a record back to the report (计入何处): which cells and numbers of which year it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.annual_report import narrative_counts
from gongkai.annual_report.compile import count_report
from gongkai.foundation.actors import Actor, NotAllowed
from gongkai.foundation.kinds import Kind
from gongkai.foundation.models import Record
from gongkai.foundation.records import values_of
from gongkai.rules.report.forms import NoForm
from gongkai.rules.report.values import printed


@dataclass(frozen=True, slots=True)
class Counted:
    """One place of a report where a record counts: the year, the cell or number, its label, how much."""

    year: int
    code: str
    label: str
    value: str


def counted_in(kind: Kind, record: Record, *, reader: Actor, today: date) -> list[Counted]:
    """Every cell and number of the organ's own reports that the record stands in, up to this year."""
    if record.withdrawn_seq is not None:
        return []
    found: list[Counted] = []
    for year in _years(kind, record, today):
        try:
            tables = count_report(record.organ, year, reader=reader)
        except (NoForm, NotAllowed):
            continue
        for name, cell in tables.own.cells.items():
            total = sum(one.value for one in cell.contributions if one.record == record.ref)
            if total:
                found.append(
                    Counted(year, name, tables.form.cells[name].label.replace("/", "，"), printed(total))
                )
        found += [
            Counted(year, one.code, "", "")
            for one in narrative_counts.SLICES
            if one.kind == kind.code
            and narrative_counts.records(one.code, [record.organ_id], year).filter(pk=record.pk).exists()
        ]
    return found


def _years(kind: Kind, record: Record, today: date) -> list[int]:
    values = values_of(kind, record)
    years = {value.year for value in values.values() if isinstance(value, date)}
    if isinstance(values.get("year"), int):
        years.add(values["year"])
    return sorted(year for year in years if year <= today.year)
