"""Holiday notices of this installation (放假通知): loading the next one, and the calendar they make."""

from __future__ import annotations

import json
from datetime import datetime

from gongkai.foundation import ledger
from gongkai.foundation.actors import Actor, require
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Organ, StoredNotice
from gongkai.rules.calendar import HolidayNotice, WorkingCalendar, announced, parse_notice


def load_notice(content: object, *, by: Actor, now: datetime) -> HolidayNotice:
    """Load a notice (载入放假通知); the latest of a year and region holds. Raises CalendarRefused."""
    notice = parse_notice(content)
    government = Organ.objects.filter(kind="government", parent=None).first()
    if government is not None:
        require(by, "notice.load", government, "载入放假通知")
    with write_transaction():
        seq = ledger.next_seq()
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        StoredNotice.objects.create(
            year=notice.year,
            region=notice.region,
            number=notice.number,
            content=text,
            entered_seq=seq,
        )
        ledger.append(
            "notice.loaded",
            subject=f"notice:{notice.region}-{notice.year}",
            actor=by.ref,
            now=now,
            payload={"number": notice.number, "content": text},
        )
    return notice


def loaded_notices(region: str | None, *, every_region: bool = False) -> list[HolidayNotice]:
    """The notices loaded here for the whole country and the region, in the order of loading."""
    rows = StoredNotice.objects.order_by("entered_seq")
    if not every_region:
        rows = rows.filter(region__in=["national", region or "national"])
    return [parse_notice(json.loads(row.content)) for row in rows]


def calendar_of(government: Organ) -> WorkingCalendar:
    """The working calendar a district counts by: built-in notices, its region's, and those loaded."""
    region = government.region or None
    return announced(region).with_notices(loaded_notices(region))
