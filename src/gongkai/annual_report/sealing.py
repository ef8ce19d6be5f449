"""Sealing, publishing and correcting a report (封存、发布、更正): what was signed is what is published."""

from __future__ import annotations

import json
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from gongkai.annual_report import documents
from gongkai.annual_report.compile import CompiledReport, compile_report
from gongkai.annual_report.filings import (
    FilingRefused,
    begin,
    event,
    forbidden,
    move,
    refuse_findings,
    touch,
)
from gongkai.annual_report.models import Filing, ReportEdition
from gongkai.annual_report.narrative_counts import BY_CODE
from gongkai.annual_report.output import as_json, draft_json, number_records, trace
from gongkai.foundation import files, ledger, publication_log
from gongkai.foundation.actors import Actor, require
from gongkai.foundation.clock import legal_day
from gongkai.foundation.locks import write_transaction
from gongkai.rules.report.filing_states import TRANSITIONS, Transition, seal_act


class ReportChanged(FilingRefused):
    """The records changed between looking and sealing; look at the differences, then seal."""


def too_early(year: int, today: date) -> str:
    """Why a year cannot be sealed yet: it is not over; empty once it is."""
    if today.year > year:
        return ""
    return f"{year} 年还没有结束，全年的数还数不全。{year + 1} 年 1 月 1 日起再封存。"


def hindrance(filing: Filing, transition: Transition, by: Actor, *, today: date) -> str:
    """Why a person who has the permission cannot do the act now; empty where nothing stands in the way."""
    said = forbidden(filing, transition, by)
    return said or (too_early(filing.year, today) if transition.target == "sealed" else "")


def fingerprint(compiled: CompiledReport) -> str:
    """What somebody looked at before sealing: values, words, findings and explanations."""
    said = as_json(compiled)
    shown = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(shown.encode()).hexdigest()


def seal(
    filing: Filing,
    *,
    by: Actor,
    now: datetime,
    seen: str | None = None,
    reason: str = "",
    with_documents: bool = True,
) -> ReportEdition:
    """Seal what the records give now (封存): report, evidence, explanations, and the ledger's head.

    ``seen``: the fingerprint of what the person looked at. ``with_documents``: also the files to stamp.
    Raises ReportChanged where the records have changed since, FilingRefused while an error stands or a
    warning is unexplained, OSError where the disk refuses: then nothing is done.
    """
    require(by, "report.seal", filing.organ, "封存年度报告")
    with write_transaction():
        transition = TRANSITIONS[seal_act(government=filing.government)]
        filing = begin(filing, transition, by)
        early = too_early(filing.year, legal_day(now))
        if early:
            raise FilingRefused(early)
        compiled = compile_report(filing.organ, filing.year, reader=by, today=legal_day(now))
        if seen is not None and seen != fingerprint(compiled):
            raise ReportChanged("打开这一页以后，记录或文字变了。变了什么列在下面，看过以后再封存。")
        refuse_findings(compiled)
        edition = _edition(filing, compiled, by, now, reason or filing.reason)
        if with_documents:
            documents.keep_documents(edition)
        values = {
            "edition": edition.version,
            "content": edition.content.digest,
            "ledger_seq": edition.ledger_seq,
            "ledger_head": edition.ledger_hash,
            "documents": {
                one.format: one.content.digest for one in edition.documents.select_related("content")
            },
        }
        move(filing, transition, by, now, "report.sealed", values=values)
    return edition


def _edition(
    filing: Filing, compiled: CompiledReport, by: Actor, now: datetime, reason: str
) -> ReportEdition:
    seq, head = ledger.head()
    version = filing.editions.count() + 1
    content = sealed_content(
        compiled,
        version=version,
        ledger_head=(seq, head),
        reason=reason,
        by=by.name,
        on=legal_day(now).isoformat(),
    )
    stored = files.keep(
        content, name=f"{filing.organ.code}-{filing.year}-v{version}.json", media_type="application/json"
    )
    return ReportEdition.objects.create(
        filing=filing,
        version=version,
        content=stored,
        ledger_seq=seq,
        ledger_hash=head,
        event_seq=ledger.next_seq(),
        sealed_on=legal_day(now),
        sealed_by=by.name,
        reason=reason,
    )


