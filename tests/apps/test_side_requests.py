"""Corrections and proposals in the house: filed once, acted on, told by a letter, proven, and counted nowhere."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.annual_report.compile import compile_report
from gongkai.casework import applicants, erasing
from gongkai.casework.letter_numbers import next_number
from gongkai.casework.models import InformationRequest, LetterNumber, SideAct, SideFile, SideRequest, SideText
from gongkai.casework.queries import by_query_code as case_by_query_code
from gongkai.casework.readers import applicant_of, person_of
from gongkai.casework.refusals import CaseworkRefused
from gongkai.casework.side import acts, files, queries
from gongkai.casework.side.filing import file_side
from gongkai.casework.side.voiding import void_side
from gongkai.foundation import verification
from gongkai.foundation.actors import COMMAND_LINE, PUBLIC, NotAllowed
from gongkai.foundation.models import LedgerEvent
from tests.apps.casework_support import People, account, actor, at, told
from tests.apps.side_support import VERIFIED, SideTold, correction, filed, proposal
from tests.conftest import District


@pytest.fixture
def house(district: District) -> People:
    return People(district.education)


def both(house: People) -> tuple[SideTold, SideTold]:
    return tuple(SideTold(house, filed(house.organ, one).side) for one in (correction(), proposal()))  # type: ignore[return-value]


def breaks() -> list[str]:
    return [f"{one.place} {one.message}" for one in verification.verify().breaks]


def test_a_correction_and_a_proposal_live_and_end(house: People) -> None:
    first, second = both(house)
    assert first.side.number == "999002-2021-更正0001" and second.side.number == "999002-2021-转公开0001"
    assert (first.side.state, second.side.state) == ("awaiting_confirmation", "received")
    for one in (first.finished(), second.finished()):
        assert one.side.state == "told"
        letter = one.side.papers.get(purpose="letter")
        content = files.read_file(person_of(one.side), one.side, letter.place)
        assert content is not None and content.startswith(b"%PDF") and letter.to_person
        assert one.do("archive").side.state == "archived"
    assert breaks() == []


def test_they_count_nowhere(house: People, district: District) -> None:
    def cells() -> dict[str, Any]:
        report = compile_report(district.government, 2021, reader=COMMAND_LINE, today=date(2022, 1, 20))
        return {
            name: cell.value for name, cell in report.tables.cells.items() if name.startswith(("t3.", "t4."))
        }

    told(house, "2021-07-01").registered("2021-07-01")
    before = cells()
    for one in both(house):
        one.finished()
    assert cells() == before and InformationRequest.objects.count() == 1
    assert queries.told_in(actor(house.clerk), 2021) == {"correction": 1, "conversion": 1}


def test_nothing_of_a_person_stands_open(house: People) -> None:
    first, _ = both(house)
    first.finished()
    said = " ".join(event.payload for event in LedgerEvent.objects.all())
    said += " ".join(row.facts for row in SideRequest.objects.all())
    said += " ".join(row.given for row in SideAct.objects.all())
    for word in ("申请人甲", "汪某", "王某", "户口簿", "13800000000", "校车", "学籍"):
        # What was published is public; everything else is sealed.
        assert word not in said.replace("校车线路表", ""), word


def test_the_secret_opens_its_own_alone(house: People) -> None:
    receipt = filed(house.organ, proposal())
    assert queries.by_query_code(receipt.query_code, receipt.secret) == receipt.side
    assert queries.by_query_code(receipt.query_code, "AAAA") is None
    assert case_by_query_code(receipt.query_code, receipt.secret) is None
    case = told(house, "2021-07-01").case
    assert queries.by_query_code(case.query_code, receipt.secret) is None


def test_one_form_files_once(house: People) -> None:
    once = filed(house.organ, proposal(), key="k")
    again = filed(house.organ, proposal(), key="k")
    assert again.repeated and again.number == once.number and SideRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"name": ""}, "name"), ({"evidence": "  "}, "evidence"), ({"id_number": "123"}, "id_number"),
        ({"phone": ""}, "phone"), ({"wrong": "字" * 2001}, "wrong"), ({"id_type": ""}, "id_type"),
        ({"kind": "complaint"}, "kind"), ({"criteria": ("listed",)}, "criteria"), ({"email": "a@"}, "email"),
    ],
)  # fmt: skip
def test_what_lacks_something_says_what(house: People, changes: dict[str, Any], column: str) -> None:
    with pytest.raises(CaseworkRefused) as refusal:
        filed(house.organ, correction(**changes))
    assert column in {f.column for f in refusal.value.findings}
    assert SideRequest.objects.count() == 0


def test_on_paper_evidence_may_be_lacking(house: People) -> None:
    clerk = actor(house.clerk)
    side = filed(
        house.organ, correction(evidence="", id_type="", id_number=""), by=clerk, channel="counter"
    ).side
    assert side.state == "received"


def test_a_proposal_from_the_applicants_own_page(house: People) -> None:
    case = told(house, "2021-07-01").case
    by = applicant_of(case)
    side = filed(house.organ, proposal(), by=by, channel="tracked", about=case).side
    assert side.proven and side.about == case
    with pytest.raises(NotAllowed):
        filed(house.organ, proposal(), channel="tracked", about=case)
    # By anybody who knows the number: bound in silence, never proven.
    named = filed(house.organ, proposal(about_number=case.number)).side
    assert named.about == case and not named.proven
    assert filed(house.organ, proposal(about_number="999002-2021-9999")).side.about is None


def test_whoever_handled_it_does_not_approve_it(house: People) -> None:
    one = SideTold(house, filed(house.organ, proposal()).side).registered()
    one.do("assess", found="看过", result="not-public", clear=True).do(
        "decide", outcome="not-public", reason="内部。"
    )
    with pytest.raises(NotAllowed):
        one.do("approve", as_=actor(house.clerk))
    one.do("return", opinion="再看")
    assert one.side.state == "assessing"
    with pytest.raises(NotAllowed):
        one.do("assess", as_=PUBLIC, found="x", result="public", clear=True)


def test_numbers_are_of_the_organs_one_series(house: People) -> None:
    told(house, "2021-06-01").registered("2021-06-01").answered("2021-06-10")
    first, second = both(house)
    first.registered().do("verify", **VERIFIED).do("decide", outcome="corrected", reason="属实。")
    with pytest.raises(CaseworkRefused, match="跳过"):
        first.do("approve", number="示教公复〔2021〕9号")
    first.do("approve", number=next_number(house.organ, "示教公复", 2021))
    assert next_number(house.organ, "示教公复", 2021) == "示教公复〔2021〕3号"
    assert LetterNumber.objects.get(side=first.side).serial == 2
    second.approved()
    assert LetterNumber.objects.count() == 2


def test_evidence_is_asked_for_and_given_by_the_person(house: People) -> None:
    one = SideTold(house, filed(house.organ, correction()).side).registered()
    one.do("ask_evidence", matters="户口簿原件", term_on=date(2021, 7, 15))
    person = person_of(one.side)
    files.add_file(
        one.side, b"%PDF-1.4 x", name="户口簿.pdf", purpose="evidence", by=person, now=at("2021-07-05")
    )
    side = acts.act(one.side, "receive_evidence", {"evidence": "已上传"}, by=person, now=at("2021-07-05"))
    assert side.state == "verifying" and [p.place for p in files.papers_of(person, side)] == [1]
    with pytest.raises(NotAllowed):
        acts.act(side, "withdraw", by=person_of(filed(house.organ, proposal()).side), now=at("2021-07-05"))
    assert acts.act(side, "withdraw", by=person, now=at("2021-07-06")).state == "withdrawn"
    assert breaks() == []


def test_a_second_click_and_a_changed_page(house: People) -> None:
    side = filed(house.organ, proposal()).side
    seen, by = side.latest_seq, actor(house.clerk)
    given = {"handler": house.clerk.ref}
    acts.act(side, "register", given, by=by, now=at("2021-07-01"), based_on=seen)
    acts.act(side, "register", given, by=by, now=at("2021-07-01"), based_on=seen)
    assert side.acts.count() == 1
    with pytest.raises(acts.SideChanged, match="办过“登记”"):
        acts.act(side, "withdraw", by=actor(house.other), now=at("2021-07-01"), based_on=seen)


def test_lists_know_the_reader(house: People, district: District) -> None:
    both(house)
    civil = People(district.civil)
    today = date(2021, 7, 2)
    assert len(queries.listed(actor(house.clerk), today)[0]) == 2
    assert queries.listed(actor(civil.clerk), today)[0] == ()
    assert [row.side.kind for row in queries.listed(actor(house.clerk), today, kind="correction")[0]] == [
        "correction"
    ]
    assert queries.side_for(actor(civil.clerk), "999002-2021-更正0001") is None
    assert queries.counts(actor(house.clerk), date(2021, 7, 20)) == (2, 2)
    rows, _ = queries.listed(actor(house.head), today, mine=True)
    assert rows == ()


def test_several_applicants_are_a_hint(house: People) -> None:
    from tests.apps.casework_support import OTHER_CARD, natural

    told(house, "2021-06-01", applicant=natural(id_number=OTHER_CARD, name="申请人乙")).registered(
        "2021-06-01"
    )
    case = told(house, "2021-07-01").case
    assert queries.others_asked(actor(house.clerk), case) == 1


def test_one_field_is_shown_with_a_reason(house: People) -> None:
    side = filed(house.organ, correction()).side
    shown = applicants.reveal(
        side, "person.phone", reason="电话确认收到", by=actor(house.clerk), now=at("2021-07-02")
    )
    assert shown == "13800000000"
    for wrong in ({"token": "person.phone", "reason": " "}, {"token": "filing.record", "reason": "看"}):
        with pytest.raises(CaseworkRefused):
            applicants.reveal(side, **wrong, by=actor(house.clerk), now=at("2021-07-02"))
    with pytest.raises(NotAllowed):
        applicants.reveal(side, "person.phone", reason="看", by=PUBLIC, now=at("2021-07-02"))


def test_erasing_leaves_the_proof(house: People) -> None:
    first, _ = both(house)
    with pytest.raises(CaseworkRefused, match="归档"):
        erasing.erase_person(first.side, reason="期满", by=COMMAND_LINE, now=at("2021-07-02"))
    first.finished().do("archive")
    assert erasing.erase_person(first.side, reason="期满", by=COMMAND_LINE, now=at("2021-07-02")) > 5
    assert breaks() == [] and not SideText.objects.filter(side=first.side).exists()


def test_everything_in_hand_goes_to_another(house: People) -> None:
    first, second = both(house)
    first.registered(), second.registered()
    moved = acts.hand_over(house.clerk, house.other, by=COMMAND_LINE, now=at("2021-07-03"))
    assert moved == 2 and set(SideRequest.objects.values_list("handler", flat=True)) == {house.other.pk}
    assert breaks() == []


@pytest.mark.parametrize(
    "spoil", ["state", "facts", "delete_act", "word", "paper", "delete", "query_code", "handler"]
)
def test_what_is_changed_behind_the_back_is_found(house: People, spoil: str) -> None:
    first, _ = both(house)
    side = first.finished().side
    rows = SideRequest.objects.filter(pk=side.pk)
    match spoil:
        case "state":
            rows.update(state="archived")
        case "facts":
            rows.update(facts=side.facts.replace("corrected", "accurate"))
        case "delete_act":
            SideAct.objects.filter(side=side, act="verify").delete()
        case "word":
            SideText.objects.filter(side=side, token="filing.right").delete()
        case "paper":
            SideFile.objects.filter(side=side).update(to_person=False)
        case "query_code":
            rows.update(query_code="AAAABBBBCCCC")
        case "handler":
            rows.update(handler=house.other)
        case "delete":
            for table in (SideFile, SideAct, SideText):
                table.objects.filter(side=side).delete()
            rows.delete()
    assert breaks() != []


def entered(house: People, filing: Any = None, **given: Any) -> SideRequest:
    """One that came on paper, entered by the clerk."""
    values = {"by": actor(house.clerk), "channel": "counter", **given}
    return filed(house.organ, filing or correction(), **values).side


def test_an_entry_made_twice_is_struck_out_by_another(house: People) -> None:
    kept, twice = entered(house), entered(house)
    today, head = date(2021, 7, 2), actor(house.head)
    with pytest.raises(NotAllowed):
        void_side(twice, reason="重复", by=actor(house.clerk), now=at("2021-07-02"))
    both_roles = account("999002-一人两职", house.organ, "unit_clerk", "unit_head")
    own = entered(house, by=actor(both_roles))
    with pytest.raises(NotAllowed, match="自己登记的不能自己撤销"):
        void_side(own, reason="重复", by=actor(both_roles), now=at("2021-07-02"))
    for reason in (" ", "字" * 301):
        with pytest.raises(CaseworkRefused) as refusal:
            void_side(twice, reason=reason, by=head, now=at("2021-07-02"))
        assert [f.column for f in refusal.value.findings] == ["reason"]
    before = queries.counts(head, today)[0]
    struck = void_side(twice, reason="与更正0001重复", by=head, now=at("2021-07-02"))
    assert struck.voided_seq == struck.latest_seq
    assert queries.counts(head, today)[0] == before - 1
    clerk = actor(house.clerk)
    for mine in (True, False):
        listed = [row.side.pk for row in queries.listed(clerk, today, mine=mine)[0]]
        assert kept.pk in listed and twice.pk not in listed
    with pytest.raises(CaseworkRefused, match="已经撤销登记"):
        void_side(twice, reason="重复", by=head, now=at("2021-07-02"))
    for by, act, given in (
        (clerk, "register", {"handler": house.clerk.ref}), (person_of(twice), "withdraw", {}),
    ):  # fmt: skip
        with pytest.raises(CaseworkRefused, match="已经撤销登记"):
            acts.act(twice, act, given, by=by, now=at("2021-07-02"))
    with pytest.raises(CaseworkRefused, match="不能再加材料"):
        files.add_file(twice, b"%PDF-1.4 x", name="a.pdf", purpose="evidence", by=clerk, now=at("2021-07-02"))
    assert entered(house).serial == 4, "the number stays used"
    assert "重复" not in LedgerEvent.objects.get(kind="side.voided").payload
    assert breaks() == []


def test_what_was_struck_out_goes_to_nobody_and_wants_nothing(house: People) -> None:
    one = SideTold(house, entered(house)).registered()
    void_side(one.side, reason="登记到了别的单位", by=actor(house.head), now=at("2021-07-02"))
    assert acts.hand_over(house.clerk, house.other, by=COMMAND_LINE, now=at("2021-07-03")) == 0
    seen = queries.view(SideRequest.objects.get(), date(2022, 7, 2))
    assert (seen.step, seen.offers, seen.clock.due, seen.clock.overdue) == (None, (), None, False)
    assert seen.state.citizen == "登记已经撤销，不再办理"
    assert breaks() == []


def test_what_the_person_filed_or_what_went_on_is_never_struck_out(house: People) -> None:
    head, now = actor(house.head), at("2021-07-02")
    for side in both(house):
        with pytest.raises(CaseworkRefused, match="网上提交的不能撤销登记"):
            void_side(side.side, reason="不想办", by=head, now=now)
    one = SideTold(house, entered(house)).registered()
    one.do("ask_evidence", matters="户口簿", term_on=date(2021, 7, 20))
    with pytest.raises(CaseworkRefused, match="已经办过后面的步骤"):
        void_side(one.side, reason="不想办", by=head, now=now)
    assert not LedgerEvent.objects.filter(kind="side.voided").exists()


@pytest.mark.parametrize("spoil", ["undone", "made up"])
def test_striking_out_behind_the_back_is_found(house: People, spoil: str) -> None:
    side = entered(house)
    if spoil == "undone":
        side = void_side(side, reason="重复", by=actor(house.head), now=at("2021-07-02"))
    assert breaks() == []
    wrong = None if spoil == "undone" else side.latest_seq
    SideRequest.objects.filter(pk=side.pk).update(voided_seq=wrong)
    assert any("撤销登记与底账记的不同" in one for one in breaks())


def test_another_organ_does_not_file_for_it(house: People, district: District) -> None:
    civil = People(district.civil)
    with pytest.raises(NotAllowed):
        file_side(house.organ, correction(), by=actor(civil.clerk), now=at("2021-07-01"), channel="counter")
