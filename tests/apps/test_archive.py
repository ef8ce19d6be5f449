"""After the archive: terms, what is past them, destruction by two people, erasing a person."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from gongkai.archive import destroying, package, shelf, terms
from gongkai.archive.models import Destruction
from gongkai.archive.refusals import ArchiveRefused
from gongkai.archive.terms import CLASSES
from gongkai.casework import files as case_files
from gongkai.casework.lives import texts_of
from gongkai.casework.models import Case, SealedText
from gongkai.foundation import files
from gongkai.foundation import leftovers as jobs
from gongkai.foundation.actors import COMMAND_LINE, NotAllowed
from gongkai.foundation.models import LedgerEvent
from gongkai.foundation.verification import verify
from tests.apps.casework_support import People, actor, at, day, told
from tests.conftest import District

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
LONG_AFTER = day("2040-03-01")


def archived(people: People, retention: str = "ordinary") -> Case:
    """A granted request, archived in 2021, with one paper."""
    one = told(people, "2021-07-01")
    case_files.add_file(
        one.case, PDF, name="申请书.pdf", purpose="application", by=COMMAND_LINE, now=at("2021-07-01")
    )
    one.registered("2021-07-01").answered("2021-07-05").do("archive", "2021-08-02", retention_class=retention)
    return Case.objects.get(pk=one.case.pk)


@pytest.fixture
def people(district: District) -> People:
    return People(district.education)


def test_the_first_values_say_that_nobody_confirmed_them(people: People) -> None:
    assert {code: t.years for code, t in terms.terms_of(people.organ).items()} == {
        code: c.years for code, c in CLASSES.items()
    }
    assert not terms.terms_of(people.organ)["ordinary"].source


def test_a_term_is_set_with_its_source_and_inherited_from_the_district(
    people: People, district: District
) -> None:
    head = actor(people.head)
    made = terms.set_term(people.organ, "ordinary", 15, "保管期限表第 5 条", by=head, now=at("2021-07-01"))
    assert (made.years, made.source, made.inherited) == (15, "保管期限表第 5 条", False)
    terms.set_term(district.government, "disputed", 40, "区档案局批准", by=COMMAND_LINE, now=at("2021-07-01"))
    assert terms.terms_of(people.organ)["disputed"].inherited
    assert not verify().breaks
    with pytest.raises(ArchiveRefused, match="写明依据"):
        terms.set_term(people.organ, "ordinary", 15, " ", by=head, now=at("2021-07-01"))
    with pytest.raises(NotAllowed):
        terms.set_term(people.organ, "ordinary", 15, "表", by=actor(people.clerk), now=at("2021-07-01"))


def test_what_is_past_its_term_is_listed_and_nothing_else(people: People) -> None:
    case = archived(people)
    reader = actor(people.clerk)
    kept = shelf.shelf(reader, day("2031-12-31"), over=True)
    assert kept.rows == ()
    (one,) = shelf.shelf(reader, day("2032-01-01"), over=True).rows
    assert (one.file.pk, one.kept_until) == (case.pk, day("2031-12-31"))
    (shown,) = shelf.shelf(reader, day("2031-12-31")).rows
    assert not shown.over(day("2031-12-31"))


def test_destroyed_by_two_people_words_and_papers_go_and_the_count_stays(
    people: People, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    case = archived(people)
    paper = case.papers.select_related("file").get()
    before = verify()
    assert not before.breaks and files.location(paper.file.digest).exists()
    clerk, head = actor(people.clerk), actor(people.head)
    now = at("2040-03-01")
    listed = destroying.propose(people.organ, [case], reason="期满，无继续保存价值", by=clerk, now=now)
    with pytest.raises(NotAllowed):
        destroying.confirm(listed, opinion="同意销毁", by=clerk, now=now)
    with pytest.raises(ArchiveRefused, match="另一份清册"):
        destroying.propose(people.organ, [case], reason="期满", by=clerk, now=now)
    with django_capture_on_commit_callbacks(execute=True):
        assert destroying.confirm(listed, opinion="同意销毁", by=head, now=now) == 1
    assert not SealedText.objects.filter(case=case).exists()
    assert not files.location(paper.file.digest).exists()
    assert texts_of(case) == {} and case.register.outcome == "r3"
    assert not verify().breaks
    event = LedgerEvent.objects.get(kind=destroying.DESTROYED)
    assert paper.file.digest in event.payload and event.actor == head.ref
    with pytest.raises(ArchiveRefused, match="已经销毁"):
        destroying.confirm(listed, opinion="同意销毁", by=head, now=now)


def test_one_person_in_both_roles_may_not_do_both(people: People) -> None:
    case = archived(people)
    lead = actor(people.lead)
    listed = destroying.propose(people.organ, [case], reason="期满", by=lead, now=at("2040-03-01"))
    with pytest.raises(ArchiveRefused, match="两个不同的人"):
        destroying.confirm(listed, opinion="同意", by=lead, now=at("2040-03-01"))


def test_what_is_not_over_may_not_be_listed(people: People) -> None:
    case = archived(people, "disputed")
    with pytest.raises(ArchiveRefused, match="保管到 2051-12-31"):
        destroying.propose(people.organ, [case], reason="期满", by=actor(people.clerk), now=at("2040-03-01"))


def test_a_term_lengthened_after_the_list_stops_the_destruction(people: People) -> None:
    case = archived(people)
    now = at("2040-03-01")
    listed = destroying.propose(people.organ, [case], reason="期满", by=actor(people.clerk), now=now)
    terms.set_term(people.organ, "ordinary", 30, "新的保管期限表", by=actor(people.head), now=now)
    with pytest.raises(ArchiveRefused, match="还没有期满"):
        destroying.confirm(listed, opinion="同意", by=actor(people.head), now=now + timedelta(hours=1))
    assert SealedText.objects.filter(case=case).exists()


def test_a_list_may_be_withdrawn(people: People) -> None:
    case = archived(people)
    now = at("2040-03-01")
    listed = destroying.propose(people.organ, [case], reason="期满", by=actor(people.clerk), now=now)
    destroying.withdraw(listed, reason="还要用于地方志", by=actor(people.clerk), now=now)
    assert not Destruction.objects.get().waits
    (one,) = shelf.shelf(actor(people.clerk), LONG_AFTER, over=True).rows
    assert not one.listed


def test_a_file_that_is_gone_without_an_event_is_found(people: People) -> None:
    case = archived(people)
    stored = case.papers.select_related("file").get().file
    stored.destroyed_seq = 1
    stored.save()
    assert any("没有销毁它的事件" in one.message for one in verify().breaks)


def test_bytes_that_outlive_a_crash_are_found_and_swept(people: People) -> None:
    # Outside a commit nothing removes the bytes: as after a crash.
    case = archived(people)
    listed = destroying.propose(
        people.organ, [case], reason="期满", by=actor(people.clerk), now=at("2040-03-01")
    )
    destroying.confirm(listed, opinion="同意", by=actor(people.head), now=at("2040-03-01"))
    assert any("字节还在存档目录里" in one.message for one in verify().breaks)
    assert jobs.clear_destroyed(at("2040-03-02")) is False and not verify().breaks
    assert files.sweep() == 0


def test_the_package_holds_every_piece_with_its_fingerprint(people: People) -> None:
    case = archived(people)
    clerk, now = actor(people.clerk), at("2021-08-03")
    made = package.pack(case, by=clerk, now=now)
    assert package.pack(case, by=clerk, now=at("2021-08-04")) == made
    with pytest.raises(ArchiveRefused, match="用途"):
        package.take(made, reason=" ", by=clerk, now=now)
    content = package.take(made, reason="移交区档案馆", by=clerk, now=now)
    assert hashlib.sha256(content).hexdigest() == made.content_digest
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        names = opened.namelist()
        sums = dict(reversed(line.split("  ", 1)) for line in opened.read("SHA256SUMS").decode().splitlines())
        assert all(hashlib.sha256(opened.read(name)).hexdigest() == sums[name] for name in names[:-1])
    assert names[:2] == ["00 卷内文件目录.pdf", "00 卷内文件目录.docx"]
    assert {name.split("/")[0] for name in names if "/" in name} >= {
        "01 申请",
        "02 办理经过",
        "05 期限计算",
        "06 底账摘录",
    }
    assert any(name.endswith("申请书.pdf") for name in names)
    assert b"\xe7\x94\xb3" not in files.read(made.file.digest)[:64] and not verify().breaks
    kinds = LedgerEvent.objects.filter(subject=f"package:{made.pk}").values_list("kind", flat=True)
    assert list(kinds) == [package.PACKED, package.OPENED]


def test_the_package_goes_with_the_file(
    people: People, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    case = archived(people)
    made = package.pack(case, by=actor(people.clerk), now=at("2021-08-03"))
    now = at("2040-03-01")
    listed = destroying.propose(people.organ, [case], reason="期满", by=actor(people.clerk), now=now)
    with django_capture_on_commit_callbacks(execute=True):
        destroying.confirm(listed, opinion="同意", by=actor(people.head), now=now)
    assert (
        not files.location(made.file.digest).exists()
        and package.package_of(actor(people.clerk), case) is None
    )
    with pytest.raises(ArchiveRefused, match="已经期满销毁"):
        package.pack(case, by=actor(people.clerk), now=now)
    assert not verify().breaks
