"""The acts on records of every kind (登记、更正、撤销登记): one action, one event, one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from gongkai.foundation import kinds, ledger
from gongkai.foundation.actors import Actor, payload_of, require
from gongkai.foundation.clock import legal_day
from gongkai.foundation.kinds import Column, Finding, Kind
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import LedgerEvent, Organ, Record, StoredFile

ENTERED, CORRECTED, WITHDRAWN = "record.entered", "record.corrected", "record.withdrawn"
# What was still to come has happened: nothing that was entered before was wrong.
CONTINUED = "record.continued"


class RowRefused(Exception):
    """Values that cannot be a record; ``findings`` say what is wrong and the cure."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("；".join(f.message for f in findings))
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Entry:
    """What ``prepare`` and ``after`` of a kind may know of the act: whose record, by which event.

    ``existing`` is the record being corrected, None at entry; ``evidence`` the file it comes with.
    """

    organ: Organ
    seq: int
    now: datetime
    existing: Record | None = None
    evidence: StoredFile | None = None


def model_of(kind: Kind) -> type[Record]:
    """The kind's table."""
    return apps.get_model(kind.model)


def values_of(kind: Kind, record: Record, columns: Sequence[Column] | None = None) -> dict[str, Any]:
    """The record's values by column code, as the form and the ledger know them; of some columns, where named."""
    return {c.code: _follow(record, c.field) for c in (kind.columns if columns is None else columns)}


def _follow(record: Any, path: str) -> Any:
    for name in path.split("."):
        record = getattr(record, name)
    return record


def standing(kind: Kind) -> QuerySet[Record]:
    """All records of the kind that count: entered and not withdrawn."""
    return model_of(kind)._default_manager.filter(withdrawn_seq__isnull=True)


def visible(kind: Kind, reader: Actor, organ: Organ) -> QuerySet[Record]:
    """The records of an organ that the reader may see, in the order of entry.

    The public sees records of public kinds; everybody else those of organs where a role reads them.
    """
    rows = standing(kind).filter(organ=organ).order_by("pk")
    if reader.public:
        return rows if kind.public else rows.none()
    return rows if reader.may("record.read", organ) else rows.none()


def enter(
    kind: Kind,
    organ: Organ,
    values: Mapping[str, Any],
    *,
    by: Actor,
    now: datetime,
    evidence: StoredFile | None = None,
) -> Record:
    """Enter a record (登记). ``values`` are clean, by column code. Raises RowRefused, NotAllowed."""
    require(by, "record.enter", organ, "登记")
    with write_transaction():
        entry = Entry(organ=organ, seq=ledger.next_seq(), now=now, evidence=evidence)
        attributes = _attributes(kind, entry, values)
        record = model_of(kind)(
            organ=organ, evidence=evidence, entered_seq=entry.seq, latest_seq=entry.seq, **attributes
        )
        record.save(force_insert=True)
        companions = kind.after(entry, record, values) if kind.after is not None else ()
        _record(ENTERED, kind, record, by, now, {}, companions)
    return record


def correct(
    kind: Kind,
    record: Record,
    values: Mapping[str, Any],
    *,
    by: Actor,
    now: datetime,
    reason: str,
    based_on: int | None = None,
    evidence: StoredFile | None = None,
) -> Record:
    """Correct a record by a new event (更正). ``values`` are the changed ones; the ledger keeps the old.

    ``based_on``: the event of the record that the person had before them; refused where it has changed since.
    ``evidence``: another file in place of the one before; None leaves it.
    """
    require(by, "record.correct", record.organ, "更正")
    if not reason.strip():
        raise RowRefused(Finding("", "写明更正的原因，例如“漏计一件”。"))
    return _changed(kind, record, values, CORRECTED, {"reason": reason}, by, now, based_on, evidence)


def go_on(
    kind: Kind,
    record: Record,
    values: Mapping[str, Any],
    *,
    by: Actor,
    now: datetime,
    step: str,
    based_on: int | None = None,
    evidence: StoredFile | None = None,
) -> Record:
    """Enter what has happened since in a matter that goes on (登记进展); ``step`` is its name.

    Unlike a correction it needs no reason: what was entered before was right. Raises RowRefused, NotAllowed.
    """
    require(by, "record.enter", record.organ, step)
    return _changed(kind, record, values, CONTINUED, {"step": step}, by, now, based_on, evidence)


