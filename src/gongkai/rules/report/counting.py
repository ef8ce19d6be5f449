"""From facts to cells (计数): a pure function; every cell carries what it was counted from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from gongkai.rules.applicants import APPLICANT_CLASSES
from gongkai.rules.citations import cite
from gongkai.rules.report import counting_rules as law
from gongkai.rules.report.facts import NormativeFact, OrganFacts, RemedyFact, RequestFact, StatisticFact
from gongkai.rules.report.form import RESULTS, TOTAL_COLUMN, TRACKS, Form
from gongkai.rules.rule import Rule

FEN_PER_WAN_YUAN = 1_000_000
MONTHS = tuple(range(1, 13))
Basis = Literal["counted", "declared", "summed"]


@dataclass(frozen=True, slots=True)
class Parameters:
    """What the format leaves open (口径), a district's setting.

    ``amendment_counts_as_made``: an amendment in the year is also a 制发.
    ``expiry_counts_as_repealed``: an expiry in the year is also a 废止.
    ``remedies``: "alive" counts what was decided in the year or pending at its end; "filed" only what
    was filed in the year.
    """

    amendment_counts_as_made: bool = False
    expiry_counts_as_repealed: bool = False
    remedies: Literal["alive", "filed"] = "alive"


DEFAULT = Parameters()


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one record adds to a cell (来源): the leaf of every trace. ``value`` in the cell's unit,
    ``evidence`` the file behind a declared number."""

    record: str
    title: str
    date: date | None
    rule: Rule
    value: Decimal
    evidence: str = ""

    @property
    def kind(self) -> str:
        """The kind of record, from its reference."""
        return self.record.partition(":")[0]

    @property
    def provision(self) -> str:
        """What the counting rests on, as cited."""
        return cite(self.rule.provisions)


@dataclass(frozen=True, slots=True)
class CellValue:
    """A cell with where it comes from (格及其来源).

    ``value`` None is a blank: nobody declared the number. ``missing_months``: months of a declared
    number nobody declared. ``parts``: (name, value) of what a summed cell adds; ``blank_parts``: the
    names of those that are blank.
    """

    value: Decimal | None
    basis: Basis
    contributions: tuple[Contribution, ...] = ()
    missing_months: tuple[int, ...] = ()
    parts: tuple[tuple[str, Decimal | None], ...] = ()
    blank_parts: tuple[str, ...] = ()


Cells = dict[str, CellValue]
_ONE = Decimal(1)


def count(facts: OrganFacts, year: int, form: Form, parameters: Parameters = DEFAULT) -> Cells:
    """Every cell of an organ's report of one year, in the order of the form.

    A cell the records cannot give (2019: 采购总金额) is blank. Raises KeyError for an applicant class or
    outcome outside the closed lists.
    """
    found: Cells = {}
    found.update(_normative_cells(facts.normatives, year, form, parameters))
    found.update(_declared_cells(facts.statistics, year, form))
    found.update(_request_cells(facts.requests, year, form))
    found.update(_remedy_cells(facts.remedies, year, parameters))
    blank = CellValue(None, "declared")
    return {name: found.get(name, blank) for name in form.cells}


def _counted(rows: Iterable[Contribution]) -> CellValue:
    contributions = tuple(rows)
    return CellValue(sum((c.value for c in contributions), Decimal(0)), "counted", contributions)


# Normative documents ------------------------------------------------------------------------------

_ENDS = ("repealed", "declared_invalid", "expired")


def _normative_cells(
    facts: Sequence[NormativeFact], year: int, form: Form, parameters: Parameters
) -> Iterator[tuple[str, CellValue]]:
    made = ("made", "amended") if parameters.amendment_counts_as_made else ("made",)
    ended = ("repealed", "declared_invalid")
    if parameters.expiry_counts_as_repealed:
        ended = _ENDS  # type: ignore[assignment]
    for rank in ("rule", "norm"):
        own = [fact for fact in facts if fact.rank == rank]
        cells = {
            "made": (law.MADE, lambda f: _day_in(f, made, year)),
            "repealed": (law.REPEALED, lambda f: _day_in(f, ended, year)),
            "in_force": (law.IN_FORCE, lambda f: _made_if_in_force(f, date(year, 12, 31))),
        }
        for name, (rule, day_of) in cells.items():
            cell = f"t2.{rank}.{name}"
            if cell in form.cells:
                yield cell, _counted(_documents(own, rule, day_of))


def _documents(
    facts: Iterable[NormativeFact], rule: Rule, day_of: Callable[[NormativeFact], date | None]
) -> Iterator[Contribution]:
    for fact in facts:
        day = day_of(fact)
        if day is not None:
            yield Contribution(fact.record, fact.title, day, rule, _ONE)


def _day_in(fact: NormativeFact, events: tuple[str, ...], year: int) -> date | None:
    """The first day in the year on which one of the events happened: a document counts once."""
    return min((on for event, on in fact.events if event in events and on.year == year), default=None)


