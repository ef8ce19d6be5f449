"""Taking the evidence pack (生成证据包): with a reason, on record; the same record gives the same bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.casework.dossier import ledger_extract, of_case
from gongkai.casework.dossier.pieces import MOST_BYTES, PROGRAM, entries, zipped
from gongkai.casework.keeping import keep_letters
from gongkai.casework.models import Case, CaseFile, Letter
from gongkai.casework.queries import view
from gongkai.casework.readers import may_read
from gongkai.crossings.evidence.catalogue import catalogue
from gongkai.foundation import ledger
from gongkai.foundation.actors import Actor, NotAllowed
from gongkai.foundation.clock import legal_day
from gongkai.foundation.letters import to_docx, to_pdf
from gongkai.foundation.locks import write_transaction
from gongkai.rules.roles import Permission

TAKEN = "case.evidence_taken"


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
    issued = Letter.objects.filter(case=case, voided_seq=None, code__startswith="reply-").exists()
    if not issued and CaseFile.Purpose.LETTER not in kept and case.state in ("sent", "served", "archived"):
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
    # What a crash left unmade is made first: a court sees every letter.
    keep_letters(case, now=now)
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
    held = of_case.held(found, by, day)
    if held.size > MOST_BYTES:
        cure = "把大的材料另外刻盘提交，或者先压缩扫描件再放进案卷。"
        raise EvidenceRefused("", f"材料共 {held.size // 1024**2} MB，超过 200 MB，不能打成一个包。{cure}")
    pieces = list(entries(held, day))
    index = catalogue(found, pieces, day)
    files = {"00 证据目录.pdf": to_pdf(index), "00 证据目录.docx": to_docx(index)}
    files |= {one.path: one.content for one in pieces}
    files[PROGRAM] = ledger_extract.PROGRAM.encode()
    content = zipped(files, day)
    digest = hashlib.sha256(content).hexdigest()
    return Pack(f"证据包 {case.number}.zip", content, digest, len(pieces))
