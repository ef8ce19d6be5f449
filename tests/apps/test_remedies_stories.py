"""Stories of remedies: lost in court and redone; reconsideration first, then a suit; silence sued directly."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.annual_report.compile import compile_report
from gongkai.casework.lives import life_of
from gongkai.casework.models import Case
from gongkai.casework.refusals import CaseworkRefused
from gongkai.crossings.remedies import answered_as_ordered, carry_out_order, case_of, remedies_of, rows_of
from gongkai.foundation import kinds, records
from gongkai.foundation.actors import COMMAND_LINE, NotAllowed
from gongkai.foundation.records import RowRefused
from gongkai.foundation.verification import verify
from gongkai.remedies import acts, queries
from gongkai.remedies.models import Lawsuit, Reconsideration
from tests.apps.casework_support import People, account, actor, at, day, told

REFUSED = {"outcome": "r10", "grounds": ("draft",), "reason": "属于过程稿。"}
NOT_HELD = {"outcome": "r13", "grounds": ("not-found",), "reason": "经检索没有。"}


@pytest.fixture
def people(district) -> People:  # type: ignore[no-untyped-def]
    return People(district.education)


def entered(people: People, kind: str, on: str, **values: Any) -> Any:
    return records.enter(kinds.get(kind), people.organ, values, by=actor(people.clerk, on), now=at(on))


def went_on(people: People, record: Any, act: str, on: str, **values: Any) -> Any:
    return acts.go_on(record, act, values, by=actor(people.clerk, on), now=at(on))


def table_four(people: People, year: int, track: str) -> dict[str, int]:
    report = compile_report(people.organ, year, reader=COMMAND_LINE, today=day(f"{year + 1}-01-20"))
    start = f"t4.{track}."
    return {
        n[len(start) :]: int(c.value)
        for n, c in report.tables.cells.items()
        if n.startswith(start) and c.value
    }


def next_of(people: People, record: Any, on: str) -> Any:
    record.refresh_from_db()
    return rows_of([record], day(on))[0]


def proven() -> None:
    assert [(b.place, b.message) for b in verify().breaks] == []


def searched(people: People, on: str, answered: str, decision: dict[str, Any]) -> Any:
    story = told(people, on).registered(on)
    story.do("record_search", on, where="档案室", by="经办人", words="危房改造", found=0)
    return story.answered(answered, decision)


def test_lost_in_court_and_redone(people: People) -> None:
    story = searched(people, "2022-09-01", "2022-09-20", NOT_HELD)
    story.do("archive", "2022-09-26", retention_class="ordinary")
    number = story.case.number
    suit = entered(
        people,
        "lawsuits",
        "2022-11-14",
        track="direct",
        filed_on=day("2022-11-01"),
        request_number=number,
        court="某区人民法院",
        notice_on=day("2022-11-14"),
    )
    assert case_of(actor(people.clerk), suit) == story.case and queries.disputed(number)
    row = next_of(people, suit, "2022-11-20")
    assert (row.step.act, row.day, row.overdue) == ("answer", day("2022-11-29"), False)
    assert next_of(people, suit, "2022-12-01").overdue
    went_on(people, suit, "answer", "2022-11-28", answered_on=day("2022-11-28"))
    assert next_of(people, suit, "2022-12-01").step.whose == "court"
    suit = went_on(
        people,
        suit,
        "decision",
        "2023-03-10",
        decision_form="annulled_redo",
        closed_on=day("2023-03-06"),
        decision_received_on=day("2023-03-10"),
        decision_number="（2022）某行初1号",
        order_due_on=day("2023-04-10"),
    )
    assert suit.result == "corrected"
    row = next_of(people, suit, "2023-03-12")
    assert (row.step.act, row.day) == ("appeal", day("2023-03-27")), (
        "fifteen days to Saturday, moved to Monday"
    )
    row = next_of(people, suit, "2023-03-28")
    assert (row.step.act, row.day) == ("redo", day("2023-04-10"))
    case = carry_out_order(suit, by=actor(people.clerk, "2023-03-28"), now=at("2023-03-28"))
    assert (case.state, case.due_on) == ("handling", day("2023-04-10"))
    with pytest.raises(RowRefused, match="已经按"):
        carry_out_order(suit, by=actor(people.clerk, "2023-03-29"), now=at("2023-03-29"))
    story.case = case
    story.refused("基本相同", "decide", "2023-03-29", **NOT_HELD)
    story.do("record_search", "2023-03-29", where="档案室", by="经办人", words="危房改造 分配", found=1)
    story.answered("2023-04-06")
    assert answered_as_ordered(suit, life_of(story.case)) == day("2023-04-06")
    assert next_of(people, suit, "2023-04-07").step is None
    assert table_four(people, 2022, "direct") == {"pending": 1, "total": 1}
    assert table_four(people, 2023, "direct") == {"corrected": 1, "total": 1}
    assert table_four(people, 2024, "direct") == {}
    proven()


def test_reconsideration_first_then_a_suit_carried_over_two_year_ends(people: People) -> None:
    story = told(people, "2024-09-02").registered("2024-09-02").answered("2024-09-20", REFUSED)
    number = story.case.number
    review = entered(
        people,
        "reconsiderations",
        "2024-11-20",
        filed_on=day("2024-11-12"),
        request_number=number,
        case_number="某政复〔2024〕31号",
        review_organ="示范区人民政府",
    )
    assert next_of(people, review, "2024-11-20").step.act == "notice"
    with pytest.raises(RowRefused, match="先登记收到通知"):
        went_on(people, review, "answer", "2024-11-20", answered_on=day("2024-11-20"))
    went_on(
        people,
        review,
        "notice",
        "2024-11-20",
        notice_on=day("2024-11-20"),
        accepted_on=day("2024-11-15"),
        procedure="ordinary",
    )
    row = next_of(people, review, "2024-11-21")
    assert row.day == day("2024-12-04"), "ten working days"
    assert row.step.due.account is not None and "第四十八条" in row.step.due.provision
    went_on(people, review, "answer", "2024-12-03", answered_on=day("2024-12-03"))
    assert table_four(people, 2024, "review") == {"pending": 1, "total": 1}
    review = went_on(
        people,
        review,
        "decision",
        "2025-01-13",
        decision_form="maintained",
        closed_on=day("2025-01-08"),
        decision_received_on=day("2025-01-13"),
        decision_number="某政复决〔2025〕2号",
    )
    assert (review.result, next_of(people, review, "2025-01-20").step.whose) == ("upheld", "applicant")
    suit = entered(
        people,
        "lawsuits",
        "2025-02-10",
        track="after_review",
        filed_on=day("2025-01-24"),
        request_number=number,
        review_number="某政复〔2024〕31号",
        notice_on=day("2025-02-10"),
    )
    assert queries.beside(actor(people.clerk), suit) == [review]
    assert queries.beside(actor(people.clerk), review) == [suit]
    went_on(people, suit, "answer", "2025-02-20", answered_on=day("2025-02-20"))
    went_on(
        people,
        suit,
        "decision",
        "2025-12-08",
        decision_form="claim_dismissed",
        closed_on=day("2025-12-02"),
        decision_received_on=day("2025-12-08"),
    )
    assert table_four(people, 2025, "after_review") == {"upheld": 1, "total": 1}
    suit = went_on(
        people, suit, "appeal", "2025-12-22", appealed_on=day("2025-12-15"), appealed_by="applicant"
    )
    assert (suit.instance, suit.first_form, suit.closed_on) == ("second", "claim_dismissed", None)
    assert table_four(people, 2025, "after_review") == {"pending": 1, "total": 1}, "an appeal leaves it open"
    went_on(people, suit, "notice", "2025-12-25", notice_on=day("2025-12-25"))
    assert next_of(people, suit, "2025-12-26").day == day("2026-01-09")
    suit = went_on(
        people,
        suit,
        "decision",
        "2026-03-16",
        decision_form="appeal_dismissed",
        closed_on=day("2026-03-10"),
        decision_received_on=day("2026-03-16"),
    )
    assert suit.result == "upheld", "a dismissed appeal leaves the first judgment standing"
    assert next_of(people, suit, "2026-03-20").step is None
    assert table_four(people, 2025, "review") == {"upheld": 1, "total": 1}
    assert table_four(people, 2026, "after_review") == {"upheld": 1, "total": 1}
    proven()


def test_silence_sued_directly(people: People) -> None:
    story = told(people, "2024-04-01").registered("2024-04-01")
    suit = entered(
        people,
        "lawsuits",
        "2024-07-08",
        track="direct",
        filed_on=day("2024-06-28"),
        request_number=story.case.number,
        notice_on=day("2024-07-08"),
        procedure="simple",
    )
    went_on(people, suit, "answer", "2024-07-20", answered_on=day("2024-07-20"))
    judgment = {
        "decision_form": "perform", "closed_on": day("2024-08-05"), "decision_received_on": day("2024-08-09"),
        "decision_number": "（2024）某行初9号", "order_due_on": day("2024-09-10"),
    }  # fmt: skip
    clerk = actor(people.clerk, "2024-08-26")
    case = carry_out_order(suit, decision=judgment, by=clerk, now=at("2024-08-26"))
    assert (case.state, case.due_on) == ("handling", day("2024-09-10")), "the case was never closed"
    assert [a.act for a in case.acts.all()][-1] == "note_order"
    suit.refresh_from_db()
    assert (suit.result, suit.closed_on) == ("corrected", day("2024-08-05"))
    story.case = case
    story.answered("2024-09-04")
    assert next_of(people, suit, "2024-09-05").step is None
    assert [r.record for r in remedies_of(clerk, story.case, date(2024, 9, 5))] == [suit]
    assert table_four(people, 2024, "direct") == {"corrected": 1, "total": 1}
    proven()


def test_an_order_is_carried_out_wholly_or_not_at_all(people: People, district) -> None:  # type: ignore[no-untyped-def]
    story = told(people, "2024-09-02").registered("2024-09-02").answered("2024-09-20", REFUSED)
    review = entered(
        people, "reconsiderations", "2024-11-20", filed_on=day("2024-11-12"), request_number=story.case.number
    )
    decided = {
        "decision_form": "annulled_redo", "closed_on": day("2024-12-20"), "decision_received_on": day("2024-12-24"),
        "decision_number": "某政复决〔2024〕9号", "order_due_on": day("2024-12-24"),
    }  # fmt: skip
    clerk = actor(people.clerk, "2024-12-25")
    with pytest.raises(CaseworkRefused, match="不晚于收到文书"):
        carry_out_order(review, decision=decided, by=clerk, now=at("2024-12-25"))
    assert Reconsideration.objects.get().closed_on is None
    with pytest.raises(NotAllowed):
        other = actor(account("民政经办人", district.civil, "unit_clerk"), "2024-12-25")
        carry_out_order(review, decision=decided, by=other, now=at("2024-12-25"))
    upheld = {**decided, "decision_form": "maintained", "order_due_on": None}
    with pytest.raises(RowRefused, match="没有责令重新答复"):
        carry_out_order(review, decision=upheld, by=clerk, now=at("2024-12-25"))
    lost = entered(
        people, "reconsiderations", "2024-12-25", filed_on=day("2024-11-12"), request_number="没有这件"
    )
    with pytest.raises(RowRefused, match="没有对应的案卷"):
        carry_out_order(lost, decision={**decided, "order_due_on": None}, by=clerk, now=at("2024-12-25"))
    assert case_of(clerk, lost) is None
    assert Case.objects.get().state == "served"
    assert Reconsideration.objects.filter(closed_on=None).count() == 2
    proven()


def test_sent_back_it_is_pending_again(people: People) -> None:
    suit = entered(
        people,
        "lawsuits",
        "2024-07-08",
        track="direct",
        filed_on=day("2024-06-28"),
        notice_on=day("2024-07-08"),
    )
    went_on(
        people,
        suit,
        "decision",
        "2024-09-10",
        decision_form="annulled",
        closed_on=day("2024-09-02"),
        decision_received_on=day("2024-09-10"),
    )
    went_on(people, suit, "appeal", "2024-09-20", appealed_on=day("2024-09-20"), appealed_by="organ")
    suit = went_on(
        people,
        suit,
        "decision",
        "2024-12-10",
        decision_form="remanded",
        decision_received_on=day("2024-12-10"),
    )
    suit = Lawsuit.objects.get(pk=suit.pk)
    assert (suit.instance, suit.closed_on, suit.first_form, suit.decision_form) == ("first", None, "", "")
    assert next_of(people, suit, "2024-12-12").step.act == "notice"
    proven()
