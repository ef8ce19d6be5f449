"""Who acts or reads (行为人): what every action and every query is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from gongkai.foundation.models import Account, Organ, RoleHolding
from gongkai.rules import roles


class NotAllowed(Exception):
    """The act is not this person's; the message says whose it is."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody known by number, with the roles held today at each organ (by organ code).

    ``name``: what a page or a printed explanation calls the person. ``server`` is the command
    line on the server itself, which the operator answers for.
    """

    ref: str
    name: str = ""
    held: Mapping[str, frozenset[str]] = field(default_factory=dict)
    server: bool = False
    public: bool = False
    # What roles_at found, for as long as the actor lives: one request, one act.
    _reach: dict[int, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)

    def roles_at(self, organ: Organ) -> frozenset[str]:
        """The roles that reach this organ: its own; its office's, for the government; the district's own roles.

        A role that is the district's reaches every organ below the government where it is held.
        """
        known = self._reach.get(organ.pk)
        if known is None:
            known = self._reach[organ.pk] = self._roles_at(organ)
        return known

    def _roles_at(self, organ: Organ) -> frozenset[str]:
        held = self.held.get(organ.code, frozenset())
        if organ.kind == "government":
            for office in organ.units.filter(kind="office"):
                held |= self.held.get(office.code, frozenset())
        elif organ.parent is not None:
            above = self.roles_at(organ.parent)
            held |= {role for role in above if roles.ROLES[role].district}
        return held

    def holds(self, permission: str) -> bool:
        """Whether a role held anywhere permits the act."""
        return self.server or any(roles.may(held, permission) for held in self.held.values())

    def may(self, permission: str, organ: Organ) -> bool:
        """Whether a role at the organ permits the act. A mistyped permission raises."""
        if self.server:
            return roles.Permission(permission) is not None
        return roles.may(self.roles_at(organ), permission)


COMMAND_LINE = Actor(ref="command-line", name="命令行", server=True)
PUBLIC = Actor(ref="public", public=True)


def actor_for(account: Account, *, today: date) -> Actor:
    """The account with the roles whose term runs today."""
    held: dict[str, set[str]] = {}
    current = RoleHolding.objects.filter(account=account, from_on__lte=today)
    for row in current.filter(Q(until_on__isnull=True) | Q(until_on__gte=today)).select_related("organ"):
        held.setdefault(row.organ.code, set()).add(row.role)
    return Actor(
        ref=account.ref,
        name=account.display_name,
        held={code: frozenset(names) for code, names in held.items()},
    )


def require(actor: Actor, permission: str, organ: Organ, act: str) -> None:
    """Refuse an act that is not the actor's. Raises NotAllowed with what would permit it."""
    if not actor.may(permission, organ):
        cure = "由本单位承担这项工作的人办理，或由区政府办公室在账号里加上相应职责。"
        raise NotAllowed(f"没有{act}的权限。{cure}")


def payload_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as an event's payload holds them: dates and decimals as text, blanks left out."""
    result: dict[str, Any] = {}
    for key, value in values.items():
        if value is None or value == "":
            continue
        if isinstance(value, bool | int | str):
            result[key] = value
        elif isinstance(value, date):
            result[key] = value.isoformat()
        else:
            result[key] = format(value, "f")
    return result
