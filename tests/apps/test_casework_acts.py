"""Acting on cases: whose act it is, who was first, double clicks, and nothing done by halves."""

from __future__ import annotations

import pytest

from gongkai.casework import acts, handover
from gongkai.casework.applicants import masked, reveal
from gongkai.casework.filing import Idempotency, KeyReused, file_request
from gongkai.casework.letter_numbers import next_number
from gongkai.casework.lives import full_life, texts_of
from gongkai.casework.models import Case, CaseAct, InformationRequest, LetterNumber
from gongkai.casework.readers import applicant_of
from gongkai.casework.refusals import CaseChanged, CaseworkRefused
from gongkai.foundation import kinds, ledger, records
from gongkai.foundation.actors import COMMAND_LINE, PUBLIC, NotAllowed
from gongkai.foundation.models import LedgerEvent
from gongkai.foundation.records import RowRefused
from gongkai.foundation.verification import verify
from tests.apps.casework_support import (
    GRANT,
    People,
    Told,
    account,
    actor,
    at,
    day,
    filed,
    filing,
    natural,
    told,
)


@pytest.fixture
def people(district) -> People:  # type: ignore[no-untyped-def]
    return People(district.education)


def events() -> int:
    return LedgerEvent.objects.count()


def test_who_handled_may_not_sign_and_who_signed_may_not_handle(people: People) -> None:
    story = told(people, "2021-07-01").registered("2021-07-01").do("decide", "2021-07-05", **GRANT)
    lead = actor(people.lead)
    story.do("submit", as_=lead)
    before = events()
    with pytest.raises(NotAllowed, match="办理和审核应当由不同的人承担"):
        story.do("sign", as_=lead, number="示教公复〔2021〕1号")
    assert events() == before
    story.do("sign", number="示教公复〔2021〕1号")
    with pytest.raises(NotAllowed, match="没有送达的权限"):
        story.do("send", as_=actor(people.head), method="post")


def test_another_organ_and_the_public_may_not_act(people: People, district) -> None:  # type: ignore[no-untyped-def]
    story = told(people, "2021-07-01")
    stranger = actor(account("民政经办", district.civil, "unit_clerk"))
    for who in (stranger, PUBLIC, applicant_of(story.case)):
        with pytest.raises(NotAllowed):
            story.do("register", as_=who, handler=people.clerk.ref, applicant_class="natural")
    other = told(people, "2021-07-01")
    with pytest.raises(NotAllowed):
        story.do("withdraw", as_=applicant_of(other.case))
    story.do("withdraw", as_=applicant_of(story.case))
    assert story.case.state == "withdrawn"


def test_every_missing_field_is_named_and_nothing_is_written(people: People) -> None:
    story = told(people, "2021-07-01")
    before = events()
    refused = story.refused("经办人", "register", applicant_class="")
    assert [f.column for f in refused.findings] == ["handler", "applicant_class"]
    assert "withdraw" in story.refused("不能“签发”", "sign", number="示教公复〔2021〕1号").instead
    story.refused("不承担", "register", handler=people.head.ref, applicant_class="natural")
    story.refused("没有“person”", "register", handler=people.clerk.ref, applicant_class="person")
    assert (events(), CaseAct.objects.count()) == (before, 0)
    assert Case.objects.get().state == "received"


def test_text_of_a_million_letters_is_refused_in_words(people: People) -> None:
    story = told(people, "2021-07-01").registered("2021-07-01")
    story.refused("1000000 个字", "ask_supplement", matters="字" * 1_000_000, term_on=day("2021-07-20"))
    with pytest.raises(CaseworkRefused, match="最多 5000"):
        file_request(people.organ, filing(description="字" * 1_000_000), by=PUBLIC, now=at("2021-07-01"))


