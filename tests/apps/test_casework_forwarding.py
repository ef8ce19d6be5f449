"""A request handed on to an organ of the district: seen there, taken on on record, entered as stated, or ticked off."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.casework import forwarding
from gongkai.casework.correcting import void_case
from gongkai.casework.filing import Receipt, file_request
from gongkai.casework.models import Case, CaseForward, InformationRequest
from gongkai.casework.queries import case_for
from gongkai.casework.refusals import CaseworkRefused
from gongkai.foundation.actors import PUBLIC, NotAllowed
from gongkai.foundation.models import LedgerEvent
from gongkai.foundation.verification import verify
from tests.apps.casework_support import CARD, People, Told, actor, at, day, told


@pytest.fixture
def education(district) -> People:  # type: ignore[no-untyped-def]
    return People(district.education)


@pytest.fixture
def civil(district) -> People:  # type: ignore[no-untyped-def]
    return People(district.civil)


def handed_on(education: People, organ: str = "示范区民政局") -> Told:
    one = told(education, "2021-07-01").registered("2021-07-01")
    return one.do("forward", "2021-07-02", organ=organ, contact="电话 0000-1", consent=True)


def entered(civil: People, forward: CaseForward, on: str = "2021-07-06") -> Receipt:
    clerk = actor(civil.clerk)
    filing = replace(forwarding.carried(forward, by=clerk), arrived_on=day("2021-07-05"))
    return file_request(civil.organ, filing, by=clerk, now=at(on), channel="counter", forward=forward)


def test_it_waits_in_the_organs_inbox_without_a_word_of_who_asks(education: People, civil: People) -> None:
    one = handed_on(education)
    clerk = actor(civil.clerk)
    (row,) = forwarding.waiting(clerk)
    assert row.excerpt.startswith("2020 年农村危房") and row.forward.on == day("2021-07-02")
    assert forwarding.waiting(actor(education.clerk)) == () == forwarding.waiting(PUBLIC)
    found = forwarding.forward_for(clerk, civil.organ, one.case.number, 0)
    assert found == row.forward and "申请人甲" not in str(forwarding.request_of(found))
    assert forwarding.forward_for(clerk, education.organ, one.case.number, 0) is None
    assert forwarding.forward_for(actor(civil.head), civil.organ, one.case.number, 0) is None
    with pytest.raises(NotAllowed, match="先接下"):
        forwarding.carried(found, by=clerk)
    assert case_for(clerk, one.case.number) is None
    assert InformationRequest.objects.filter(organ=civil.organ).count() == 0, "nothing is counted there yet"


def test_taken_on_it_is_entered_as_the_clerk_states_and_both_name_each_other(
    education: People, civil: People
) -> None:
    one = handed_on(education)
    clerk = actor(civil.clerk)
    forward = forwarding.take_on(CaseForward.objects.get(), by=clerk, now=at("2021-07-05"))
    forwarding.take_on(forward, by=clerk, now=at("2021-07-05"))
    event = LedgerEvent.objects.get(kind=forwarding.TAKEN)
    assert (event.subject, event.actor, event.organ_code) == (one.case.ref, clerk.ref, civil.organ.code)
    carried = forwarding.carried(forward, by=clerk)
    assert (carried.applicant.name, carried.applicant.id_number) == ("申请人甲", CARD)
    assert carried.description == "2020 年农村危房改造补助资金的分配表" and carried.arrived_on is None
    case = entered(civil, forward).case
    assert (case.received_on, case.arrived_on) == (day("2021-07-05"), day("2021-07-05"))
    assert forwarding.waiting(clerk) == ()
    assert [row.entered for row in forwarding.handed_on(one.case)] == [case]
    assert [row.case for row in forwarding.handed_on(case)] == [one.case]
    with pytest.raises(CaseworkRefused, match=f"已经登记为 {case.number}"):
        entered(civil, forward)
    assert Case.objects.filter(organ=civil.organ).count() == 1
    counted = InformationRequest.objects.filter(received_on__year=2021)
    assert counted.count() == 2, "one at each organ, as if the applicant had asked it"
    assert not verify().breaks


def test_only_who_took_it_on_last_enters_it_and_only_there(education: People, civil: People) -> None:
    handed_on(education)
    forward = CaseForward.objects.get()
    for by in (actor(education.clerk), actor(civil.head), PUBLIC):
        with pytest.raises(NotAllowed):
            forwarding.take_on(forward, by=by, now=at("2021-07-05"))
        with pytest.raises(NotAllowed):
            forwarding.settle(forward, "转错了", by=by, now=at("2021-07-05"))
    mine = forwarding.take_on(forward, by=actor(civil.clerk), now=at("2021-07-05"))
    filing = forwarding.carried(mine, by=actor(civil.clerk))
    forwarding.take_on(forward, by=actor(civil.other), now=at("2021-07-05"))
    with pytest.raises(CaseworkRefused, match="由别人接下"):
        file_request(
            civil.organ, filing, by=actor(civil.clerk), now=at("2021-07-06"), channel="counter", forward=mine
        )
    assert not Case.objects.filter(organ=civil.organ).exists() and not verify().breaks


def test_ticked_off_with_a_reason_it_waits_no_more(education: People, civil: People) -> None:
    handed_on(education)
    forward, clerk = CaseForward.objects.get(), actor(civil.clerk)
    with pytest.raises(CaseworkRefused, match="写明为什么不登记"):
        forwarding.settle(forward, " ", by=clerk, now=at("2021-07-05"))
    forwarding.settle(forward, "申请人已经直接提出", by=clerk, now=at("2021-07-05"))
    assert forwarding.waiting(clerk) == ()
    with pytest.raises(CaseworkRefused, match="不登记"):
        forwarding.take_on(forward, by=clerk, now=at("2021-07-06"))
    assert "申请人已经" not in LedgerEvent.objects.get(kind=forwarding.SETTLED).payload
    assert not verify().breaks


def test_an_organ_not_kept_here_is_written_to_as_before(education: People) -> None:
    handed_on(education, "某市水务局")
    assert not CaseForward.objects.exists() and not verify().breaks


def struck_out(civil: People, case: Case) -> Case:
    return void_case(case, reason="登记到了别的单位", by=actor(civil.head), now=at("2021-07-07"))


def test_an_entry_struck_out_brings_the_line_back(education: People, civil: People) -> None:
    one = handed_on(education)
    forward, clerk = CaseForward.objects.get(), actor(civil.clerk)
    first = struck_out(
        civil, entered(civil, forwarding.take_on(forward, by=clerk, now=at("2021-07-05"))).case
    )
    (row,) = forwarding.waiting(clerk)
    assert row.forward.struck_out and row.forward.entered == first
    assert forwarding.forward_for(clerk, civil.organ, one.case.number, 0) == row.forward
    assert not verify().breaks, "nothing was written down but that it was struck out"
    second = entered(civil, row.forward, on="2021-07-08").case
    assert forwarding.waiting(clerk) == ()
    (link,) = forwarding.handed_on(one.case)
    assert link.entered == second
    assert [found.case for found in forwarding.handed_on(first)] == [one.case], (
        "it still says where it came from"
    )
    with pytest.raises(CaseworkRefused, match=f"已经登记为 {second.number}"):
        entered(civil, row.forward, on="2021-07-08")
    assert not verify().breaks
    counted = InformationRequest.objects.filter(received_on__year=2021, withdrawn_seq=None)
    assert counted.count() == 2, "one at each organ"


def test_brought_back_somebody_else_may_take_it_on_or_tick_it_off(education: People, civil: People) -> None:
    handed_on(education)
    forward = CaseForward.objects.get()
    mine = forwarding.take_on(forward, by=actor(civil.clerk), now=at("2021-07-05"))
    struck_out(civil, entered(civil, mine).case)
    theirs = forwarding.take_on(forward, by=actor(civil.other), now=at("2021-07-08"))
    assert forwarding.carried(theirs, by=actor(civil.other)).applicant.name == "申请人甲"
    assert not verify().breaks
    forwarding.settle(forward, "转错了，已与教育局说明", by=actor(civil.other), now=at("2021-07-08"))
    assert forwarding.waiting(actor(civil.clerk)) == () and not verify().breaks


def test_a_line_cut_off_from_an_entry_that_was_struck_out_is_found(education: People, civil: People) -> None:
    handed_on(education)
    forward = forwarding.take_on(CaseForward.objects.get(), by=actor(civil.clerk), now=at("2021-07-05"))
    struck_out(civil, entered(civil, forward).case)
    CaseForward.objects.update(entered=None, settled_seq=None)
    assert any("转来的申请" in one.message for one in verify().breaks)


@pytest.mark.parametrize(
    "changes", [{"taken_by": "account:1"}, {"settled_seq": 1}, {"on": day("2021-01-01")}, {"place": 3}]
)
def test_a_row_changed_around_the_actions_is_found(
    education: People, civil: People, changes: dict[str, object]
) -> None:
    handed_on(education)
    CaseForward.objects.update(**changes)
    assert any("转来的申请" in one.message or "代转" in one.message for one in verify().breaks)


def test_an_entry_cut_off_from_where_it_came_is_found(education: People, civil: People) -> None:
    handed_on(education)
    entered(civil, forwarding.take_on(CaseForward.objects.get(), by=actor(civil.clerk), now=at("2021-07-05")))
    CaseForward.objects.update(entered=None, settled_seq=None)
    assert any("转来的申请" in one.message for one in verify().breaks)


def test_as_many_queries_for_one_as_for_five(
    education: People,
    civil: People,
    django_assert_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    for count in (1, 4):
        for _ in range(count):
            handed_on(education)
        clerk = actor(civil.clerk)
        with django_assert_num_queries(5):
            forwarding.waiting(clerk)
