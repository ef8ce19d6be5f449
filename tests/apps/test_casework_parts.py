"""A part given to another organ: its work with its own term, answered by its own people, counted nowhere there."""

from __future__ import annotations

import pytest

from gongkai.casework import files, part_list, part_papers, parts
from gongkai.casework.lives import texts_of
from gongkai.casework.models import CaseFile, CasePart, InformationRequest
from gongkai.casework.queries import case_for
from gongkai.casework.readers import applicant_of
from gongkai.casework.redaction_drafts import why_not_redactable
from gongkai.casework.refusals import CaseworkRefused
from gongkai.foundation.actors import PUBLIC, NotAllowed
from gongkai.foundation.files import read as stored_bytes
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


PDF, OTHER_PDF = b"%PDF-1.7\none\n%%EOF\n", b"%PDF-1.7\ntwo!\n%%EOF\n"


def test_what_is_attached_to_a_part_is_a_paper_of_the_case_that_asked(asking: People, asked: People) -> None:
    one = given_out(asking)
    clerk, part = actor(asked.clerk), CasePart.objects.get()
    own = files.add_file(
        one.case, OTHER_PDF, name="证.pdf", purpose="identity", by=actor(asking.clerk), now=at("2021-07-03")
    )
    paper = part_papers.attach(part, PDF, name="附表.pdf", by=clerk, now=at("2021-07-05"))
    again = part_papers.attach(part, PDF, name="附表.pdf", by=clerk, now=at("2021-07-05"))
    assert again == paper and (paper.purpose, paper.part, paper.to_applicant) == ("part", 0, False)
    assert PDF not in stored_bytes(paper.file.digest), "encrypted"
    found = parts.part_for(clerk, asked.organ, one.case.number, 0, day("2021-07-05"))
    assert found is not None and [(p.place, name) for p, name in found.papers] == [(2, "附表.pdf")]
    assert part_papers.read_attached(clerk, part, paper.place) == ("附表.pdf", PDF)
    assert part_papers.read_attached(clerk, part, own.place) is None
    assert files.papers_of(clerk, one.case) == [] and files.papers_of(applicant_of(one.case), one.case) == []
    assert [p.place for p in files.papers_of(actor(asking.clerk), one.case)] == [1, 2]
    assert not verify().breaks


def test_material_is_attached_by_who_works_on_the_part_while_it_waits(
    asking: People,
    asked: People,
    district,  # type: ignore[no-untyped-def]
) -> None:
    one = given_out(asking)
    part, stranger = CasePart.objects.get(), People(district.town)
    for by in (actor(stranger.clerk), actor(asked.head), actor(asking.clerk), PUBLIC):
        with pytest.raises(NotAllowed):
            part_papers.attach(part, PDF, name="附表.pdf", by=by, now=at("2021-07-05"))
        with pytest.raises(NotAllowed):
            part_papers.read_attached(by, part, 1)
    with pytest.raises(CaseworkRefused, match="不是可以收的文件"):
        part_papers.attach(part, b"MZ", name="a.exe", by=actor(asked.clerk), now=at("2021-07-05"))
    one.do("take_back_part", "2021-07-06", part=0, reason="自办")
    with pytest.raises(CaseworkRefused, match="收回自办"):
        part_papers.attach(part, PDF, name="附表.pdf", by=actor(asked.clerk), now=at("2021-07-06"))
    assert not one.case.papers.exists() and not verify().breaks


def test_a_part_of_a_later_round_has_its_own_material(asking: People, asked: People) -> None:
    one = given_out(asking)
    clerk = actor(asked.clerk)
    part_papers.attach(CasePart.objects.get(), PDF, name="一.pdf", by=clerk, now=at("2021-07-05"))
    one.case = parts.answer_part(CasePart.objects.get(), "可以公开。", by=clerk, now=at("2021-07-06"))
    one.answered("2021-07-07")
    one.do("reopen", "2021-08-02", order_kind="court", order_number="（2021）行初 1 号")
    one.do("assign_part", "2021-08-03", organ="示范区民政局", what="再查", term_on=day("2021-08-10"))
    part = CasePart.objects.get()
    assert part.place == 0 and part_papers.attached(part) == []
    second = part_papers.attach(part, PDF, name="二.pdf", by=clerk, now=at("2021-08-04"))
    assert second.part == 1 and not verify().breaks


def test_material_of_a_part_becomes_information_where_the_clerk_says_so(
    asking: People, asked: People
) -> None:
    one = given_out(asking)
    clerk = actor(asking.clerk)
    part = CasePart.objects.get()
    first = part_papers.attach(part, PDF, name="附表.pdf", by=actor(asked.clerk), now=at("2021-07-05"))
    second = part_papers.attach(part, OTHER_PDF, name="名单.pdf", by=actor(asked.clerk), now=at("2021-07-05"))
    with pytest.raises(NotAllowed):
        part_papers.take_over(first, to_applicant=True, by=actor(asked.clerk), now=at("2021-07-06"))
    given = part_papers.take_over(first, to_applicant=True, by=clerk, now=at("2021-07-06"))
    drawn = part_papers.take_over(second, to_applicant=False, by=clerk, now=at("2021-07-06"))
    assert (given.purpose, given.to_applicant, given.taken_from) == ("information", True, first)
    assert files.opened(given) == PDF and why_not_redactable(drawn) == "" != why_not_redactable(second)
    with pytest.raises(CaseworkRefused, match="是第 3 份材料"):
        part_papers.take_over(first, to_applicant=True, by=clerk, now=at("2021-07-06"))
    one.case = parts.answer_part(part, "可以公开。", by=actor(asked.clerk), now=at("2021-07-06"))
    one.answered("2021-07-07")
    assert files.papers_of(applicant_of(one.case), one.case) == [given]
    assert not verify().breaks
    CaseFile.objects.filter(pk=given.pk).update(taken_from=None)
    assert any("材料与底账" in broken.message for broken in verify().breaks)