def test_the_second_of_two_clerks_is_told_what_changed(people: People) -> None:
    story = told(people, "2021-07-01").registered("2021-07-01")
    seen = story.case.latest_seq
    first, second = actor(people.clerk), actor(people.other)
    given = {"matters": "写明年份", "term_on": day("2021-07-20")}
    acts.act(story.case, "ask_supplement", given, by=first, now=at("2021-07-02"), based_on=seen)
    before = events()
    with pytest.raises(CaseChanged, match="999002-经办人办了“告知补正”；现在是“待补正”") as changed:
        acts.act(story.case, "withdraw", {}, by=second, now=at("2021-07-02"), based_on=seen)
    assert [row.act for row in changed.value.since] == ["ask_supplement"]
    assert events() == before


def test_a_double_click_is_one_act(people: People) -> None:
    story = told(people, "2021-07-01").registered("2021-07-01")
    seen, who = story.case.latest_seq, actor(people.clerk)
    given = {"matters": "写明年份", "term_on": day("2021-07-20")}
    once = acts.act(story.case, "ask_supplement", given, by=who, now=at("2021-07-02"), based_on=seen)
    twice = acts.act(story.case, "ask_supplement", given, by=who, now=at("2021-07-02"), based_on=seen)
    assert once.latest_seq == twice.latest_seq
    assert CaseAct.objects.filter(act="ask_supplement").count() == 1
    with pytest.raises(CaseChanged):
        other = {**given, "matters": "写明乡镇"}
        acts.act(story.case, "ask_supplement", other, by=who, now=at("2021-07-02"), based_on=seen)


def test_letter_numbers_are_gapless_and_never_used_twice(people: People) -> None:
    first = told(people, "2021-07-01").registered("2021-07-01").answered("2021-07-05")
    story = told(people, "2021-07-01").registered("2021-07-01").do("decide", "2021-07-06", **GRANT)
    story.do("submit")
    story.refused("已经用过；下一个是 示教公复〔2021〕2号", "sign", number="示教公复〔2021〕1号")
    story.refused("跳过了中间的号", "sign", number="示教公复〔2021〕4号")
    story.do("sign", number="示教公复〔2021〕2号").do("withdraw_signature", reason="错字").do("submit")
    story.refused("已经用过", "sign", number="示教公复〔2021〕2号")
    assert next_number(people.organ, "示教公复", 2021) == "示教公复〔2021〕3号"
    assert LetterNumber.objects.filter(case=first.case).count() == 1


def test_a_row_of_the_register_made_by_a_case_is_not_changed_by_hand(people: People) -> None:
    story = told(people, "2021-07-01")
    kind, row = kinds.get("requests"), story.row
    assert row is not None
    for change in (
        lambda: records.correct(kind, row, {}, by=COMMAND_LINE, now=at("2021-07-02"), reason="误"),
        lambda: records.withdraw(kind, row, by=COMMAND_LINE, now=at("2021-07-02"), reason="误"),
    ):
        with pytest.raises(RowRefused, match="由案卷生成"):
            change()


def test_a_key_gives_the_first_answer_again_and_refuses_another_body(people: People) -> None:
    def file(body: bytes, on: str = "2021-07-01", scope: str = "platform:1"):  # type: ignore[no-untyped-def]
        key = Idempotency(scope, "k-1", body)
        return file_request(people.organ, filing(), by=PUBLIC, now=at(on), idempotency=key)

    first = file(b"one")
    acts.act(first.case, "confirm", {"confirmed_how": "电话"}, by=actor(people.clerk), now=at("2021-07-02"))
    again = file(b"one", "2021-07-05")
    assert again.repeated and not first.repeated
    for name in ("number", "serial", "query_code", "secret", "state", "received_on", "due", "due_note"):
        assert getattr(again, name) == getattr(first, name), "the first answer, though the case went on"
    assert Case.objects.count() == 1
    with pytest.raises(KeyReused, match="另一份内容"):
        file(b"two")
    assert file(b"one", scope="platform:2").serial == 2, "another platform's keys are its own"
    assert file(b"one", "2021-07-10").serial == 3, "kept for seven days"


