"""What is archived, with its term (保管中的案卷): requests, corrections and proposals; class, last day, whether over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.archive.models import DestructionItem
from gongkai.archive.terms import Term, terms_of_many
from gongkai.casework.given import from_json
from gongkai.casework.lives import life_of
from gongkai.casework.models import Case, CaseAct, Dossier, SideAct, SideRequest
from gongkai.casework.readers import READ, organs_where
from gongkai.foundation.actors import Actor
from gongkai.foundation.models import Organ
from gongkai.remedies.queries import disputed_among
from gongkai.rules.requests.retention import expires_on, retention_class
from gongkai.rules.side_requests.retention import retention_classes

PAGE_SIZE = 50
_Archiving = CaseAct | SideAct


@dataclass(frozen=True, slots=True)
class Kept:
    """One archived file (一卷). ``longer``: by law it belongs to a class kept longer than the one chosen.

    ``listed``: it stands on a list that waits for the second person; ``destroyed``: words and papers are gone.
    """

    file: Dossier
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
    """A page of archived files. ``more``: there are further ones."""

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
    """The archived files the reader may see, the longest archived first. ``over``: those past their term."""
    organs = [one for one in organs_where(actor, READ) if organ is None or one.pk == organ.pk]
    terms = terms_of_many(organs)
    start = (max(page, 1) - 1) * page_size
    if not over:
        acts, more = _sheet(organs, start, page_size)
        return Shelf(tuple(_kept(acts, terms)), max(page, 1), more)
    shortest = min((t.years for of in terms.values() for t in of.values()), default=0)
    # No class is over before its calendar year: what the shortest term keeps needs no look.
    early = Q(on__lt=date(max(today.year - shortest, 1), 1, 1))
    candidates: list[_Archiving] = [
        *_case_acts().filter(early, case__organ__in=organs),
        *_side_acts().filter(early, side__organ__in=organs),
    ]
    candidates.sort(key=_order)
    due = [one for one in _kept(candidates, terms) if one.over(today)]
    return Shelf(tuple(due[start : start + page_size]), max(page, 1), len(due) > start + page_size)


def kept_of(files: Iterable[Dossier]) -> list[Kept]:
    """These files as the shelf knows them; those that are not archived are left out."""
    found = list(files)
    organs = {one.organ_id: one.organ for one in found}
    cases = [one.pk for one in found if isinstance(one, Case)]
    sides = [one.pk for one in found if isinstance(one, SideRequest)]
    acts: list[_Archiving] = []
    if cases:
        acts += _case_acts().filter(case__in=cases)
    if sides:
        acts += _side_acts().filter(side__in=sides)
    return _kept(acts, terms_of_many(organs.values()))


def _case_acts() -> QuerySet[CaseAct]:
    rows = CaseAct.objects.filter(act="archive", case__state="archived", case__voided_seq=None)
    return rows.select_related("case__organ").order_by("on", "id")


def _side_acts() -> QuerySet[SideAct]:
    rows = SideAct.objects.filter(act="archive", side__state="archived", side__voided_seq=None)
    return rows.select_related("side__organ").order_by("on", "id")


def _sheet(organs: list[Organ], start: int, size: int) -> tuple[list[_Archiving], bool]:
    """One page of both kinds in the order of archiving, and whether there are more; only its own rows are read."""
    last = start + size + 1
    cases = _case_acts().filter(case__organ__in=organs)
    sides = _side_acts().filter(side__organ__in=organs)
    keys = [(on, 0, pk) for on, pk in cases.values_list("on", "pk")[:last]]
    keys += [(on, 1, pk) for on, pk in sides.values_list("on", "pk")[:last]]
    wanted = sorted(keys)[start : start + size]
    acts: list[_Archiving] = [
        *cases.filter(pk__in=[pk for _, kind, pk in wanted if kind == 0]),
        *sides.filter(pk__in=[pk for _, kind, pk in wanted if kind == 1]),
    ]
    return sorted(acts, key=_order), len(keys) > start + size


def _order(act: _Archiving) -> tuple[date, int, int]:
    return act.on, int(isinstance(act, SideAct)), act.pk


def _file(act: _Archiving) -> Dossier:
    return act.side if isinstance(act, SideAct) else act.case


def _kept(acts: Sequence[_Archiving], terms: dict[int, dict[str, Term]]) -> list[Kept]:
    # A request reopened and archived again has two such acts: the later one counts.
    last = {_file(act).ref: act for act in acts}
    listed, gone = _on_lists(_file(act) for act in last.values())
    disputed = disputed_among(_file(act).number for act in last.values())
    found = []
    for ref, act in last.items():
        file = _file(act)
        term, longer = _term(act, terms[file.organ_id], file.number in disputed)
        until = expires_on(act.on, term.years)
        found.append(Kept(file, act.on, term, until, longer, ref in listed, ref in gone))
    return found


def _on_lists(files: Iterable[Dossier]) -> tuple[set[str], set[str]]:
    """Which of these stand on a list that waits, and which were destroyed."""
    found = list(files)
    items = DestructionItem.objects.filter(
        Q(case__in=[one.pk for one in found if isinstance(one, Case)])
        | Q(side__in=[one.pk for one in found if isinstance(one, SideRequest)]),
        destruction__withdrawn_seq=None,
    ).select_related("destruction")
    waiting = {item.ref for item in items if item.destruction.confirmed_seq is None}
    return waiting, {item.ref for item in items if item.destruction.confirmed_seq is not None}


def _term(act: _Archiving, terms: dict[str, Term], disputed: bool) -> tuple[Term, bool]:
    """The term that counts, and whether it is longer than the one somebody chose."""
    if isinstance(act, SideAct):
        classes = retention_classes(act.side.kind, disputed=disputed)
        return max((terms[one.code] for one in classes), key=lambda one: one.years), False
    chosen = terms[from_json(act.given)["retention_class"]]
    lawful = terms[retention_class(life_of(act.case), disputed=disputed).code]
    term = max(chosen, lawful, key=lambda one: one.years)
    return term, term.years > chosen.years
