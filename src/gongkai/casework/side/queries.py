"""One for one reader, and lists (查询): what the reader may not see is as if absent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.casework.codes import side_secret_holds, ungrouped
from gongkai.casework.given import words
from gongkai.casework.lives import calendar_for, texts_of
from gongkai.casework.models import Case, SideAct, SideRequest
from gongkai.casework.queries import similar
from gongkai.casework.readers import (
    READ,
    account_of,
    all_organs,
    may_read,
    organs_where,
    own_organs,
    works_at,
)
from gongkai.casework.side import lives
from gongkai.casework.tracking import VOIDED
from gongkai.foundation.actors import Actor
from gongkai.foundation.models import Organ
from gongkai.foundation.personal import mask_name
from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.requests.states import State
from gongkai.rules.requests.steps import NextStep
from gongkai.rules.roles import Permission
from gongkai.rules.side_requests.clock import SideClock, answer_clock
from gongkai.rules.side_requests.facts import SideLife
from gongkai.rules.side_requests.kinds import KINDS
from gongkai.rules.side_requests.perform import why_not
from gongkai.rules.side_requests.similar import asked_by_others
from gongkai.rules.side_requests.states import ACTS, STATES, available
from gongkai.rules.side_requests.states import SideAct as Act
from gongkai.rules.side_requests.steps import next_step

PAGE_SIZE = 50
MOST_COUNTED = 1000
_TITLE = 60
_ENDED = SideClock(None, "登记已经撤销，没有期限。", None)


@dataclass(frozen=True, slots=True)
class SideOffer:
    """An act that the state allows, with why it cannot be done today; "" where it can."""

    act: Act
    reason: str


@dataclass(frozen=True, slots=True)
class SideView:
    """One as its page needs it: the facts with their words, clock, step, acts on offer."""

    side: SideRequest
    life: SideLife
    texts: dict[str, str]
    clock: SideClock
    step: NextStep | None
    offers: tuple[SideOffer, ...]
    acts: tuple[SideAct, ...]

    @property
    def title(self) -> str:
        """What a page calls it."""
        return title_of(self.texts)

    @property
    def state(self) -> State:
        """Where it stands; an entry struck out stands nowhere in the law's table."""
        return state_of(self.side)


@dataclass(frozen=True, slots=True)
class SideRow:
    """One line of a list. ``person`` is masked."""

    side: SideRequest
    title: str
    person: str
    step: NextStep | None
    clock: SideClock
    overdue: bool


def state_of(side: SideRequest) -> State:
    """The state as a page calls it (撤销登记的另有一种说法)."""
    return VOIDED if side.voided_seq is not None else STATES[side.state]


def title_of(texts: dict[str, str]) -> str:
    """The first words of what is asked for."""
    said = texts.get("filing.record") or texts.get("filing.information") or ""
    return " ".join(said.split())[:_TITLE]


def _rows() -> QuerySet[SideRequest]:
    return SideRequest.objects.select_related("organ__parent", "handler", "about__organ")


def side_for(actor: Actor, number: str) -> SideRequest | None:
    """The one of that number, if the actor may read it."""
    side = _rows().filter(number=number.strip()).first()
    return side if side is not None and may_read(actor, side) else None


def by_query_code(code: str, secret: str) -> SideRequest | None:
    """The one for code and secret; a wrong secret and an unknown code answer alike."""
    side = _rows().filter(query_code=ungrouped(code)).first()
    return side if side_secret_holds(side, secret) else None


def view(side: SideRequest, today: date) -> SideView:
    """Everything a page says of it, after ``side_for`` or ``by_query_code`` let the reader in."""
    calendar, texts = calendar_for(side.organ), texts_of(side)
    life, voided = lives.full_life(side, texts), side.voided_seq is not None
    allowed = () if voided else available(side.kind, side.state)
    return SideView(
        side=side,
        life=life,
        texts=texts,
        clock=_ENDED if voided else answer_clock(life, calendar, today, lives.terms()),
        step=None if voided else next_step(life, today, calendar, lives.terms()),
        offers=tuple(SideOffer(a, why_not(life, a.id, today)) for a in allowed),
        acts=tuple(side.acts.all()),
    )


@dataclass(frozen=True, slots=True)
class SideSaid:
    """What was filled in for one act, words in place."""

    row: SideAct
    act: Act
    given: dict[str, object]


