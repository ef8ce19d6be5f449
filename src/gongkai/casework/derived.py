"""What follows from the life of a case (由案情得出的): its columns for lists, its row in the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.casework import snapshot
from gongkai.casework.house import house_terms
from gongkai.casework.models import Case
from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.requests.facts import Life, Round
from gongkai.rules.requests.life import receipt, state
from gongkai.rules.requests.reply_clock import ReplyClock, reply_clock, service_day
from gongkai.rules.requests.steps import NextStep, next_step

UNCONFIRMED, DATED, UNDATED, DONE, ARCHIVED = "0", "1", "2", "8", "9"
COLUMNS = ("state", "received_on", "due_on", "due_note", "step_on", "order_key", "extension_pending")


@dataclass(frozen=True, slots=True)
class Registered:
    """What the register says of the case (登记簿上的一行); None before the day of receipt is known."""

    received_on: date
    outcome: str = ""
    closed_on: date | None = None
    supplement_due_on: date | None = None
    fee_notice_on: date | None = None


def columns(life: Life, calendar: WorkingCalendar, today: date) -> dict[str, Any]:
    """The columns of ``Case`` that the life amounts to."""
    where = state(life)
    clock = reply_clock(life, calendar, today)
    step = next_step(life, today, calendar, house_terms())
    extension = life.round.extension
    return {
        "state": where,
        "received_on": receipt(life).day,
        "due_on": clock.due,
        "due_note": "" if clock.due else clock.note[:300],
        "step_on": step.due if step else None,
        "order_key": order_key(where, step, clock),
        "extension_pending": extension is not None and extension.approved_on is None,
    }


def order_key(where: str, step: NextStep | None, clock: ReplyClock) -> str:
    """The place in the inbox (排序): unconfirmed filings, then by the nearest day, then those without one."""
    if where == "archived":
        return ARCHIVED
    if where == "awaiting_confirmation":
        return UNCONFIRMED + _day(step.due if step else None)
    owed = clock.due if clock.status in ("running", "paused") else None
    days = [day for day in (step.due if step else None, owed) if day is not None]
    if days:
        return DATED + _day(min(days))
    return UNDATED if clock.status in ("running", "paused", "waits") else DONE


def _day(day: date | None) -> str:
    return day.isoformat() if day else "9999-12-31"


def put(case: Case, life: Life, calendar: WorkingCalendar, today: date) -> None:
    """Write the life and what follows from it into the case's columns (not yet saved)."""
    case.facts = snapshot.encode(life)
    for name, value in columns(life, calendar, today).items():
        setattr(case, name, value)


def registered(life: Life) -> Registered | None:
    """The row of the register (计入表三的事实); None while it counts nowhere.

    The first round alone is counted: an ordered new decision is no second request, and the year in which it
    was first answered has reported it. A correction within the round moves the outcome, never the day.
    """
    received = receipt(life).day
    if received is None:
        return None
    first = life.rounds[0]
    closed_on, outcome = _closed(first)
    notices = [n for r in life.rounds for n in r.fees if n.cancelled_on is None and n.received_on]
    return Registered(
        received_on=received,
        outcome=outcome if closed_on else "",
        closed_on=closed_on,
        supplement_due_on=life.supplemented.due_on if life.supplemented else None,
        fee_notice_on=notices[0].received_on if notices else None,
    )


def _closed(round_: Round) -> tuple[date | None, str]:
    """When a round was closed and with which outcome (办结)."""
    if round_.withdrawn_on is not None:
        return round_.withdrawn_on, "r23"
    if round_.lapse is not None:
        return round_.lapse.on, round_.lapse.outcome
    given = [(service_day(a), a.outcome) for a in round_.answers]
    served = [(day, outcome) for day, outcome in given if day is not None]
    return (served[0][0], served[-1][1]) if served else (None, "")
