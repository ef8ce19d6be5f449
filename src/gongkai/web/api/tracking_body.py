"""What the API tells of the course of a request (办理进度): state, steps, the clock with its account."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Schema

from gongkai.casework.tracking import Tracking


class StepOut(Schema):
    """One thing that happened (一步)."""

    on: date
    act: str
    words: str


class DayOut(Schema):
    """One day of the account (逐日说明)."""

    date: date
    counted: bool
    n: int | None
    why: str


class WaitingOut(Schema):
    """Somebody the clock stands still for (暂停：等谁)."""

    kind: str
    until: date | None
    note: str


class ClockOut(Schema):
    """The reply clock (答复期限)."""

    status: str
    due: date | None
    first_due: date | None
    left: int | None
    overdue: bool
    late_by: int
    stopped_on: date | None
    note: str
    provision: str
    waiting: list[WaitingOut]
    account: list[DayOut]


class AwaitedOut(Schema):
    """Who is waited for, what for and until when (在等谁)."""

    whose: str
    who: str
    what: str
    until: date | None
    note: str
    overdue: bool


class LetterOut(Schema):
    """A letter to the applicant that has left (给申请人的文书)."""

    title: str
    number: str
    dated: date


class RemedyOut(Schema):
    """A remedy against the answer with its last day (救济期限); ``until`` null: ``why`` says what is missing."""

    act: str
    label: str
    until: date | None
    why: str
    provision: str
    over: bool
    at_least: date | None


class TrackingOut(Schema):
    """The course of a request (办理进度)."""

    number: str
    query_code: str
    state: str
    state_label: str
    voided: bool
    filed_on: date
    received_on: date | None
    due: date | None
    due_note: str | None
    delay_days: int
    steps: list[StepOut]
    clock: ClockOut
    awaited: AwaitedOut | None
    may: list[str]
    letters: list[LetterOut]
    remedies: list[RemedyOut]


def body_of(found: Tracking) -> dict[str, Any]:
    """The course as the contract's answer."""
    case, awaited = found.case, found.awaited
    return {
        "number": case.number,
        "query_code": case.query_code,
        "state": found.case.state,
        "state_label": found.state.citizen,
        "voided": case.voided_seq is not None,
        "filed_on": case.arrived_on,
        "received_on": case.received_on,
        "due": found.clock.due,
        "due_note": _due_note(found),
        "delay_days": found.delay_days,
        "steps": [{"on": one.on, "act": one.act, "words": one.words} for one in found.steps],
        "clock": _clock(found),
        "awaited": None
        if awaited is None
        else {name: getattr(awaited, name) for name in ("whose", "who", "what", "until", "note", "overdue")},
        "may": list(found.may),
        "letters": [{"title": o.title, "number": o.number, "dated": o.dated} for o in found.letters],
        "remedies": [
            {
                name: getattr(one, name)
                for name in ("act", "label", "until", "why", "provision", "over", "at_least")
            }
            for one in (found.remedies.remedies if found.remedies is not None else ())
        ],
    }


def _due_note(found: Tracking) -> str | None:
    if found.case.voided_seq is not None or found.clock.due:
        return None
    return found.case.due_note or found.clock.note or None


def _clock(found: Tracking) -> dict[str, Any]:
    clock = found.clock
    said = ("status", "due", "first_due", "left", "overdue", "late_by", "stopped_on", "note")
    trace = clock.account.trace if clock.account else ()
    return {
        **{name: getattr(clock, name) for name in said},
        "provision": clock.account.provision if clock.account else "",
        # Whom else the office asks may be a person: the applicant is told what kind, not who.
        "waiting": [{"kind": one.kind, "until": one.until, "note": one.note} for one in clock.waiting],
        "account": [{"date": d.date, "counted": d.counted, "n": d.n, "why": d.why} for d in trace],
    }
