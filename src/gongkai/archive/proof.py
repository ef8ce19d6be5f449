"""Proving the archive (验证档案): lists, terms and packages against the ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from gongkai.archive.models import ArchivePackage, Destruction, RetentionTerm
from gongkai.foundation.models import LedgerEvent
from gongkai.foundation.verification import Break


def archive_breaks() -> Iterator[Break]:
    """Every place of the archive that does not hold."""
    yield from _terms()
    yield from _lists()
    yield from _packages()


def _event(seq: int | None) -> tuple[LedgerEvent | None, dict[str, Any]]:
    event = LedgerEvent.objects.filter(seq=seq).first() if seq is not None else None
    return event, json.loads(event.payload) if event is not None else {}


def _terms() -> Iterator[Break]:
    for row in RetentionTerm.objects.select_related("organ").order_by("pk"):
        _, said = _event(row.seq)
        if said != {"class": row.class_code, "years": row.years, "source": row.source}:
            yield Break(f"保管期限 {row.organ.code} {row.class_code}", "与底账记的不同，被绕过系统改过。")


def _lists() -> Iterator[Break]:
    for one in Destruction.objects.prefetch_related("items").order_by("pk"):
        listed = sorted(item.ref for item in one.items.all())
        event, said = _event(one.proposed_seq)
        wrong = event is None or event.subject != one.ref or event.actor != one.proposed_by
        wrong = wrong or _named(said) != listed or said.get("reason") != one.reason
        if one.confirmed_seq is not None:
            done, told = _event(one.confirmed_seq)
            wrong = wrong or done is None or done.actor != one.confirmed_by or _named(told) != listed
            wrong = wrong or told.get("opinion") != one.opinion
        if wrong:
            yield Break(f"销毁清册 {one.pk}", "与底账记的不同，被绕过系统改过。")


def _named(said: dict[str, Any]) -> list[str]:
    """The files an event of a list names."""
    return sorted([*said.get("cases", ()), *said.get("sides", ())])


def _packages() -> Iterator[Break]:
    for package in ArchivePackage.objects.select_related("case", "side", "file").order_by("pk"):
        _, said = _event(package.seq)
        if (said.get("file"), said.get("content")) != (package.file.ledger_name, package.content_digest):
            yield Break(f"归档包 {package.dossier.number}", "与底账记的不同，被换过。")
