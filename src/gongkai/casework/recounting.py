"""Counting the open cases anew when a holiday is announced (放假通知改变期限): old day, new day, whose case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from gongkai.casework import derived, notifying
from gongkai.casework.lives import calendar_for, life_of
from gongkai.casework.models import Case
from gongkai.casework.side.reordering import reorder
from gongkai.foundation import ledger
from gongkai.foundation.actors import Actor, require
from gongkai.foundation.clock import legal_day
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Organ

RECOUNTED = "cases.recounted"


@dataclass(frozen=True, slots=True)
class Moved:
    """A case whose day moved (改了日期的一件); None: no day could or can be said."""

    case: Case
    before: date | None
    after: date | None


def recount(government: Organ, *, by: Actor, now: datetime) -> list[Moved]:
    """Bring the days of every open case of a district in line with the calendar as it now is.

    To be called after a notice was loaded; one event names each case with the old and the new day. No event
    where nothing moved.
    """
    require(by, "notice.load", government, "载入放假通知")
    today, moved = legal_day(now), []
    with write_transaction():
        calendar = calendar_for(government)
        rows = Case.objects.filter(voided_seq=None).exclude(state="archived").order_by("id")
        changed = []
        for case in rows.filter(organ__in=[government, *government.units.all()]).iterator(500):
            found = derived.columns(life_of(case), calendar, today)
            if all(getattr(case, name) == value for name, value in found.items()):
                continue
            if case.due_on != found["due_on"]:
                moved.append(Moved(case, case.due_on, found["due_on"]))
            for name, value in found.items():
                setattr(case, name, value)
            changed.append(case)
        Case.objects.bulk_update(changed, derived.COLUMNS, batch_size=200)
        reorder([government, *government.units.all()], calendar, today)
        if moved:
            seq = _tell(government, moved, by, now)
            for one in moved:
                notifying.moved(one.case, one.before, seq=seq, now=now)
    return moved


def _tell(government: Organ, moved: list[Moved], by: Actor, now: datetime) -> int:
    return ledger.append(
        RECOUNTED,
        subject=f"organ:{government.code}",
        actor=by.ref,
        now=now,
        organ_code=government.code,
        payload={
            "moved": [
                {
                    "case": one.case.ref,
                    "before": one.before.isoformat() if one.before else "",
                    "after": one.after.isoformat() if one.after else "",
                }
                for one in moved
            ]
        },
    ).seq
