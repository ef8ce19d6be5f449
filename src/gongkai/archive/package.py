"""The package of an archived file (归档包): form, correspondence, reply, events and hashes, by a fixed layout."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from gongkai.archive.models import ArchivePackage
from gongkai.archive.refusals import refused
from gongkai.archive.shelf import kept_of
from gongkai.casework.dossier import ledger_extract, of_case, of_side
from gongkai.casework.dossier.papers import Held
from gongkai.casework.dossier.pieces import MOST_BYTES, PROGRAM, Entry, entries, zipped
from gongkai.casework.keeping import keep_letters
from gongkai.casework.models import Case, Dossier
from gongkai.casework.queries import view
from gongkai.casework.readers import may_read
from gongkai.casework.side.queries import view as side_view
from gongkai.foundation import files, ledger, organs, personal
from gongkai.foundation.actors import Actor, require
from gongkai.foundation.clock import legal_day
from gongkai.foundation.letters import to_docx, to_pdf
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import LedgerEvent
from gongkai.rules.documents import OfficialDocument
from gongkai.rules.requests.letter_compose import compose
from gongkai.rules.roles import Permission

PACKED, OPENED = "archive.packed", "archive.package_opened"
_INDEX = "00 卷内文件目录"
_REASON = 200


def package_of(reader: Actor, dossier: Dossier) -> ArchivePackage | None:
    """The package of the file as it was last archived, if there is one and the reader may read the file.

    One that was made before the person was erased is nobody's any more: it would tell what is gone.
    """
    if not may_read(reader, dossier):
        return None
    found = dossier.packages.select_related("file").order_by("-seq").first()
    if found is None or found.file.destroyed_seq is not None:
        return None
    erased = LedgerEvent.objects.filter(subject=dossier.ref, kind=ledger.ERASED, seq__gt=found.seq)
    return None if erased.exists() else found


def pack(dossier: Dossier, *, by: Actor, now: datetime) -> ArchivePackage:
    """Make the package of an archived file (生成归档包), once for each time it was archived; sealed, on record.

    Raises ArchiveRefused, NotAllowed, files.FileMissing, personal.Unreadable.
    """
    require(by, Permission.CASE_HANDLE, dossier.organ, "生成归档包")
    if dossier.state != "archived":
        raise refused("", "还没有归档；归档以后生成。")
    if any(one.destroyed for one in kept_of([dossier])):
        raise refused("", "这个案卷已经期满销毁，不能再生成归档包。")
    made = package_of(by, dossier)
    if made is not None and made.dossier_seq == dossier.latest_seq:
        return made
    content = _packed(_held(dossier, by, now), legal_day(now))
    stored = files.keep(
        personal.seal_bytes(content, place=opens_at(dossier)),
        name=f"{dossier.number} 归档包",
        media_type="application/octet-stream",
    )
    with write_transaction():
        package = ArchivePackage.objects.create(
            case=dossier if isinstance(dossier, Case) else None,
            side=None if isinstance(dossier, Case) else dossier,
            file=stored,
            content_digest=hashlib.sha256(content).hexdigest(),
            size=len(content),
            made_at=now,
            dossier_seq=dossier.latest_seq,
            seq=ledger.next_seq(),
        )
        ledger.append(
            PACKED,
            subject=f"package:{package.pk}",
            actor=by.ref,
            now=now,
            organ_code=dossier.organ.code,
            payload={
                **_of(dossier),
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
    dossier = package.dossier
    require(by, Permission.CASE_HANDLE, dossier.organ, "取出归档包")
    words = " ".join(reason.split())
    if not words or len(words) > _REASON:
        raise refused("reason", f"写明取出的用途，最多 {_REASON} 个字，例如“移交区档案馆”。")
    content = personal.open_bytes(files.read(package.file.digest), place=opens_at(dossier))
    with write_transaction():
        ledger.append(
            OPENED,
            subject=f"package:{package.pk}",
            actor=by.ref,
            now=now,
            organ_code=dossier.organ.code,
            payload=_of(dossier),
            # What it is taken for may name a person.
            personal={"reason": words},
        )
    return content


def opens_at(dossier: Dossier) -> str:
    """The only place where the package of a file opens."""
    return f"{dossier.ref} package"


def _of(dossier: Dossier) -> dict[str, str]:
    """How an event names the file of a package."""
    return {"case" if isinstance(dossier, Case) else "side": dossier.ref}


def _held(dossier: Dossier, by: Actor, now: datetime) -> Held:
    """What goes into the package. Raises ArchiveRefused where it is too much for one."""
    day = legal_day(now)
    if isinstance(dossier, Case):
        # What a crash left unmade is made first.
        keep_letters(dossier, now=now)
        held = of_case.held(view(dossier, day), by, day)
    else:
        held = of_side.held(side_view(dossier, day), by, day)
    if held.size > MOST_BYTES:
        size = f"材料共 {held.size // 1024**2} MB，超过 200 MB"
        raise refused("", f"{size}，不能打成一个包；大的材料另外刻盘归档。")
    return held


def _packed(held: Held, day: date) -> bytes:
    pieces = list(entries(held, day))
    index = _index(held.of, pieces, day)
    whole = {f"{_INDEX}.pdf": to_pdf(index), f"{_INDEX}.docx": to_docx(index)}
    whole |= {one.path: one.content for one in pieces}
    whole[PROGRAM] = ledger_extract.PROGRAM.encode()
    return zipped(whole, day)


def _index(dossier: Dossier, pieces: list[Entry], day: date) -> OfficialDocument:
    """The list of what is in the file (卷内文件目录), each with its fingerprint."""
    organ = organs.current_name(dossier.organ)
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
    (kept,) = kept_of([dossier])
    details = {"case_number": dossier.number, "retention": f"{kept.term.years} 年，到 {kept.kept_until}"}
    return compose("archive-index", {}, organ=organ, dated=day, rows=rows, details=details)
