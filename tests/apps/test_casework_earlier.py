"""The answer a refusal refers to: the same applicant's, at the same organ, that has left; else refused with the cure."""

from __future__ import annotations

import pytest

from gongkai.casework.earlier import earlier_answers
from tests.apps.casework_support import OTHER_CARD, People, natural, told

REPEATED = {"outcome": "r17", "grounds": ("repeated",), "reason": "已经答复"}


@pytest.fixture
def people(district) -> People:  # type: ignore[no-untyped-def]
    return People(district.education)


def test_the_same_applicants_answered_cases_are_offered_the_most_alike_first(
    people: People, district
) -> None:  # type: ignore[no-untyped-def]
    far = (
        told(people, "2021-06-01", description="校车招标的中标通知书")
        .registered("2021-06-01")
        .answered("2021-06-02")
    )
    near = told(people, "2021-06-03").registered("2021-06-03").answered("2021-06-04")
    told(people, "2021-06-07").registered("2021-06-07")
    other = natural(id_number=OTHER_CARD, name="申请人乙")
    told(people, "2021-06-07", applicant=other).registered("2021-06-07").answered("2021-06-08")
    told(People(district.civil), "2021-06-07").registered("2021-06-07")
    story = told(people, "2021-07-01").registered("2021-07-01")
    offered = earlier_answers(story.case)
    assert [one.case for one in offered] == [near.case, far.case], "answered, by the same person, here"
    assert offered[0].label.startswith(f"{near.case.number}，2021-06-04 示教公复〔2021〕")
    assert offered[0].label.endswith("予以公开，文字相近 100%")


def test_what_is_no_answer_to_this_applicant_is_refused(people: People) -> None:
    open_ = told(people, "2021-06-03").registered("2021-06-03")
    other = natural(id_number=OTHER_CARD, name="申请人乙")
    theirs = told(people, "2021-06-07", applicant=other).registered("2021-06-07").answered("2021-06-08")
    story = told(people, "2021-07-01").registered("2021-07-01")
    for number in (open_.case.number, theirs.case.number, story.case.number, "没有"):
        story.refused(
            "不是本机关已经答复这位申请人的申请", "decide", "2021-07-02", **REPEATED, earlier=number
        )
    own = told(people, "2021-06-10").registered("2021-06-10").answered("2021-06-11")
    refusal = story.refused(
        "不引用此前的答复", "decide", "2021-07-02", outcome="r10", grounds=("draft",), reason="x",
        earlier=own.case.number,
    )  # fmt: skip
    assert refusal.findings[0].column == "earlier"
    assert story.case.state == "handling"
