"""Every piece of a file in order (案卷的各件): what the record writes, then the papers and letters as kept."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.casework.dossier import ledger_extract, sheets
from gongkai.casework.dossier.papers import Held
from gongkai.casework.models import Dossier
from gongkai.foundation.letters import to_pdf
from gongkai.foundation.models import LedgerEvent
from gongkai.rules.remedies.evidence import PARTS

SUMS = "SHA256SUMS"
# More than this is not put into one pack.
MOST_BYTES = 200 * 1024 * 1024
PROGRAM = f"{PARTS['ledger'].folder}/{ledger_extract.SCRIPT}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece (一件): where it lies in the pack, its bytes, what it proves in court."""

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


def entries(held: Held, day: date) -> Iterator[Entry]:
    """Every piece in the order of the parts; within one what the record says first, then the papers."""
    for part in PARTS:
        number = 0
        for one in (one for one in held.sheets if one.part == part):
            number += 1
            path = _path(part, number, f"{one.document.title}.pdf")
            yield Entry(part, path, to_pdf(one.document), one.proves, day)
        for kept in (kept for kept in held.papers if kept.part == part):
            number += 1
            yield Entry(part, _path(part, number, kept.name), kept.load(), kept.proves, kept.day)
    yield from _ledger(held.of, day)


def _ledger(of: Dossier, day: date) -> Iterator[Entry]:
    folder = PARTS["ledger"].folder
    events = LedgerEvent.objects.filter(subject=of.ref).count()
    text = ledger_extract.extract(of).encode()
    yield Entry("ledger", f"{folder}/底账摘录.json", text, "每一环节记入时的内容和指纹", day)
    how = sheets.sheet(of, "evidence-verify", "验证说明", ledger_extract.explained(of, events), day)
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
