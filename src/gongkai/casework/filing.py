"""Filing a request (提交、录入申请): number, query code, receipt, in one transaction and one event."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from gongkai.casework import derived, filing_checks, registering
from gongkai.casework.codes import new_query_code, printed_number, secret_of
from gongkai.casework.filing_checks import AgentGiven, ApplicantGiven, Filing
from gongkai.casework.lives import calendar_for, seal_texts
from gongkai.casework.models import Applicant, Case, IdempotencyKey
from gongkai.casework.proving import filed_payload
from gongkai.casework.refusals import CaseworkRefused, refused
from gongkai.foundation import ledger, personal
from gongkai.foundation.actors import Actor, NotAllowed, require
from gongkai.foundation.canonical import canonical_json
from gongkai.foundation.clock import SHANGHAI, legal_day
from gongkai.foundation.inserting import insert
from gongkai.foundation.kinds import Finding
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Organ
from gongkai.rules.requests.facts import Life
from gongkai.rules.requests.life import begin

FILED = "case.filed"
KEPT_FOR = timedelta(days=7)
_LONGEST_KEY = 200


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


@dataclass(frozen=True, slots=True)
class Idempotency:
    """The key of a filing (幂等键): ``scope`` a platform's reference or ``portal``; ``body``: what was sent."""

    scope: str
    key: str
    body: bytes = b""


def file_request(
    organ: Organ,
    filing: Filing,
    *,
    by: Actor,
    now: datetime,
    channel: str = "online",
    idempotency: Idempotency | None = None,
) -> Receipt:
    """File a request (提交申请). Raises CaseworkRefused with every finding, KeyReused, NotAllowed.

    The public and platforms file ``online``; whoever holds ``case.enter`` enters what came by other channels.
    """
    _permit(organ, filing, by, channel)
    today = legal_day(now)
    key = _key(idempotency) if idempotency is not None else None
    clean, findings = filing_checks.check(filing, channel=channel, today=today)
    if organ.ended_on is not None and today > organ.ended_on:
        findings.insert(0, Finding("organ", "这个机关已经撤并，向继续行使其职权的机关提出。"))
    with write_transaction():
        known = _answered(idempotency, key, now)
        if known is not None:
            return known
        if findings:
            raise CaseworkRefused(*findings)
        case, receipt = _file(organ, clean, by, now, channel)
        if idempotency is not None and key is not None:
            _remember(idempotency, key, case, receipt, now)
    return receipt


class KeyReused(CaseworkRefused):
    """Another body came under a key already used (422)."""


def _permit(organ: Organ, filing: Filing, by: Actor, channel: str) -> None:
    if not by.public:
        require(by, "case.enter", organ, "登记申请")
        return
    if channel != "online" or filing.confirmed:
        raise NotAllowed("网上提交的申请由办理单位与申请人确认收到，不能自己确认，也不能代填其他渠道。")


def _key(idempotency: Idempotency) -> str:
    if not idempotency.key.strip() or len(idempotency.key) > _LONGEST_KEY:
        raise refused("Idempotency-Key", f"Idempotency-Key 应有 1 到 {_LONGEST_KEY} 个字符，换一个。")
    return hashlib.sha256(idempotency.key.encode()).hexdigest()


def _answered(idempotency: Idempotency | None, key: str | None, now: datetime) -> Receipt | None:
    """The first answer of a key that is still remembered. Raises KeyReused."""
    if idempotency is None or key is None:
        return None
    IdempotencyKey.objects.filter(at__lt=now - KEPT_FOR).delete()
    row = (
        IdempotencyKey.objects.filter(scope=idempotency.scope, key_digest=key).select_related("case").first()
    )
    if row is None:
        return None
    if row.fingerprint != hashlib.sha256(idempotency.body).hexdigest():
        raise KeyReused(
            Finding(
                "Idempotency-Key",
                "这个 Idempotency-Key 已经用于另一份内容；换一个键，或者原样重发第一次的内容。",
            )
        )
    said: dict[str, Any] = json.loads(row.receipt)
    days = {name: date.fromisoformat(said[name]) if said[name] else None for name in ("received_on", "due")}
    return Receipt(**{**said, **days}, case=row.case, secret=secret_of(row.case), repeated=True)


def _remember(idempotency: Idempotency, key: str, case: Case, receipt: Receipt, now: datetime) -> None:
    IdempotencyKey.objects.create(
        scope=idempotency.scope,
        key_digest=key,
        fingerprint=hashlib.sha256(idempotency.body).hexdigest(),
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


def _file(organ: Organ, filing: Filing, by: Actor, now: datetime, channel: str) -> tuple[Case, Receipt]:
    today = legal_day(now)
    life = begin(channel, filing.arrived_on or today, confirmed=filing.confirmed)
    seq = ledger.next_seq()
    case = _case(organ, filing, life, by, now, seq)
    calendar = calendar_for(organ)
    derived.put(case, life, calendar, today)
    insert(case)
    texts = filing_checks.personal_texts(filing)
    seal_texts(case, texts)
    applicant = _applicant(case, filing)
    ledger.append(
        FILED,
        subject=case.ref,
        actor=by.ref,
        now=now,
        organ_code=organ.code,
        payload=filed_payload(case, applicant, registering.write(case, life, seq=seq), texts),
        personal=texts,
    )
    return case, receipt_of(case)


def _case(organ: Organ, filing: Filing, life: Life, by: Actor, now: datetime, seq: int) -> Case:
    year = now.astimezone(SHANGHAI).year
    serial = _last_serial(organ, year) + 1
    return Case(
        organ=organ,
        year=year,
        serial=serial,
        number=printed_number(organ, year, serial),
        filed_at=now,
        filed_by=by.ref,
        channel=life.channel,
        arrived_on=life.arrived_on,
        applicant_class=filing.applicant.applicant_class,
        form=filing.form,
        delivery=filing.delivery,
        query_code=new_query_code(),
        key_number=settings.GONGKAI_CURRENT_DATA_KEY,
        entered_seq=seq,
        latest_seq=seq,
    )


def _last_serial(organ: Organ, year: int) -> int:
    """The last serial of an organ's year; by hand, as it is asked inside the lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT MAX(serial) FROM casework_case WHERE organ_id = %s AND year = %s", [organ.pk, year]
        )
        return cursor.fetchone()[0] or 0


def _applicant(case: Case, filing: Filing) -> Applicant:
    given = filing.applicant
    applicant = Applicant(
        case=case,
        id_type=given.id_type,
        by_agent=filing.agent is not None,
        identity_index=personal.blind_index(given.id_number, purpose="identity"),
        name_index=personal.blind_index(given.name, purpose="name"),
    )
    return insert(applicant)


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
