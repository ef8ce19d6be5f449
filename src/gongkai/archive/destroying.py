"""Destroying what is past its term (期满销毁): listed by one person, confirmed by another, never by itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from gongkai.archive.models import Destruction, DestructionItem
from gongkai.archive.refusals import ArchiveRefused, refused
from gongkai.archive.shelf import Kept, kept_of
from gongkai.casework import erasing
from gongkai.casework.models import Case, Dossier
from gongkai.casework.readers import READ
from gongkai.foundation import files, ledger
from gongkai.foundation.actors import Actor, require
from gongkai.foundation.clock import legal_day
from gongkai.foundation.kinds import Finding
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Organ, StoredFile
from gongkai.rules.requests.retention import Held, RetentionRefused, check_destruction
from gongkai.rules.roles import Permission

PROPOSED, WITHDRAWN, DESTROYED = (
    "archive.destruction_proposed",
    "archive.destruction_withdrawn",
    "archive.destroyed",
)
MOST_LISTED = 500
_WORDS = 300


def lists_for(actor: Actor) -> list[Destruction]:
    """The lists the reader may see, those that wait first."""
    rows = Destruction.objects.select_related("organ__parent").prefetch_related("items")
    found = [one for one in rows if actor.may(READ, one.organ)]
    return sorted(found, key=lambda one: (not one.waits, -one.proposed_seq))


def list_for(actor: Actor, organ: Organ, pk: int) -> Destruction | None:
    """One list with its files, if the reader may see it."""
    rows = Destruction.objects.select_related("organ__parent").prefetch_related(
        "items__case__organ", "items__side__organ"
    )
    found = rows.filter(organ=organ, pk=pk).first()
    return found if found is not None and actor.may(READ, found.organ) else None


def propose(
    organ: Organ, dossiers: Iterable[Dossier], *, reason: str, by: Actor, now: datetime
) -> Destruction:
    """List files past their term for destruction (列入销毁清册). Raises ArchiveRefused, NotAllowed."""
    require(by, Permission.CASE_HANDLE, organ, "列销毁清册")
    words = _words("reason", reason, "写明初步鉴定的意见，例如“期满，无继续保存价值”。")
    wanted = list(dossiers)
    if not wanted:
        raise refused("cases", "选出要列入的案卷；期满的才能列入。")
    if len(wanted) > MOST_LISTED:
        raise refused("cases", f"一份清册最多 {MOST_LISTED} 件，分几份列。")
    with write_transaction():
        kept = {one.file.ref: one for one in kept_of(wanted)}
        _check(organ, wanted, kept, now)
        seq = ledger.next_seq()
        made = Destruction.objects.create(
            organ=organ, reason=words, proposed_by=by.ref, proposed_at=now, proposed_seq=seq
        )
        DestructionItem.objects.bulk_create(
            DestructionItem(
                destruction=made,
                case=one if isinstance(one, Case) else None,
                side=None if isinstance(one, Case) else one,
                class_code=kept[one.ref].term.class_code,
                archived_on=kept[one.ref].archived_on,
                kept_until=kept[one.ref].kept_until,
            )
            for one in wanted
        )
        _tell(PROPOSED, made, by, now, {**named(wanted), "reason": words})
    return made


def withdraw(listed: Destruction, *, reason: str, by: Actor, now: datetime) -> None:
    """Take a list back before anything was destroyed (撤回清册). Raises ArchiveRefused, NotAllowed."""
    if not (by.may(Permission.CASE_HANDLE, listed.organ) or by.may(Permission.CASE_APPROVE, listed.organ)):
        require(by, Permission.CASE_HANDLE, listed.organ, "撤回销毁清册")
    words = _words("reason", reason, "写明撤回的原因。")
    with write_transaction():
        listed = _waiting(listed)
        listed.withdrawn_seq = ledger.next_seq()
        listed.save(update_fields=["withdrawn_seq"])
        _tell(WITHDRAWN, listed, by, now, {"reason": words})


def confirm(listed: Destruction, *, opinion: str, by: Actor, now: datetime) -> int:
    """Destroy what a list names (复核并销毁): words, papers, letters; acts, days, outcomes and the chain stay.

    By somebody else than who listed it. Returns how many files were destroyed. Raises ArchiveRefused, NotAllowed.
    """
    require(by, Permission.CASE_APPROVE, listed.organ, "复核销毁清册")
    words = _words("opinion", opinion, "写明复核的意见，例如“同意销毁”。")
    with write_transaction():
        listed = _waiting(listed)
        items = list(listed.items.select_related("case__organ", "case__applicant", "side__organ"))
        kept = {one.file.ref: one for one in kept_of([item.dossier for item in items])}
        _second_look(listed, items, kept, words, by, now)
        papers: list[StoredFile] = []
        for item in items:
            papers += _give_up(item.dossier, f"{listed.ref} {words}"[:200], by, now)
        listed.opinion, listed.confirmed_by, listed.confirmed_at = words, by.ref, now
        listed.confirmed_seq = ledger.next_seq()
        digests = files.destroy(papers, seq=listed.confirmed_seq)
        listed.save(update_fields=["opinion", "confirmed_by", "confirmed_at", "confirmed_seq"])
        said: dict[str, Any] = {**named([item.dossier for item in items]), "files": digests}
        _tell(DESTROYED, listed, by, now, {**said, "opinion": words})
    return len(items)


def named(dossiers: Iterable[Dossier]) -> dict[str, list[str]]:
    """How an event names the files of a list: requests, then corrections and proposals where there are any."""
    found = list(dossiers)
    sides = [one.ref for one in found if not isinstance(one, Case)]
    return {
        "cases": [one.ref for one in found if isinstance(one, Case)],
        **({"sides": sides} if sides else {}),
    }


def _give_up(one: Dossier, reason: str, by: Actor, now: datetime) -> list[StoredFile]:
    """The words of one go; its papers, letters and packages are what the act destroys."""
    papers = erasing.give_up(one, reason=reason, by=by.ref, now=now)
    return papers + [package.file for package in one.packages.select_related("file")]


def _check(organ: Organ, wanted: list[Dossier], kept: dict[str, Kept], now: datetime) -> None:
    findings = []
    for file in wanted:
        one = kept.get(file.ref)
        if file.organ_id != organ.pk or one is None:
            findings.append(Finding("cases", f"{file.number} 不是这个单位已归档的案卷，去掉它。"))
        elif one.destroyed:
            findings.append(Finding("cases", f"{file.number} 已经销毁，去掉它。"))
        elif one.listed:
            findings.append(Finding("cases", f"{file.number} 已经在另一份清册里，去掉它。"))
        elif not one.over(legal_day(now)):
            findings.append(
                Finding("cases", f"{file.number} 保管到 {one.kept_until}，还没有期满，不能列入。")
            )
    if findings:
        raise ArchiveRefused(*findings[:10])


def _second_look(
    listed: Destruction,
    items: list[DestructionItem],
    kept: dict[str, Kept],
    opinion: str,
    by: Actor,
    now: datetime,
) -> None:
    """Once more by the terms of today: an order may have reopened a case, a term may have been lengthened."""
    for item in items:
        one = kept.get(item.ref)
        if one is None:
            raise refused(
                "", f"{item.dossier.number} 已经重新办理，不再是归档的案卷；撤回这份清册，另列一份。"
            )
        held = Held(item.dossier.number, one.archived_on, one.term.years)
        try:
            check_destruction(
                held, first=listed.proposed_by, second=by.ref, reason=opinion, today=legal_day(now)
            )
        except RetentionRefused as error:
            raise refused("", str(error)) from error


def _waiting(listed: Destruction) -> Destruction:
    fresh = Destruction.objects.select_related("organ__parent").get(pk=listed.pk)
    if fresh.confirmed_seq is not None:
        raise refused("", "这份清册已经销毁完毕。")
    if fresh.withdrawn_seq is not None:
        raise refused("", "这份清册已经撤回；要销毁的另列一份。")
    return fresh


def _words(field: str, text: str, empty: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise refused(field, empty)
    if len(words) > _WORDS:
        raise refused(field, f"最多 {_WORDS} 个字，写短一些。")
    return words


def _tell(kind: str, listed: Destruction, by: Actor, now: datetime, payload: dict[str, Any]) -> None:
    ledger.append(
        kind, subject=listed.ref, actor=by.ref, now=now, organ_code=listed.organ.code, payload=payload
    )
