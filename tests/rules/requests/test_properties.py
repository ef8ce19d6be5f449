"""Random lives of requests: what holds of every one of them (hypothesis)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.rules.receipt import CHANNELS
from gongkai.rules.requests.facts import Life, Passage
from gongkai.rules.requests.life import begin, outcome, state
from gongkai.rules.requests.perform import offers, perform
from gongkai.rules.requests.reply_clock import (
    known,
    notice_due,
    payment_due,
    reply_clock,
    term_end,
    working_days,
)
from gongkai.rules.requests.states import ACTS, STATES, ActRefused, available, targets
from gongkai.rules.requests.steps import next_step
from gongkai.rules.requests.tasks import tasks
from tests.rules.requests.lives import CALENDAR, Story

DECISIONS: tuple[dict[str, Any], ...] = (
    {"outcome": "r3", "grounds": ("provided",)},
    {"outcome": "r6", "grounds": ("forbidden-by-law",)},
    {"outcome": "r13", "grounds": ("not-found",)},
    {"outcome": "r4", "grounds": ("draft",), "passages": (Passage(place="第 2 页", ground="draft"),)},
)
METHODS = ("page", "case", "direct", "electronic", "post")
# What ends a life, or keeps it where it is. Were acts drawn alike, hardly one in thousands would be answered.
ASIDE = frozenset(
    {
        "withdraw", "note_order", "note_unreachable", "record_search", "forward", "assign_part", "take_back_part",
        "consult_third_party", "consult_organ", "record_reached", "propose_extension", "decline_extension",
    }
)  # fmt: skip
# So many days pass between two acts: a few, now and then so many that a term runs out.
DAYS = (0, 0, 0, 1, 1, 2, 3, 5, 8, 12, 45)


def steered(ready: list[str]) -> list[str]:
    """The acts to draw from: those that lead on six times."""
    return ready + [act for act in ready if act not in ASIDE] * 5


@st.composite
def values(draw: st.DrawFn, today: date, act: str = "") -> dict[str, Any]:
    """Something for every field; some of it wrong now and then. ``act``: what it is for, where that matters."""
    methods = ("direct", "electronic", "post", "post", "page") if act == "send" else METHODS
    later = today + timedelta(days=draw(st.integers(-2, 40)))
    few = st.integers(0, 2)
    return {
        **draw(st.sampled_from(DECISIONS)),
        **dict.fromkeys(("matters", "reason", "what", "where", "by", "words", "handler", "opinion"), "写明"),
        **dict.fromkeys(("whom", "organ", "contact", "confirmed_how", "tried_how", "proof"), "区财政局"),
        **{c: draw(st.booleans()) for c in ("agrees", "reasonable", "consent", "justified", "bars_same")},
        **{c: draw(few) for c in ("consultation", "part", "found")},
        "days": draw(st.integers(0, 21)),
        "applicant_class": "natural",
        "term_on": later,
        "until": later + timedelta(days=30),
        "method": draw(st.sampled_from(methods)),
        "count": draw(st.sampled_from((5, 35, 150))),
        "override": draw(st.sampled_from(("", "公共利益"))),
        "number": f"利政公复〔{today.year}〕{draw(st.integers(1, 500))}号",
        "signed_for_on": draw(st.sampled_from((None, today))),
        "order_kind": draw(st.sampled_from(("court", "reconsideration"))),
        "order_number": "（2024）行初 1 号",
        "retention_class": "ordinary",
        "jointly": draw(st.booleans()),
        "party": draw(st.sampled_from(("person", "organisation"))),
    }


@st.composite
def lives(draw: st.DrawFn) -> list[tuple[Life, date, str]]:
    """A life step by step: the facts after each act, the day, and the act."""
    today = draw(st.dates(date(2021, 1, 1), date(2025, 6, 30)))
    life = begin(draw(st.sampled_from(list(CHANNELS))), today)
    told = [(life, today, "")]
    for _ in range(draw(st.integers(1, 24))):
        today += timedelta(days=draw(st.sampled_from(DAYS)))
        ready = [o.act.id for o in offers(life, today, CALENDAR) if not o.reason]
        act = draw(st.sampled_from(steered(ready))) if ready else "withdraw"
        try:
            filled = draw(values(today, act))
            life = perform(life, act, on=today, today=today, calendar=CALENDAR, given=filled)
        except ActRefused as refused:
            assert str(refused) and set(refused.instead) <= {a.id for a in available(refused.state)}
            continue
        told.append((life, today, act))
    return told


SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(SLOW, max_examples=4_000)


@SLOW
@given(lives(), st.integers(0, 60))
def test_every_life_is_lawful(told: list[tuple[Life, date, str]], later: int) -> None:
    lawful(told, later)


@pytest.mark.proof
@LONG
@given(lives(), st.integers(0, 60))
def test_every_life_of_thousands_is_lawful(told: list[tuple[Life, date, str]], later: int) -> None:
    lawful(told, later)


def lawful(told: list[tuple[Life, date, str]], later: int) -> None:
    before = state(told[0][0])
    for life, on, act in told:
        where = state(life)
        if act:
            assert where in targets(ACTS[act], before), (act, before, where)
        before = where
        today = on + timedelta(days=later)
        clock = reply_clock(life, CALENDAR, today)
        for ends in clocks(life, today):
            assert CALENDAR.status(ends).working, "a clock never ends on a day off"
        assert clock.due is not None or clock.note or clock.status == "ended"
        here = {a.id for a in available(where)}
        step = next_step(life, today, CALENDAR)
        assert (step is None) == (where == "archived") and (step is None or step.act in here)
        raised = tasks(life, today, CALENDAR)
        assert all(set(t.acts) <= here and t.since <= today and t.provision for t in raised)
        corrects = any(a.corrects for r in life.rounds for a in r.answers)
        if not STATES[where].open:
            assert outcome(life), "what has ended has its place in table three"
        elif not corrects:
            assert outcome(life) is None


def clocks(life: Life, today: date) -> list[date]:
    """The last day of every term that is counted in working days, in years that are announced."""
    ends = [
        reply_clock(life, CALENDAR, today).due,
        notice_due(life, CALENDAR)[0],
        payment_due(life, CALENDAR)[0],
    ]
    ends += [term_end(one, CALENDAR)[0] for one in life.round.consultations]
    return [day for day in ends if day is not None and day.year in CALENDAR.years]


@SLOW
@given(lives())
def test_every_reachable_state_has_a_way_out(told: list[tuple[Life, date, str]]) -> None:
    way_out(told)


# So many things must have gone before that chance seldom gets there; each has stories of its own.
SELDOM = {"lapse_fee", "record_silence", "tell_lapse", "tell_third_party"}


@pytest.mark.proof
def test_thousands_of_lives_reach_every_state_and_go_on_from_it() -> None:
    reached: set[str] = set()
    done: set[str] = set()

    @LONG
    @given(lives())
    def each(told: list[tuple[Life, date, str]]) -> None:
        reached.update(state(life) for life, _, _ in told)
        done.update(act for _, _, act in told)
        way_out(told)

    each()
    assert reached == set(STATES), "no state is proven by never being met"
    assert done >= set(ACTS) - SELDOM


def way_out(told: list[tuple[Life, date, str]]) -> None:
    """Whatever happened before, the organ can go on from every state but the archive, without the applicant."""
    life, on, _ = told[-1]
    if state(life) == "archived":
        return
    much_later = on + timedelta(days=200)
    ready = [o.act.id for o in offers(life, much_later, CALENDAR) if not o.reason]
    assert set(ready) - {"withdraw", "note_order", "note_unreachable", "record_search"}


@SLOW
@given(lives(), st.sampled_from(sorted(ACTS)))
def test_an_act_outside_the_table_is_refused_with_what_may_be_done(
    told: list[tuple[Life, date, str]], act: str
) -> None:
    life, on, _ = told[-1]
    where = state(life)
    if where in ACTS[act].sources:
        return
    try:
        perform(life, act, on=on, today=on, calendar=CALENDAR, given={})
    except ActRefused as refused:
        assert STATES[where].label in str(refused) and ACTS[act].label in str(refused)
        assert refused.instead == tuple(a.id for a in available(where))
    else:
        raise AssertionError("the table does not allow this act")


RUBBISH = st.one_of(
    st.none(),
    st.text(max_size=5),
    st.integers(),
    st.dates(),
    st.booleans(),
    st.lists(st.text(max_size=3), max_size=2),
    st.just(date.max),
)


@SLOW
@given(lives(), st.data())
def test_rubbish_is_refused_in_words_and_nothing_else(
    told: list[tuple[Life, date, str]], data: st.DataObject
) -> None:
    life, on, _ = told[-1]
    act = data.draw(st.sampled_from([a.id for a in available(state(life))]))
    rubbish = {code: data.draw(RUBBISH) for code in (*ACTS[act].needs, *ACTS[act].also)}
    try:
        after = perform(life, act, on=on, today=on, calendar=CALENDAR, given=rubbish)
    except ActRefused as refused:
        assert len(str(refused)) > 10
        return
    reply_clock(after, CALENDAR, on), next_step(after, on, CALENDAR), tasks(after, on, CALENDAR)


@st.composite
def pauses(draw: st.DrawFn) -> tuple[date, int, int, int, str, bool]:
    """A day of receipt, how much later one is asked, a pause and a longer one, who is asked, whether it reached them."""
    received = draw(st.dates(date(2020, 1, 1), date(2025, 9, 1)))
    short = draw(st.integers(0, 25))
    asked = draw(st.sampled_from(("consult_third_party", "consult_organ")))
    return (
        received,
        draw(st.integers(0, 20)),
        short,
        short + draw(st.integers(0, 25)),
        asked,
        draw(st.booleans()),
    )


@given(pauses())
def test_a_longer_pause_never_ends_earlier(found: tuple[date, int, int, int, str, bool]) -> None:
    longer_is_never_earlier(found)


@pytest.mark.proof
@LONG
@given(pauses())
def test_of_thousands_of_pauses_the_longer_never_ends_earlier(
    found: tuple[date, int, int, int, str, bool],
) -> None:
    longer_is_never_earlier(found)


def longer_is_never_earlier(found: tuple[date, int, int, int, str, bool]) -> None:
    """Against no pause, a pause and a longer one, over all holidays of the years."""
    received, after, short, long, act, reached = found
    asked = received + timedelta(days=after)
    story = Story("counter", received.isoformat()).registered(received.isoformat())
    dues = [story.due(received.isoformat())]
    for length in (short, long):
        story = Story("counter", received.isoformat()).registered(received.isoformat())
        party = {"party": "person"} if act == "consult_third_party" else {}
        story.do(act, asked.isoformat(), whom="区财政局", **party)
        if reached:
            story.do("record_reached", consultation=0)
        answered = (asked + timedelta(days=length)).isoformat()
        story.do("record_opinion", answered, consultation=0, agrees=True)
        dues.append(story.due(answered))
    plain, first, second = dues
    assert plain is not None and first is not None and second is not None
    assert plain <= first <= second


@given(st.dates(date(2020, 1, 1), date(2025, 12, 1)), st.integers(0, 60))
def test_working_days_between_agree_with_the_calendar(after: date, length: int) -> None:
    until = after + timedelta(days=length)
    days = (after + timedelta(days=i) for i in range(1, length + 1))
    found, note = known(lambda: working_days(CALENDAR, after, until))
    assert found == sum(CALENDAR.status(one).working for one in days) and not note
