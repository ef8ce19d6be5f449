"""Who may read and do what on cases (谁能看、谁能办)."""

from __future__ import annotations

from gongkai.casework.models import Case, Dossier, SideRequest
from gongkai.foundation.actors import Actor
from gongkai.foundation.models import Account, Organ
from gongkai.rules.roles import Permission

READ = Permission.RECORD_READ


def all_organs() -> list[Organ]:
    """Every organ with its parent: one query, so that asking for roles costs none."""
    found = list(Organ.objects.order_by("position", "code"))
    known = {organ.pk: organ for organ in found}
    for organ in found:
        # A district's organs share one parent: joined, each of them would bring its own.
        if organ.parent_id is not None:
            organ.parent = known[organ.parent_id]
    return found


def organs_where(actor: Actor, permission: str, among: list[Organ] | None = None) -> list[Organ]:
    """The organs at which the actor may do something (在哪些机关有权); ``among`` saves asking for them again."""
    if actor.public:
        return []
    return [one for one in (all_organs() if among is None else among) if actor.may(permission, one)]


def own_organs(actor: Actor, among: list[Organ] | None = None) -> list[Organ]:
    """The organs where the actor holds a role (本机关): the government too, for its office."""
    return [
        organ
        for organ in organs_where(actor, READ, among)
        if organ.code in actor.held or (organ.kind == "government" and _of_office(actor, organ))
    ]


def _of_office(actor: Actor, government: Organ) -> bool:
    return actor.server or any(office.code in actor.held for office in government.units.filter(kind="office"))


def works_at(actor: Actor, organ: Organ) -> bool:
    """Whether the organ's work waits for the actor (本机关的人): its own people; the government's is its office's."""
    return actor.server or organ.code in actor.held or organ.kind == "government"


def may_read(actor: Actor, dossier: Dossier) -> bool:
    """Whether the actor may read the file; who filed it reads by the query code alone."""
    return not actor.public and actor.may(READ, dossier.organ)


def works_on(actor: Actor, dossier: Dossier) -> bool:
    """Whether the actor handles or approves there (办理、审核的人): only they meet personal data and papers."""
    may = actor.may(Permission.CASE_HANDLE, dossier.organ) or actor.may(
        Permission.CASE_APPROVE, dossier.organ
    )
    return may and may_read(actor, dossier)


def applicant_of(case: Case) -> Actor:
    """The applicant, known by code and secret (申请人): may do what the law leaves to applicants."""
    return Actor(ref=f"applicant:{case.pk}", name="申请人", public=True)


def is_applicant(actor: Actor, case: Case) -> bool:
    """Whether the actor is this case's applicant."""
    return actor.public and actor.ref == f"applicant:{case.pk}"


def person_of(side: SideRequest) -> Actor:
    """Who filed a correction or a proposal, known by code and secret (提出的人)."""
    return Actor(ref=f"side-person:{side.pk}", name=side.get_kind_display(), public=True)


def is_person(actor: Actor, side: SideRequest) -> bool:
    """Whether the actor is who filed this one."""
    return actor.public and actor.ref == f"side-person:{side.pk}"


def account_of(actor: Actor) -> int | None:
    """The account's number; None for the server, the public and platforms."""
    kind, _, number = actor.ref.partition(":")
    return int(number) if kind == "account" and number.isdigit() else None


def account_by_ref(ref: str) -> Account | None:
    """The account of a reference such as ``account:7``."""
    kind, _, number = ref.partition(":")
    if kind != "account" or not number.isdigit():
        return None
    return Account.objects.filter(pk=int(number), is_active=True).first()
