"""Every piece of a case in order (案卷的各件): what the record writes, then the papers and letters as kept."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.casework.dossier import ledger_extract, sheets
from gongkai.casework.dossier.papers import Piece, kept_of, letters_of
from gongkai.casework.queries import View
from gongkai.foundation.actors import Actor
from gongkai.foundation.letters import to_pdf
from gongkai.foundation.models import LedgerEvent
from gongkai.rules.documents import OfficialDocument
from gongkai.rules.remedies.evidence import PARTS

SUMS = "SHA256SUMS"
PROGRAM = f"{PARTS['ledger'].folder}/{ledger_extract.SCRIPT}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece (一件): where it lies in the pack, its bytes, what it proves."""

    part: str
    path: str
    content: bytes
    proves: str
    day: date | None

    @property
    def name(self) -> str:
        """Its name without folder and ending."""
        return self.path.rpartition("/")[2].rpartition(".")[0]

    @property
    def sheets(self) -> int:
        """How many pages it has (页数); 0 where that cannot be told."""
        if self.path.endswith(".pdf"):
            return _pdf_pages(self.content)
        return 1 if self.path.endswith((".jpg", ".png")) else 0


def _pdf_pages(content: bytes) -> int:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as made:
            return len(made.pages)
    except pikepdf.PdfError:
        # A paper is kept as it came; one that no reader opens still goes along.
        return 0


def entries(found: View, reader: Actor, day: date) -> Iterator[Entry]:
    """Every piece in the order of the parts; within one what the record says first, then the papers."""
    case = found.case
    papers = [*kept_of(reader, case, found.texts), *letters_of(reader, case, found.texts)]
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


def zipped(files: Mapping[str, bytes], day: date) -> bytes:
    """The files with their sums as a zip whose bytes depend on nothing else."""
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in files.items())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, content in {**files, SUMS: sums.encode()}.items():
            info = zipfile.ZipInfo(path, (day.year, day.month, day.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            packed.writestr(info, content)
    return out.getvalue()