def _changed(
    kind: Kind,
    record: Record,
    values: Mapping[str, Any],
    act: str,
    extra: Mapping[str, Any],
    by: Actor,
    now: datetime,
    based_on: int | None,
    evidence: StoredFile | None,
) -> Record:
    with write_transaction():
        record = _current(kind, record)
        if based_on is not None and record.latest_seq != based_on:
            raise RowRefused(
                Finding("", "打开以后，别人改过这条登记。对照现在登记的和刚才填的，核对后再存一次。")
            )
        record.evidence = evidence or record.evidence
        entry = Entry(record.organ, ledger.next_seq(), now, existing=record, evidence=record.evidence)
        merged = {**values_of(kind, record), **values}
        for name, value in _attributes(kind, entry, merged).items():
            setattr(record, name, value)
        record.latest_seq = entry.seq
        record.save()
        companions = kind.after(entry, record, merged) if kind.after is not None else ()
        _record(act, kind, record, by, now, extra, companions)
    return record


def withdraw(kind: Kind, record: Record, *, by: Actor, now: datetime, reason: str) -> Record:
    """Withdraw a record (撤销登记): it stays in the table and counts nowhere."""
    require(by, "record.correct", record.organ, "撤销登记")
    if not reason.strip():
        raise RowRefused(Finding("", "写明撤销登记的原因，例如“重复登记”。"))
    with write_transaction():
        record = _current(kind, record)
        seq = ledger.next_seq()
        record.withdrawn_seq = record.latest_seq = seq
        record.save(update_fields=["withdrawn_seq", "latest_seq"])
        _record(WITHDRAWN, kind, record, by, now, {"reason": reason})
    return record


def _current(kind: Kind, record: Record) -> Record:
    """The record as it is now, under the lock. Raises RowRefused where it was withdrawn meanwhile."""
    fresh = model_of(kind)._default_manager.get(pk=record.pk)
    if fresh.withdrawn_seq is not None:
        raise RowRefused(Finding("", "这条登记已经撤销，不能再改。需要时重新登记一条。"))
    elsewhere = kind.kept_elsewhere(fresh) if kind.kept_elsewhere is not None else ""
    if elsewhere:
        raise RowRefused(Finding("", elsewhere))
    return fresh


def missing(kind: Kind, values: Mapping[str, Any]) -> list[Finding]:
    """The required values that are not there."""
    return [
        Finding(column.code, f"“{column.label}”是必填项，写上再登记。")
        for column in kind.columns
        if column.required and values.get(column.code) in (None, "")
    ]


def _attributes(kind: Kind, entry: Entry, values: Mapping[str, Any]) -> dict[str, Any]:
    findings = missing(kind, values)
    today = legal_day(entry.now)
    findings += [
        Finding(column.code, f"“{column.label}”写的是 {day}，这一天还没有到，核对年份。")
        for column in kind.columns
        if column.type == "date" and not column.future and (day := values.get(column.code)) and day > today
    ]
    if not findings and kind.validate is not None:
        findings = kind.validate(values)
    if findings:
        raise RowRefused(*findings)
    attributes = {column.field: values.get(column.code) for column in kind.columns}
    for column in kind.columns:
        # Text columns are never NULL, so that "blank" has one form in both databases.
        if attributes[column.field] is None and column.type in ("text", "long_text", "choice"):
            attributes[column.field] = ""
    return kind.prepare(entry, attributes) if kind.prepare is not None else attributes


def event_values(kind: Kind, record: Record) -> tuple[dict[str, Any], dict[str, Any]]:
    """The record's values as its event holds them: the open part and the personal part."""
    return open_values(kind, record), _values(record, [c for c in kind.columns if c.personal])


def open_values(kind: Kind, record: Record) -> dict[str, Any]:
    """The open part alone: nothing sealed is opened for it (不含个人信息的部分)."""
    return _values(record, [column for column in kind.columns if not column.personal])


def _values(record: Record, columns: Sequence[Column]) -> dict[str, Any]:
    return payload_of({c.code: _follow(record, c.field) for c in columns if not c.companion})


def _record(
    act: str,
    kind: Kind,
    record: Record,
    by: Actor,
    now: datetime,
    extra: Mapping[str, Any],
    companions: Sequence[Record] = (),
) -> LedgerEvent:
    shown, hidden = event_values(kind, record)
    payload: dict[str, Any] = {**extra, "values": shown}
    if record.evidence is not None:
        payload["evidence"] = record.evidence.digest
    if companions:
        payload["with"] = {one.ref: event_values(kinds.get(one.KIND), one)[0] for one in companions}
    return ledger.append(
        act,
        subject=record.ref,
        actor=by.ref,
        now=now,
        organ_code=record.organ.code,
        occurred_on=_day(kind, record, now),
        payload=payload,
        personal=hidden or None,
    )


def _day(kind: Kind, record: Record, now: datetime) -> date | None:
    if kind.event_of_year is not None:
        return kind.event_of_year(record)
    day = _follow(record, kind.column(kind.date_column).field)
    return day if isinstance(day, date) else None
