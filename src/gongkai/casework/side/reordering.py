"""The order of the list anew when the calendar changes (放假通知改变日期): derived columns, no event of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongkai.casework.models import SideRequest
from gongkai.casework.side.lives import columns, life_of
from gongkai.foundation.models import Organ
from gongkai.rules.calendar import WorkingCalendar

_COLUMNS = ("state", "received_on", "step_on", "order_key")


def reorder(organs: Sequence[Organ], calendar: WorkingCalendar, today: date) -> None:
    """Bring the days of open ones in line with the calendar; these are the office's own terms, not the law's."""
    changed = []
    rows = SideRequest.objects.filter(organ__in=organs, voided_seq=None).exclude(state="archived")
    for side in rows.order_by("id"):
        found = columns(life_of(side), calendar, today)
        if any(getattr(side, name) != value for name, value in found.items()):
            for name, value in found.items():
                setattr(side, name, value)
            changed.append(side)
    SideRequest.objects.bulk_update(changed, _COLUMNS, batch_size=200)
