"""The year in figures (全年的数): publications and requests by unit, month, channel and class, beside last year's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractMonth, ExtractYear

from gongkai.casework.models import InformationRequest
from gongkai.disclosure.models import Channel, InformationClass, Publication
from gongkai.foundation import organs
from gongkai.foundation.actors import Actor, NotAllowed
from gongkai.foundation.models import Organ
from gongkai.foundation.models.organs import OrganKind
from gongkai.rules.applicants import APPLICANT_CLASSES


@dataclass(frozen=True, slots=True)
class Subject:
    """What is counted (统计对象): its register, its day, and how its channels and classes are called."""

    code: str
    label: str
    unit: str
    model: type[Any]
    day: str
    class_field: str
    channels: Mapping[str, str]
    classes: Mapping[str, str]


SUBJECTS: dict[str, Subject] = {
    one.code: one
    for one in (
        Subject(
            "publications",
            "主动公开",
            "条",
            Publication,
            "published_on",
            "information_class",
            {code: str(label) for code, label in Channel.choices},
            {code: str(label) for code, label in InformationClass.choices},
        ),
        Subject(
            "requests",
            "收到申请",
            "件",
            InformationRequest,
            "received_on",
            "applicant_class",
            {code: str(label) for code, label in InformationRequest.Channel.choices},
            {one.code: one.label for one in APPLICANT_CLASSES.values()},
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Row:
    """One bar: its label, this year's number and last year's; None where last year has no records at all."""

    label: str
    value: int
    before: int | None


@dataclass(frozen=True, slots=True)
class Plot:
    """One plot with its numbers."""

    code: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class YearFigures:
    """A year's plots. ``before`` is None where last year has no records. ``until``: the last month counted."""

    subject: Subject
    total: int
    before: int | None
    until: int
    plots: tuple[Plot, ...]


_Counts = dict[tuple[int, Any], int]


def year_figures(organ: Organ, year: int, subject: Subject, *, reader: Actor, today: date) -> YearFigures:
    """The figures of an organ, a government's over its units. A running year is held against the same months.

    Raises NotAllowed.
    """
    if not reader.may("record.read", organ):
        raise NotAllowed("这些数还没有公开，没有查看的权限。由本单位或区政府办公室的人查看。")
    own = organs.own_part(organ)
    units = list(organs.units_in(organ, year)) if organ.kind == OrganKind.GOVERNMENT else []
    until = 12 if today.year > year else today.month
    rows = _rows(subject, [*own, *units], year, until)
    channels, classes = _by(rows, "channel"), _by(rows, subject.class_field)
    months = _by(rows, "month")
    totals = {one: sum(n for (y, _), n in months.items() if y == one) for one in (year - 1, year)}
    compared = totals[year - 1] > 0
    plots = [
        _plot("month", "按月份", months, {m: f"{m} 月" for m in range(1, until + 1)}, year, compared),
        _plot("channel", "按渠道", channels, subject.channels, year, compared),
        _plot("class", "按类别", classes, subject.classes, year, compared),
    ]
    if units:
        plots.insert(0, _by_unit(rows, own, units, year, compared))
    before = totals[year - 1] if compared else None
    return YearFigures(subject, totals[year], before, until, tuple(p for p in plots if p.rows))


def _rows(subject: Subject, scope: Sequence[Organ], year: int, until: int) -> QuerySet[Any]:
    """The standing records of both years in the months that are compared."""
    span = {f"{subject.day}__range": (date(year - 1, 1, 1), date(year, 12, 31))}
    rows = subject.model._default_manager.filter(organ__in=scope, withdrawn_seq__isnull=True, **span)
    dated = rows.order_by().annotate(year=ExtractYear(subject.day), month=ExtractMonth(subject.day))
    return dated.filter(month__lte=until)  # type: ignore[no-any-return]


def _by(rows: QuerySet[Any], field: str) -> _Counts:
    found = rows.values("year", field).annotate(n=Count("pk"))
    return {(one["year"], one[field]): one["n"] for one in found}


def _plot(
    code: str, title: str, counts: _Counts, labels: Mapping[Any, str], year: int, compared: bool
) -> Plot:
    known = {key: label for key, label in labels.items() if _any(counts, key, year)}
    if code == "month":
        known = dict(labels)
    blank = {"": "没有写明"} if _any(counts, "", year) and "" not in labels else {}
    return Plot(
        code,
        title,
        tuple(_row(counts, key, label, year, compared) for key, label in {**known, **blank}.items()),
    )


def _any(counts: _Counts, key: Any, year: int) -> bool:
    return bool(counts.get((year, key)) or counts.get((year - 1, key)))


def _row(counts: _Counts, key: Any, label: str, year: int, compared: bool) -> Row:
    return Row(label, counts.get((year, key), 0), counts.get((year - 1, key), 0) if compared else None)


def _by_unit(
    rows: QuerySet[Any], own: Iterable[Organ], units: Sequence[Organ], year: int, compared: bool
) -> Plot:
    """By unit, most first; the government and its office are one; units without any are left to the table."""
    counts = _by(rows, "organ_id")
    keeper = list(own)
    names = organs.names_in([*keeper, *units], year)
    for one in keeper[1:]:
        for when in (year - 1, year):
            counts[when, keeper[0].pk] = counts.get((when, keeper[0].pk), 0) + counts.pop((when, one.pk), 0)
    label = names[keeper[-1].pk].short_name if keeper[-1].pk in names else ""
    found = [_row(counts, keeper[0].pk, label or "区政府办公室", year, compared)]
    found += [
        _row(counts, unit.pk, names[unit.pk].short_name, year, compared) for unit in units if unit.pk in names
    ]
    return Plot("unit", "按单位", tuple(sorted(found, key=lambda row: -row.value)))
