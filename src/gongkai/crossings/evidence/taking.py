"""Taking the evidence pack (生成证据包): with a reason, on record; the same record gives the same bytes."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.casework.models import Case, CaseFile
from gongkai.casework.queries import View, view
from gongkai.casework.readers import may_read
from gongkai.crossings.evidence import ledger_extract, sheets
from gongkai.crossings.evidence.catalogue import Entry, catalogue
from gongkai.crossings.evidence.papers import Piece, kept_of, letters_of, total_size
from gongkai.foundation import ledger
from gongkai.foundation.actors import Actor, NotAllowed
from gongkai.foundation.clock import legal_day
from gongkai.foundation.letters import to_docx, to_pdf
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import LedgerEvent
from gongkai.rules.documents import OfficialDocument
from gongkai.rules.remedies.evidence import PARTS
from gongkai.rules.roles import Permission

TAKEN = "case.evidence_taken"
MOST_BYTES = 200 * 1024 * 1024
_SUMS = "SHA256SUMS"


class EvidenceRefused(Exception):
    """No pack was made; ``column`` is the field it is about, the message names the cure."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True, slots=True)
class Pack:
    """The pack (证据包): its file name, its bytes, their SHA-256, and how many pieces are in it."""

    name: str
    content: bytes
    digest: str
    pieces: int


def may_take(actor: Actor, case: Case) -> bool:
    """Whether the pack is this person's to take: who handles the case, and the organ's legal reviewer."""
    works = any(actor.may(p, case.organ) for p in (Permission.CASE_HANDLE, Permission.REVIEW_LEGAL))
    return not actor.public and works and may_read(actor, case)


def gaps(case: Case) -> list[str]:
    """What a court would look for and the case does not hold (还缺的材料), each with the cure."""
    kept = set(case.papers.values_list("purpose", flat=True))
    found = []
    if CaseFile.Purpose.APPLICATION not in kept and case.channel != "online":
        found.append("没有申请书原件的扫描件：放进“材料”，选“申请书”。")
    if CaseFile.Purpose.LETTER not in kept and case.state in ("sent", "served", "archived"):
        found.append("没有文书的文件：把答复书等放进“材料”，选“文书”。")
    if CaseFile.Purpose.PROOF not in kept and case.state in ("served", "archived"):
        found.append("没有送达凭据的扫描件：回证、挂号信收据放进“材料”，选“送达凭据”。")
    return found


def take(case: Case, *, reason: str, by: Actor, now: datetime) -> Pack:
    """Make the pack (生成证据包); who took it, why, and its fingerprint go to the ledger.

    Raises NotAllowed, EvidenceRefused, files.FileMissing, personal.Unreadable.
    """
    if not may_take(by, case):
        raise NotAllowed("没有生成证据包的权限。由办理这件申请的人或者本机关的合法性审核人生成。")
    if not reason.strip():
        raise EvidenceRefused("reason", "写明用在哪个案件，例如“（2026）某行初1号，应诉”。记入底账。")
    if len(reason) > 200:
        raise EvidenceRefused("reason", "用途最多 200 个字，写短一些。")
    size = total_size(case)
    if size > MOST_BYTES:
        cure = "把大的材料另外刻盘提交，或者先压缩扫描件再放进案卷。"
        raise EvidenceRefused("", f"材料共 {size // 1024 // 1024} MB，超过 200 MB，不能打成一个包。{cure}")
    pack = _packed(case, by, legal_day(now))
    with write_transaction():
        ledger.append(
            TAKEN,
            subject=case.ref,
            actor=by.ref,
            now=now,
            organ_code=case.organ.code,
            payload={"sha256": pack.digest, "pieces": pack.pieces, "size": len(pack.content)},
            # What it is taken for may name a person.
            personal={"reason": reason.strip()},
        )
    return pack


def _packed(case: Case, by: Actor, day: date) -> Pack:
    found = view(case, day)
    entries = list(_entries(found, by, day))
    index = catalogue(found, entries, day)
    files = {"00 证据目录.pdf": to_pdf(index), "00 证据目录.docx": to_docx(index)}
    files |= {one.path: one.content for one in entries}
    files[f"{PARTS['ledger'].folder}/{ledger_extract.SCRIPT}"] = ledger_extract.PROGRAM.encode()
    content = _zipped(files, day)
    digest = hashlib.sha256(content).hexdigest()
    return Pack(f"证据包 {case.number}.zip", content, digest, len(entries))


def _entries(found: View, by: Actor, day: date) -> Iterator[Entry]:
    """Every piece in the order of the list; within a part what the record says first, then the papers."""
    case = found.case
    papers = [*kept_of(by, case, found.texts), *letters_of(by, case, found.texts)]
    own: dict[str, list[tuple[OfficialDocument, str]]] = {
        "application": [(sheets.application(found, day), "申请的内容、渠道和收到的日期")],
        "course": [(sheets.course(found, day), "各环节的时间、内容和经手岗位")],
        "clock": [(sheets.clock(found, day), "答复期限的起算、暂停、届满和实际答复的日期")],
    }
    for part in PARTS:
        number = 0
        for document, proves in own.get(part, []):
            number += 1
            yield Entry(part, _path(part, number, f"{document.title}.pdf"), to_pdf(document), proves, day)
        for piece in (one for one in papers if one.part == part):
            number += 1
            yield _kept(piece, number)
    yield from _ledger(found, day)


def _kept(piece: Piece, number: int) -> Entry:
    return Entry(piece.part, _path(piece.part, number, piece.name), piece.load(), piece.proves, piece.day)


def _ledger(found: View, day: date) -> Iterator[Entry]:
    case, folder = found.case, PARTS["ledger"].folder
    events = LedgerEvent.objects.filter(subject=case.ref).count()
    text = ledger_extract.extract(case).encode()
    yield Entry("ledger", f"{folder}/底账摘录.json", text, "每一环节记入时的内容和指纹", day)
    how = sheets.sheet(found, "evidence-verify", "验证说明", ledger_extract.explained(case, events), day)
    yield Entry("ledger", f"{folder}/验证说明.pdf", to_pdf(how), "怎样核对底账摘录没有改动", day)


def _path(part: str, number: int, name: str) -> str:
    return f"{PARTS[part].folder}/{number:02d} {name}"


def _zipped(files: dict[str, bytes], day: date) -> bytes:
    """The files with their sums as a zip whose bytes depend on nothing else."""
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in files.items())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, content in {**files, _SUMS: sums.encode()}.items():
            info = zipfile.ZipInfo(path, (day.year, day.month, day.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            packed.writestr(info, content)
    return out.getvalue()
