"""Parts that another organ works on (协办): its own work with its own term, answered by its own people.

A part is no request of that organ and stands in no cell of its report: the organ that was asked answers the
applicant. Who works on a part reads what the part and the request say, and nothing of who asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from gongkai.casework import acts, part_papers
from gongkai.casework.given import words
from gongkai.casework.lives import excerpt_of, life_of
from gongkai.casework.models import Case, CaseFile, CasePart, SealedText
from gongkai.casework.part_list import ANSWERS
from gongkai.casework.readers import all_organs, organs_where, works_at
from gongkai.casework.refusals import refused
from gongkai.foundation import personal
from gongkai.foundation.actors import Actor
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Organ
from gongkai.rules.roles import Permission

MOST_LISTED = 50
_REQUEST = ("filing.title", "filing.description", "filing.document_number")


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part in the inbox of the organ that works on it (一份协办)."""

    part: CasePart
    asked_by: Organ
    what: str
    excerpt: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class PartView:
    """What the organ needs to answer its part (协办的内容), and what it attached; nothing of the applicant."""

    part: CasePart
    case: Case
    what: str
    sent_on: date
    title: str
    description: str
    document_number: str
    overdue: bool
    papers: tuple[tuple[CaseFile, str], ...] = ()


def working_here(actor: Actor, among: list[Organ] | None = None) -> list[Organ]:
    """The organs whose parts are the actor's work (在哪些机关承担协办)."""
    found = organs_where(actor, Permission.CASE_HANDLE, among)
    return [one for one in found if works_at(actor, one)]


def waiting(
    actor: Actor, today: date, *, organ: Organ | None = None, among: list[Organ] | None = None
) -> tuple[PartRow, ...]:
    """The parts that wait for the actor's organs, the nearest day first; a fixed number of queries."""
    among = all_organs() if among is None else among
    here = [one for one in working_here(actor, among) if organ is None or one.pk == organ.pk]
    if not here:
        return ()
    rows = CasePart.objects.filter(organ__in=here, case__voided_seq=None)
    found, known = list(rows.select_related("case")[:MOST_LISTED]), {one.pk: one for one in among}
    for part in found:
        part.organ, part.case.organ = known[part.organ_id], known[part.case.organ_id]
    texts = _texts([one.case_id for one in found])
    return tuple(_row(one, texts.get(one.case_id, {}), today) for one in found)


def _row(part: CasePart, texts: dict[str, str], today: date) -> PartRow:
    what = words(life_of(part.case).round.parts[part.place].what, texts)
    return PartRow(part, part.case.organ, " ".join(what.split()), excerpt_of(texts), today > part.due_on)


def _texts(cases: list[int]) -> dict[int, dict[str, str]]:
    """The words of requests and of their parts, nothing else: one query."""
    found: dict[int, dict[str, str]] = {}
    wanted = Q(token__in=_REQUEST) | Q(token__endswith=".what")
    for row in SealedText.objects.filter(wanted, case_id__in=cases):
        opened = personal.open_sealed(row.sealed, place=row.at)
        found.setdefault(row.case_id, {})[row.token] = opened
    return found


def part_for(actor: Actor, organ: Organ, number: str, place: int, today: date) -> PartView | None:
    """One part for somebody who works on it; None where there is none or it is another organ's, alike."""
    rows = CasePart.objects.select_related("case__organ__parent", "organ__parent")
    part = rows.filter(case__number=number, place=place, organ=organ, case__voided_seq=None).first()
    if part is None or not actor.may(Permission.CASE_HANDLE, organ):
        return None
    texts, said = _texts([part.case_id]).get(part.case_id, {}), life_of(part.case).round.parts[place]
    return PartView(
        part=part,
        case=part.case,
        what=words(said.what, texts),
        sent_on=said.sent_on,
        title=texts.get("filing.title", ""),
        description=texts.get("filing.description", ""),
        document_number=texts.get("filing.document_number", ""),
        overdue=today > part.due_on,
        papers=tuple(part_papers.named(part)),
    )


def answer_part(part: CasePart, opinion: str, *, by: Actor, now: datetime) -> Case:
    """Answer a part in the organ's name (回复协办): on record in the case of the organ that asked.

    Raises CaseworkRefused, NotAllowed; answered meanwhile by somebody else, it is refused in words.
    """
    given: dict[str, Any] = {"part": part.place, "opinion": opinion}
    with write_transaction():
        if not CasePart.objects.filter(case=part.case_id, place=part.place).exists():
            raise refused("", "这一部分已经有人回复，或者对方收回自办了，不用再办。")
        if not opinion.strip():
            raise refused("opinion", "没有写意见；写明能不能公开、理由，材料另送的写明。")
        return acts.act(part.case, ANSWERS, given, by=by, now=now)
