"""Everything a compilation reads, at once for any number of organs (编制的来源)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.annual_report import editions, narrative_counts
from gongkai.annual_report.facts import facts_by_organ
from gongkai.annual_report.models import Explanation, Filing, FilingText, ReportProblem
from gongkai.disclosure.models import GazetteDistribution, Interpretation
from gongkai.foundation import organs
from gongkai.foundation.models import Organ, OrganName
from gongkai.registers.models import Appraisal
from gongkai.remedies.facts import reviews_decided_until
from gongkai.rules.report.facts import OrganFacts
from gongkai.rules.report.filing_states import HANDED_IN


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem or plan as registered: whose, of which year, and what became of it."""

    organ: int
    year: int
    role: str
    heading: str
    text: str
    progress: str


@dataclass(frozen=True, slots=True)
class Sources:
    """What the records say about some organs and a year; a fixed number of queries however many organs.

    Everything by organ id. ``titles`` and ``appraisals`` are (organ, …) in the order of their days;
    ``others`` holds section five as written by hand, of every organ of the year, with its code.
    """

    year: int
    facts: Mapping[int, OrganFacts]
    names: Mapping[int, OrganName]
    filed: frozenset[int]
    counts: Mapping[int, Mapping[str, int]]
    texts: Mapping[int, Mapping[str, str]]
    explanations: Mapping[int, tuple[Explanation, ...]]
    titles: Sequence[tuple[int, str]]
    places: Mapping[int, set[str]]
    appraisals: Sequence[tuple[int, str, str]]
    problems: Sequence[Problem]
    others: Mapping[int, tuple[str, str]]
    previous: Mapping[int, editions.Edition]
    appeared: Mapping[int, date]
    reviews: Mapping[int, int]

    def counted(self, scope: Iterable[Organ]) -> dict[str, int]:
        """The numbers of the words over several organs."""
        found: dict[str, int] = dict.fromkeys(narrative_counts.BY_CODE, 0)
        for organ in scope:
            for code, number in self.counts.get(organ.pk, {}).items():
                found[code] += number
        return found


def load(scope: Sequence[Organ], subjects: Sequence[Organ], year: int) -> Sources:
    """Read everything about ``scope``, and what was filed and published by ``subjects``."""
    ids, wanted = [o.pk for o in scope], [o.pk for o in subjects]
    filed = Filing.objects.filter(year=year, organ_id__in=ids, state__in=HANDED_IN)
    return Sources(
        year=year,
        facts=facts_by_organ(ids, year),
        names=organs.names_in([*scope, *(o for o in subjects if o.pk not in ids)], year),
        filed=frozenset(filed.values_list("organ_id", flat=True)),
        counts=narrative_counts.counts_by_organ(ids, year),
        texts=_texts(wanted, year),
        explanations=_explanations(wanted, year),
        titles=_titles(ids, year),
        places=_places(ids, year),
        appraisals=_appraisals(ids, year),
        problems=_problems(ids, year),
        others=_others(year),
        previous=_previous(wanted, year),
        appeared=_appeared(wanted, year),
        reviews=reviews_decided_until(ids, year),
    )


def _texts(wanted: list[int], year: int) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = defaultdict(dict)
    rows = FilingText.objects.filter(filing__organ_id__in=wanted, filing__year=year)
    for organ, section, text in rows.values_list("filing__organ_id", "section", "text"):
        found[organ][section] = text
    return found


def _explanations(wanted: list[int], year: int) -> dict[int, tuple[Explanation, ...]]:
    found: dict[int, tuple[Explanation, ...]] = {}
    rows = Explanation.objects.filter(filing__organ_id__in=wanted, filing__year=year).select_related("filing")
    for row in rows.order_by("pk"):
        found[row.filing.organ_id] = (*found.get(row.filing.organ_id, ()), row)
    return found


def _within(ids: list[int]) -> dict[str, object]:
    return {"organ_id__in": ids, "withdrawn_seq__isnull": True}


def _span(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _titles(ids: list[int], year: int) -> list[tuple[int, str]]:
    rows = Interpretation.objects.filter(**_within(ids), formed_on__range=_span(year))
    return list(rows.order_by("formed_on", "pk").values_list("organ_id", "title"))


def _places(ids: list[int], year: int) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = GazetteDistribution.objects.filter(**_within(ids), delivered_on__range=_span(year))
    for organ, place in rows.order_by().values_list("organ_id", "place_type").distinct():
        found[organ].add(place)
    return found


def _appraisals(ids: list[int], year: int) -> list[tuple[int, str, str]]:
    rows = Appraisal.objects.filter(**_within(ids), held_on__range=_span(year)).order_by("held_on", "pk")
    return [(r.organ_id, r.get_category_display(), r.result.strip()) for r in rows]


def _problems(ids: list[int], year: int) -> list[Problem]:
    rows = ReportProblem.objects.filter(**_within(ids), year__in=(year - 1, year)).order_by("pk")
    return [
        Problem(*row) for row in rows.values_list("organ_id", "year", "role", "heading", "text", "progress")
    ]


def _others(year: int) -> dict[int, tuple[str, str]]:
    rows = FilingText.objects.filter(section="problems", filing__year=year).exclude(text="")
    return {
        organ: (code, text)
        for organ, code, text in rows.values_list("filing__organ_id", "filing__organ__code", "text")
    }


def _previous(wanted: list[int], year: int) -> dict[int, editions.Edition]:
    rows = editions.published().filter(filing__organ_id__in=wanted, filing__year=year - 1)
    newest = {
        row.filing.organ_id: row
        for row in rows.select_related("content", "filing__organ").order_by("version")
    }
    return {organ: editions.of(row) for organ, row in newest.items()}


def _appeared(wanted: list[int], year: int) -> dict[int, date]:
    """The day each organ's report was first published: a correction does not make it late."""
    rows = editions.published().filter(filing__organ_id__in=wanted, filing__year=year).order_by("-version")
    days = rows.values_list("filing__organ_id", "published_on")
    return {organ: day for organ, day in days if day is not None}
