"""Filing a request (提交、录入申请): number, query code, receipt, in one transaction and one event."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongkai.casework import derived, filing_checks, forward_papers, forwarding, notifying, registering
from gongkai.casework.codes import new_query_code, printed_number, secret_of
from gongkai.casework.filing_checks import AgentGiven, ApplicantGiven, Filing
from gongkai.casework.first_answers import Idempotency, KeyReused, row_of
from gongkai.casework.lives import calendar_for, seal_texts
from gongkai.casework.models import Applicant, Case, CaseForward, IdempotencyKey
from gongkai.casework.proving import filed_payload
from gongkai.casework.refusals import CaseworkRefused
from gongkai.foundation import ledger, personal
from gongkai.foundation.actors import Actor, NotAllowed, require
from gongkai.foundation.canonical import canonical_json
from gongkai.foundation.clock import SHANGHAI, legal_day
from gongkai.foundation.current_key import current_key
from gongkai.foundation.inserting import insert
from gongkai.foundation.kinds import Finding
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Organ
from gongkai.foundation.statements import run
from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.requests.facts import Life
from gongkai.rules.requests.life import begin

FILED = "case.filed"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the person who filed is told (回执). ``repeated``: the first answer, given again for the same key.

    ``secret`` is derived anew each time and stored nowhere; ``due`` None has ``due_note``.
    """

    case: Case
    number: str
    serial: int
    query_code: str
    secret: str
    state: str
    received_on: date | None
    due: date | None
    due_note: str | None
    repeated: bool = False


def file_request(
    organ: Organ,
    filing: Filing,
    *,
    by: Actor,
    now: datetime,
    channel: str = "online",
    idempotency: Idempotency | None = None,
    forward: CaseForward | None = None,
) -> Receipt:
    """File a request (提交申请). Raises CaseworkRefused with every finding, KeyReused, RefusedBefore, NotAllowed.

    The public and platforms file ``online``; whoever holds ``case.enter`` enters what came by other channels.
    ``forward``: what another organ handed on, taken on by who enters it.
    """
    _permit(organ, filing, by, channel)
    clean, findings = filing_checks.check(filing, channel=channel, today=legal_day(now))
    if organ.ended_on is not None and legal_day(now) > organ.ended_on:
        findings.insert(0, Finding("organ", "这个机关已经撤并，向继续行使其职权的机关提出。"))
    ready = None if findings else _made_ready(organ, clean, by, now, channel)
    with write_transaction():
        known = _answered(idempotency, now) if idempotency is not None else None
        if known is not None:
            return known
        if ready is None:
            raise CaseworkRefused(*findings)
        case = _file(organ, ready, by, now, forward)
        if idempotency is not None:
            _remember(idempotency, case, receipt_of(case), now)
    return receipt_of(case)


def _permit(organ: Organ, filing: Filing, by: Actor, channel: str) -> None:
    if not by.public:
        require(by, "case.enter", organ, "录入申请")
        return
    if channel != "online" or filing.confirmed:
        raise NotAllowed("网上提交的申请由办理单位与申请人确认收到，不能自己确认，也不能代填其他渠道。")


def _answered(idempotency: Idempotency, now: datetime) -> Receipt | None:
    """The first answer of a key that is still remembered. Raises KeyReused, RefusedBefore."""
    row = row_of(idempotency, now)
    if row is None or row.case is None:
        return None
    said: dict[str, Any] = json.loads(row.receipt)
    days = {name: date.fromisoformat(said[name]) if said[name] else None for name in ("received_on", "due")}
    return Receipt(**{**said, **days}, case=row.case, secret=secret_of(row.case), repeated=True)


def _remember(idempotency: Idempotency, case: Case, receipt: Receipt, now: datetime) -> None:
    IdempotencyKey.objects.create(
        scope=idempotency.scope,
        key_digest=idempotency.digest,
        fingerprint=idempotency.fingerprint,
        case=case,
        receipt=canonical_json(
            {
                "number": receipt.number,
                "serial": receipt.serial,
                "query_code": receipt.query_code,
                "state": receipt.state,
                "received_on": receipt.received_on.isoformat() if receipt.received_on else None,
                "due": receipt.due.isoformat() if receipt.due else None,
                "due_note": receipt.due_note,
            }
        ),
        at=now,
    )


@dataclass(frozen=True, slots=True)
class _Ready:
    """A filing worked out as far as it can be before the lock: everybody waits for what is done inside it."""

    case: Case
    applicant: Applicant
    life: Life
    calendar: WorkingCalendar
    texts: dict[str, str]


def _made_ready(organ: Organ, filing: Filing, by: Actor, now: datetime, channel: str) -> _Ready:
    today = legal_day(now)
    life = begin(channel, filing.arrived_on or today, confirmed=filing.confirmed)
    calendar = calendar_for(organ)
    case = Case(
        organ=organ,
        year=now.astimezone(SHANGHAI).year,
        filed_at=now,
        filed_by=by.ref,
        channel=life.channel,
        arrived_on=life.arrived_on,
        applicant_class=filing.applicant.applicant_class,
        form=filing.form,
        delivery=filing.delivery,
        query_code=new_query_code(),
        key_number=current_key(),
    )
    derived.put(case, life, calendar, today)
    return _Ready(case, _applicant(filing), life, calendar, filing_checks.personal_texts(filing))


def _file(organ: Organ, ready: _Ready, by: Actor, now: datetime, forward: CaseForward | None) -> Case:
    case, applicant, texts = ready.case, ready.applicant, ready.texts
    calendar = calendar_for(organ)
    if calendar is not ready.calendar:
        # A holiday notice came in between: its recount did not see this case.
        derived.put(case, ready.life, calendar, legal_day(now))
    seq = case.entered_seq = case.latest_seq = ledger.next_seq()
    case.serial = _last_serial(organ, case.year) + 1
    case.number = printed_number(organ, case.year, case.serial)
    insert(case)
    seal_texts(case, texts)
    applicant.case = case
    insert(applicant)
    origin = forwarding.enter(forward, case, seq, by) if forward is not None else {}
    ledger.append(
        FILED,
        subject=case.ref,
        actor=by.ref,
        now=now,
        organ_code=organ.code,
        payload={
            **filed_payload(case, applicant, registering.write(case, ready.life, seq=seq), texts),
            **origin,
        },
        personal=texts,
    )
    if forward is not None:
        forward_papers.put_in(forward, case, by=by, now=now)
    notifying.filed(case, now=now)
    return case


def _last_serial(organ: Organ, year: int) -> int:
    """The last serial of an organ's year; by hand, as it is asked inside the lock."""
    ((last,),) = run(
        "SELECT MAX(serial) FROM casework_case WHERE organ_id = %s AND year = %s", (organ.pk, year)
    )
    return last or 0


def _applicant(filing: Filing) -> Applicant:
    given = filing.applicant
    return Applicant(
        id_type=given.id_type,
        by_agent=filing.agent is not None,
        identity_index=personal.blind_index(given.id_number, purpose="identity"),
        name_index=personal.blind_index(given.name, purpose="name"),
    )


def receipt_of(case: Case) -> Receipt:
    """The receipt of a case as it stands (回执)."""
    return Receipt(
        case=case,
        number=case.number,
        serial=case.serial,
        query_code=case.query_code,
        secret=secret_of(case),
        state=case.state,
        received_on=case.received_on,
        due=case.due_on,
        due_note=case.due_note or None,
    )


__all__ = [
    "FILED",
    "AgentGiven",
    "ApplicantGiven",
    "Filing",
    "Idempotency",
    "KeyReused",
    "Receipt",
    "file_request",
    "receipt_of",
]
