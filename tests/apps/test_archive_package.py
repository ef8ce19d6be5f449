"""The package of an archived file unpacked and checked, of a request and of the kinds beside it, by one layout."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from gongkai.archive import destroying, package
from gongkai.archive.models import ArchivePackage
from gongkai.archive.refusals import ArchiveRefused
from gongkai.casework import erasing
from gongkai.casework import files as case_files
from gongkai.casework.dossier import of_side
from gongkai.casework.models import Case, Dossier, SideFile, SideRequest
from gongkai.casework.readers import person_of
from gongkai.casework.side import files as side_files
from gongkai.foundation import files
from gongkai.foundation.actors import COMMAND_LINE, NotAllowed
from gongkai.foundation.models import LedgerEvent
from gongkai.foundation.verification import verify
from gongkai.rules.remedies.evidence import PARTS
from tests.apps.casework_support import CARD, People, account, actor, at, told
from tests.apps.side_support import SideTold, correction, filed, proposal
from tests.conftest import District

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
ON = "2021-08-03"
KINDS = ("case", "correction", "conversion")


@pytest.fixture
def people(district: District) -> People:
    return People(district.education)


def archived(people: People, kind: str = "correction") -> Dossier:
    """One of a kind that was answered or told, and archived, with two papers of who filed it."""
    if kind == "case":
        one = told(people, "2021-07-01")
        for name in ("application", "identity"):
            case_files.add_file(
                one.case, PDF, name=f"{name}.pdf", purpose=name, by=COMMAND_LINE, now=at("2021-07-01")
            )
        one.registered("2021-07-01").answered("2021-07-05")
        one.do("archive", "2021-08-02", retention_class="ordinary")
        return Case.objects.get(pk=one.case.pk)
    filing = correction() if kind == "correction" else proposal(name="申请人乙", grounds="家长都要看")
    side = SideTold(people, filed(people.organ, filing).side)
    for name, purpose in (("户口簿.pdf", "evidence"), ("回证.pdf", "proof")):
        side_files.add_file(side.side, PDF, name=name, purpose=purpose, by=COMMAND_LINE, now=at("2021-07-01"))
    side.side.refresh_from_db()
    side.finished().do("archive", "2021-08-02")
    return SideRequest.objects.get(pk=side.side.pk)


def taken(people: People, one: Dossier) -> dict[str, bytes]:
    clerk = actor(people.clerk, ON)
    made = package.pack(one, by=clerk, now=at(ON))
    content = package.take(made, reason="移交区档案馆", by=clerk, now=at(ON))
    assert hashlib.sha256(content).hexdigest() == made.content_digest
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def words(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return (
            "".join(page.get_textpage().get_text_range() for page in document)
            .replace("\r\n", "")
            .replace(" ", "")
        )


def unpacked(found: dict[str, bytes], folder: Path) -> Path:
    for name, content in found.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def checked(folder: Path) -> tuple[int, str]:
    """What 核对.py says of an unpacked package."""
    program = folder / "06 底账摘录" / "核对.py"
    environment = {"PYTHONIOENCODING": "utf-8"}
    run = [sys.executable, "-I", str(program)]
    done = subprocess.run(run, env=environment, capture_output=True, text=True, check=False)
    assert not done.stderr
    return done.returncode, done.stdout


def test_a_correction_is_laid_out_as_a_request_is(people: People) -> None:
    side = archived(people)
    found = taken(people, side)
    assert list(found) == [
        "00 卷内文件目录.pdf", "00 卷内文件目录.docx", "01 申请/01 更正申请登记表.pdf", "01 申请/02 户口簿.pdf",
        "02 办理经过/01 更正申请办理经过.pdf", "03 文书/01 政府信息记录更正告知书.pdf", "04 送达凭据/01 回证.pdf",
        "05 期限计算/01 办理时间.pdf", "06 底账摘录/底账摘录.json", "06 底账摘录/验证说明.pdf", "06 底账摘录/核对.py",
        "SHA256SUMS",
    ]  # fmt: skip
    assert {name.partition("/")[0] for name in found if "/" in name} == {p.folder for p in PARTS.values()}
    asked, course, days = (
        words(next(content for name, content in found.items() if name.startswith(f"{PARTS[part].folder}/01")))
        for part in ("application", "course", "clock")
    )
    for told_there in ("申请人甲", CARD, "学籍卡", "姓名应为汪某", "户口簿复印件", side.number):
        assert told_there in asked
    for told_there in (
        "登记核实",
        "登记时把汪写成王",
        "记录不准确",
        "予以更正",
        people.clerk.display_name,
        "第四十一条",
    ):
        assert told_there in course
    assert "法律没有规定天数，这是内部时间，需确认" in days
    index = words(found["00 卷内文件目录.pdf"])
    assert side.number in index and "30年，到2051-12-31" in index and "共8件" in index
    extract = json.loads(found["06 底账摘录/底账摘录.json"])
    own = LedgerEvent.objects.filter(subject=side.ref).order_by("seq").values_list("hash", flat=True)
    assert (extract["side"], [one["hash"] for one in extract["events"]]) == (side.number, list(own))
    kinds = LedgerEvent.objects.filter(kind__startswith="archive.").values_list("kind", "actor")
    assert list(kinds) == [(package.PACKED, people.clerk.ref), (package.OPENED, people.clerk.ref)]
    assert verify().breaks == ()


def test_a_proposal_names_its_request_and_says_who_left_no_name(people: People) -> None:
    named = words(taken(people, archived(people, "conversion"))["01 申请/01 转主动公开建议登记表.pdf"])
    assert "申请人乙" in named and "校车线路表" in named and "需要公众广泛知晓" in named
    about = told(people, "2021-06-01").case
    side = SideTold(people, filed(people.organ, proposal(about_number=about.number)).side)
    found = taken(people, side.do("withdraw").do("archive").side)
    nameless = words(found["01 申请/01 转主动公开建议登记表.pdf"])
    assert "没有留姓名" in nameless and f"是哪一件申请{about.number}" in nameless
    assert not [name for name in found if name.startswith("03 ")]
    assert "撤回" in words(found["05 期限计算/01 办理时间.pdf"])


@pytest.mark.parametrize("kind", KINDS)
def test_the_program_in_the_package_finds_the_byte_that_was_changed(
    people: People, kind: str, tmp_path: Path
) -> None:
    found = taken(people, archived(people, kind))
    sums = dict(reversed(line.split("  ", 1)) for line in found["SHA256SUMS"].decode().splitlines())
    assert sums == {
        name: hashlib.sha256(content).hexdigest() for name, content in found.items() if name != "SHA256SUMS"
    }
    folder = unpacked(found, tmp_path)
    rc, said = checked(folder)
    assert rc == 0 and f"共 {len(sums)} 个文件，0 个不符" in said and "个事件，0 个不符" in said
    for name in sums:
        content = bytearray(found[name])
        # Of the program itself a word of a message, so that it still runs.
        content[bytes(content).index(b"SHA256SUMS") if name.endswith(".py") else len(content) // 2] ^= 1
        (folder / name).write_bytes(content)
        rc, said = checked(folder)
        assert rc == 1 and f"“{name}”与指纹不符" in said, name
        (folder / name).write_bytes(found[name])
    (folder / "SHA256SUMS").unlink()
    rc, said = checked(folder)
    assert rc == 0 and "各文件没有核对" in said


def test_an_event_that_was_changed_is_named_even_where_the_sums_were_made_anew(
    people: People, tmp_path: Path
) -> None:
    found = taken(people, archived(people))
    name = "06 底账摘录/底账摘录.json"
    extract = json.loads(found[name])
    seq = extract["events"][1]["seq"]
    extract["events"][1]["actor"] = "account:0"
    changed = json.dumps(extract, ensure_ascii=False).encode()
    sums = (
        found["SHA256SUMS"]
        .decode()
        .replace(hashlib.sha256(found[name]).hexdigest(), hashlib.sha256(changed).hexdigest())
    )
    folder = unpacked({**found, name: changed, "SHA256SUMS": sums.encode()}, tmp_path)
    rc, said = checked(folder)
    assert rc == 1 and f"第 {seq} 号事件与指纹不符" in said and "个文件，0 个不符" in said
    (folder / "01 申请/02 户口簿.pdf").unlink()
    (folder / name).write_bytes(b"{")
    rc, said = checked(folder)
    assert rc == 1 and "“01 申请/02 户口簿.pdf”不在" in said and "底账摘录.json 读不出来" in said


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_record_gives_the_same_bytes(people: People, kind: str) -> None:
    one, clerk = archived(people, kind), actor(people.clerk, ON)
    digests = set()
    for _ in range(2):
        with transaction.atomic():
            digests.add(package.pack(one, by=clerk, now=at(ON)).content_digest)
            transaction.set_rollback(True)
    assert len(digests) == 1
    made = package.pack(one, by=clerk, now=at(ON))
    assert package.pack(one, by=clerk, now=at("2021-08-09")) == made


@pytest.mark.parametrize("kind", ["case", "correction"])
def test_who_may_not_handle_gets_none(people: People, district: District, kind: str) -> None:
    one = archived(people, kind)
    made = package.pack(one, by=actor(people.clerk, ON), now=at(ON))
    civil = actor(account("民政经办人", district.civil, "unit_clerk"), ON)
    assert package.package_of(civil, one) is None
    for other in (civil, actor(people.head, ON), person_of(SideRequest(pk=one.pk))):
        with pytest.raises(NotAllowed):
            package.pack(one, by=other, now=at(ON))
        with pytest.raises(NotAllowed):
            package.take(made, reason="看看", by=other, now=at(ON))


def test_what_is_not_archived_or_too_large_has_none(people: People) -> None:
    running = SideTold(people, filed(people.organ, correction()).side).finished().side
    with pytest.raises(ArchiveRefused, match="还没有归档"):
        package.pack(running, by=actor(people.clerk, ON), now=at(ON))
    one = archived(people)
    SideFile.objects.filter(side=one, place=1).update(size=201 * 1024 * 1024)
    with pytest.raises(ArchiveRefused, match="超过 200 MB"):
        package.pack(one, by=actor(people.clerk, ON), now=at(ON))
    assert not ArchivePackage.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_the_package_of_an_erased_person_says_so_and_the_older_one_is_nobodys(
    people: People, kind: str
) -> None:
    one, clerk = archived(people, kind), actor(people.clerk, ON)
    before = package.pack(one, by=clerk, now=at(ON))
    erasing.erase_person(one, reason="本人要求", by=COMMAND_LINE, now=at(ON, 11))
    assert package.package_of(clerk, one) is None
    found = taken(people, one)
    assert ArchivePackage.objects.count() == 2 and package.package_of(clerk, one) != before
    form = next(words(content) for name, content in found.items() if name.startswith("01 申请/01 "))
    assert "（已删除）" in form
    for gone in ("申请人甲", "申请人乙", CARD, "学籍卡", "家长", "危房改造"):
        assert gone not in form and gone not in words(found[next(n for n in found if n[:2] == "02")])
    assert verify().breaks == ()


def test_the_package_goes_with_the_file(
    people: People, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    side, clerk, now = archived(people), actor(people.clerk), at("2060-03-01")
    made = package.pack(side, by=clerk, now=at(ON))
    assert CARD.encode() not in files.read(made.file.digest)
    listed = destroying.propose(people.organ, [side], reason="期满", by=clerk, now=now)
    with django_capture_on_commit_callbacks(execute=True):
        destroying.confirm(listed, opinion="同意", by=actor(people.head), now=now)
    assert not files.location(made.file.digest).exists() and package.package_of(clerk, side) is None
    with pytest.raises(ArchiveRefused, match="已经期满销毁"):
        package.pack(side, by=clerk, now=now)
    assert verify().breaks == ()


def test_a_package_swapped_behind_the_back_is_found(people: People) -> None:
    side = archived(people)
    made = package.pack(side, by=actor(people.clerk, ON), now=at(ON))
    ArchivePackage.objects.update(content_digest="0" * 64)
    assert [one.place for one in verify().breaks] == [f"归档包 {side.number}"]
    with pytest.raises(IntegrityError), transaction.atomic():
        ArchivePackage.objects.filter(pk=made.pk).update(side=None)


def test_every_kind_of_paper_has_its_place_in_the_package() -> None:
    assert set(of_side.PARTS) == set(SideFile.Purpose.values) and set(of_side.PARTS.values()) <= set(PARTS)
