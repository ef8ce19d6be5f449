"""Proving the seals (验证封存): each edition is what its event said, over the ledger's head of that time."""

from __future__ import annotations

import json
from collections.abc import Iterator

from gongkai.annual_report.models import Filing, ReportEdition
from gongkai.foundation import files, organs
from gongkai.foundation.models import LedgerEvent, PublicationLogEntry
from gongkai.foundation.verification import Break


def seal_breaks() -> Iterator[Break]:
    """Every edition that does not hold."""
    rows = ReportEdition.objects.select_related("filing__organ", "content").order_by("pk")
    for edition in rows:
        place = _place(edition)
        for message in (*_event_breaks(edition), *_content_breaks(edition)):
            yield Break(place, message)
    yield from _filing_breaks()


def _place(edition: ReportEdition) -> str:
    name = organs.name_in(edition.filing.organ, edition.filing.year)
    return f"{name}{edition.filing.year} 年年度报告第 {edition.version} 版"


def _event_breaks(edition: ReportEdition) -> Iterator[str]:
    event = LedgerEvent.objects.filter(seq=edition.event_seq, subject=edition.filing.ref).first()
    # The first version of this program sealed and published in one act.
    if event is None or event.kind not in ("report.sealed", "report.published"):
        yield "底账里没有封存它的事件：这一版不是通过系统封存的。"
        return
    said = json.loads(event.payload)
    row = (edition.version, edition.content.digest, edition.ledger_seq, edition.ledger_hash)
    if (said["edition"], said["content"], said["ledger_seq"], said["ledger_head"]) != row:
        yield f"与底账第 {event.seq} 号事件记的不同，封存之后被改过。"
    kept = {one.format: one.content.digest for one in edition.documents.select_related("content")}
    if said.get("documents", {}) != kept:
        yield f"成品文件与底账第 {event.seq} 号事件记的不同，封存之后被换过。"
    yield from _publication_breaks(edition)
    head = LedgerEvent.objects.filter(seq=edition.ledger_seq).values_list("hash", flat=True).first()
    if edition.ledger_seq and head != edition.ledger_hash:
        yield f"封存时底账第 {edition.ledger_seq} 号的指纹，与现在的不同，底账被重写过。"


def _publication_breaks(edition: ReportEdition) -> Iterator[str]:
    if edition.published_seq is None:
        return
    event = LedgerEvent.objects.filter(seq=edition.published_seq, subject=edition.filing.ref).first()
    if event is None or event.kind != "report.published":
        yield "底账里没有发布它的事件：这一版不是通过系统发布的。"
    log = PublicationLogEntry.objects.filter(subject=edition.ref, event_seq=edition.published_seq).first()
    if log is None or log.digest != edition.content.digest:
        yield "公开日志里没有这一版，或指纹不同。"


def _content_breaks(edition: ReportEdition) -> Iterator[str]:
    try:
        content = json.loads(files.read(edition.content.digest))
    except files.FileMissing:
        return  # named among the files
    if content["ledger"] != {"seq": edition.ledger_seq, "head": edition.ledger_hash}:
        yield "封存的内容里写的底账末号与登记的不同。"


def _filing_breaks() -> Iterator[Break]:
    """A filing's words must be what its events say."""
    for filing in Filing.objects.select_related("organ").prefetch_related("texts", "explanations"):
        place = f"{organs.name_in(filing.organ, filing.year)}{filing.year} 年年报填报"
        events = LedgerEvent.objects.filter(subject=filing.ref).order_by("seq")
        said: dict[str, str] = {}
        for event in events.filter(kind="filing.written"):
            payload = json.loads(event.payload)
            said[payload["section"]] = payload["text"]
        known = {section: text for section, text in said.items() if text.strip()}
        if {row.section: row.text for row in filing.texts.all()} != known:
            yield Break(place, "手写的文字与底账记的不同，被绕过系统改过。")
        explained: dict[str, str] = {}
        for event in events.filter(kind="filing.explained"):
            payload = json.loads(event.payload)
            explained[payload["check"]] = payload["text"]
        if {row.check_id: row.text for row in filing.explanations.all()} != {
            check: text for check, text in explained.items() if text
        }:
            yield Break(place, "署名说明与底账记的不同，被绕过系统改过。")
        if not events.filter(kind="filing.opened").exists():
            yield Break(place, "底账里没有它的事件：这份填报不是通过系统建立的。")
