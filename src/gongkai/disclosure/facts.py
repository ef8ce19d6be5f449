"""Normative documents as the law's counting sees them (规范性文件的事实)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from gongkai.disclosure.models import NormativeDocument, NormativeEvent
from gongkai.rules.report.facts import NormativeFact


def normative_facts(organs: Iterable[int], year: int) -> dict[int, list[NormativeFact]]:
    """Every normative document made by the end of the year, with all that became of it, by organ id."""
    wanted = list(organs)
    last = date(year, 12, 31)
    rows = NormativeDocument.objects.filter(
        organ_id__in=wanted, made_on__lte=last, withdrawn_seq__isnull=True
    ).order_by("made_on", "pk")
    events: dict[int, list[tuple[str, date]]] = defaultdict(list)
    later = NormativeEvent.objects.filter(
        document__organ_id__in=wanted, on__lte=last, withdrawn_seq__isnull=True
    ).order_by("on", "pk")
    for document, event, on in later.values_list("document_id", "event", "on"):
        events[document].append((event, on))
    result: dict[int, list[NormativeFact]] = defaultdict(list)
    for row in rows:
        result[row.organ_id].append(
            NormativeFact(
                record=row.ref,
                title=f"{row.title}（{row.document_number}）",
                rank=row.rank,
                events=(("made", row.made_on), *events[row.pk], *_expiry(row, last)),
            )
        )
    return result


def _expiry(row: NormativeDocument, last: date) -> tuple[tuple[str, date], ...]:
    """A document past its stated term has expired, whether or not somebody entered it."""
    if row.valid_until is None or row.valid_until >= last:
        return ()
    return (("expired", row.valid_until + timedelta(days=1)),)
