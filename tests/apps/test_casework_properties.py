"""Random lives of cases: facts without words are the same facts, survive being written, and count rightly."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.casework import snapshot
from gongkai.casework.derived import Registered, columns, registered
from gongkai.casework.given import MARK, from_json, split, to_json, with_texts
from gongkai.rules.applicants import APPLICANT_CLASSES
from gongkai.rules.receipt import CHANNELS
from gongkai.rules.report.checks import Report, run_checks
from gongkai.rules.report.counting import count
from gongkai.rules.report.facts import OrganFacts, RequestFact
from gongkai.rules.report.form_2021 import FORM
from gongkai.rules.requests.facts import Life
from gongkai.rules.requests.life import begin, state
from gongkai.rules.requests.perform import CHANGES, Given, offers, perform
from gongkai.rules.requests.states import ACTS, ActRefused
from tests.rules.requests.lives import CALENDAR
from tests.rules.requests.test_properties import DAYS, steered, values

SLOW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def told_twice(draw: st.DrawFn) -> tuple[list[tuple[Life, Life, date]], dict[str, str], list[Any]]:
    """One life twice, with its words and with tokens; the words; the acts as they would be kept."""
    today = draw(st.dates(date(2021, 1, 1), date(2025, 6, 30)))
    real = bare = begin(draw(st.sampled_from(list(CHANNELS))), today, confirmed=draw(st.booleans()))
    told, words, kept = [(real, bare, today)], {}, []
    for _ in range(draw(st.integers(1, 16))):
        today += timedelta(days=draw(st.sampled_from(DAYS)))
        ready = [o.act.id for o in offers(real, today, CALENDAR) if not o.reason]
        act = draw(st.sampled_from(steered(ready))) if ready else "withdraw"
        filled = draw(values(today, act))
        parts = split(filled, len(kept) + 1)
        try:
            real = perform(real, act, on=today, today=today, calendar=CALENDAR, given=filled)
        except ActRefused:
            continue
        bare = perform(bare, act, on=today, today=today, calendar=CALENDAR, given=parts.open)
        words |= parts.texts
        kept.append((act, today, to_json(parts.open)))
        told.append((real, bare, today))
    return told, words, kept


@SLOW
@given(told_twice())
def test_tokens_change_nothing_but_the_words(
    found: tuple[list[tuple[Life, Life, date]], dict[str, str], list[Any]],
) -> None:
    told, words, kept = found
    for real, bare, today in told:
        assert with_texts(bare, words) == real
        written = snapshot.encode(bare)
        assert snapshot.decode(written) == bare and "写明" not in written
        assert columns(bare, CALENDAR, today) == columns(real, CALENDAR, today)
    again = told[0][1]
    for act, on, text in kept:
        again = CHANGES[act](again, on, Given(ACTS[act], from_json(text)), CALENDAR)
    assert again == told[-1][1], "the acts as they are kept give the same facts"


@SLOW
@given(told_twice())
def test_the_register_follows_every_life(
    found: tuple[list[tuple[Life, Life, date]], dict[str, str], list[Any]],
) -> None:
    before: Registered | None = None
    for _, life, _ in found[0]:
        row = registered(life)
        if row is not None:
            assert (row.closed_on is None) == (row.outcome == "")
            assert row.closed_on is None or row.closed_on >= row.received_on
            if len(life.rounds) > 1 and before is not None:
                assert (row.outcome, row.closed_on) == (before.outcome, before.closed_on), "counted once"
        else:
            assert state(life) in ("awaiting_confirmation", "withdrawn", "archived") and before is None
        before = row


COUNTED = settings(SLOW, max_examples=15)
CLASSES = st.sampled_from(sorted(APPLICANT_CLASSES))
Many = list[tuple[Any, str]]


@COUNTED
@given(st.lists(st.tuples(told_twice(), CLASSES), min_size=1, max_size=6))
def test_the_counts_of_any_cases_satisfy_the_identities(many: Many) -> None:
    identities(many)


@pytest.mark.proof
@settings(SLOW, max_examples=300)
@given(st.lists(st.tuples(told_twice(), CLASSES), min_size=1, max_size=12))
def test_the_counts_of_hundreds_of_case_loads_satisfy_the_identities(many: Many) -> None:
    identities(many)


def identities(many: Many) -> None:
    """K1, K2, K3 in every column of every year, and K5 from each year to the next; nobody counted twice."""
    rows = [(registered(found[0][-1][1]), class_) for found, class_ in many]
    facts = OrganFacts(
        requests=tuple(
            RequestFact(str(n), "", row.received_on, row.closed_on, class_, row.outcome or None)
            for n, (row, class_) in enumerate(rows)
            if row is not None
        )
    )
    before: dict[str, Any] | None = None
    came = left = 0
    for year in range(2021, 2028):
        counted = {name: cell.value for name, cell in count(facts, year, FORM).items()}
        report = Report(year, FORM, counted, previous=before, previous_form="2021" if before else "")
        found = {one.id: (one.status, one.message) for one in run_checks(report)}
        assert [found[code][0] for code in ("K1", "K2", "K3")] == ["pass"] * 3, found
        assert before is None or found["K5"][0] == "pass", found["K5"]
        came, left = came + int(counted["t3.r1.c7"] or 0), left + int(counted["t3.r24.c7"] or 0)
        before = counted
    assert came == len(facts.requests), "each came in once"
    assert left == sum(one.closed_on is not None for one in facts.requests), "and went out once at most"


def test_what_looks_like_a_token_is_none() -> None:
    parts = split({"organ": f"{MARK}1.reason⟧", "reason": f"{MARK}9.x⟧"}, 1)
    assert json.loads(to_json(parts.open))["organ"] == "[1.reason⟧"
    life = begin("counter", date(2021, 7, 1))
    assert with_texts(life, parts.texts) == life
    assert parts.texts == {"1.reason": f"{MARK}9.x⟧"}, "a word is put back once, and never read again"
