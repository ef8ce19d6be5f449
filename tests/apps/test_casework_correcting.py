"""Mending what was entered wrongly, and facts that survive being written down."""

from __future__ import annotations

import pytest

from gongkai.casework import snapshot
from gongkai.casework.correcting import correct_applicant, void_case
from gongkai.casework.filing import file_request
from gongkai.casework.inbox import inbox
from gongkai.casework.lives import life_of, texts_of
from gongkai.casework.models import InformationRequest
from gongkai.casework.refusals import CaseworkRefused
from gongkai.foundation.actors import PUBLIC, NotAllowed
from gongkai.foundation.verification import verify
from gongkai.rules.requests.facts import Life
from tests.apps.casework_support import (
    OTHER_CARD,
    People,
    actor,
    at,
    day,
    filed,
    filing,
    table_three,
    told,
)


@pytest.fixture
def people(district) -> People:  # type: ignore[no-untyped-def]
    return People(district.education)


def test_a_wrong_class_is_mended_and_the_count_follows(people: People) -> None:
    story = told(people, "2021-07-01").registered("2021-07-01")
    clerk = actor(people.clerk)
    with pytest.raises(CaseworkRefused, match="法人或者其他组织的证件应为"):
        correct_applicant(
            story.case, {"applicant_class": "research"}, reason="选错", by=clerk, now=at("2021-07-02")
        )
    changes = {
        "applicant_class": "research",
        "name": "某研究所",
        "id_type": "unified-credit-code",
        "id_number": "91350100M000100Y43",
        "phone": "",
        "email": "a@example.cn",
    }
    case = correct_applicant(story.case, changes, reason="代所里申请", by=clerk, now=at("2021-07-02"))
    texts = texts_of(case)
    assert (texts["applicant.name"], texts.get("applicant.phone")) == ("某研究所", None)
    assert InformationRequest.objects.get().applicant_class == "research"
    assert table_three(people.organ, 2021) == {}, "no longer in the column of natural persons"
    assert verify().breaks == ()
    story.case = case
    story.answered("2021-07-05")
    assert verify().breaks == ()


def test_a_correction_that_changes_nothing_or_cannot_be_is_refused(people: People) -> None:
    story = told(people, "2021-07-01")
    clerk = actor(people.clerk)

    def correct(changes: dict[str, str], reason: str = "误", by=clerk) -> None:  # type: ignore[no-untyped-def]
        correct_applicant(story.case, changes, reason=reason, by=by, now=at("2021-07-02"))

    for changes, reason, words in (
        ({"name": "申请人甲"}, "误", "没有要改的"),
        ({"id_number": OTHER_CARD[:17] + "9"}, "误", "第 18 位对不上"),
        ({"nickname": "甲"}, "误", "没有“nickname”"),
        ({"name": "申请人乙"}, " ", "写明更正的原因"),
    ):
        with pytest.raises(CaseworkRefused, match=words):
            correct(changes, reason)
    with pytest.raises(NotAllowed):
        correct({"name": "申请人乙"}, by=PUBLIC)


def test_an_entry_made_twice_is_struck_out_by_somebody_else(people: People) -> None:
    story, twice = told(people, "2021-07-01"), told(people, "2021-07-01")
    head = actor(people.head)
    lead_filed = file_request(
        people.organ, filing(), by=actor(people.clerk), now=at("2021-07-01"), channel="counter"
    ).case
    with pytest.raises(NotAllowed):
        void_case(twice.case, reason="重复", by=actor(people.clerk), now=at("2021-07-02"))
    void_case(twice.case, reason="重复", by=head, now=at("2021-07-02"))
    assert table_three(people.organ, 2021) == {"t3.r1.c1": 2, "t3.r25.c1": 2}
    listed = {row.case.pk for row in inbox(actor(people.clerk), day("2021-07-02")).rows}
    assert listed == {story.case.pk, lead_filed.pk}
    twice.refused("已经撤销登记", "register", handler=people.clerk.ref, applicant_class="natural")
    with pytest.raises(CaseworkRefused, match="已经撤销登记"):
        void_case(twice.case, reason="重复", by=head, now=at("2021-07-02"))
    assert told(people, "2021-07-02").case.serial == 4, "the number stays used"
    assert verify().breaks == ()


def test_what_the_applicant_filed_or_what_went_on_is_never_struck_out(people: People) -> None:
    head = actor(people.head)
    with pytest.raises(CaseworkRefused, match="申请人自己提交的申请不能撤销登记"):
        void_case(filed(people.organ).case, reason="不想办", by=head, now=at("2021-07-02"))
    story = told(people, "2021-07-01").registered("2021-07-01")
    story.do("ask_supplement", "2021-07-02", matters="写明年份", term_on=day("2021-07-20"))
    with pytest.raises(CaseworkRefused, match="已经办过后面的步骤"):
        void_case(story.case, reason="不想办", by=head, now=at("2021-07-02"))


def test_facts_of_a_full_life_survive_being_written_down(people: People) -> None:
    story = told(people, "2021-07-01").registered("2021-07-01")
    story.do("consult_third_party", "2021-07-02", whom="第三方甲").do(
        "assign_part", organ="民政局", what="x", term_on=day("2021-07-20")
    )
    story.do("record_reached", "2021-07-03", consultation=0).do(
        "record_opinion", "2021-07-05", consultation=0, agrees=True
    )
    story.do("propose_extension", "2021-07-06", days=3, reason="量大").do("approve_extension").do(
        "tell_extension"
    )
    story.do("take_back_part", "2021-07-06", part=0, reason="自办").answered("2021-07-08")
    story.do("reopen", "2021-09-01", order_kind="court", order_number="1号", bars_same=False)
    life = life_of(story.case)
    assert len(life.rounds) == 2 and life.round.order is not None and not life.round.order.bars_same
    assert snapshot.decode(snapshot.encode(life)) == life
    assert snapshot.encode(Life(channel="counter", arrived_on=day("2021-07-01"))) == (
        '{"form":1,"life":{"arrived_on":"2021-07-01","channel":"counter","rounds":[{}]}}'
    )
    with pytest.raises(ValueError, match="form 2"):
        snapshot.decode('{"form":2,"life":{}}')
    assert verify().breaks == ()


def test_a_day_in_a_year_without_a_notice_stays_open_with_its_note(people: People) -> None:
    receipt = file_request(
        people.organ, filing(), by=actor(people.clerk, "2028-12-20"), now=at("2028-12-20"), channel="counter"
    )
    assert receipt.due is None and receipt.due_note is not None and "放假安排还没有公布" in receipt.due_note
    row = inbox(actor(people.clerk, "2028-12-20"), day("2028-12-20")).rows[0]
    assert row.clock.due is None and row.clock.note
