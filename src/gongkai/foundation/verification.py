"""Proving the record (验证): ledger, anchors, records, publication log, files, seals."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gongkai.foundation import anchors, files, kinds, ledger
from gongkai.foundation.canonical import GENESIS
from gongkai.foundation.models import LedgerEvent, PublicationLogEntry, Record, StoredFile
from gongkai.foundation.records import model_of, open_values


@dataclass(frozen=True, slots=True)
class Break:
    """One place where the record does not prove (断点): where, and what was found there."""

    place: str
    message: str


Check = Callable[[], Iterator[Break]]
_further: list[Check] = []


def register(check: Check) -> None:
    """Add what another app must prove (the report's seals), once, at start-up."""
    if check not in _further:
        _further.append(check)


@dataclass(frozen=True, slots=True)
class Proof:
    """The outcome of a verification: what was walked through, and every break found."""

    events: int
    head: str
    records: int
    files: int
    breaks: tuple[Break, ...]


def verify() -> Proof:
    """Walk through everything that can be proven and name every place that does not hold."""
    breaks: list[Break] = []
    hashes = _chain(breaks)
    breaks += _anchored(hashes)
    counted = _records(breaks)
    breaks += _log(hashes)
    kept = _files(breaks)
    for check in _further:
        breaks += check()
    last = max(hashes, default=0)
    return Proof(len(hashes), hashes.get(last, GENESIS), counted, kept, tuple(breaks))


def _chain(breaks: list[Break]) -> dict[int, str]:
    """Recompute every event's hash; returns the stored hashes by number."""
    hashes: dict[int, str] = {}
    expected, previous = 1, GENESIS
    for event in LedgerEvent.objects.order_by("seq").iterator(2000):
        place = f"底账第 {event.seq} 号事件"
        if event.seq != expected:
            gap = f"第 {expected} 号" if event.seq == expected + 1 else f"第 {expected} 到 {event.seq - 1} 号"
            breaks.append(Break(place, f"前面缺{gap}事件，有事件被删除。从备份恢复缺少的部分。"))
        elif event.previous_hash != previous:
            breaks.append(Break(place, "与前一号事件接不上，前一号或这一号被换过。"))
        if not _hash_holds(event):
            breaks.append(Break(place, "内容与登记时的指纹不符，这一号事件被改过。"))
        hashes[event.seq] = event.hash
        expected, previous = event.seq + 1, event.hash
    return hashes


def _hash_holds(event: LedgerEvent) -> bool:
    try:
        return ledger.event_hash(event) == event.hash
    except KeyError:
        return False


def _anchored(hashes: dict[int, str]) -> Iterator[Break]:
    last = max(hashes, default=0)
    for anchor in anchors.read():
        if not anchor.sound:
            where = f"第 {anchor.seq} 号" if anchor.seq else anchor.hash
            yield Break(f"账外锚点（{where}）", "锚点文件被改过，或密钥换过。核对锚点文件的备份。")
        elif anchor.seq > last:
            yield Break(
                f"底账第 {last + 1} 到 {anchor.seq} 号事件",
                f"账外记着 {anchor.seq} 号，底账只到 {last} 号：末尾被截去。从备份恢复。",
            )
        elif hashes.get(anchor.seq) != anchor.hash:
            yield Break(f"底账第 {anchor.seq} 号事件", "与账外记下的指纹不符，整段底账被重写过。")


def _records(breaks: list[Break]) -> int:
    """Each record's row must say what its latest event says."""
    counted = 0
    for kind in kinds.all_kinds():
        rows = model_of(kind)._default_manager.select_related("organ", "evidence").order_by("pk")
        for record in _with_latest(list(rows)):
            counted += 1
            breaks += _record_breaks(kind, *record)
    return counted


def _with_latest(rows: list[Record]) -> Iterator[tuple[Record, LedgerEvent | None]]:
    for start in range(0, len(rows), 500):
        chunk = rows[start : start + 500]
        events = LedgerEvent.objects.in_bulk([row.latest_seq for row in chunk])
        for row in chunk:
            yield row, events.get(row.latest_seq)


def _record_breaks(kind: kinds.Kind, record: Record, event: LedgerEvent | None) -> Iterator[Break]:
    place = f"{kind.label} {record.ref}"
    said = json.loads(event.payload) if event is not None else {}
    own = event is not None and event.subject == record.ref
    values = said.get("values") if own else said.get("with", {}).get(record.ref)
    if event is None or values is None:
        yield Break(place, "底账里没有登记它的事件：这条记录不是通过系统登记的。")
        return
    shown = open_values(kind, record)
    if values != shown or event.organ_code != record.organ.code:
        changed = sorted(code for code in {*shown, *values} if shown.get(code) != values.get(code))
        names = "、".join(kind.column(code).label for code in changed) or "所属机关"
        yield Break(place, f"{names}与底账第 {event.seq} 号事件记的不同，记录被绕过系统改过。")
    digest = record.evidence.digest if record.evidence is not None else None
    if own and said.get("evidence") != digest:
        yield Break(place, f"依据文件与底账第 {event.seq} 号事件记的不同。")


def _log(hashes: dict[int, str]) -> Iterator[Break]:
    expected = 1
    for entry in PublicationLogEntry.objects.order_by("position"):
        place = f"公开日志第 {entry.position} 号"
        if entry.position != expected:
            yield Break(place, f"前面缺第 {expected} 号，公开日志被删过。")
        if entry.event_seq not in hashes:
            yield Break(place, f"它所依据的底账第 {entry.event_seq} 号事件不存在。")
        expected = entry.position + 1


def _destroyed(row: StoredFile, seq: int) -> Iterator[Break]:
    """A destroyed file is named by its event, and its bytes are gone."""
    event = LedgerEvent.objects.filter(seq=seq).first()
    if event is None or row.digest not in json.loads(event.payload).get("files", ()):
        yield Break(f"文件“{row.name}”", "标记为已销毁，底账里没有销毁它的事件。从备份恢复。")
    elif files.location(row.digest).exists():
        yield Break(
            f"文件“{row.name}”",
            "已经销毁，字节还在存档目录里；后台进程每小时清除一次，看它是否在运行。",
        )


def _resealed(row: StoredFile) -> Iterator[Break]:
    """A file sealed again stands for what its event says, which was destroyed by it."""
    event = LedgerEvent.objects.filter(seq=row.entered_seq or 0).first()
    pairs = json.loads(event.payload).get("resealed", {}) if event is not None else {}
    old = next((old for old, new in pairs.items() if new == row.digest), "")
    before = StoredFile.objects.filter(digest=old, destroyed_seq=row.entered_seq).first()
    if before is None or before.ledger_name != row.named_as:
        yield Break(f"文件“{row.name}”", "标记为换密钥后重新加密的，底账里没有这件事。从备份恢复。")


def _files(breaks: list[Break]) -> int:
    kept = 0
    for row in StoredFile.objects.order_by("pk").iterator():
        kept += 1
        if row.named_as:
            breaks += _resealed(row)
        if row.destroyed_seq is not None:
            breaks += _destroyed(row, row.destroyed_seq)
            continue
        try:
            files.read(row.digest)
        except files.FileMissing as missing:
            breaks.append(Break(f"文件“{row.name}”", str(missing)))
    return kept
