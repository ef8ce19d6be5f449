"""Compiling a report now, from the records (编制年报): one's own part, and over the units."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

from gongkai.annual_report import sources
from gongkai.annual_report.facts import facts_by_organ, merged
from gongkai.annual_report.models import Explanation, Filing
from gongkai.annual_report.narrative import Material, draft_narrative
from gongkai.annual_report.review import checkable
from gongkai.annual_report.sources import Sources
from gongkai.foundation import organs
from gongkai.foundation.actors import Actor, NotAllowed
from gongkai.foundation.models import Organ, OrganName
from gongkai.foundation.models.organs import OrganKind
from gongkai.rules.report.checks import CheckResult, Report, run_checks
from gongkai.rules.report.counting import CellValue, count, sum_cells
from gongkai.rules.report.facts import OrganFacts
from gongkai.rules.report.filing_states import HANDED_IN
from gongkai.rules.report.form import Form
from gongkai.rules.report.forms import form_for
from gongkai.rules.report.narrative import Draft, Segment


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a report (组成部分): the organ that keeps it, its cells, whether it has filed."""

    organ: Organ
    name: str
    short_name: str
    cells: Mapping[str, CellValue]
    filed: bool


@dataclass(frozen=True, slots=True)
class CountedReport:
    """The tables of a report as the records give them at this moment (计数结果).

    ``own`` is the organ's own part; ``units`` the others it sums, empty for a unit's report.
    ``scope``: every organ whose records count; ``facts``: theirs, together.
    """

    organ: Organ
    name: str
    year: int
    form: Form
    cells: Mapping[str, CellValue]
    own: Part
    units: tuple[Part, ...]
    scope: tuple[Organ, ...]
    facts: OrganFacts

    @property
    def government(self) -> bool:
        """Whether it is the government's report, over its units."""
        return self.organ.kind == OrganKind.GOVERNMENT


@dataclass(frozen=True, slots=True)
class CompiledReport:
    """A report as the records give it at this moment (编制结果): tables, words, checks.

    ``draft`` holds the words as they stand, ``drafted`` what the records alone would say; ``checked`` is what
    its checks saw.
    """

    tables: CountedReport
    counts: Mapping[str, int]
    draft: Draft
    written: Mapping[str, str]
    checks: tuple[CheckResult, ...]
    explanations: tuple[Explanation, ...] = ()
    drafted: Draft = field(default_factory=lambda: Draft({}))
    checked: Report | None = None

    def errors(self) -> list[CheckResult]:
        """The checks that fail and must be mended before anything is sealed."""
        return [c for c in self.checks if c.level == "error" and c.status == "fail"]

    def warnings(self) -> list[CheckResult]:
        """The checks that fail and want an explanation by name."""
        return [c for c in self.checks if c.level == "warning" and c.status == "fail"]

    def explained(self, check: CheckResult) -> Explanation | None:
        """The explanation that covers what a check found, if there is one."""
        wanted = finding_hash(check)
        return next((e for e in self.explanations if e.check_id == check.id and e.finding == wanted), None)

    def unexplained(self) -> list[CheckResult]:
        """The warnings that nobody has explained as they stand now."""
        return [c for c in self.warnings() if self.explained(c) is None]

    def explanations_json(self) -> list[dict[str, str]]:
        """The explanations that hold, as they are printed with the report."""
        found = [(check, self.explained(check)) for check in self.warnings()]
        return [
            {
                "check": check.id,
                "finding": check.message,
                "text": one.text,
                "by": one.by_name,
                "organ": one.by_organ,
                "on": one.on.isoformat(),
            }
            for check, one in found
            if one is not None
        ]


def finding_hash(check: CheckResult) -> str:
    """What identifies what a check found: an explanation covers this finding and no other."""
    return sha256(f"{check.id}\n{check.message}".encode()).hexdigest()


def count_report(organ: Organ, year: int, *, reader: Actor) -> CountedReport:
    """The cells alone, with their contributions. Raises NotAllowed, NoForm."""
    if not reader.may("record.read", organ):
        raise NotAllowed("这份年报还没有发布，没有查看的权限。由本单位或区政府办公室的人编制。")
    form = form_for(year)
    own, units = _scope(organ, year)
    scope = [*own, *units]
    facts = facts_by_organ([o.pk for o in scope], year)
    filed = Filing.objects.filter(year=year, organ__in=scope, state__in=HANDED_IN)
    names = organs.names_in(scope if organ in scope else [organ, *scope], year)
    return _counted(
        organ, form, year, own, units, facts, names, set(filed.values_list("organ_id", flat=True))
    )


