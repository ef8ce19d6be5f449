"""Finding a correction or a proposal by its number (按编号查), as cases are found in the inbox."""

from __future__ import annotations

from datetime import date

from django.db.models import Case as DatabaseCase
from django.db.models import Q, Value, When

from gongkai.casework.models import SideRequest
from gongkai.casework.readers import READ, organs_where
from gongkai.casework.side.queries import PAGE_SIZE, SideRow, rows_of
from gongkai.foundation.actors import Actor
from gongkai.rules.side_requests.kinds import KINDS

_MOST_DIGITS = 6


def numbered(
    actor: Actor, today: date, written: str, *, kind: str = "", page: int = 1, page_size: int = PAGE_SIZE
) -> tuple[tuple[SideRow, ...], bool]:
    """Those of that number, the exact one first, wherever the reader may read; and whether there are more.

    ``written``: a whole number, a part of one, or a serial alone (``12`` finds 0012 of every year and kind). What
    is archived or struck out is found too.
    """
    wanted = written.strip()
    exact = Q(number__iexact=wanted)
    if wanted.isascii() and wanted.isdigit() and len(wanted) <= _MOST_DIGITS:
        exact |= Q(serial=int(wanted))
    rows = SideRequest.objects.filter(
        exact | Q(number__icontains=wanted), organ__in=organs_where(actor, READ)
    )
    if kind in KINDS:
        rows = rows.filter(kind=kind)
    nearest = rows.annotate(nearness=DatabaseCase(When(exact, then=Value(0)), default=Value(1)))
    ordered = nearest.order_by("nearness", "-year", "order_key", "id")
    start = (max(page, 1) - 1) * page_size
    found = list(
        ordered.select_related("organ__parent", "handler", "about__organ")[start : start + page_size + 1]
    )
    return rows_of(found[:page_size], today), len(found) > page_size
