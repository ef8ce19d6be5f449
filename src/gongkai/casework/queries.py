"""One case for one reader (案卷的查询): None where there is none or it may not be read, alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.casework.codes import secret_holds, ungrouped
from gongkai.casework.given import from_json, words
from gongkai.casework.house import house_terms
from gongkai.casework.lives import calendar_for, full_life, texts_of, texts_of_many
from gongkai.casework.models import Case, CaseAct
from gongkai.casework.readers import READ, may_read, organs_where
from gongkai.casework.same_applicant import same_applicant
from gongkai.foundation.actors import Actor
from gongkai.rules.requests.act import Act
from gongkai.rules.requests.facts import Life
from gongkai.rules.requests.perform import Offer, offers
from gongkai.rules.requests.reply_clock import ReplyClock, reply_clock
from gongkai.rules.requests.similar import Alike, Known, alike, in_month
from gongkai.rules.requests.states import ACTS
from gongkai.rules.requests.steps import NextStep, next_step
from gongkai.rules.requests.tasks import Task, tasks

# So many other people's requests of the last year are compared by their words.
_COMPARED, _LOOK_BACK = 300, 365


@dataclass(frozen=True, slots=True)
class View:
    """A case as its page needs it (案卷): the facts with their words, clock, step, tasks, acts on offer."""

    case: Case
    life: Life
    texts: dict[str, str]
    clock: ReplyClock
    step: NextStep | None
    tasks: tuple[Task, ...]
    offers: tuple[Offer, ...]
    acts: tuple[CaseAct, ...]


def case_for(actor: Actor, number: str) -> Case | None:
    """The case of that number, if the actor may read it."""
    rows = Case.objects.select_related("organ__parent", "handler", "applicant")
    case = rows.filter(number=number.strip()).first()
    return case if case is not None and may_read(actor, case) else None


def by_query_code(code: str, secret: str) -> Case | None:
    """The case, for code and secret (凭查询码和口令); a wrong secret and an unknown code answer alike."""
    rows = Case.objects.select_related("organ__parent", "handler", "applicant")
    case = rows.filter(query_code=ungrouped(code)).first()
    return case if secret_holds(case, secret) else None


def view(case: Case, today: date) -> View:
    """Everything a page says of a case, after ``case_for`` let the reader in."""
    calendar, texts = calendar_for(case.organ), texts_of(case)
    life, terms = full_life(case, texts), house_terms()
    return View(
        case=case,
        life=life,
        texts=texts,
        clock=reply_clock(life, calendar, today),
        step=next_step(life, today, calendar, terms),
        tasks=tasks(life, today, calendar, terms),
        offers=offers(life, today, calendar),
        acts=tuple(case.acts.all()),
    )


def offered_to(actor: Actor, found: View) -> tuple[Offer, ...]:
    """The acts of the page that are this person's by role (本人可以办的)."""
    return tuple(o for o in found.offers if o.shown and actor.may(o.act.permission, found.case.organ))


@dataclass(frozen=True, slots=True)
class Said:
    """What was filled in for one act (填写的内容), words in place."""

    row: CaseAct
    act: Act
    given: dict[str, object]


def story(found: View) -> tuple[Said, ...]:
    """The acts of a case with what was filled in, the first first."""
    return tuple(
        Said(
            row,
            ACTS[row.act],
            {
                code: words(value, found.texts) if isinstance(value, str) else value
                for code, value in from_json(row.given).items()
            },
        )
        for row in found.acts
    )


@dataclass(frozen=True, slots=True)
class Repetition:
    """What stands beside a request (相似和重复). ``this_month``: which of the applicant's in the month it is.

    ``cases``: by reference, those named in ``alike`` and by the same applicant.
    """

    alike: tuple[Alike, ...]
    same_applicant: tuple[Case, ...]
    this_month: int
    cases: dict[str, Case]


def similar(actor: Actor, case: Case) -> Repetition:
    """Similar and repeated requests of a case, among those the reader may see; a hint for a person."""
    own = _of_same_applicant(actor, case)
    others = list(
        Case.objects.filter(
            organ=case.organ, arrived_on__gt=case.arrived_on - timedelta(days=_LOOK_BACK), id__lt=case.pk
        ).order_by("-id")[:_COMPARED]
    )
    pool = {one.pk: one for one in (*others, *own)}
    texts = texts_of_many([case, *pool.values()], "filing.description", "filing.title")
    same = {one.pk for one in own}
    known = [_known(one, texts[one.pk], one.pk in same) for one in pool.values()]
    found = alike(_words(texts[case.pk]), "same", known)
    month = in_month("same", case.received_on or case.arrived_on, known) + 1
    return Repetition(found, tuple(own), month, {one.ref: one for one in pool.values()})


def _of_same_applicant(actor: Actor, case: Case) -> list[Case]:
    """Other cases of the same person, among those the reader may see."""
    rows = same_applicant(case).filter(organ__in=organs_where(actor, READ))
    return list(rows.select_related("organ").order_by("-id")[:_COMPARED])


def _known(case: Case, texts: dict[str, str], same: bool) -> Known:
    return Known(
        ref=case.ref,
        applicant="same" if same else case.ref,
        received_on=case.received_on or case.arrived_on,
        text=_words(texts),
        answered=case.state in ("sent", "served", "archived"),
    )


def _words(texts: dict[str, str]) -> str:
    return f"{texts.get('filing.title', '')} {texts.get('filing.description', '')}"
