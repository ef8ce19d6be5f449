"""The papers of a request go along when it is handed on: chosen, listed there, kept anew with the entry, or left behind."""

from __future__ import annotations

import os
from typing import Any

import pytest

from gongkai.casework import files, forward_papers, forwarding
from gongkai.casework.correcting import void_case
from gongkai.casework.erasing import erase_person
from gongkai.casework.filing import file_request
from gongkai.casework.forward_papers import along, may_go
from gongkai.casework.lives import texts_of
from gongkai.casework.models import Case, CaseAct, CaseFile, CaseForward
from gongkai.casework.readers import applicant_of
from gongkai.casework.refusals import CaseworkRefused
from gongkai.config.key_file import KeyRing
from gongkai.foundation import files as kept
from gongkai.foundation import resealing
from gongkai.foundation.actors import COMMAND_LINE, NotAllowed
from gongkai.foundation.models import LedgerEvent
from gongkai.foundation.verification import verify
from tests.apps.casework_support import People, Told, actor, at, told
from tests.conftest import District

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
# Scanned letter, identity and authority by the clerk; what the applicant added; a note of the house; not the applicant's.
PAPERS = (
    ("application", "申请书.pdf"), ("identity", "申请人甲身份证.pdf"), ("authority", "委托书.pdf"),
    ("other", "会议记录.pdf"), ("opinion", "意见.pdf"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.GONGKAI_DATA_KEYS = KeyRing({1: os.urandom(32)}, 1)


@pytest.fixture
def education(district: District) -> People:
    return People(district.education)


@pytest.fixture
def civil(district: District) -> People:
    return People(district.civil)


@pytest.fixture
def asked(education: People) -> Told:
    """A paper request with papers, registered, not handed on yet."""
    one = told(education, "2021-07-01")
    for place, (purpose, name) in enumerate(PAPERS):
        add(one.case, purpose, name, PDF + b"%" * place, by=actor(education.clerk))
    add(one.case, "other", "证据.pdf", PDF + b"%%%%%%", by=applicant_of(one.case))
    return one.registered("2021-07-01")


def add(case: Case, purpose: str, name: str, content: bytes, by: Any = COMMAND_LINE) -> CaseFile:
    return files.add_file(case, content, name=name, purpose=purpose, by=by, now=at("2021-07-01"))


def hand_on(one: Told, *along: int, organ: str = "示范区民政局") -> CaseForward | None:
    one.do("forward", "2021-07-02", organ=organ, contact="电话 0000-1", consent=True, along=along)
    return CaseForward.objects.order_by("-pk").first()


def enter(civil: People, forward: CaseForward, on: str = "2021-07-06") -> Case:
    clerk = actor(civil.clerk)
    mine = forwarding.take_on(forward, by=clerk, now=at("2021-07-05"))
    filing = forwarding.carried(mine, by=clerk)
    made = file_request(civil.organ, filing, by=clerk, now=at(on), channel="fax", forward=mine)
    return Case.objects.get(pk=made.case.pk)


def chosen(one: Told, *places: int) -> CaseForward:
    found = hand_on(one, *places)
    assert found is not None
    return found


def test_offered_are_the_applicants_own_papers(asked: Told) -> None:
    offered = [(one.name, one.sure) for one in may_go(asked.case)]
    assert offered == [
        ("申请书.pdf", True), ("申请人甲身份证.pdf", True), ("委托书.pdf", True), ("会议记录.pdf", False), ("证据.pdf", True),
    ]  # fmt: skip


@pytest.mark.parametrize("places", [(5,), (1, 9), (0,)])
def test_no_other_paper_goes_along(asked: Told, places: tuple[int, ...]) -> None:
    asked.refused(
        "不能随转", "forward", "2021-07-02", organ="示范区民政局", contact="1", consent=True, along=places
    )
    asked.refused(
        "没有这一项", "record_search", "2021-07-02", where="档案室", by="岗", words="词", found=0, along=(1,)
    )


def test_not_more_than_can_be_sealed_while_others_wait(asked: Told, monkeypatch: Any) -> None:
    given = {"organ": "示范区民政局", "contact": "1", "consent": True, "along": (1, 2)}
    monkeypatch.setattr(forward_papers, "MOST_ALONG", 1)
    asked.refused("最多 1 份", "forward", "2021-07-02", **given)
    monkeypatch.undo()
    monkeypatch.setattr(forward_papers, "MOST_TOGETHER", len(PDF))
    asked.refused("合起来超过", "forward", "2021-07-02", **given)


def test_until_it_is_entered_nothing_of_them_is_there_and_no_name_is_told(
    asked: Told, education: People, civil: People
) -> None:
    forward = chosen(asked, 1, 2, 6)
    (row,) = forwarding.waiting(actor(civil.clerk))
    assert row.papers == 3
    assert [(one.purpose, one.size) for one in along(forward)] == [
        ("application", len(PDF)), ("identity", len(PDF) + 1), ("other", len(PDF) + 6),
    ]  # fmt: skip
    clerk = actor(civil.clerk)
    assert files.papers_of(clerk, asked.case) == [] and not Case.objects.filter(organ=civil.organ).exists()
    forwarding.settle(forward, "已经直接提出", by=clerk, now=at("2021-07-05"))
    assert CaseFile.objects.count() == 6 == CaseFile.objects.filter(case=asked.case).count()
    assert not verify().breaks


def test_entered_they_are_papers_of_the_new_case_sealed_for_it(
    asked: Told, education: People, civil: People
) -> None:
    case = enter(civil, chosen(asked, 1, 2, 6))
    clerk = actor(civil.clerk)
    papers = files.papers_of(clerk, case)
    assert [(one.purpose, one.place, one.came_from.place) for one in papers if one.came_from] == [
        ("application", 1, 1), ("identity", 2, 2), ("other", 3, 6),
    ]  # fmt: skip
    assert texts_of(case)["file.2.name"] == "申请人甲身份证.pdf"
    theirs = {one.file.digest for one in asked.case.papers.select_related("file")}
    assert not theirs & {one.file.digest for one in papers}, "bytes of their own"
    assert files.read_file(clerk, case, 2, now=at("2021-07-06")) == PDF + b"%"
    opened = LedgerEvent.objects.get(kind=files.OPENED)
    assert (opened.subject, opened.actor) == (case.ref, clerk.ref), (
        "identity papers are read on record there too"
    )
    with pytest.raises(NotAllowed):
        files.add_file(
            case, PDF, name="x.pdf", purpose="other", by=actor(education.clerk), now=at("2021-07-06")
        )
    assert files.papers_of(actor(education.clerk), asked.case)[0].came_from is None
    added = LedgerEvent.objects.filter(subject=case.ref, kind=files.ADDED)
    assert added.count() == 3 and "申请人甲" not in "".join(one.payload for one in added)
    assert Case.objects.get(pk=case.pk).latest_seq == added.order_by("-seq").values_list("seq", flat=True)[0]
    assert not verify().breaks


def test_handed_on_once_more_they_go_along_again(asked: Told, civil: People, district: District) -> None:
    case = enter(civil, chosen(asked, 6))
    (offered,) = may_go(case)
    assert offered.sure, "what came along is the applicant's"
    there = Told(civil, case).do("confirm", "2021-07-06", confirmed_how="电话").registered("2021-07-06")
    there.do("forward", "2021-07-07", organ="示范区教育局", contact="1", consent=True, along=(1,))
    back = CaseForward.objects.get(case=case)
    assert [one.size for one in along(back)] == [len(PDF) + 6] and not verify().breaks


def test_without_a_choice_nothing_goes_along(asked: Told, civil: People) -> None:
    case = enter(civil, chosen(asked))
    assert not case.papers.exists() and not verify().breaks


def test_all_of_it_or_nothing(asked: Told, civil: People) -> None:
    forward = chosen(asked, 1, 2)
    paper = CaseFile.objects.select_related("file").get(case=asked.case, place=2)
    kept.location(paper.file.digest).unlink()
    with pytest.raises(CaseworkRefused, match="第 2 份材料打不开"):
        enter(civil, forward)
    assert not Case.objects.filter(organ=civil.organ).exists() and CaseFile.objects.count() == 6
    forward.refresh_from_db()
    assert forward.waits


def test_each_forward_has_its_own_choice(asked: Told, education: People, civil: People) -> None:
    hand_on(asked, 1, organ="某市水务局")
    forward = chosen(asked, 6)
    assert [one.place for one in along(forward)] == [6]
    other = told(education, "2021-07-01").registered("2021-07-01")
    bare = chosen(other)
    found = forward_papers.along_of_many([forward, bare])
    assert [len(found[one.pk]) for one in (forward, bare)] == [1, 0]


def test_as_many_queries_for_one_as_for_three(
    education: People,
    civil: People,
    django_assert_num_queries: Any,
) -> None:
    for count in (1, 2):
        for _ in range(count):
            one = told(education, "2021-07-01")
            add(one.case, "application", "申请书.pdf", PDF)
            chosen(one.registered("2021-07-01"), 1)
        clerk = actor(civil.clerk)
        with django_assert_num_queries(7):
            assert {row.papers for row in forwarding.waiting(clerk)} == {1}


def test_of_an_erased_person_nothing_goes_along_and_what_went_is_erased_there(
    asked: Told, education: People, civil: People
) -> None:
    first, second = chosen(asked, 1, 2), chosen(asked, 1, 2)
    case = enter(civil, first)
    asked.answered("2021-07-08").do("archive", "2021-09-01", retention_class="ordinary")
    erase_person(asked.case, reason="本人要求", by=COMMAND_LINE, now=at("2021-09-02"))
    assert along(second) == [] and forwarding.waiting(actor(civil.clerk))[0].papers == 0
    assert files.opened(case.papers.get(place=1)) == PDF, "another organ's file, with a term of its own"
    assert "file.1.name" in texts_of(case)
    there = Told(civil, case).do("confirm", "2021-07-06", confirmed_how="电话").registered("2021-07-06")
    there.answered("2021-07-08").do("archive", "2021-09-01", retention_class="ordinary")
    erase_person(there.case, reason="本人要求", by=COMMAND_LINE, now=at("2021-09-02"))
    assert texts_of(there.case) == {} and not verify().breaks


def test_a_changed_data_key_reaches_what_went_along(asked: Told, civil: People, settings: Any) -> None:
    case = enter(civil, chosen(asked, 1, 2))
    new = {2: bytes(range(32))}
    settings.GONGKAI_DATA_KEYS = KeyRing({**settings.GONGKAI_DATA_KEYS, **new}, 2)
    list(resealing.reseal(by=COMMAND_LINE, clock=lambda: at("2021-09-01")))
    settings.GONGKAI_DATA_KEYS = KeyRing(new, 2)
    assert files.opened(case.papers.get(place=2)) == PDF + b"%"
    assert files.opened(asked.case.papers.get(place=2)) == PDF + b"%"
    assert resealing.left() == 0


def test_a_struck_out_entry_keeps_its_papers_and_the_next_has_them_too(asked: Told, civil: People) -> None:
    forward = chosen(asked, 1, 2)
    first = enter(civil, forward)
    void_case(first, reason="登记错了", by=actor(civil.head), now=at("2021-07-06"))
    second = enter(civil, forward, "2021-07-07")
    assert second.pk != first.pk
    assert [list(one.papers.values_list("came_from__place", flat=True)) for one in (first, second)] == [
        [1, 2]
    ] * 2
    assert not verify().breaks


@pytest.mark.parametrize("how", ["choice", "source", "origin", "purpose"])
def test_a_paper_that_did_not_come_along_is_found(asked: Told, civil: People, how: str) -> None:
    case = enter(civil, chosen(asked, 1, 2))
    match how:
        case "choice":
            rows = CaseAct.objects.filter(case=asked.case, act="forward")
            rows.update(given=rows.get().given.replace('"along":[1,2]', '"along":[1]'))
        case "source":
            case.papers.filter(place=1).update(came_from=asked.case.papers.get(place=3))
        case "origin":
            case.papers.filter(place=1).update(came_from=None)
        case _:
            asked.case.papers.filter(place=1).update(purpose="other")
    assert verify().breaks
