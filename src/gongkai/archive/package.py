"""The package of an archived request (归档包): form, correspondence, reply, events and hashes, by a fixed layout."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from gongkai.archive.models import ArchivePackage
from gongkai.archive.refusals import refused
from gongkai.archive.shelf import kept_of
from gongkai.casework.dossier import ledger_extract
from gongkai.casework.dossier.papers import total_size
from gongkai.casework.dossier.pieces import PROGRAM, Entry, entries, zipped
from gongkai.casework.keeping import keep_letters
from gongkai.casework.models import Case
from gongkai.casework.queries import View, view
from gongkai.casework.readers import may_read
from gongkai.foundation import files, ledger, organs, personal
from gongkai.foundation.actors import Actor, require
from gongkai.foundation.clock import legal_day
from gongkai.foundation.letters import to_docx, to_pdf
from gongkai.foundation.locks import write_transaction
from gongkai.rules.documents import OfficialDocument
from gongkai.rules.requests.letter_compose import compose
from gongkai.rules.roles import Permission

PACKED, OPENED = "archive.packed", "archive.package_opened"
MOST_BYTES = 200 * 1024 * 1024
_INDEX = "00 卷内文件目录"
_REASON = 200


def package_of(reader: Actor, case: Case) -> ArchivePackage | None:
    """The package of the case as it was last archived, if there is one and the reader may read the case."""
    if not may_read(reader, case):
        return None
    found = case.packages.select_related("file").order_by("-seq").first()
    return found if found is not None and found.file.destroyed_seq is None else None


def pack(case: Case, *, by: Actor, now: datetime) -> ArchivePackage:
    """Make the package of an archived request (生成归档包), once for each time it was archived; sealed, on record.

    Raises ArchiveRefused, NotAllowed, files.FileMissing, personal.Unreadable.
    """
    require(by, Permission.CASE_HANDLE, case.organ, "生成归档包")
    if case.state != "archived":
        raise refused("", "还没有归档；归档以后生成。")
    if any(one.destroyed for one in kept_of([case])):
        raise refused("", "这个案卷已经期满销毁，不能再生成归档包。")
    made = package_of(by, case)
    if made is not None and made.case_seq == case.latest_seq:
        return made
    size = total_size(case)
    if size > MOST_BYTES:
        raise refused(
            "", f"材料共 {size // 1024 // 1024} MB，超过 200 MB，不能打成一个包；大的材料另外刻盘归档。"
        )
    keep_letters(case, now=now)
    content = _packed(view(case, legal_day(now)), by, legal_day(now))
    stored = files.keep(
        personal.seal_bytes(content, place=opens_at(case)),
        name=f"{case.number} 归档包",
        media_type="application/octet-stream",
    )
    with write_transaction():
        seq = ledger.next_seq()
        package = ArchivePackage.objects.create(
            case=case,
            file=stored,
            content_digest=hashlib.sha256(content).hexdigest(),
            size=len(content),
            made_at=now,
            case_seq=case.latest_seq,
            seq=seq,
        )
        ledger.append(
            PACKED,
            subject=f"package:{package.pk}",
            actor=by.ref,
            now=now,
            organ_code=case.organ.code,
            payload={
                "case": case.ref,
                "file": stored.digest,
                "content": package.content_digest,
                "size": package.size,
            },
        )
    return package


def take(package: ArchivePackage, *, reason: str, by: Actor, now: datetime) -> bytes:
    """The package to hand over to the archives (取出归档包); who took it and why goes to the ledger.

    Raises ArchiveRefused, NotAllowed, files.FileMissing, personal.Unreadable.
    """
    case = package.case
    require(by, Permission.CASE_HANDLE, case.organ, "取出归档包")
    words = " ".join(reason.split())
    if not words or len(words) > _REASON:
        raise refused("reason", f"写明取出的用途，最多 {_REASON} 个字，例如“移交区档案馆”。")
    content = personal.open_bytes(files.read(package.file.digest), place=opens_at(case))
    with write_transaction():
        ledger.append(
            OPENED,
            subject=f"package:{package.pk}",
            actor=by.ref,
            now=now,
            organ_code=case.organ.code,
            payload={"case": case.ref},
            # What it is taken for may name a person.
            personal={"reason": words},
        )
    return content


def opens_at(case: Case) -> str:
    """The only place where the package of a case opens."""
    return f"{case.ref} package"


def _packed(found: View, by: Actor, day: date) -> bytes:
    pieces = list(entries(found, by, day))
    index = _index(found, pieces, day)
    whole = {f"{_INDEX}.pdf": to_pdf(index), f"{_INDEX}.docx": to_docx(index)}
    whole |= {one.path: one.content for one in pieces}
    whole[PROGRAM] = ledger_extract.PROGRAM.encode()
    return zipped(whole, day)


def _index(found: View, pieces: list[Entry], day: date) -> OfficialDocument:
    """The list of what is in the file (卷内文件目录), each with its fingerprint."""
    case = found.case
    organ = organs.current_name(case.organ)
    rows = [
        (
            organ,
            "",
            one.name,
            one.day.isoformat() if one.day else "",
            str(one.sheets or ""),
            hashlib.sha256(one.content).hexdigest(),
        )
        for one in pieces
    ]
    (kept,) = kept_of([case])
    details = {"case_number": case.number, "retention": f"{kept.term.years} 年，到 {kept.kept_until}"}
    return compose("archive-index", {}, organ=organ, dated=day, rows=rows, details=details)