def test_names_with_invisible_and_turning_characters_are_tidied(people: People) -> None:
    dirty = natural(name="申请\u200b人\u202e甲\ufeff", id_number=" 11010119900101001５ ")
    receipt = filed(people.organ, applicant=dirty, description="a\x00b\u202e公文\r\n第二行")
    texts = texts_of(receipt.case)
    assert texts["applicant.name"] == "申请人甲"
    assert texts["applicant.id_number"] == "110101199001010015"
    assert texts["filing.description"] == "ab公文\n第二行"


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"applicant": natural(applicant_class="person")}, "applicant.class", "申请人类别从这些里选"),
        ({"applicant": natural(name="")}, "applicant.name", "没有填写姓名"),
        ({"applicant": natural(id_type="unified-credit-code")}, "applicant.id_type", "自然人的证件应为"),
        ({"applicant": natural(id_number="110101199001010016")}, "applicant.id_number", "第 18 位对不上"),
        ({"applicant": natural(phone="")}, "applicant.phone", "至少填一种"),
        ({"applicant": natural(phone="1380000")}, "applicant.phone", "11 位"),
        ({"applicant": natural(email="a.example.cn")}, "applicant.email", "没有 @"),
        ({"description": " \u200b "}, "description", "没有写要什么信息"),
        ({"form": "fax"}, "form", "所要信息的形式"),
        ({"delivery": "post"}, "applicant.address", "选了邮寄"),
        ({"delivery": "email"}, "applicant.email", "选了电子邮件"),
        ({"arrived_on": day("2021-07-02")}, "arrived_on", "还没有到"),
    ],
)
def test_bad_filings_name_the_field_and_the_cure(people: People, changes, column, words) -> None:  # type: ignore[no-untyped-def]
    before = events()
    with pytest.raises(CaseworkRefused) as refused:
        filed(people.organ, **changes)
    assert any(f.column == column and words in f.message for f in refused.value.findings)
    assert Case.objects.count() == 0 and events() == before


def test_paper_without_identity_is_taken_and_waits_for_a_supplement(people: People) -> None:
    bare = natural(id_type="", id_number="", phone="", address="示范区东河镇")
    story = told(people, "2021-07-01", channel="registered_mail", applicant=bare, form="", delivery="")
    assert story.case.state == "received"
    mail = told(people, "2021-07-01", channel="ordinary_mail", applicant=bare, form="", delivery="")
    assert (mail.case.state, mail.case.received_on) == ("awaiting_confirmation", None)
    assert mail.case.order_key == "02021-07-01", "a letter is confirmed on the day it comes"


def test_the_public_can_neither_confirm_nor_choose_another_channel(people: People) -> None:
    for changes, channel in (({"confirmed": True}, "online"), ({}, "counter")):
        with pytest.raises(NotAllowed):
            file_request(people.organ, filing(**changes), by=PUBLIC, now=at("2021-07-01"), channel=channel)


def test_one_field_is_revealed_with_a_reason_on_record(people: People) -> None:
    story = told(people, "2021-07-01")
    who = actor(people.clerk)
    shown = {m.token: m.shown for m in masked(story.case, texts_of(story.case))}
    assert shown == {
        "applicant.name": "申＊＊＊",
        "applicant.id_number": "1101…0015",
        "applicant.phone": "138…00",
    }
    with pytest.raises(CaseworkRefused, match="写明为什么要看"):
        reveal(story.case, "applicant.phone", reason=" ", by=who, now=at("2021-07-01"))
    found = reveal(story.case, "applicant.phone", reason="电话确认收到", by=who, now=at("2021-07-01"))
    assert found == "13800000000"
    event = LedgerEvent.objects.get(kind="case.revealed")
    assert (event.actor, event.subject) == (people.clerk.ref, story.case.ref)
    assert "applicant.phone" in event.payload and "13800000000" not in event.payload
    assert ledger.open_personal(event) == '{"reason":"电话确认收到"}'
    with pytest.raises(NotAllowed):
        reveal(story.case, "applicant.phone", reason="好奇", by=PUBLIC, now=at("2021-07-01"))


