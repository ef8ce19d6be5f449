"""The lease (租约): at any time one process at most does what only one may do, on both databases alike.

A holder keeps its lease by renewing it; one that cannot must stop its work before ``until``. What it has begun by
then is told apart by the fence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Lease

# The one lease there is: that of the background process.
BACKGROUND = "background"
# Longer than this without a beat, and nobody does the work.
SILENT_AFTER = timedelta(minutes=5)


class LeaseLost(Exception):
    """The lease is another's by now: whoever held it stops at once."""


@dataclass(frozen=True, slots=True)
class Held:
    """A lease in one's hand (持有的租约), good until ``until`` unless renewed."""

    name: str
    holder: str
    fence: int
    until: datetime


def take(name: str, holder: str, *, now: datetime, lasts: timedelta) -> Held | None:
    """Take the lease (取得租约); None while another holds it.

    ``holder`` names those who follow one another, each after the end of the one before: the next of them takes
    over without waiting.
    """
    with write_transaction():
        row = Lease.objects.filter(name=name).first() or Lease(name=name, until=now, beat_at=now)
        if row.holder not in ("", holder) and row.until > now:
            return None
        row.holder, row.until, row.beat_at = holder, now + lasts, now
        row.fence += 1
        row.save()
    return Held(name, holder, row.fence, row.until)


def renew(held: Held, *, now: datetime, lasts: timedelta) -> Held:
    """Keep the lease (续租). Raises LeaseLost."""
    with write_transaction():
        if not _own(held).update(until=now + lasts, beat_at=now):
            raise LeaseLost(held.name)
    return replace(held, until=now + lasts)


def release(held: Held, *, now: datetime) -> None:
    """Give the lease back (交还租约), so that another need not wait; nothing where it is another's already."""
    with write_transaction():
        _own(held).update(holder="", until=now)


def _own(held: Held):  # type: ignore[no-untyped-def]
    return Lease.objects.filter(name=held.name, holder=held.holder, fence=held.fence)


def database_clock() -> datetime:
    """The moment by the database's clock: the same for every machine that shares it.

    An embedded database has the clock of the one machine that it is on.
    """
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


@dataclass(frozen=True, slots=True)
class Pulse:
    """Whether the background process lives (后台是否在运行). ``last_beat`` None: it has never run here."""

    last_beat: datetime | None
    silent: bool


def pulse(now: datetime) -> Pulse:
    """The last sign of life."""
    beat = Lease.objects.filter(name=BACKGROUND).values_list("beat_at", flat=True).first()
    return Pulse(beat, beat is None or now - beat > SILENT_AFTER)