def publish(filing: Filing, *, by: Actor, now: datetime, seen: str | None = None) -> ReportEdition:
    """Publish the sealed edition (发布), unchanged. Raises FilingRefused, NotAllowed.

    ``seen``: the fingerprint of the edition that the person looked at; ReportChanged where it is another.
    """
    require(by, "report.publish", filing.organ, "发布年度报告")
    with write_transaction():
        transition = TRANSITIONS["publish"]
        filing = begin(filing, transition, by)
        edition = newest_sealed(filing)
        if seen is not None and seen != edition.content.digest:
            raise ReportChanged("打开这一页以后，这份年报重新封存过。看过新封存的这一版，再发布。")
        again = filing.editions.filter(published_seq__isnull=False).exists()
        edition.published_on, edition.published_seq = legal_day(now), ledger.next_seq()
        edition.save(update_fields=["published_on", "published_seq"])
        filing.state, filing.reason = ("corrected" if again else transition.target), ""
        touch(filing, ledger.next_seq(), "state", "reason")
        done = event(
            "report.published", filing, by, now,
            {"edition": edition.version, "content": edition.content.digest},
        )  # fmt: skip
        act = "corrected" if again else "published"
        publication_log.append(
            act, subject=edition.ref, digest=edition.content.digest, event_seq=done.seq, now=now
        )
    return edition


def newest_sealed(filing: Filing) -> ReportEdition:
    """The edition that is sealed and waits to be published."""
    return (
        filing.editions.filter(published_seq__isnull=True, withdrawn_seq__isnull=True)
        .select_related("content")
        .order_by("-version")[0]
    )


def unseal(filing: Filing, reason: str, *, by: Actor, now: datetime) -> Filing:
    """Take back a seal that is not published (撤回封存); the edition stays in the ledger."""
    return _reopen(filing, "unseal", "filing.unsealed", reason, by, now)


def correct(filing: Filing, reason: str, *, by: Actor, now: datetime) -> Filing:
    """Begin a correction of a published report (更正): the published edition stays public meanwhile."""
    return _reopen(filing, "correct", "filing.correction_begun", reason, by, now)


def _reopen(filing: Filing, act: str, kind: str, reason: str, by: Actor, now: datetime) -> Filing:
    transition = TRANSITIONS[act]
    require(by, transition.permission, filing.organ, f"{transition.label}年度报告")
    reason = reason.strip()
    if not reason:
        raise FilingRefused(f"写明{transition.label}的原因，它会和新版一起公开，例如“漏计申请一件”。")
    with write_transaction():
        filing = begin(filing, transition, by)
        if act == "unseal":
            edition = newest_sealed(filing)
            edition.withdrawn_seq = ledger.next_seq()
            edition.save(update_fields=["withdrawn_seq"])
        return move(filing, transition, by, now, kind, reason=reason)


def sealed_content(
    compiled: CompiledReport,
    *,
    version: int,
    ledger_head: tuple[int, str],
    reason: str = "",
    by: str = "",
    on: str = "",
) -> bytes:
    """The bytes that are sealed: canonical, so that the same report gives the same bytes.

    ``on``: the day of the seal, ISO 8601; a draft has none.
    """
    tables = compiled.tables
    content: dict[str, Any] = {
        "schema": 2,
        "version": version,
        "report": as_json(compiled),
        "segments": draft_json(compiled.draft),
        "counts": dict(compiled.counts),
        "traces": {name: trace(tables, name) for name, cell in tables.cells.items() if cell.value},
        "numbers": {code: number_records(tables, code) for code in BY_CODE if compiled.counts[code]},
        "bases": {name: cell.basis for name, cell in tables.cells.items()},
        "explanations": compiled.explanations_json(),
        "reason": reason,
        "sealed_by": by,
        "sealed_on": on,
        "ledger": {"seq": ledger_head[0], "head": ledger_head[1]},
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
