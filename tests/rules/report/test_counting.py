"""Counting: each rule, and the identities for any facts whatever."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.rules.applicants import APPLICANT_CLASSES
from gongkai.rules.outcomes import OUTCOMES
from gongkai.rules.report.checks import Report, run_checks
from gongkai.rules.report.counting import CellValue, Parameters, count, sum_cells
from gongkai.rules.report.facts import NormativeFact, OrganFacts, RemedyFact, RequestFact, StatisticFact
from gongkai.rules.report.forms import form_for

FORM = form_for(2021)


def request(
    received: date, closed: date | None = None, outcome: str | None = None, of: str = "natural"
) -> OrganFacts:
    return OrganFacts(requests=(RequestFact("requests:1", "一件", received, closed, of, outcome),))


def nonzero(facts: OrganFacts, year: int = 2021, **parameters: object) -> dict[str, str]:
    cells = count(facts, year, form_for(year), Parameters(**parameters))  # type: ignore[arg-type]
    return {name: str(cell.value) for name, cell in cells.items() if cell.value}


def test_CNT_received() -> None:
    assert nonzero(request(date(2021, 1, 1)))["t3.r1.c1"] == "1"
    assert "t3.r1.c1" not in nonzero(request(date(2020, 12, 31)))


def test_CNT_carried_in() -> None:
    found = nonzero(request(date(2020, 12, 31), date(2021, 1, 4), "r3"))
    assert found == {f"t3.{row}.{c}": "1" for row in ("r2", "r3", "r24") for c in ("c1", "c7")}
    assert nonzero(request(date(2020, 12, 1), date(2020, 12, 31), "r3")) == {}


def test_CNT_outcome() -> None:
    found = nonzero(request(date(2021, 3, 1), date(2021, 3, 9), "r16", "legal"))
    assert found == {f"t3.{row}.{c}": "1" for row in ("r1", "r16", "r24") for c in ("c5", "c7")}


def test_CNT_carried_out() -> None:
    for closed in (None, date(2022, 1, 1)):
        found = nonzero(request(date(2021, 12, 31), closed, "r3" if closed else None))
        assert found == {f"t3.{row}.{c}": "1" for row in ("r1", "r25") for c in ("c1", "c7")}


def normative(*events: tuple[str, date]) -> OrganFacts:
    return OrganFacts(normatives=(NormativeFact("normative-documents:1", "一件", "norm", events),))


def test_CNT_made() -> None:
    made = ("made", date(2021, 1, 1))
    assert nonzero(normative(made)) == {"t2.norm.made": "1", "t2.norm.in_force": "1"}
    amended = normative(
        ("made", date(2020, 1, 1)), ("amended", date(2021, 5, 1)), ("amended", date(2021, 6, 1))
    )
    assert "t2.norm.made" not in nonzero(amended)
    assert nonzero(amended, amendment_counts_as_made=True)["t2.norm.made"] == "1"


def test_CNT_repealed() -> None:
    for event in ("repealed", "declared_invalid"):
        assert nonzero(normative(("made", date(2015, 1, 1)), (event, date(2021, 12, 31)))) == {
            "t2.norm.repealed": "1"
        }
    expired = normative(("made", date(2015, 1, 1)), ("expired", date(2021, 6, 1)))
    assert nonzero(expired) == {}
    assert nonzero(expired, expiry_counts_as_repealed=True) == {"t2.norm.repealed": "1"}


def test_CNT_in_force() -> None:
    ended_after = normative(("made", date(2015, 1, 1)), ("repealed", date(2022, 1, 1)))
    assert nonzero(ended_after) == {"t2.norm.in_force": "1"}


def test_CNT_declared() -> None:
    rows = tuple(
        StatisticFact(f"statistics:{m}", "收费", 2021, m, "fee", 30_568_180_50 if m == 3 else 0)
        for m in range(1, 13)
    )
    cells = count(OrganFacts(statistics=rows), 2021, FORM)
    assert cells["t2.fee.amount"].value == Decimal("3056.81805")
    assert cells["t2.fee.amount"].missing_months == ()
    assert cells["t2.licence.decisions"].value is None, "nobody declared: not 0"
    partial = count(OrganFacts(statistics=rows[:11]), 2021, FORM)["t2.fee.amount"]
    assert partial.missing_months == (12,)


def test_CNT_remedy() -> None:
    def remedy(filed: date, closed: date | None, result: str | None) -> OrganFacts:
        return OrganFacts(remedies=(RemedyFact("lawsuits:1", "一件", "direct", filed, closed, result),))

    old = remedy(date(2020, 5, 1), date(2021, 2, 1), "upheld")
    assert nonzero(old) == {"t4.direct.upheld": "1", "t4.direct.total": "1"}
    assert nonzero(old, remedies="filed") == {}
    pending = remedy(date(2021, 5, 1), date(2022, 2, 1), "upheld")
    assert nonzero(pending) == {"t4.direct.pending": "1", "t4.direct.total": "1"}
    assert nonzero(pending, 2020) == {}


def test_sums_add_the_known_and_name_the_blank() -> None:
    with_licences = count(
        OrganFacts(statistics=(StatisticFact("statistics:1", "许可", 2021, 1, "licence", 7),)), 2021, FORM
    )
    without = count(OrganFacts(), 2021, FORM)
    total = sum_cells([with_licences, without], ["甲", "乙"])
    assert total["t2.licence.decisions"].value == 7
    assert total["t2.licence.decisions"].blank_parts == ("乙",)
    assert total["t2.penalty.decisions"].value is None
    with pytest.raises(ValueError, match="part"):
        sum_cells([], [])


# Any facts ---------------------------------------------------------------------------------------

DAYS = st.dates(date(2019, 6, 1), date(2023, 6, 1))


@st.composite
def requests(draw: st.DrawFn) -> RequestFact:
    received = draw(DAYS)
    closed = draw(st.none() | st.integers(0, 400).map(lambda n: received + timedelta(days=n)))
    outcome = draw(st.sampled_from(list(OUTCOMES))) if closed else None
    of = draw(st.sampled_from(list(APPLICANT_CLASSES)))
    name = f"requests:{draw(st.integers(1, 10**6))}"
    return RequestFact(name, "申请", received, closed, of, outcome, received, received)


@st.composite
def remedies(draw: st.DrawFn) -> RemedyFact:
    filed = draw(DAYS)
    closed = draw(st.none() | st.integers(0, 400).map(lambda n: filed + timedelta(days=n)))
    result = draw(st.sampled_from(["upheld", "corrected", "other"])) if closed else None
    track = draw(st.sampled_from(["review", "direct", "after_review"]))
    return RemedyFact("lawsuits:1", "诉讼", track, filed, closed, result)  # type: ignore[arg-type]


FACTS = st.builds(
    OrganFacts,
    requests=st.lists(requests(), max_size=30).map(tuple),
    remedies=st.lists(remedies(), max_size=8).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(FACTS, st.sampled_from([2019, 2020, 2021, 2022]))
def test_the_identities_hold_by_construction(facts: OrganFacts, year: int) -> None:
    form = form_for(year)
    cells = count(facts, year, form)
    values = {name: cell.value for name, cell in cells.items()}
    found = {c.id: c.status for c in run_checks(Report(year, form, values))}
    assert [found[k] for k in ("K1", "K2", "K3", "K4")] == ["pass"] * 4
    for cell in cells.values():
        assert cell.value is None or sum(c.value for c in cell.contributions) == cell.value


@settings(max_examples=40, deadline=None)
@given(FACTS)
def test_what_one_year_hands_on_the_next_takes_over(facts: OrganFacts) -> None:
    out = count(facts, 2021, form_for(2021))
    into = count(facts, 2022, form_for(2022))
    for column in ("c1", "c2", "c3", "c4", "c5", "c6", "c7"):
        assert out[f"t3.r25.{column}"].value == into[f"t3.r2.{column}"].value


@settings(max_examples=40, deadline=None)
@given(FACTS, FACTS)
def test_a_sum_is_the_count_of_the_facts_together(first: OrganFacts, second: OrganFacts) -> None:
    parts: list[Mapping[str, CellValue]] = [count(first, 2021, FORM), count(second, 2021, FORM)]
    together = OrganFacts(first.requests + second.requests, (), (), first.remedies + second.remedies)
    whole = count(together, 2021, FORM)
    for name, cell in sum_cells(parts, ["甲", "乙"]).items():
        assert cell.value == whole[name].value
