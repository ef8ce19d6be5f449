"""The inbox (待办的申请): what the law wants next of whom, by when; nothing overdue can hide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Count, F, Q, QuerySet

from gongkai.casework.derived import DATED, DONE, UNCONFIRMED, UNDATED
from gongkai.casework.house import house_terms
from gongkai.casework.lives import calendar_for, excerpt_of, life_of, texts_of_many
from gongkai.casework.models import Case
from gongkai.casework.readers import READ, account_of, all_organs, organs_where, own_organs, works_at
from gongkai.foundation.actors import Actor
from gongkai.foundation.models import Organ
from gongkai.foundation.personal import mask_name
from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.requests.life import days_of_delay
from gongkai.rules.requests.reply_clock import ReplyClock, reply_clock
from gongkai.rules.requests.states import STATES, State
from gongkai.rules.requests.steps import NextStep, next_step
from gongkai.rules.requests.terms import Terms
from gongkai.rules.roles import Permission

Scope = Literal["mine", "organ", "district"]
SCOPES: dict[str, str] = {"mine": "我的", "organ": "本机关", "district": "全区"}
PAGE_SIZE = 50
MOST_COUNTED = 1000
_SOON, _ONE_BY_ONE = 3, 5


@dataclass(frozen=True, slots=True)
class Row:
    """One case in a list (一件). ``applicant`` is masked; ``excerpt``: the first words of what is asked for.

    ``overdue``: the reply or the next step is late; ``delay_days``: days from arrival to receipt (art 31).
    """

    case: Case
    state: State
    applicant: str
    excerpt: str
    step: NextStep | None
    clock: ReplyClock
    handler: str
    overdue: bool
    delay_days: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list. ``more``: there are further rows; lists are not counted to their end."""

    rows: tuple[Row, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many stand there (件数): unconfirmed filings, overdue ones, all that are open."""

    unconfirmed: int
    overdue: int
    due_soon: int
    open: int


def inbox(
    actor: Actor,
    today: date,
    *,
    scope: Scope = "mine",
    organ: Organ | None = None,
    states: Iterable[str] = (),
    page: int = 1,
    page_size: int = PAGE_SIZE,
    terms: Terms | None = None,
    among: list[Organ] | None = None,
) -> Page:
    """The cases that want something, unconfirmed filings first, then by the nearest day.

    ``states`` narrows the list, but what is overdue stays in it. A fixed number of queries, whatever is there.
    ``among``: every organ, where they were asked for already.
    """
    among = all_organs() if among is None else among
    selection = _selected(actor, today, scope, organ, among)
    chosen = [code for code in states if code in STATES]
    narrowed = [Q(state__in=chosen), *_overdue(today)] if chosen else [Q()]
    start = (max(page, 1) - 1) * page_size
    keys = _first(selection, narrowed, start + page_size + 1)[start:]
    found = _listed([pk for _, pk in keys[:page_size]], among)
    return Page(rows_of(found, today, terms), max(page, 1), len(keys) > page_size)


def counts(
    actor: Actor,
    today: date,
    *,
    scope: Scope = "mine",
    organ: Organ | None = None,
    among: list[Organ] | None = None,
) -> Counts:
    """How many there are of each (件数), by the same rule as the list; ``MOST_COUNTED`` means so many or more."""
    selection = _selected(actor, today, scope, organ, among)
    late = today.isoformat()
    soon = DATED + date.fromordinal(today.toordinal() + _SOON + 1).isoformat()
    ranges = {
        "unconfirmed": Q(order_key__lt=DATED),
        "overdue": Q(order_key__lt=UNCONFIRMED + late) | Q(order_key__gte=DATED, order_key__lt=DATED + late),
        "due_soon": Q(order_key__gte=DATED + late, order_key__lt=soon),
    }
    if len(selection) == 1:
        return Counts(**_counted(selection[0], ranges))
    # In the order of the list: what is cut off at the end is neither unconfirmed nor overdue.
    keys = [key for key, _ in _first(selection, [Q(order_key__lt=DONE)], MOST_COUNTED)]
    return Counts(
        unconfirmed=sum(key < DATED for key in keys),
        overdue=sum(key[1:] < late for key in keys if key < UNDATED),
        due_soon=sum(DATED + late <= key < soon for key in keys),
        open=len(keys),
    )


def open_count(actor: Actor, today: date, *, scope: Scope, among: list[Organ] | None = None) -> int:
    """How many are open there (在办件数); ``MOST_COUNTED`` means so many or more."""
    return _count(_selected(actor, today, scope, None, among), [Q(order_key__lt=DONE)])


def _overdue(today: date) -> list[Q]:
    late = today.isoformat()
    return [
        Q(order_key__gte=UNCONFIRMED, order_key__lt=UNCONFIRMED + late),
        Q(order_key__gte=DATED, order_key__lt=DATED + late),
    ]


# A selection is a list of alternatives, each of which an index answers in order by itself: one condition with
# OR would walk through every case of the district to find the few that are somebody's.
_Selection = list[Q]


def _selected(
    actor: Actor, today: date, scope: Scope, organ: Organ | None, among: list[Organ] | None = None
) -> _Selection:
    organs = all_organs() if among is None else among
    readable = organs_where(actor, READ, organs)
    if organ is not None:
        readable = [one for one in readable if one.pk == organ.pk]
    elif scope == "organ":
        own = {one.pk for one in own_organs(actor, organs)}
        readable = [one for one in readable if one.pk in own]
    if not readable:
        return []
    if scope == "mine":
        return [mine & Q(organ__in=readable) for mine in _mine(actor, today, organs)]
    return _within(readable, organs)


def _within(readable: list[Organ], organs: list[Organ]) -> _Selection:
    """Where everything may be read, the order alone finds the rows; a few organs are asked one by one."""
    if len(readable) == len(organs):
        return [Q()]
    if len(readable) <= _ONE_BY_ONE:
        return [Q(organ=one) for one in readable]
    return [Q(organ__in=readable)]


def _rows(one: Q, other: Q) -> QuerySet[Case]:
    return Case.objects.filter(one, other, voided_seq=None).exclude(state="archived")


def _first(selection: _Selection, narrowed: list[Q], most: int) -> list[tuple[str, int]]:
    """The first keys of all alternatives together, each case once."""
    found: set[tuple[str, int]] = set()
    for one in selection:
        for other in narrowed:
            rows = _rows(one, other).order_by("order_key", "id")
            found.update(rows.values_list("order_key", "id")[:most])
    return sorted(found)[:most]


def _counted(one: Q, ranges: Mapping[str, Q]) -> dict[str, int]:
    """How many of one alternative there are, and in each range: counted by the database, in the list's order."""
    rows = _rows(one, Q(order_key__lt=DONE)).order_by("order_key", "id").values("order_key")[:MOST_COUNTED]
    counted = {name: Count("order_key", filter=wanted) for name, wanted in ranges.items()}
    return rows.aggregate(open=Count("order_key"), **counted)


def _count(selection: _Selection, narrowed: list[Q]) -> int:
    """How many all alternatives hold together, each case once; counted to ``MOST_COUNTED``."""
    if len(selection) == 1:
        # The ranges of one alternative do not meet: the database counts, and nothing is carried over.
        return min(sum(_rows(selection[0], other)[:MOST_COUNTED].count() for other in narrowed), MOST_COUNTED)
    found: set[int] = set()
    for one in selection:
        for other in narrowed:
            found.update(_rows(one, other).values_list("pk", flat=True)[:MOST_COUNTED])
    return min(len(found), MOST_COUNTED)


def _listed(keys: list[int], organs: list[Organ]) -> list[Case]:
    found = list(Case.objects.filter(pk__in=keys).select_related("handler"))
    known = {organ.pk: organ for organ in organs}
    for case in found:
        case.organ = known[case.organ_id]
    return sorted(found, key=lambda case: (case.order_key, case.pk))


def _mine(actor: Actor, today: date, organs: list[Organ]) -> _Selection:
    """What waits for this person: own cases, cases nobody has yet, what wants approval, what came too late."""

    def held(permission: Permission) -> list[Organ]:
        return [one for one in organs_where(actor, permission, organs) if works_at(actor, one)]

    own, approves, late = account_of(actor), held(Permission.CASE_APPROVE), Q(step_on__lt=today)
    supervised = organs_where(actor, Permission.REMINDER_SEND, organs)
    wanted = (
        (held(Permission.CASE_HANDLE), Q(handler=None)),
        (approves, Q(state="in_review")),
        (approves, Q(state__in=("awaiting_supplement", "awaiting_payment")) & late),
        (held(Permission.CASE_EXTEND), Q(extension_pending=True)),
        (supervised, Q(state="awaiting_confirmation") & late),
    )
    mine = [Q(organ__in=where) & what for where, what in wanted if where]
    return [Q(handler=own), *mine] if own is not None else mine


def rows_of(cases: Sequence[Case], today: date, terms: Terms | None = None) -> tuple[Row, ...]:
    """Cases as a list shows them; two queries for all their words, one for the calendar."""
    terms = terms or house_terms()
    texts = texts_of_many(cases, "applicant.name", "filing.title", "filing.description")
    calendars: dict[int, WorkingCalendar] = {}
    found = []
    for case in cases:
        district = case.organ.parent_id or case.organ_id
        if district not in calendars:
            calendars[district] = calendar_for(case.organ)
        found.append(_row(case, today, calendars[district], texts[case.pk], terms))
    return tuple(found)


def _row(case: Case, today: date, calendar: WorkingCalendar, texts: dict[str, str], terms: Terms) -> Row:
    life = life_of(case)
    clock, step = reply_clock(life, calendar, today), next_step(life, today, calendar, terms)
    late_reply = clock.overdue and clock.stopped_on is None
    return Row(
        case=case,
        state=STATES[case.state],
        applicant=mask_name(texts.get("applicant.name", "")),
        excerpt=excerpt_of(texts),
        step=step,
        clock=clock,
        handler=case.handler.display_name if case.handler else "",
        overdue=late_reply or (step is not None and step.overdue),
        delay_days=days_of_delay(life, today),
    )


def archived(actor: Actor, *, page: int = 1, page_size: int = PAGE_SIZE) -> list[Case]:
    """Archived cases the reader may see (已归档), the latest first."""
    rows = Case.objects.filter(state="archived", organ__in=organs_where(actor, READ))
    start = (max(page, 1) - 1) * page_size
    return list(rows.order_by(F("received_on").desc(nulls_last=True), "-id")[start : start + page_size])
