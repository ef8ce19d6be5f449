"""The legal day (法定日期): a moment's day in Asia/Shanghai, on every server and database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def legal_day(moment: datetime) -> date:
    """The day on which ``moment`` (aware) falls by law. Raises ValueError for a naive moment."""
    if moment.tzinfo is None:
        raise ValueError("a moment without zone has no legal day")
    return moment.astimezone(SHANGHAI).date()


def canonical_moment(moment: datetime) -> str:
    """A moment as it is hashed: UTC, microseconds, Z."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
