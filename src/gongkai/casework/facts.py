"""Requests as the law's counting sees them (申请的事实): the only translation from rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from gongkai.casework.models import InformationRequest, ProcessingFee
from gongkai.rules.report.facts import FeeFact, RequestFact


def request_facts(organs: Iterable[int], year: int) -> dict[int, list[RequestFact]]:
    """Requests open on any day of the year, by organ id."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = InformationRequest.objects.filter(
        Q(closed_on__isnull=True) | Q(closed_on__gte=first),
        organ_id__in=list(organs),
        received_on__lte=last,
        withdrawn_seq__isnull=True,
    ).order_by("received_on", "pk")
    result: dict[int, list[RequestFact]] = defaultdict(list)
    for row in rows:
        result[row.organ_id].append(
            RequestFact(
                record=row.ref,
                title=row.title,
                received_on=row.received_on,
                closed_on=row.closed_on,
                applicant_class=row.applicant_class,
                outcome=row.outcome or None,
                supplement_due_on=row.supplement_due_on,
                fee_notice_on=row.fee_notice_on,
            )
        )
    return result


def fee_facts(organs: Iterable[int], year: int) -> dict[int, list[FeeFact]]:
    """Information processing fees collected in the year, by organ id."""
    rows = ProcessingFee.objects.filter(
        organ_id__in=list(organs), charged_on__year=year, withdrawn_seq__isnull=True
    ).order_by("charged_on", "pk")
    result: dict[int, list[FeeFact]] = defaultdict(list)
    for row in rows:
        result[row.organ_id].append(
            FeeFact(record=row.ref, title=row.title, charged_on=row.charged_on, amount_fen=row.amount_fen)
        )
    return result
