"""The list of parts by the organ that works on them (协办清单): follows from the lives of cases, kept by every act."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from gongkai.casework.lives import life_of
from gongkai.casework.models import Case, CasePart
from gongkai.foundation.actors import Actor
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Organ, OrganName
from gongkai.rules.requests.facts import Life
from gongkai.rules.requests.life import state
from gongkai.rules.requests.states import ACTS
from gongkai.rules.roles import Permission

ANSWERS = "part_answered"


def rows_for(case: Case, life: Life) -> dict[int, tuple[int, date]]:
    """The organ and the day of every part that waits, by its place; parts of organs not kept here have no row."""
    if state(life) not in ACTS[ANSWERS].sources:
        return {}
    waiting = {n: part for n, part in enumerate(life.round.parts) if part.open}
    if not waiting:
        return {}
    named = organs_named(case.organ, {part.organ.strip() for part in waiting.values()})
    return {
        n: (named[part.organ.strip()], part.due_on)
        for n, part in waiting.items()
        if part.organ.strip() in named
    }


def organs_named(near: Organ, names: set[str]) -> dict[str, int]:
    """The organs of the district by the day's full or short name, by id; the one that asks is none of them."""
    district = near.parent_id or near.pk
    rows = OrganName.objects.filter(
        Q(name__in=names) | Q(short_name__in=names),
        Q(organ=district) | Q(organ__parent=district),
        until_on=None,
        organ__ended_on=None,
    ).exclude(organ=near)
    found: dict[str, int] = {}
    for full, short, organ in rows.order_by("id").values_list("name", "short_name", "organ_id"):
        found.setdefault(short, organ)
        found[full] = organ
    return found


def put(case: Case, life: Life) -> None:
    """Bring the list in line with the life (协办清单随案更新); call inside the act's transaction."""
    if not any(round_.parts for round_ in life.rounds):
        return
    wanted = rows_for(case, life)
    CasePart.objects.filter(case=case).delete()
    CasePart.objects.bulk_create(
        CasePart(case=case, place=place, organ_id=organ, due_on=due) for place, (organ, due) in wanted.items()
    )


def fits(case: Case, life: Life) -> bool:
    """Whether every row of the case is a part that waits (清单与案情相符); organs come and go under a name."""
    waiting = life.round.parts if state(life) in ACTS[ANSWERS].sources else ()
    return all(
        one.place < len(waiting) and waiting[one.place].open and waiting[one.place].due_on == one.due_on
        for one in case.waiting_parts.all()
    )


def rebuild() -> int:
    """Make the whole list anew from the lives of the open cases (重建协办清单); how many parts wait."""
    with write_transaction():
        CasePart.objects.all().delete()
        for case in Case.objects.filter(state__in=ACTS[ANSWERS].sources, voided_seq=None).iterator(500):
            put(case, life_of(case))
        return CasePart.objects.count()


def place_of_work(act_id: str, given: dict[str, Any], case: Case, by: Actor) -> Organ:
    """Where an act is permitted (在哪里有权): a part may be answered where it is worked on, all else at the case's organ."""
    place = given.get("part")
    if act_id == ANSWERS and isinstance(place, int) and not by.may(Permission.CASE_HANDLE, case.organ):
        row = CasePart.objects.filter(case=case, place=place).select_related("organ__parent").first()
        if row is not None:
            return row.organ
    return case.organ