def story(found: SideView) -> tuple[SideSaid, ...]:
    """The acts with what was filled in, the first first."""
    return tuple(
        SideSaid(
            row,
            ACTS[row.act],
            {
                code: words(value, found.texts) if isinstance(value, str) else value
                for code, value in lives.from_json(row.given).items()
            },
        )
        for row in found.acts
    )


def listed(
    actor: Actor,
    today: date,
    *,
    mine: bool = False,
    kind: str = "",
    archived: bool = False,
    page: int = 1,
    page_size: int = PAGE_SIZE,
) -> tuple[tuple[SideRow, ...], bool]:
    """Those the reader may see, unconfirmed ones first, then by the nearest day; and whether there are more."""  # fmt: skip
    rows = _selected(actor, mine=mine, kind=kind)
    rows = rows.filter(state="archived") if archived else rows.exclude(state="archived")
    start = (max(page, 1) - 1) * page_size
    order = ("-id",) if archived else ("order_key", "id")
    found = list(rows.order_by(*order)[start : start + page_size + 1])
    return rows_of(found[:page_size], today), len(found) > page_size


def counts(actor: Actor, today: date, among: list[Organ] | None = None) -> tuple[int, int]:
    """How many are open and how many of them late where the person works; two queries."""
    rows = _selected(actor, own=True, among=among).exclude(state__in=("told", "withdrawn", "archived"))
    late = rows.filter(step_on__lt=today)
    return min(rows.count(), MOST_COUNTED), min(late.count(), MOST_COUNTED)


def _selected(
    actor: Actor, *, mine: bool = False, own: bool = False, kind: str = "", among: list[Organ] | None = None
) -> QuerySet[SideRequest]:
    organs = all_organs() if among is None else among
    readable = own_organs(actor, organs) if own else organs_where(actor, READ, organs)
    rows = _rows().filter(voided_seq=None)
    if len(readable) < len(organs):
        rows = rows.filter(organ__in=readable)
    if kind in KINDS:
        rows = rows.filter(kind=kind)
    if not mine:
        return rows
    account = account_of(actor)
    handles = [o for o in organs_where(actor, Permission.CASE_HANDLE, organs) if works_at(actor, o)]
    approves = [o for o in organs_where(actor, Permission.CASE_APPROVE, organs) if works_at(actor, o)]
    theirs = Q(organ__in=handles, handler=None) | Q(organ__in=approves, state="in_review")
    return rows.filter(theirs | Q(handler=account)) if account is not None else rows.filter(theirs)


def rows_of(sides: Sequence[SideRequest], today: date) -> tuple[SideRow, ...]:
    """As a list shows them; one query for all their words, one calendar a district."""
    texts = lives.texts_of_many(sides, "person.name", "filing.record", "filing.information")
    calendars: dict[int, WorkingCalendar] = {}
    found = []
    for side in sides:
        district = side.organ.parent_id or side.organ_id
        if district not in calendars:
            calendars[district] = calendar_for(side.organ)
        clock, step = _stands(side, calendars[district], today)
        late = (clock.overdue and clock.stopped_on is None) or (step is not None and step.overdue)
        said = texts[side.pk]
        found.append(SideRow(side, title_of(said), mask_name(said.get("person.name", "")), step, clock, late))
    return tuple(found)


def _stands(side: SideRequest, calendar: WorkingCalendar, today: date) -> tuple[SideClock, NextStep | None]:
    """Clock and next step of one; an entry struck out has neither."""
    if side.voided_seq is not None:
        return _ENDED, None
    life = lives.life_of(side)
    return answer_clock(life, calendar, today, lives.terms()), next_step(life, today, calendar, lives.terms())


def others_asked(actor: Actor, case: Case) -> int:
    """How many requests by other applicants ask for what this one does (多个申请人, art 44 ¶1): a hint."""
    return len(asked_by_others(similar(actor, case).alike))


def told_in(actor: Actor, year: int) -> dict[str, int]:
    """How many of each kind were told their result in a year, where the actor reads (本年告知); no cell counts them."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    organs = [one.pk for one in organs_where(actor, READ)]
    rows = SideAct.objects.filter(act="tell", on__gte=first, on__lte=last, side__organ_id__in=organs)
    found = list(rows.values_list("side__kind", flat=True))
    return {kind: found.count(kind) for kind in KINDS}