def _made_if_in_force(fact: NormativeFact, day: date) -> date | None:
    return next(on for event, on in fact.events if event == "made") if in_force_on(fact, day) else None


def in_force_on(fact: NormativeFact, day: date) -> bool:
    """Whether a document was in force at the end of a day (现行有效): made, and not ended by then."""
    made = any(event == "made" and on <= day for event, on in fact.events)
    return made and not any(event in _ENDS and on <= day for event, on in fact.events)


# Declared statistics ------------------------------------------------------------------------------

_DECLARED = {"licence": "decisions", "penalty": "decisions", "coercion": "decisions", "fee": "amount"}


def _declared_cells(facts: Sequence[StatisticFact], year: int, form: Form) -> Iterator[tuple[str, CellValue]]:
    for item, name in _DECLARED.items():
        cell = f"t2.{item}.{name}"
        if cell not in form.cells:
            continue
        own = [fact for fact in facts if fact.item == item and fact.year == year]
        if not own:
            yield cell, CellValue(None, "declared", missing_months=MONTHS)
            continue
        scale = FEN_PER_WAN_YUAN if item == "fee" else 1
        contributions = tuple(
            Contribution(
                f.record,
                f.title,
                date(f.year, f.month, 1),
                law.DECLARED,
                Decimal(f.value) / scale,
                f.evidence or "",
            )
            for f in own
        )
        months = {fact.month for fact in own}
        yield (
            cell,
            CellValue(
                Decimal(sum(f.value for f in own)) / scale,
                "declared",
                contributions,
                missing_months=tuple(m for m in MONTHS if m not in months),
            ),
        )


# Requests -----------------------------------------------------------------------------------------


def _request_cells(facts: Sequence[RequestFact], year: int, form: Form) -> Iterator[tuple[str, CellValue]]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    found: dict[tuple[str, str], list[Contribution]] = {}
    for fact in facts:
        column = APPLICANT_CLASSES[fact.applicant_class].column
        for row, day, rule in _rows_of(fact, first, last, form):
            one = Contribution(fact.record, fact.title, day, rule, _ONE)
            for place in (column, TOTAL_COLUMN):
                found.setdefault((row, place), []).append(one)
    for row in form.rows:
        for column in (*(c.column for c in APPLICANT_CLASSES.values()), TOTAL_COLUMN):
            yield f"t3.{row}.{column}", _counted(found.get((row, column), ()))


def _rows_of(fact: RequestFact, first: date, last: date, form: Form) -> Iterator[tuple[str, date, Rule]]:
    """The rows one request stands in: it came in once and went out once, so the identities hold."""
    alive = fact.received_on <= last and (fact.closed_on is None or fact.closed_on >= first)
    if not alive:
        return
    if fact.received_on >= first:
        yield "r1", fact.received_on, law.RECEIVED
    else:
        yield "r2", fact.received_on, law.CARRIED_IN
    if fact.closed_on is None or fact.closed_on > last:
        yield form.carried_row, fact.received_on, law.CARRIED_OUT
        return
    assert fact.outcome is not None
    yield form.outcome_rows[fact.outcome], fact.closed_on, law.OUTCOME
    yield form.total_row, fact.closed_on, law.OUTCOME


# Remedies -----------------------------------------------------------------------------------------


def _remedy_cells(
    facts: Sequence[RemedyFact], year: int, parameters: Parameters
) -> Iterator[tuple[str, CellValue]]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    found: dict[tuple[str, str], list[Contribution]] = {}
    for fact in facts:
        over = fact.closed_on is not None and fact.closed_on < first
        old = parameters.remedies == "filed" and fact.filed_on < first
        if over or old or fact.filed_on > last:
            continue
        pending = fact.closed_on is None or fact.closed_on > last
        result = "pending" if pending else fact.result
        assert result is not None
        day = fact.filed_on if pending or fact.closed_on is None else fact.closed_on
        one = Contribution(fact.record, fact.title, day, law.REMEDY, _ONE)
        for place in (result, "total"):
            found.setdefault((fact.track, place), []).append(one)
    for track in TRACKS:
        for result in (*RESULTS, "total"):
            yield f"t4.{track}.{result}", _counted(found.get((track, result), ()))


# Sums ---------------------------------------------------------------------------------------------


def sum_cells(parts: Sequence[Mapping[str, CellValue]], names: Sequence[str]) -> Cells:
    """The cells of a report over several parts (汇总): the known parts added, the blank ones named.

    A cell is blank only where every part of it is.
    """
    if not parts:
        raise ValueError("a sum needs a part")
    return {
        name: _summed([(label, part[name]) for label, part in zip(names, parts, strict=True)])
        for name in parts[0]
    }


def _summed(parts: list[tuple[str, CellValue]]) -> CellValue:
    known = [cell.value for _, cell in parts if cell.value is not None]
    return CellValue(
        sum(known, Decimal(0)) if known else None,
        "summed",
        tuple(c for _, cell in parts for c in cell.contributions),
        parts=tuple((label, cell.value) for label, cell in parts),
        blank_parts=tuple(label for label, cell in parts if cell.value is None),
    )