def _scope(organ: Organ, year: int) -> tuple[list[Organ], list[Organ]]:
    """The organs of the own part, and the units a government's report sums."""
    units = list(organs.units_in(organ, year)) if organ.kind == OrganKind.GOVERNMENT else []
    return organs.own_part(organ), units


def _counted(
    organ: Organ,
    form: Form,
    year: int,
    own_organs: list[Organ],
    units: list[Organ],
    facts: Mapping[int, OrganFacts],
    names: Mapping[int, OrganName],
    filed: Container[int],
) -> CountedReport:
    def part(organ_: Organ, own_facts: OrganFacts) -> Part:
        name = names.get(organ_.pk)
        return Part(
            organ_,
            name.name if name else organ_.code,
            name.short_name if name else organ_.code,
            count(own_facts, year, form),
            organ_.pk in filed,
        )

    # The government's own part is kept by its office, and named so.
    keeper = next((o for o in own_organs if o.kind == OrganKind.OFFICE), organ)
    own = part(keeper if units else organ, merged(facts[o.pk] for o in own_organs))
    parts = tuple(part(unit, facts[unit.pk]) for unit in units)
    cells = own.cells
    if parts:
        together = (own, *parts)
        cells = sum_cells([p.cells for p in together], names=[p.short_name for p in together])
    scope = (*own_organs, *units)
    name = names[organ.pk].name if organ.pk in names else organ.code
    return CountedReport(
        organ, name, year, form, cells, own, parts, scope, merged(facts[o.pk] for o in scope)
    )


def compile_report(organ: Organ, year: int, *, reader: Actor, today: date | None = None) -> CompiledReport:
    """Compile one organ's report of one year: the government's over its units, any other its own.

    A section written by hand stands in place of its draft. ``today``: the day it is compiled on; a month
    that is still to come is not missing, and an unpublished report would be published today at the earliest,
    which its checks hold against the term. Raises NotAllowed for a reader without a role there, NoForm for
    a year before the first form.
    """
    return compile_many([organ], year, reader=reader, today=today)[organ.pk]


def compile_many(
    subjects: Sequence[Organ], year: int, *, reader: Actor, today: date | None = None
) -> dict[int, CompiledReport]:
    """Compile the reports of several organs, by organ id, with as many queries as for one."""
    for organ in subjects:
        if not reader.may("record.read", organ):
            raise NotAllowed("这份年报还没有发布，没有查看的权限。由本单位或区政府办公室的人编制。")
    form = form_for(year)
    simple = {OrganKind.GOVERNMENT, OrganKind.OFFICE}
    scopes = {o.pk: _scope(o, year) if o.kind in simple else ([o], []) for o in subjects}
    everybody = {o.pk: o for own, units in scopes.values() for o in (*own, *units)}
    found = sources.load(list(everybody.values()), subjects, year)
    return {o.pk: _compiled(o, form, found, *scopes[o.pk], today) for o in subjects}


def _compiled(
    organ: Organ, form: Form, found: Sources, own: list[Organ], units: list[Organ], today: date | None
) -> CompiledReport:
    tables = _counted(organ, form, found.year, own, units, found.facts, found.names, found.filed)
    counts = found.counted(tables.scope) | _unit_counts(tables.units)
    draft = drafted = draft_narrative(tables, counts, Material.gather(tables, found))
    written = dict(found.texts.get(organ.pk, {}))
    for section, text in written.items():
        draft = replace(draft, sections={**draft.sections, section: (Segment(text),)})
    explained = found.explanations.get(organ.pk, ())
    compiled = CompiledReport(tables, counts, draft, written, (), explained, drafted)
    checked = checkable(compiled, found, today)
    return replace(compiled, checks=tuple(run_checks(checked)), checked=checked)


def _unit_counts(units: Sequence[Part]) -> dict[str, int]:
    kinds = (OrganKind.DEPARTMENT, OrganKind.INSTITUTION, OrganKind.TOWNSHIP)
    return {f"units.{kind.value}": sum(part.organ.kind == kind for part in units) for kind in kinds}
