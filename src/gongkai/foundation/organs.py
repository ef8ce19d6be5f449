"""Organs: the acts on them and the questions about them (机关)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from gongkai.foundation import ledger
from gongkai.foundation.actors import Actor, payload_of
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Organ, OrganName
from gongkai.foundation.models.organs import OrganKind

UNIT_KINDS = (OrganKind.DEPARTMENT, OrganKind.INSTITUTION, OrganKind.TOWNSHIP)
OWN_KINDS = (OrganKind.GOVERNMENT, OrganKind.OFFICE)


class OrganRefused(Exception):
    """An act on an organ that cannot be; the message names the cure."""


class NoSuchOrgan(Exception):
    """No organ of that code or name as of that year; the message names the nearest."""


@dataclass(frozen=True, slots=True)
class NewOrgan:
    """What founding an organ needs. ``contact``: address, postcode, phone, fax, email, website."""

    code: str
    kind: str
    name: str
    short_name: str
    parent: Organ | None = None
    founded_on: date | None = None
    position: int = 0
    disclosure_office: str = ""
    region: str = ""
    contact: Mapping[str, str] | None = None


def found(new: NewOrgan, *, by: Actor, now: datetime) -> Organ:
    """Enter an organ (设立机关). Raises OrganRefused for a code in use, an unknown kind or no name."""
    if new.kind not in OrganKind.values:
        raise OrganRefused(f"机关类别“{new.kind}”不认识，应为{'、'.join(OrganKind.labels)}之一。")
    if not new.name.strip() or not new.code.strip():
        raise OrganRefused("机关的代码和名称都要写。")
    with write_transaction():
        if Organ.objects.filter(code=new.code).exists():
            raise OrganRefused(f"机关代码 {new.code} 已有机关在用，换一个代码。")
        organ = Organ.objects.create(
            code=new.code,
            kind=new.kind,
            parent=new.parent,
            position=new.position,
            founded_on=new.founded_on,
            disclosure_office=new.disclosure_office,
            region=new.region,
            **dict(new.contact or {}),
        )
        OrganName.objects.create(
            organ=organ, name=new.name, short_name=new.short_name or new.name, from_on=new.founded_on
        )
        _record("organ.founded", organ, by, now, new.founded_on, {"name": new.name, "kind": new.kind})
    return organ


def rename(organ: Organ, *, name: str, short_name: str, on: date, by: Actor, now: datetime) -> OrganName:
    """Give an organ another name from a day on (更名); the old name keeps its term."""
    with write_transaction():
        current = organ.names.filter(until_on__isnull=True).order_by("-from_on", "-id").first()
        if current is not None:
            if current.from_on is not None and on <= current.from_on:
                raise OrganRefused(f"更名日期要在现名启用日 {current.from_on} 之后。")
            current.until_on = date.fromordinal(on.toordinal() - 1)
            current.save(update_fields=["until_on"])
        row = OrganName.objects.create(organ=organ, name=name, short_name=short_name or name, from_on=on)
        _record("organ.renamed", organ, by, now, on, {"name": name})
    return row


def end(organ: Organ, *, on: date, into: Organ | None, by: Actor, now: datetime) -> None:
    """Abolish an organ, or merge it into another (撤销、合并), ``on`` being its last day."""
    with write_transaction():
        if organ.ended_on is not None:
            raise OrganRefused(f"{current_name(organ)} 已于 {organ.ended_on} 撤销，不能再撤销一次。")
        organ.ended_on = on
        organ.successor = into
        organ.save(update_fields=["ended_on", "successor"])
        act = "organ.merged" if into else "organ.abolished"
        _record(act, organ, by, now, on, {"into": into.code if into else None})


def _record(
    kind: str, organ: Organ, by: Actor, now: datetime, on: date | None, values: Mapping[str, Any]
) -> None:
    ledger.append(
        kind,
        subject=f"organ:{organ.code}",
        actor=by.ref,
        now=now,
        occurred_on=on,
        organ_code=organ.code,
        payload=payload_of(values),
    )


def find(code_or_name: str, year: int) -> Organ:
    """The organ of a code, or of a full name as of that year. Raises NoSuchOrgan."""
    wanted = code_or_name.strip()
    by_code = Organ.objects.filter(code=wanted).first()
    if by_code is not None:
        return by_code
    names = OrganName.objects.filter(_in_year(year, "from_on", "until_on")).select_related("organ")
    row = names.filter(name=wanted).first() or names.filter(short_name=wanted).first()
    if row is None:
        other = OrganName.objects.filter(Q(name=wanted) | Q(short_name=wanted)).first()
        when = f"这个名称在 {year} 年没有使用" if other else "没有这个机关"
        raise NoSuchOrgan(f"{when}：“{wanted}”。用机关代码，或当年的全称；gongkai organs 列出全部机关。")
    return row.organ


def _in_year(year: int, start: str, end_: str) -> Q:
    first, last = date(year, 1, 1), date(year, 12, 31)
    begun = Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": last})
    lasting = Q(**{f"{end_}__isnull": True}) | Q(**{f"{end_}__gte": first})
    return begun & lasting


def units_in(government: Organ, year: int) -> QuerySet[Organ]:
    """The units that existed on any day of the year (当年所属单位), in their fixed order."""
    within = _in_year(year, "founded_on", "ended_on")
    return Organ.objects.filter(within, parent=government, kind__in=UNIT_KINDS)


def own_part(organ: Organ) -> list[Organ]:
    """The organs whose records are the organ's own: the government and its office are one."""
    if organ.kind == OrganKind.GOVERNMENT:
        return [organ, *organ.units.filter(kind=OrganKind.OFFICE)]
    if organ.kind == OrganKind.OFFICE and organ.parent is not None:
        return [organ.parent, organ]
    return [organ]


def names_in(organs: list[Organ], year: int) -> dict[int, OrganName]:
    """Each organ's name as of the end of the year (or of its last day), by organ id."""
    last = date(year, 12, 31)
    chosen: dict[int, OrganName] = {}
    rows = OrganName.objects.filter(organ__in=organs).order_by("organ_id", "from_on", "id")
    for row in rows:
        if row.organ_id not in chosen or row.from_on is None or row.from_on <= last:
            chosen[row.organ_id] = row
    return chosen


def name_in(organ: Organ, year: int) -> str:
    """The organ's full name as of the end of the year; its code where it has no name."""
    row = names_in([organ], year).get(organ.pk)
    return row.name if row else organ.code


def current_name(organ: Organ) -> str:
    """The organ's latest full name."""
    row = organ.names.order_by("-from_on", "-id").first()
    return row.name if row else organ.code
