"""The archived requests with their terms (保管中的案卷): class, last day, whether the term is over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongkai.archive.models import DestructionItem
from gongkai.archive.terms import Term, terms_of_many
from gongkai.casework.given import from_json
from gongkai.casework.lives import life_of
from gongkai.casework.models import Case, CaseAct
from gongkai.casework.readers import READ, organs_where
from gongkai.foundation.actors import Actor
from gongkai.foundation.models import Organ
from gongkai.remedies.queries import disputed_among
from gongkai.rules.requests.retention import expires_on, retention_class

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Kept:
    """One archived request (一卷). ``longer``: by law it belongs to a class kept longer than the one chosen.

    ``listed``: it stands on a list that waits for the second person; ``destroyed``: words and papers are gone.
    """

    case: Case
    archived_on: date
    term: Term
    kept_until: date
    longer: bool
    listed: bool
    destroyed: bool

    def over(self, today: date) -> bool:
        """Whether the term is over (期满)."""
        return not self.destroyed and self.kept_until < today


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of archived requests. ``more``: there are further ones."""

    rows: tuple[Kept, ...]
    page: int
    more: bool


def shelf(
    actor: Actor,
    today: date,
    *,
    organ: Organ | None = None,
    over: bool = False,
    page: int = 1,
    page_size: int = PAGE_SIZE,
) -> Shelf:
    """The archived requests the reader may see, the longest archived first. ``over``: those past their term."""
    organs = [one for one in organs_where(actor, READ) if organ is None or one.pk == organ.pk]
    terms = terms_of_many(organs)
    rows = _archived(organs)
    start = (max(page, 1) - 1) * page_size
    if not over:
        acts = list(rows[start : start + page_size + 1])
        found = _kept(acts[:page_size], terms)
        return Shelf(tuple(found), max(page, 1), len(acts) > page_size)
    shortest = min((t.years for of in terms.values() for t in of.values()), default=0)
    # No class is over before its calendar year: what the shortest term keeps needs no look.
    candidates = rows.filter(on__lt=date(max(today.year - shortest, 1), 1, 1))
    due = [one for one in _kept(candidates, terms) if one.over(today)]
    return Shelf(tuple(due[start : start + page_size]), max(page, 1), len(due) > start + page_size)


def kept_of(cases: Iterable[Case]) -> list[Kept]:
    """These cases as the shelf knows them; those that are not archived are left out."""
    found = list(cases)
    organs = {case.organ_id: case.organ for case in found}
    acts = CaseAct.objects.filter(case__in=found, act="archive", case__state="archived")
    return _kept(acts.select_related("case__organ"), terms_of_many(organs.values()))


def _archived(organs: list[Organ]) -> QuerySet[CaseAct]:
    acts = CaseAct.objects.filter(
        act="archive", case__state="archived", case__voided_seq=None, case__organ__in=organs
    )
    return acts.select_related("case__organ").order_by("on", "id")


def _kept(acts: Iterable[CaseAct], terms: dict[int, dict[str, Term]]) -> list[Kept]:
    # A request reopened and archived again has two such acts: the later one counts.
    last = {act.case_id: act for act in acts}
    listed = set(
        DestructionItem.objects.filter(
            case_id__in=last, destruction__confirmed_seq=None, destruction__withdrawn_seq=None
        ).values_list("case_id", flat=True)
    )
    gone = _destroyed(last)
    disputed = disputed_among(act.case.number for act in last.values())
    return [
        _one(act, terms[act.case.organ_id], act.case.number in disputed, key in listed, act.case.ref in gone)
        for key, act in last.items()
    ]


def _destroyed(cases: Iterable[int]) -> set[str]:
    done = DestructionItem.objects.filter(case_id__in=cases, destruction__confirmed_seq__isnull=False)
    return {f"case:{pk}" for pk in done.values_list("case_id", flat=True)}


def _one(act: CaseAct, terms: dict[str, Term], disputed: bool, listed: bool, destroyed: bool) -> Kept:
    chosen = terms[from_json(act.given)["retention_class"]]
    lawful = terms[retention_class(life_of(act.case), disputed=disputed).code]
    term = max(chosen, lawful, key=lambda one: one.years)
    return Kept(
        case=act.case,
        archived_on=act.on,
        term=term,
        kept_until=expires_on(act.on, term.years),
        longer=term.years > chosen.years,
        listed=listed,
        destroyed=destroyed,
    )
