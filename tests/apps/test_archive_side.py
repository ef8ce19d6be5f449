"""After the archive, for corrections and proposals: their class and term, the shelf, destruction by two people."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from gongkai.archive import destroying, shelf, terms
from gongkai.archive.certificate import certificate_of
from gongkai.archive.models import DestructionItem
from gongkai.archive.refusals import ArchiveRefused
from gongkai.casework.models import Case, SideRequest, SideText
from gongkai.casework.readers import person_of
from gongkai.casework.side import files as side_files
from gongkai.casework.side import queries
from gongkai.foundation import files, kinds, records
from gongkai.foundation.actors import COMMAND_LINE, NotAllowed
from gongkai.foundation.models import LedgerEvent
from gongkai.foundation.verification import verify
from gongkai.rules.documents import Form, Paragraph
from gongkai.rules.side_requests.kinds import KINDS
from gongkai.rules.side_requests.retention import SIDE_CLASSES
from tests.apps.casework_support import People, actor, at, day, told
from tests.apps.side_support import SideTold, correction, filed, proposal
from tests.conftest import District

pytestmark = pytest.mark.django_db
LONG_AFTER = day("2060-03-01")


@pytest.fixture
def people(district: District) -> People:
    return People(district.education)


def archived(people: People, filing: object = None, on: str = "2021-07-01") -> SideRequest:
    """One that was told and archived, with its letter in the file."""
    one = SideTold(people, filed(people.organ, filing or correction(), on).side)  # type: ignore[arg-type]
    return one.finished().do("archive").side


def archived_case(people: People, on: str = "2021-07-01", then: str = "2021-08-02") -> Case:
    story = told(people, on).registered(on).answered("2021-07-05")
    return story.do("archive", then, retention_class="ordinary").case


def test_every_kind_has_a_class_that_nobody_confirmed_yet(people: People) -> None:
    assert set(SIDE_CLASSES) == set(KINDS)
    held = terms.terms_of(people.organ)
    assert [(held[code].years, held[code].source) for code in KINDS] == [(30, ""), (10, "")]


def test_every_archived_one_stands_on_the_shelf_with_its_last_day(people: People, district: District) -> None:
    first, second = archived(people), archived(people, proposal())
    withdrawn = SideTold(people, filed(people.organ, proposal()).side).do("withdraw").do("archive").side
    SideTold(people, filed(people.organ, correction()).side).finished()
    found = {one.file: one for one in shelf.shelf(actor(people.clerk), day("2022-01-01")).rows}
    assert {one: str(kept.kept_until) for one, kept in found.items()} == {
        first: "2051-12-31", second: "2031-12-31", withdrawn: "2031-12-31",
    }  # fmt: skip
    assert not found[first].longer and found[first].term.label == "更正申请"
    civil = People(district.civil)
    assert shelf.shelf(actor(civil.clerk), LONG_AFTER).rows == ()
    assert shelf.shelf(actor(civil.clerk), LONG_AFTER, over=True).rows == ()
    over = shelf.shelf(actor(people.clerk), day("2032-01-01"), over=True).rows
    assert {one.file for one in over} == {second, withdrawn}


def test_requests_and_the_others_stand_in_one_order_over_the_pages(people: People) -> None:
    side = archived(people, on="2021-07-20")
    first, last = archived_case(people, then="2021-07-15"), archived_case(people)
    early = archived(people, proposal(), on="2021-07-02")
    reader, today = actor(people.clerk), day("2022-01-01")
    sheets = [shelf.shelf(reader, today, page=n, page_size=3) for n in (1, 2)]
    assert [one.file for sheet in sheets for one in sheet.rows] == [early, first, side, last]
    assert [sheet.more for sheet in sheets] == [True, False]
    late = shelf.shelf(reader, LONG_AFTER, over=True, page=2, page_size=3)
    assert [one.file for one in late.rows] == [last] and not late.more


def test_the_organs_own_term_counts(people: People) -> None:
    side = archived(people)
    terms.set_term(
        people.organ, "correction", 12, "保管期限表第 6 条", by=actor(people.head), now=at("2022-01-01")
    )
    (one,) = shelf.kept_of([side])
    assert (one.kept_until, one.term.source) == (date(2033, 12, 31), "保管期限表第 6 条")
    assert not verify().breaks


def test_one_that_was_disputed_is_kept_as_long_as_the_disputed_ones(people: People) -> None:
    side = archived(people, proposal())
    values = {"filed_on": day("2021-07-20"), "request_number": side.number, "track": "direct"}
    records.enter(kinds.get("reconsiderations"), people.organ, values, by=COMMAND_LINE, now=at("2021-07-20"))
    (one,) = shelf.kept_of([side])
    assert str(one.kept_until) == "2051-12-31"


def test_destroyed_by_two_people_and_the_record_stays_whole(
    people: People, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    side, case = archived(people), archived_case(people)
    paper, before = side.papers.select_related("file").get(), side.acts.count()
    clerk, head, now = actor(people.clerk), actor(people.head), at("2060-03-01")
    listed = destroying.propose(people.organ, [side, case], reason="期满", by=clerk, now=now)
    assert {item.dossier for item in listed.items.all()} == {side, case}
    (shown,) = shelf.kept_of([side])
    assert shown.listed and not shown.destroyed
    with pytest.raises(ArchiveRefused, match="另一份清册"):
        destroying.propose(people.organ, [side], reason="期满", by=clerk, now=now)
    with pytest.raises(NotAllowed):
        destroying.confirm(listed, opinion="同意", by=clerk, now=now)
    with django_capture_on_commit_callbacks(execute=True):
        assert destroying.confirm(listed, opinion="同意销毁", by=head, now=now) == 2
    assert not SideText.objects.filter(side=side).exists()
    assert not files.location(paper.file.digest).exists()
    assert side_files.papers_of(person_of(side), side) == [] == side_files.papers_of(clerk, side)
    assert side.acts.count() == before and queries.told_in(clerk, 2021)["correction"] == 1
    seen = queries.view(SideRequest.objects.get(), LONG_AFTER)
    assert seen.life.decision is not None and seen.life.decision.outcome == "corrected"
    (gone,) = shelf.kept_of([side])
    assert gone.destroyed and not gone.over(LONG_AFTER)
    assert shelf.shelf(clerk, LONG_AFTER, over=True).rows == ()
    with pytest.raises(ArchiveRefused, match="已经销毁"):
        destroying.propose(people.organ, [side], reason="期满", by=clerk, now=now)
    event = LedgerEvent.objects.get(kind=destroying.DESTROYED)
    assert side.ref in event.payload and case.ref in event.payload and paper.file.digest in event.payload
    assert verify().breaks == ()
    listed.refresh_from_db()
    paper_form = certificate_of(listed, {})
    said = [block.text for block in paper_form.blocks if isinstance(block, Paragraph)]
    assert "更正申请" in said[0] and "政府信息公开申请" in said[0] and "2 件" in said[0]
    (table, _) = [block for block in paper_form.blocks if isinstance(block, Form)]
    assert side.number in {cell.text for row in table.rows for cell in row}


def test_what_is_not_over_or_not_archived_is_not_listed(people: People) -> None:
    side, running = archived(people), SideTold(people, filed(people.organ, proposal()).side).finished().side
    for one, words in ((side, "保管到 2051-12-31"), (running, "不是这个单位已归档的案卷")):
        with pytest.raises(ArchiveRefused, match=words):
            destroying.propose(
                people.organ, [one], reason="期满", by=actor(people.clerk), now=at("2040-03-01")
            )
    assert not DestructionItem.objects.exists()


@pytest.mark.parametrize("spoil", ["swapped", "removed"])
def test_a_list_changed_behind_the_back_is_found(people: People, spoil: str) -> None:
    side, other = archived(people), archived(people, on="2021-07-02")
    destroying.propose(people.organ, [side], reason="期满", by=actor(people.clerk), now=at("2060-03-01"))
    items = DestructionItem.objects.filter(side=side)
    assert not verify().breaks
    if spoil == "swapped":
        items.update(side=other)
    else:
        items.delete()
    assert any(one.place.startswith("销毁清册") for one in verify().breaks)
