"""Remedies as the law's counting sees them (复议诉讼的事实)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q

from gongkai.remedies.models import Lawsuit, Reconsideration
from gongkai.rules.report.facts import RemedyFact


def remedy_facts(organs: Iterable[int], year: int) -> dict[int, list[RemedyFact]]:
    """Reconsiderations and lawsuits open on any day of the year, by organ id."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    alive = Q(closed_on__isnull=True) | Q(closed_on__gte=first)
    scope = Q(organ_id__in=list(organs), filed_on__lte=last, withdrawn_seq__isnull=True) & alive
    reviews = Reconsideration.objects.filter(scope).order_by("filed_on", "pk")
    lawsuits = Lawsuit.objects.filter(scope).order_by("filed_on", "pk")
    result: dict[int, list[RemedyFact]] = defaultdict(list)
    rows: list[Reconsideration | Lawsuit] = [*reviews, *lawsuits]
    for row in rows:
        result[row.organ_id].append(
            RemedyFact(
                record=row.ref,
                title=row.title,
                track=getattr(row, "track", "review"),
                filed_on=row.filed_on,
                closed_on=row.closed_on,
                result=row.result or None,
            )
        )
    return result


def reviews_decided_until(organs: Iterable[int], year: int) -> dict[int, int]:
    """Reconsiderations decided in the year and all earlier ones, by organ id: what K18 holds lawsuits against."""
    rows = Reconsideration.objects.filter(
        organ_id__in=list(organs), closed_on__lte=date(year, 12, 31), withdrawn_seq__isnull=True
    )
    return dict(rows.order_by().values_list("organ_id").annotate(n=Count("pk")))
