"""The evidence pack opened and checked: layout, sums, the ledger's extract, who may take it, what it leaves."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pikepdf
import pytest
from django.db import transaction

from gongkai.casework import files
from gongkai.casework.dossier import papers
from gongkai.casework.dossier.pieces import zipped
from gongkai.casework.models import CaseFile
from gongkai.crossings.evidence.taking import EvidenceRefused, gaps, take
from gongkai.foundation.actors import PUBLIC, NotAllowed
from gongkai.foundation.models import LedgerEvent
from gongkai.foundation.verification import verify
from gongkai.rules.remedies.evidence import PAPERS
from tests.apps.casework_support import People, account, actor, at, day, told

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
PDF += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def people(district) -> People:  # type: ignore[no-untyped-def]
    return People(district.education)


def answered(people: People):  # type: ignore[no-untyped-def]
    story = told(people, "2021-09-13").registered("2021-09-13")
    story.do("consult_third_party", "2021-09-22", whom="某企业")
    story.do("record_reached", "2021-09-23", consultation=0)
    story.do("record_opinion", "2021-10-12", consultation=0, agrees=True, opinion="同意公开")
    story.answered("2021-10-29")
    for purpose, name in (
        ("application", "申请书.pdf"),
        ("letter", "答复书/示教公复〔2021〕1号.pdf"),
        ("proof", "回证.pdf"),
    ):
        files.add_file(
            story.case, PDF, name=name, purpose=purpose, by=actor(people.clerk), now=at("2021-10-29")
        )
    return story


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def words(pdf: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in document)


def test_the_pack_holds_all_a_court_asks_for(people: People, tmp_path: Path) -> None:
    story = answered(people)
    clerk = actor(people.clerk, "2021-12-01")
    pack = take(story.case, reason="（2021）某行初1号，应诉", by=clerk, now=at("2021-12-01"))
    found = opened(pack.content)
    letters = [name for name in found if name.startswith("03 ")]
    # What was put in as a scan stands behind what the system itself issued.
    assert letters[0].endswith("征求意见书（第三方） 示教公复〔2021〕1号.pdf")
    assert letters[-1].endswith("答复书_示教公复〔2021〕1号.pdf") and len(letters) == 5
    assert list(found) == [
        "00 证据目录.pdf", "00 证据目录.docx",
        "01 申请/01 政府信息公开申请表.pdf", "01 申请/02 申请书.pdf",
        "02 办理经过/01 政府信息公开申请办理经过.pdf",
        *letters, "04 送达凭据/01 回证.pdf",
        "05 期限计算/01 答复期限逐日计算.pdf",
        "06 底账摘录/底账摘录.json", "06 底账摘录/验证说明.pdf", "06 底账摘录/核对.py", "SHA256SUMS",
    ]  # fmt: skip
    lines = found.pop("SHA256SUMS").decode().splitlines()
    said = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
    assert said == {path: hashlib.sha256(content).hexdigest() for path, content in found.items()}
    for path, content in found.items():
        if path.endswith(".pdf"):
            with pikepdf.open(io.BytesIO(content)) as made:
                assert len(made.pages) >= 1, path
    assert "gongkai verify" in words(found["06 底账摘录/验证说明.pdf"])
    assert pack.digest == hashlib.sha256(pack.content).hexdigest()
    extract = json.loads(found["06 底账摘录/底账摘录.json"])
    own = LedgerEvent.objects.filter(subject=story.case.ref).exclude(kind="case.evidence_taken")
    assert [e["hash"] for e in extract["events"]] == list(own.order_by("seq").values_list("hash", flat=True))
    for name in ("底账摘录.json", "核对.py"):
        (tmp_path / name).write_bytes(found[f"06 底账摘录/{name}"])
    check = [sys.executable, str(tmp_path / "核对.py")]
    assert subprocess.run(check, check=False, capture_output=True).returncode == 0
    changed = (tmp_path / "底账摘录.json").read_text("utf-8").replace("2021-10-29", "2021-10-28", 1)
    (tmp_path / "底账摘录.json").write_text(changed, "utf-8")
    assert subprocess.run(check, check=False, capture_output=True).returncode == 1
    assert verify().breaks == ()


def test_the_pack_is_the_same_for_the_same_record_and_leaves_an_event(people: People) -> None:
    story = answered(people)
    clerk = actor(people.clerk, "2021-12-01")
    with transaction.atomic():
        one = take(story.case, reason="应诉，某某某案", by=clerk, now=at("2021-12-01"))
        event = LedgerEvent.objects.latest("seq")
        assert (event.kind, json.loads(event.payload)["sha256"]) == ("case.evidence_taken", one.digest)
        assert "某某某" not in event.payload and event.personal
        transaction.set_rollback(True)
    again = take(story.case, reason="应诉", by=clerk, now=at("2021-12-01"))
    first, second = opened(one.content), opened(again.content)
    # That a Word file of the same content is the same is the letters' own promise, and tested there.
    for found in (first, second):
        del found["00 证据目录.docx"], found["SHA256SUMS"]
    assert first == second
    assert zipped(first, day("2021-12-01")) == zipped(second, day("2021-12-01"))


def test_who_may_take_it_and_why(people: People, district) -> None:  # type: ignore[no-untyped-def]
    case = answered(people).case
    legal = actor(account("审核人", people.organ, "legal_reviewer"), "2021-12-01")
    assert take(case, reason="应诉", by=legal, now=at("2021-12-01")).pieces == 12
    others = [
        actor(account("民政经办人", district.civil, "unit_clerk"), "2021-12-01"),
        actor(account("监督", district.government, "supervisor"), "2021-12-01"),
        actor(people.head, "2021-12-01"), PUBLIC,
    ]  # fmt: skip
    before = LedgerEvent.objects.count()
    for other in others:
        with pytest.raises(NotAllowed, match="证据包"):
            take(case, reason="看看", by=other, now=at("2021-12-01"))
    clerk = actor(people.clerk, "2021-12-01")
    with pytest.raises(EvidenceRefused, match="用在哪个案件"):
        take(case, reason="  ", by=clerk, now=at("2021-12-01"))
    CaseFile.objects.filter(case=case, place=1).update(size=201 * 1024 * 1024)
    with pytest.raises(EvidenceRefused, match="超过 200 MB"):
        take(case, reason="应诉", by=clerk, now=at("2021-12-01"))
    assert LedgerEvent.objects.count() == before


def test_what_is_missing_is_said_before(people: People) -> None:
    story = told(people, "2021-09-13").registered("2021-09-13").answered("2021-09-20")
    assert [one.partition("：")[0] for one in gaps(story.case)] == [
        "没有申请书原件的扫描件", "没有送达凭据的扫描件",
    ]  # fmt: skip
    assert gaps(answered(people).case) == []
    assert papers.file_name("a/b:c?.pdf", "application/pdf") == "a_b_c_.pdf"
    assert papers.file_name(" .. ", "image/png") == "材料.png"


def test_every_kind_of_paper_has_its_place_in_the_pack() -> None:
    assert set(CaseFile.Purpose.values) == set(PAPERS)
