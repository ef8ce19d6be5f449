"""A part given to another organ: its work with its own term, answered by its own people, counted nowhere there."""

from __future__ import annotations

import pytest

from gongkai.casework import part_list, parts
from gongkai.casework.lives import texts_of
from gongkai.casework.models import CasePart, InformationRequest
from gongkai.casework.queries import case_for
from gongkai.casework.refusals import CaseworkRefused
from gongkai.foundation.actors import PUBLIC, NotAllowed
from gongkai.foundation.verification import verify
from tests.apps.casework_support import People, Told, actor, at, day, told


@pytest.fixture
def asking(district) -> People:  # type: ignore[no-untyped-def]
    return People(district.education)


@pytest.fixture
def asked(district) -> People:  # type: ignore[no-untyped-def]
    return People(district.civil)


def given_out(asking: People, name: str = "示范区民政局") -> Told:
    one = told(asking, "2021-07-01").registered("2021-07-01")
    return one.do("assign_part", "2021-07-02", organ=name, what="资金到户的部分", term_on=day("2021-07-16"))


@pytest.mark.parametrize("name", ["示范区民政局", "区民政局", " 示范区民政局 "])
def test_the_part_is_the_other_organs_work_with_its_own_day(asking: People, asked: People, name: str) -> None:
    given_out(asking, name)
    (row,) = parts.waiting(actor(asked.clerk), day("2021-07-05"))
    assert (row.what, row.part.due_on, row.overdue) == ("资金到户的部分", day("2021-07-16"), False)
    assert row.asked_by == asking.organ and row.excerpt.startswith("2020 年农村危房")
    assert parts.waiting(actor(asked.clerk), day("2021-07-17"))[0].overdue
    assert parts.waiting(actor(asking.clerk), day("2021-07-05")) == ()
    assert parts.waiting(PUBLIC, day("2021-07-05")) == ()


def test_whoever_works_on_it_reads_the_part_and_nothing_of_the_applicant(
    asking: People, asked: People
) -> None:
    one = given_out(asking)
    clerk = actor(asked.clerk)
    assert case_for(clerk, one.case.number) is None
    found = parts.part_for(clerk, asked.organ, one.case.number, 0, day("2021-07-05"))
    assert found is not None and found.what == "资金到户的部分" and "危房改造" in found.description
    assert "申请人甲" not in repr(found) and "13800000000" not in repr(found)
    assert parts.part_for(clerk, asking.organ, one.case.number, 0, day("2021-07-05")) is None
    assert parts.part_for(actor(asked.head), asked.organ, one.case.number, 0, day("2021-07-05")) is None


def test_it_is_answered_in_the_organs_name_and_the_asking_one_goes_on(asking: People, asked: People) -> None:
    one = given_out(asking)
    part = CasePart.objects.get()
    one.refused(
        "还没有回复协办的部分", "decide", "2021-07-06", outcome="r3", grounds=("provided",), reason="x"
    )
    case = parts.answer_part(part, "附表一份，可以公开。", by=actor(asked.clerk), now=at("2021-07-06"))
    row = case.acts.last()
    assert row is not None and (row.act, row.actor) == ("part_answered", asked.clerk.ref)
    assert "附表一份，可以公开。" in texts_of(case).values()
    assert not CasePart.objects.exists()
    with pytest.raises(CaseworkRefused):
        parts.answer_part(part, "再来一次", by=actor(asked.other), now=at("2021-07-06"))
    one.case = case
    one.answered("2021-07-07")
    assert InformationRequest.objects.filter(organ=asked.organ).count() == 0, "counted where it was asked"
    assert not verify().breaks


def test_only_its_own_part_and_nothing_else_is_permitted_there(
    asking: People,
    asked: People,
    district,  # type: ignore[no-untyped-def]
) -> None:
    one = given_out(asking)
    stranger = People(district.town)
    part = CasePart.objects.get()
    for by in (actor(stranger.clerk), actor(asked.head), PUBLIC):
        with pytest.raises(NotAllowed):
            parts.answer_part(part, "x", by=by, now=at("2021-07-06"))
    with pytest.raises(NotAllowed):
        one.do("take_back_part", as_=actor(asked.clerk), part=0, reason="x")


@pytest.mark.parametrize("end", ["take_back_part", "withdraw"])
def test_taken_back_or_withdrawn_it_waits_no_more(asking: People, asked: People, end: str) -> None:
    one = given_out(asking)
    given = {"part": 0, "reason": "自办"} if end == "take_back_part" else {}
    one.do(end, "2021-07-06", **given)
    assert parts.waiting(actor(asked.clerk), day("2021-07-06")) == () and not verify().breaks


def test_an_organ_not_kept_here_is_written_to_as_before(asking: People) -> None:
    one = given_out(asking, "某市财政局")
    assert not CasePart.objects.exists()
    one.do("part_answered", "2021-07-06", part=0, opinion="来函")
    assert not verify().breaks


def test_the_list_is_made_anew_from_the_cases(asking: People) -> None:
    given_out(asking)
    before = list(CasePart.objects.values_list("case_id", "place", "organ_id", "due_on"))
    CasePart.objects.all().delete()
    assert part_list.rebuild() == 1
    assert list(CasePart.objects.values_list("case_id", "place", "organ_id", "due_on")) == before


def test_a_row_changed_around_the_actions_is_found(asking: People) -> None:
    given_out(asking)
    CasePart.objects.update(due_on=day("2021-12-31"))
    assert any("协办清单" in one.message for one in verify().breaks)


def test_as_many_queries_for_one_part_as_for_five(
    asking: People,
    asked: People,
    django_assert_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    given_out(asking)
    # An actor remembers its roles: a new one asks anew, as every request does.
    first, second = actor(asked.clerk), actor(asked.clerk)
    with django_assert_num_queries(4):
        parts.waiting(first, day("2021-07-05"))
    for _ in range(4):
        given_out(asking)
    with django_assert_num_queries(4):
        parts.waiting(second, day("2021-07-05"))
