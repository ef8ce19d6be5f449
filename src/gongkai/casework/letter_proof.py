"""Proving the letters (验证文书): content and files against the ledger, numbers without gaps, wordings as entered."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from gongkai.casework import drafting, issuing
from gongkai.casework.keeping import KINDS, kept_file
from gongkai.casework.letter_content import digest_of
from gongkai.casework.letter_settings import CHANGED, plain
from gongkai.casework.letter_templates import SAVED
from gongkai.casework.models import Case, Letter, LetterNumber, LetterSettings, LetterTemplate
from gongkai.foundation import personal
from gongkai.foundation.files import FileMissing
from gongkai.foundation.models import LedgerEvent
from gongkai.foundation.verification import Break
from gongkai.rules.requests.numbers import letter_number


def letter_breaks(case: Case, events: list[LedgerEvent]) -> Iterator[str]:
    """Every letter and draft of a case that does not hold."""
    told = [(event, json.loads(event.payload)) for event in events]
    issued = {one["place"]: (event.seq, one) for event, said in told for one in said.get("letters", ())}
    voided = {said["voided_letter"]: event.seq for event, said in told if "voided_letter" in said}
    kept = {said["letter"]: (event.seq, said) for event, said in told if event.kind == "case.letter_kept"}
    erased = any(event.kind == "person.erased" for event in events)
    rows = {row.place: row for row in case.letters.all()}
    texts = {row.token: row for row in case.sealed_texts.all()}
    taken = {letter_number(one.code, one.year, one.serial) for one in case.letter_numbers.all()}
    for _, said in issued.values():
        if said["number"] and said["number"] not in taken:
            yield f"文号 {said['number']} 的登记被删除了：它已经用过，不能再用。"
    for place in sorted(set(issued) - set(rows)):
        yield f"文书 {_called(issued[place][1])} 底账里有，案卷里没有，被删除了。"
    for place, row in rows.items():
        if place not in issued:
            yield f"第 {place} 份文书在底账里没有事件：不是通过系统出的。"
            continue
        seq, said = issued[place]
        name = f"文书 {_called(said)}"
        if issuing.open_values(row) != said or row.seq != seq or row.voided_seq != voided.get(place):
            yield f"{name} 与底账第 {seq} 号事件记的不同，被改过。"
        if not erased:
            yield from _content(row, texts, name)
        yield from _files(row, kept.get(place), name)
    yield from _drafts(case, told)


def _called(said: Mapping[str, Any]) -> str:
    return str(said["number"] or said["code"])


def _content(row: Letter, texts: Mapping[str, Any], name: str) -> Iterator[str]:
    sealed = texts.get(row.token)
    if sealed is None:
        return  # Named by the proof of the texts.
    try:
        content = personal.open_sealed(sealed.sealed, place=sealed.at)
    except personal.Unreadable:
        return  # Named there too.
    if digest_of(content) != row.digest:
        yield f"{name} 的内容与底账记的指纹不符，被改过。"


def _files(row: Letter, kept: tuple[int, dict[str, Any]] | None, name: str) -> Iterator[str]:
    """The files as they were kept: the very ones, each opening to the bytes that were typeset."""
    if (kept[0] if kept else None) != row.kept_seq:
        yield f"{name} 的原件与底账记的不同，被绕过系统放过或者换过。"
        return
    if kept is None:
        return
    for kind in KINDS:
        stored = row.pdf if kind == "pdf" else row.docx
        said = kept[1][kind]
        if stored is None or stored.ledger_name != said["file"]:
            yield f"{name} 的 {kind.upper()} 原件与底账记的不同，被换过。"
            continue
        if stored.destroyed_seq is not None:
            continue  # Destroyed with its file; that it was is proven with the files.
        try:
            plain_ = kept_file(row, kind)
        except (FileMissing, personal.Unreadable) as wrong:
            yield f"{name} 的 {kind.upper()} 原件：{wrong}"
            continue
        if hashlib.sha256(plain_).hexdigest() != said["sha256"]:
            yield f"{name} 的 {kind.upper()} 原件与发出时的指纹不符，被改过。"


def _drafts(case: Case, told: list[tuple[LedgerEvent, dict[str, Any]]]) -> Iterator[str]:
    said = {event.seq: payload for event, payload in told if event.kind == drafting.SAVED}
    rows = {row.seq: drafting.open_values(row) for row in case.drafts.all()}
    if said != rows:
        yield "答复草稿与底账记的不符，有的被删除、添加或者改过。"


def number_breaks() -> Iterator[Break]:
    """Every series is gapless from its first number here, and each number was taken by an event (文号连续)."""
    series: dict[tuple[str, str, int], list[LetterNumber]] = defaultdict(list)
    rows = LetterNumber.objects.select_related("organ").order_by("organ__code", "code", "year", "serial")
    for row in rows:
        series[row.organ.code, row.code, row.year].append(row)
    for (organ, code, year), found in series.items():
        for before, after in pairwise(found):
            if after.serial != before.serial + 1:
                missing = letter_number(code, year, before.serial + 1)
                yield Break(f"{organ} 的文号", f"缺 {missing}：用过的文号被删除。从备份恢复。")
        yield from _taken(organ, found)


def _whose(row: LetterNumber) -> str:
    """What the ledger calls the thing whose letter bears the number: a case, a correction, a proposal."""
    return f"case:{row.case_id}" if row.side_id is None else f"side:{row.side_id}"


def _taken(organ: str, found: list[LetterNumber]) -> Iterator[Break]:
    events = LedgerEvent.objects.in_bulk([row.seq for row in found])
    for row in found:
        printed = letter_number(row.code, row.year, row.serial)
        event = events.get(row.seq)
        said = json.loads(event.payload) if event is not None and event.subject == _whose(row) else {}
        numbers = [one["number"] for one in said.get("letters", ())] + [said.get("given", {}).get("number")]
        if printed not in numbers:
            yield Break(f"{organ} 的文号", f"{printed} 在底账里没有取号的事件，被改过。")


def wording_breaks() -> Iterator[Break]:
    """Settings and wordings are what their events say (文书设置和模板)."""
    for row in LetterSettings.objects.select_related("organ").order_by("pk"):
        event = LedgerEvent.objects.filter(kind=CHANGED, subject=row.ref).order_by("-seq").first()
        if event is None or event.seq != row.latest_seq or json.loads(event.payload)["values"] != plain(row):
            yield Break(f"{row.organ.code} 的文书设置", "与底账记的不同，被绕过系统改过。")
    events = {event.seq: json.loads(event.payload) for event in LedgerEvent.objects.filter(kind=SAVED)}
    for row_ in LetterTemplate.objects.select_related("organ").order_by("organ", "code", "version"):
        said = events.pop(row_.seq, None)
        if said is None or (said["code"], said["version"], said["text"]) != (
            row_.code,
            row_.version,
            row_.text,
        ):
            yield Break(
                f"{row_.organ.code} 的模板 {row_.code} 第 {row_.version} 版", "与底账记的不同，被改过。"
            )
        if said is not None:
            yield from _in_use(row_, said)
    if events:
        yield Break("文书模板", f"底账里有 {len(events)} 版，表里没有，被删除了。从备份恢复。")


def _in_use(row: LetterTemplate, said: Mapping[str, Any]) -> Iterator[Break]:
    """The last version alone is in use, where its event says so."""
    later = LetterTemplate.objects.filter(organ=row.organ, code=row.code, version__gt=row.version).exists()
    if row.active != (bool(said["active"]) and not later):
        yield Break(f"{row.organ.code} 的模板 {row.code}", "在用的版本与底账记的不同，被改过。")
