"""Who does what where (任职情况): the roles in force, and where one person is left for two separated acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.foundation.actors import Actor, NotAllowed
from gongkai.foundation.models import Account, Organ, RoleHolding
from gongkai.foundation.organs import UNIT_KINDS
from gongkai.rules import roles

# Who holds which roles at an organ: account id → role codes.
Staff = dict[int, set[str]]


@dataclass(frozen=True, slots=True)
class Lonely:
    """One person who alone may do two acts that need two (无人可分): who, which acts, at which organs."""

    account: Account
    separation: roles.Separation
    organs: tuple[Organ, ...]
    cure: str


def holdings(reader: Actor) -> QuerySet[RoleHolding]:
    """Every term of every account, as those who manage accounts see them."""
    if not reader.holds("account.manage"):
        raise NotAllowed("账号和任职由区政府办公室负责人和运行维护人员管理。")
    return RoleHolding.objects.select_related("account", "organ")


def in_force(rows: QuerySet[RoleHolding], today: date) -> QuerySet[RoleHolding]:
    """The terms that run today."""
    return rows.filter(Q(until_on__isnull=True) | Q(until_on__gte=today), from_on__lte=today)


def lonely(reader: Actor, today: date) -> list[Lonely]:
    """Where no different person is left for two acts that the rules keep apart (不相容的工作)."""
    rows = list(in_force(holdings(reader), today).filter(account__is_active=True))
    people = {row.account_id: row.account for row in rows}
    organs = [organ for organ in Organ.objects.all() if organ.ended_on is None or organ.ended_on >= today]
    staff = _staff(organs, rows)
    found: dict[tuple[int, int], list[Organ]] = {}
    for organ in organs:
        for number, separation in enumerate(roles.SEPARATIONS):
            alone = _alone(staff[organ.pk], separation)
            if alone is not None:
                found.setdefault((alone, number), []).append(organ)
    return [
        Lonely(people[account], roles.SEPARATIONS[number], tuple(places), _cure(roles.SEPARATIONS[number]))
        for (account, number), places in found.items()
    ]


def _alone(staff: Staff, separation: roles.Separation) -> int | None:
    first = {who for who, held in staff.items() if roles.may(held, separation.first)}
    second = {who for who, held in staff.items() if roles.may(held, separation.second)}
    return next(iter(first)) if first and first == second and len(first) == 1 else None


def _cure(separation: roles.Separation) -> str:
    labels = dict.fromkeys(
        role.label for act in (separation.second, separation.first) for role in roles.permitting(act)
    )
    return "、".join(labels)


def _staff(organs: Iterable[Organ], rows: Iterable[RoleHolding]) -> dict[int, Staff]:
    """The same reach as ``Actor.roles_at``, for every organ at once, without asking again for each."""
    own: dict[int, Staff] = {}
    for row in rows:
        own.setdefault(row.organ_id, {}).setdefault(row.account_id, set()).add(row.role)
    known = {organ.pk: organ for organ in organs}
    offices: dict[int, list[int]] = {}
    for organ in known.values():
        if organ.kind == "office" and organ.parent_id is not None:
            offices.setdefault(organ.parent_id, []).append(organ.pk)
    return {pk: _reaching(organ, known, own, offices) for pk, organ in known.items()}


def _reaching(
    organ: Organ, known: Mapping[int, Organ], own: Mapping[int, Staff], offices: Mapping[int, list[int]]
) -> Staff:
    staff: Staff = {}
    _add(staff, own.get(organ.pk, {}))
    if organ.kind == "government":
        for office in offices.get(organ.pk, ()):
            _add(staff, own.get(office, {}))
    elif organ.parent_id is not None and organ.parent_id in known:
        above = _reaching(known[organ.parent_id], known, own, offices)
        district = {who: {r for r in held if roles.ROLES[r].district} for who, held in above.items()}
        _add(staff, {who: held for who, held in district.items() if held})
    return staff


def _add(staff: Staff, more: Mapping[int, set[str]]) -> None:
    for who, held in more.items():
        staff.setdefault(who, set()).update(held)


def without_clerk(reader: Actor, today: date) -> list[Organ]:
    """The units where nobody of their own enters records yet (还没有经办人)."""
    entering = [role.code for role in roles.permitting("record.enter") if not role.district]
    rows = in_force(holdings(reader), today).filter(account__is_active=True, role__in=entering)
    lasting = Q(ended_on__isnull=True) | Q(ended_on__gte=today)
    units = Organ.objects.filter(lasting, kind__in=UNIT_KINDS)
    return list(units.exclude(pk__in=rows.values("organ_id")))
