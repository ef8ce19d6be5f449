"""Organs: the acts on them and the questions about them (机关)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from gongkai.foundation import ledger
from gongkai.foundation.actors import Actor, NotAllowed, payload_of, require
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Organ, OrganName
from gongkai.foundation.models.organs import OrganKind

# A code stands in addresses for ever, so it is made of what needs no escaping there.
_CODE = re.compile(r"[0-9A-Za-z_-]{1,32}")
# A first name has no day, and the two databases sort blanks to different ends.
_FIRST_NAME_FIRST = F("from_on").asc(nulls_first=True)
UNIT_KINDS = (OrganKind.DEPARTMENT, OrganKind.INSTITUTION, OrganKind.TOWNSHIP)
OWN_KINDS = (OrganKind.GOVERNMENT, OrganKind.OFFICE)


class OrganRefused(Exception):
    """An act on an organ that cannot be; the message names the cure, ``field`` what was filled in wrongly."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


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
    if new.parent is not None:
        require(by, "organ.manage", new.parent, "设立机关")
    elif not by.server:
        raise NotAllowed("人民政府由 gongkai init 建立，不在工作台上增加。")
    if new.kind not in OrganKind.values:
        raise OrganRefused(f"机关类别“{new.kind}”不认识，应为{'、'.join(OrganKind.labels)}之一。", "kind")
    if not new.name.strip() or not new.code.strip():
        raise OrganRefused("机关的代码和名称都要写。", "name")
    if not _CODE.fullmatch(new.code):
        raise OrganRefused("机关代码用数字、字母、短横，最多 32 个，例如 640302021。", "code")
    with write_transaction():
        if Organ.objects.filter(code=new.code).exists():
            raise OrganRefused(f"机关代码 {new.code} 已有机关在用，换一个代码。", "code")
        _refuse_name(new.name, None)
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


def _refuse_name(name: str, organ: Organ | None) -> None:
    """Two organs that bear one name at the same time could not be told apart in any report."""
    same = OrganName.objects.filter(name=name, until_on__isnull=True, organ__ended_on__isnull=True)
    other = same.exclude(organ=organ).select_related("organ").first() if organ else same.first()
    if other is not None:
        raise OrganRefused(f"“{name}”已经是 {other.organ.code} 的名称。核对是不是写重了。", "name")


def rename(organ: Organ, *, name: str, short_name: str, on: date, by: Actor, now: datetime) -> OrganName:
    """Give an organ another name from a day on (更名); the old name keeps its term."""
    require(by, "organ.manage", organ, "机关更名")
    if not name.strip():
        raise OrganRefused("新的全称要写。", "name")
    if organ.ended_on is not None and on > organ.ended_on:
        raise OrganRefused(f"这个机关已于 {organ.ended_on} 撤销，之后不再更名。", "on")
    with write_transaction():
        _refuse_name(name, organ)
        current = (
            organ.names.filter(until_on__isnull=True)
            .order_by(F("from_on").desc(nulls_last=True), "-id")
            .first()
        )
        if current is not None:
            if current.from_on is not None and on <= current.from_on:
                raise OrganRefused(f"更名日期要在现名启用日 {current.from_on} 之后。", "on")
            if current.name == name:
                raise OrganRefused(f"现在就叫“{name}”，没有改动。", "name")
            current.until_on = date.fromordinal(on.toordinal() - 1)
            current.save(update_fields=["until_on"])
        row = OrganName.objects.create(organ=organ, name=name, short_name=short_name or name, from_on=on)
        _record("organ.renamed", organ, by, now, on, {"name": name})
    return row


def end(organ: Organ, *, on: date, into: Organ | None, by: Actor, now: datetime) -> None:
    """Abolish an organ, or merge it into another (撤销、合并), ``on`` being its last day."""
    require(by, "organ.manage", organ, "撤销机关")
    with write_transaction():
        _refuse_ending(organ, on, into)
        organ.ended_on = on
        organ.successor = into
        organ.save(update_fields=["ended_on", "successor"])
        act = "organ.merged" if into else "organ.abolished"
        _record(act, organ, by, now, on, {"into": into.code if into else None})


def _refuse_ending(organ: Organ, on: date, into: Organ | None) -> None:
    if organ.ended_on is not None:
        raise OrganRefused(f"{current_name(organ)}已于 {organ.ended_on} 撤销，不能再撤销一次。", "on")
    if organ.kind in OWN_KINDS:
        raise OrganRefused("区政府和区政府办公室不能在这里撤销：全区的报告由它们编制。")
    if organ.founded_on is not None and on < organ.founded_on:
        raise OrganRefused(f"最后一天 {on} 早于设立日期 {organ.founded_on}，核对日期。", "on")
    if into is not None and into.pk == organ.pk:
        raise OrganRefused("不能并入自己，选另一个机关。", "into")
    if into is not None and into.ended_on is not None and into.ended_on <= on:
        raise OrganRefused(f"{current_name(into)}已于 {into.ended_on} 撤销，选还在的机关。", "into")


def describe(organ: Organ, details: Mapping[str, str], *, by: Actor, now: datetime) -> None:
    """Note where an organ is found and which office of it answers (改联系方式); what is not named stays."""
    require(by, "organ.manage", organ, "改机关的联系方式")
    for field, value in details.items():
        longest = getattr(Organ._meta.get_field(field), "max_length", None)
        if longest is not None and len(value) > longest:
            raise OrganRefused(f"太长，最多 {longest} 个字。", field)
    with write_transaction():
        changed = {field: value for field, value in details.items() if getattr(organ, field) != value}
        if not changed:
            return
        for field, value in changed.items():
            setattr(organ, field, value)
        organ.save(update_fields=list(changed))
        _record(
            "organ.described",
            organ,
            by,
            now,
            None,
            {field: value or "空" for field, value in changed.items()},
        )


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
    rows = OrganName.objects.filter(organ__in=organs)
    for row in rows.order_by("organ_id", _FIRST_NAME_FIRST, "id"):
        if row.organ_id not in chosen or row.from_on is None or row.from_on <= last:
            chosen[row.organ_id] = row
    return chosen


def name_in(organ: Organ, year: int) -> str:
    """The organ's full name as of the end of the year; its code where it has no name."""
    row = names_in([organ], year).get(organ.pk)
    return row.name if row else organ.code


def current_name(organ: Organ) -> str:
    """The organ's latest full name."""
    row = organ.names.order_by(F("from_on").desc(nulls_last=True), "-id").first()
    return row.name if row else organ.code


def current_names(organs: Iterable[Organ]) -> dict[int, str]:
    """The latest full name of each organ, by organ id, in one query."""
    found = list(organs)
    names = {organ.pk: organ.code for organ in found}
    rows = OrganName.objects.filter(organ__in=found).order_by(_FIRST_NAME_FIRST, "id")
    names.update(rows.values_list("organ_id", "name"))
    return names
