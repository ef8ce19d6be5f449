"""The numbers of the narrative, each a list of records (文字部分的数字): one slice of one register a number."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Count, Q, QuerySet, Sum

from gongkai.foundation import kinds
from gongkai.foundation.models import Record

NEW_MEDIA = ("wechat", "weibo", "short_video")


@dataclass(frozen=True, slots=True)
class Slice:
    """What one number counts: which kind, which of its records in a year, and what of each.

    ``measure``: "" counts records, "organ" counts the organs that have any, else the field to add.
    """

    code: str
    kind: str
    placed: Callable[[int], Q]
    where: Q = field(default_factory=Q)
    measure: str = ""


@cache
def _in_year(column: str) -> Callable[[int], Q]:
    def placed(year: int) -> Q:
        return Q(**{f"{column}__gte": date(year, 1, 1), f"{column}__lte": date(year, 12, 31)})

    return placed


@cache
def _at_year_end(start: str, end: str = "") -> Callable[[int], Q]:
    """Standing on 31 December: begun by then, and not ended before."""

    def placed(year: int) -> Q:
        last = date(year, 12, 31)
        begun = Q(**{f"{start}__lte": last})
        return begun & (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": last})) if end else begun

    return placed


_PUBLISHED = _in_year("published_on")
_PORTAL = Q(channel="portal")
_CLASSES = ("document", "interpretation", "budget", "welfare", "project", "key_other", "bulletin")

SLICES: tuple[Slice, ...] = (
    Slice("publications.total", "publications", _PUBLISHED),
    Slice("publications.portal", "publications", _PUBLISHED, _PORTAL),
    Slice("publications.new_media", "publications", _PUBLISHED, Q(channel__in=NEW_MEDIA)),
    Slice("publications.other", "publications", _PUBLISHED, Q(channel="other")),
    *(
        Slice(f"publications.class.{name}", "publications", _PUBLISHED, _PORTAL & Q(information_class=name))
        for name in _CLASSES
    ),
    Slice("documents.total", "documents", _in_year("formed_on")),
    Slice("documents.by_government", "documents", _in_year("formed_on"), Q(issued_as="government")),
    Slice(
        "documents.by_government_office", "documents", _in_year("formed_on"), Q(issued_as="government_office")
    ),
    Slice("interpretations.total", "interpretations", _in_year("formed_on")),
    Slice("interpretations.not_text", "interpretations", _in_year("formed_on"), ~Q(form="text")),
    Slice("gazette.issues", "gazette-issues", _in_year("issued_on")),
    Slice("gazette.copies", "gazette-issues", _in_year("issued_on"), measure="copies"),
    Slice("catalogue.issues", "catalogue-issues", _in_year("issued_on")),
    Slice("letters.mailbox", "letters", _in_year("received_on"), Q(category="mailbox")),
    Slice("letters.complaint", "letters", _in_year("received_on"), Q(category="complaint")),
    Slice("letters.unanswered", "letters", _in_year("received_on"), Q(answered_on__isnull=True)),
    Slice("supervision.items", "supervision-items", _at_year_end("adopted_on")),
    Slice("supervision.departments", "supervision-items", _at_year_end("adopted_on"), measure="organ"),
    Slice("supervision.inspections", "inspection-items", _at_year_end("adopted_on")),
    Slice("zones.total", "zones", _at_year_end("opened_on", "closed_on")),
    Slice("zones.kiosks", "zones", _at_year_end("opened_on", "closed_on"), measure="kiosks"),
    Slice("open_days.total", "open-days", _in_year("held_on")),
    Slice("trainings.total", "trainings", _in_year("held_on")),
    Slice("trainings.participants", "trainings", _in_year("held_on"), measure="participants"),
    Slice("meetings.total", "meetings", _in_year("held_on")),
    Slice("inspections.total", "inspections", _in_year("held_on")),
    Slice(
        "staff.disclosure", "staff", _at_year_end("from_on", "until_on"), Q(duty="disclosure"), "headcount"
    ),
    Slice("staff.website", "staff", _at_year_end("from_on", "until_on"), Q(duty="website"), "headcount"),
    Slice("appraisals.assessment", "appraisals", _in_year("held_on"), Q(category="assessment")),
    Slice("appraisals.review", "appraisals", _in_year("held_on"), Q(category="review")),
    Slice("appraisals.accountability", "appraisals", _in_year("held_on"), Q(category="accountability")),
    Slice("fees.total_fen", "processing-fees", _in_year("charged_on"), measure="amount_fen"),
)
BY_CODE = {one.code: one for one in SLICES}


def counts_by_organ(organs: Iterable[int], year: int) -> dict[int, dict[str, int]]:
    """Every slice's number that is not 0, by organ id; one query a kind and span, however many organs."""
    wanted = list(organs)
    result: dict[int, dict[str, int]] = {}
    for code, placed in dict.fromkeys((one.kind, one.placed) for one in SLICES):
        rows = _standing(code, wanted).filter(placed(year)).order_by()
        same = [one for one in SLICES if one.kind == code and one.placed is placed]
        totals = rows.values("organ_id").annotate(**{f"n{i}": _aggregate(one) for i, one in enumerate(same)})
        row: Any
        for row in totals:
            numbers = result.setdefault(row["organ_id"], {})
            numbers.update({one.code: row[f"n{i}"] for i, one in enumerate(same) if row[f"n{i}"]})
    return result


def _aggregate(one: Slice) -> Any:
    where = one.where if one.where else None
    if one.measure == "":
        return Count("pk", filter=where)
    if one.measure == "organ":
        return Count("organ", filter=where, distinct=True)
    return Sum(one.measure, filter=where)


def records(code: str, organs: Iterable[int], year: int) -> QuerySet[Record]:
    """The records behind one number, oldest entry first. Raises KeyError for an unknown code."""
    one = BY_CODE[code]
    return _standing(one.kind, list(organs)).filter(one.placed(year)).filter(one.where).order_by("pk")


def _standing(code: str, organs: list[int]) -> QuerySet[Record]:
    model: type[Record] = apps.get_model(kinds.get(code).model)
    return model._default_manager.filter(organ_id__in=organs, withdrawn_seq__isnull=True)