def test_a_leaving_clerks_cases_go_over_in_one_act(people: People) -> None:
    stories = [told(people, "2021-07-01").registered("2021-07-01") for _ in range(3)]
    stories[0].do("withdraw", "2021-07-02").do("archive", retention_class="ordinary")
    before = events()
    head = actor(people.lead)
    moved = handover.hand_over_cases(people.clerk, people.other, by=head, now=at("2021-07-03"))
    assert (moved, events()) == (2, before + 1)
    assert {c.handler_id for c in Case.objects.exclude(state="archived")} == {people.other.pk}
    assert handover.open_cases_of(people.clerk) == []
    with pytest.raises(CaseworkRefused, match="没有在办的申请"):
        handover.hand_over_cases(people.clerk, people.other, by=head, now=at("2021-07-03"))
    with pytest.raises(CaseworkRefused, match="不承担"):
        handover.hand_over_cases(people.other, people.head, by=head, now=at("2021-07-03"))
    assert verify().breaks == ()


def test_counts_stay_out_of_reach_of_a_refused_act(people: People) -> None:
    story: Told = told(people, "2021-07-01").registered("2021-07-01")
    row = InformationRequest.objects.get()
    with pytest.raises(CaseworkRefused, match="还没有到"):
        acts.act(
            story.case, "withdraw", {}, by=actor(people.clerk), now=at("2021-07-02"), on=day("2021-07-05")
        )
    row.refresh_from_db()
    assert (row.outcome, row.closed_on) == ("", None)


def test_an_applicant_cannot_judge_of_their_own_delay(people: People) -> None:
    story = told(people, "2021-07-01").registered("2021-07-01")
    story.do("ask_supplement", "2021-07-02", matters="写明年份", term_on=day("2021-07-16"))
    own = applicant_of(story.case)
    with pytest.raises(CaseworkRefused, match="由他们决定"):
        acts.act(story.case, "receive_supplement", {"justified": True}, by=own, now=at("2021-07-19"))
    story.do("lapse_supplement", "2021-07-19", reason="没有收到")
    with pytest.raises(CaseworkRefused, match="已经按逾期结案"):
        acts.act(story.case, "receive_supplement", {"justified": True}, by=own, now=at("2021-07-20"))
    assert story.row is not None and story.row.outcome == "r21"
    story.do("receive_supplement", "2021-07-21", justified=True, reason="住院")
    assert (story.case.state, story.row.outcome, story.row.closed_on) == ("handling", "", None)


def test_a_third_partys_name_typed_for_its_key_is_sealed(people: People) -> None:
    story = told(people, "2021-07-01").registered("2021-07-01")
    story.do("consult_third_party", "2021-07-02", whom="某某企业有限公司")
    story.do("consult_third_party", "2021-07-02", whom="第三方己", whom_name="另一家企业")
    assert "某某企业" not in story.case.facts + LedgerEvent.objects.latest("seq").payload
    assert texts_of(story.case)["2.whom_name"] == "某某企业有限公司"
    seen = story.case.latest_seq
    for _ in range(2):
        case = acts.act(
            story.case,
            "consult_third_party",
            {"whom": "又一家企业", "party": "organisation", "content": "合同第 2 页"},
            by=actor(people.clerk),
            now=at("2021-07-02"),
            based_on=seen,
        )
    assert case.acts.count() == 4, "a double click asks nobody twice"
    assert '"whom":"第三方甲"' in story.case.facts and '"whom":"第三方己"' in story.case.facts


def test_nobody_reads_a_word_by_typing_its_token(people: People) -> None:
    story = told(people, "2021-07-01").registered("2021-07-01")
    story.do("assign_part", "2021-07-02", organ="⟦applicant.name⟧", what="x", term_on=day("2021-07-16"))
    part = full_life(story.case).round.parts[0]
    assert "申请人甲" not in part.organ and part.what == "x"
