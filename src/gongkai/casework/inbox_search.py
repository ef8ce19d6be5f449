"""Finding cases beside the inbox (查找申请): by number, and those that the supervising office must look to."""

from __future__ import annotations

from datetime import date

from django.db.models import Case as DatabaseCase
from django.db.models import Q, Value, When

from gongkai.casework.derived import UNCONFIRMED
from gongkai.casework.inbox import MOST_COUNTED, PAGE_SIZE, Page, rows_of
from gongkai.casework.models import Case
from gongkai.casework.readers import READ, organs_where
from gongkai.foundation.actors import Actor
from gongkai.foundation.models import Organ
from gongkai.rules.roles import Permission


def numbered(actor: Actor, today: date, written: str, *, page: int = 1, page_size: int = PAGE_SIZE) -> Page:
    """Cases by their number, the exact one first (按编号查): archived ones too, wherever the reader may read.

    ``written``: a whole number, a part of one, or a serial alone (``12`` finds 0012 of every year).
    """
    rows = Case.objects.filter(organ__in=organs_where(actor, READ))
    wanted = written.strip()
    exact = Q(number__iexact=wanted)
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 7:
        exact |= Q(serial=int(wanted))
    listed = rows.filter(exact | Q(number__icontains=wanted)).annotate(
        nearness=DatabaseCase(When(exact, then=Value(0)), default=Value(1))
    )
    start = (max(page, 1) - 1) * page_size
    ordered = listed.order_by("nearness", "-year", "order_key", "id").select_related(
        "organ__parent", "handler"
    )
    found = list(ordered[start : start + page_size + 1])
    return Page(rows_of(found[:page_size], today), max(page, 1), len(found) > page_size)


def unconfirmed_late(actor: Actor, today: date, among: list[Organ] | None = None) -> int:
    """How many filings of the district nobody confirmed in time (逾期未确认), for the office that supervises."""
    places = organs_where(actor, Permission.REMINDER_SEND, among)
    if not places:
        return 0
    late = Q(order_key__gte=UNCONFIRMED, order_key__lt=UNCONFIRMED + today.isoformat())
    rows = Case.objects.filter(late, organ__in=places, voided_seq=None).values_list("pk", flat=True)
    return min(len(rows[:MOST_COUNTED]), MOST_COUNTED)
