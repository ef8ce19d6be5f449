"""What a disclosure record binds to, and what is entered with it (主动公开记录的关联)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gongkai.disclosure.models import (
    Channel,
    GazetteIssue,
    Information,
    InformationClass,
    NormativeDocument,
    NormativeEvent,
    Publication,
)
from gongkai.foundation.kinds import Finding
from gongkai.foundation.models import Record
from gongkai.foundation.records import Entry, RowRefused


def prepare_document(entry: Entry, attributes: dict[str, Any]) -> dict[str, Any]:
    """A document counts in one class (公开文件)."""
    return {**attributes, "information_class": InformationClass.DOCUMENT}


def prepare_interpretation(entry: Entry, attributes: dict[str, Any]) -> dict[str, Any]:
    """An interpretation counts in one class (政策解读)."""
    return {**attributes, "information_class": InformationClass.INTERPRETATION}


def adopt_publications(entry: Entry, record: Record, values: Mapping[str, Any]) -> list[Record]:
    """Bind publications that were entered before their document to it; the placeholder goes.

    A publication's own values, title and class, stay what its event says.
    """
    assert isinstance(record, Information)
    same = Information.objects.filter(
        organ=record.organ,
        title=record.title,
        information_class=record.information_class,
        withdrawn_seq__isnull=True,
    )
    kept = ("document", "interpretation", "keyfielditem")
    for placeholder in same.filter(**{f"{name}__isnull": True for name in kept}):
        placeholder.publications.update(information=record.pk)
        placeholder.delete()
    return []


def bind_publication(entry: Entry, attributes: dict[str, Any]) -> dict[str, Any]:
    """Bind a publication to the information of that title and class, or enter that information with it."""
    title = attributes.pop("information.title")
    wanted = attributes["information_class"]
    known = Information.objects.filter(
        organ=entry.organ, title=title, information_class=wanted, withdrawn_seq__isnull=True
    ).first()
    if known is None:
        known = Information.objects.create(
            organ=entry.organ,
            title=title,
            information_class=wanted,
            formed_on=attributes["published_on"],
            entered_seq=entry.seq,
            latest_seq=entry.seq,
        )
    same = Publication.objects.filter(
        information=known,
        channel=attributes["channel"],
        published_on=attributes["published_on"],
        withdrawn_seq__isnull=True,
    )
    if entry.existing is not None:
        same = same.exclude(pk=entry.existing.pk)
    if same.exists():
        channel = Channel(attributes["channel"]).label
        raise RowRefused(
            Finding("title", f"“{title}”当天已经登记过在{channel}的发布。删去这一行，或改正发布日期。")
        )
    return {**attributes, "information": known}


def prepare_normative(entry: Entry, attributes: dict[str, Any]) -> dict[str, Any]:
    """A normative document with its number once; its repeal is an event of its own. Raises RowRefused."""
    attributes.pop("repealed_on")
    attributes.pop("repeal_basis")
    attributes["rank"] = attributes["rank"] or NormativeDocument.Rank.NORM
    same = NormativeDocument.objects.filter(
        organ=entry.organ, document_number=attributes["document_number"], withdrawn_seq__isnull=True
    )
    if entry.existing is not None:
        same = same.exclude(pk=entry.existing.pk)
    if same.exists():
        raise RowRefused(
            Finding("document_number", f"文号 {attributes['document_number']} 已经登记过。要改内容用更正。")
        )
    return attributes


def check_normative(values: Mapping[str, Any]) -> list[Finding]:
    """The days of a normative document in their order (制发、施行、有效期、废止)."""
    made: date | None = values.get("made_on")
    findings = []
    for code, label in (
        ("repealed_on", "废止日期"),
        ("effective_on", "施行日期"),
        ("valid_until", "有效期至"),
    ):
        day = values.get(code)
        if made is not None and day is not None and day < made:
            findings.append(Finding(code, f"{label} {day} 早于制发日期 {made}，核对两个日期。"))
    if values.get("repeal_basis") and not values.get("repealed_on"):
        findings.append(Finding("repealed_on", "写了废止依据，还要写废止日期。"))
    return findings


def repeal_with_document(entry: Entry, record: Record, values: Mapping[str, Any]) -> list[Record]:
    """A day of repeal given with the document is its repeal event; a corrected day replaces the event."""
    assert isinstance(record, NormativeDocument)
    on, basis = values.get("repealed_on"), values.get("repeal_basis") or ""
    touched: list[Record] = []
    for repeal in NormativeEvent.objects.filter(
        document=record, event="repealed", withdrawn_seq__isnull=True
    ):
        if (repeal.on, repeal.basis) == (on, basis):
            return []
        repeal.withdrawn_seq = repeal.latest_seq = entry.seq
        repeal.save(update_fields=["withdrawn_seq", "latest_seq"])
        touched.append(repeal)
    if on is not None:
        made = NormativeEvent.objects.create(
            organ=record.organ,
            document=record,
            event=NormativeEvent.Event.REPEALED,
            on=on,
            basis=basis,
            entered_seq=entry.seq,
            latest_seq=entry.seq,
        )
        touched.append(made)
    return touched


def bind_normative_event(entry: Entry, attributes: dict[str, Any]) -> dict[str, Any]:
    """Bind what became of a normative document to it by its number. Raises RowRefused."""
    number = attributes.pop("document_number")
    document = NormativeDocument.objects.filter(
        organ=entry.organ, document_number=number, withdrawn_seq__isnull=True
    ).first()
    if document is None:
        raise RowRefused(
            Finding("document_number", f"没有登记过文号 {number} 的规范性文件。先登记文件，再登记这件事。")
        )
    if attributes["on"] < document.made_on:
        raise RowRefused(
            Finding("on", f"日期 {attributes['on']} 早于该文件的制发日期 {document.made_on}，核对日期。")
        )
    ended = document.events.filter(event__in=("repealed", "expired", "declared_invalid"))
    ended = ended.filter(withdrawn_seq__isnull=True)
    if entry.existing is not None:
        ended = ended.exclude(pk=entry.existing.pk)
    if ended.exists() and attributes["event"] != "amended":
        raise RowRefused(Finding("event", f"{number} 已经废止或失效，不能再登记一次。要改日期用更正。"))
    return {**attributes, "document": document}


def bind_distribution(entry: Entry, attributes: dict[str, Any]) -> dict[str, Any]:
    """Bind copies handed out to their gazette issue, no more than were printed. Raises RowRefused."""
    issue = attributes.pop("issue")
    gazette = GazetteIssue.objects.filter(organ=entry.organ, issue=issue, withdrawn_seq__isnull=True).first()
    if gazette is None:
        raise RowRefused(Finding("issue", f"没有登记过“{issue}”这一期公报。先登记公报，再登记发放。"))
    others = gazette.distributions.filter(withdrawn_seq__isnull=True)
    if entry.existing is not None:
        others = others.exclude(pk=entry.existing.pk)
    given = sum(others.values_list("copies", flat=True)) + attributes["copies"]
    if given > gazette.copies:
        raise RowRefused(
            Finding(
                "copies",
                f"这一期印了 {gazette.copies} 册，发放合计 {given} 册，多出 {given - gazette.copies} 册。核对册数。",
            )
        )
    return {**attributes, "gazette": gazette}
