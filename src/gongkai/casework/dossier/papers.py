"""The pieces of the pack that are kept as files (案卷里的材料和文书)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from gongkai.casework import letters
from gongkai.casework.files import name_token, opens_at, papers_of
from gongkai.casework.keeping import kept_file
from gongkai.casework.models import Case, CaseFile, Letter
from gongkai.foundation import files, personal
from gongkai.foundation.actors import Actor
from gongkai.foundation.clock import legal_day
from gongkai.rules.remedies.evidence import place_of

_ENDINGS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence (一份证据). ``part``: a code of ``rules.remedies.evidence.PARTS``; ``load``: its bytes."""

    part: str
    name: str
    proves: str
    day: date | None
    load: Callable[[], bytes]


def kept_of(reader: Actor, case: Case, texts: dict[str, str]) -> list[Piece]:
    """Every paper of the case but its letters, in the order they came."""
    return [_piece(case, p, texts) for p in papers_of(reader, case) if p.purpose != CaseFile.Purpose.LETTER]


def letters_of(reader: Actor, case: Case, texts: dict[str, str]) -> list[Piece]:
    """Every letter as it left (文书), then what was put in as a scanned one; a voided letter left nobody's hands."""
    issued = [_letter(one) for one in letters.letters_of(reader, case) if one.gone and one.row.kept_seq]
    put_in = [p for p in papers_of(reader, case) if p.purpose == CaseFile.Purpose.LETTER]
    return issued + [_piece(case, paper, texts) for paper in put_in]


def _letter(one: letters.Listed) -> Piece:
    part, proves = place_of(CaseFile.Purpose.LETTER)
    name = file_name(f"{one.title} {one.number}".strip(), "application/pdf")
    return Piece(part.code, name, proves, one.row.dated, lambda: kept_file(one.row, "pdf"))


def total_size(case: Case) -> int:
    """How many bytes papers and letters of the case have together, before any of them is opened."""
    issued = Letter.objects.filter(case=case).values_list("pdf__size", flat=True)
    return sum(case.papers.values_list("size", flat=True)) + sum(size or 0 for size in issued)


def _piece(case: Case, paper: CaseFile, texts: dict[str, str]) -> Piece:
    part, proves = place_of(paper.purpose)
    written = texts.get(name_token(paper.place), str(paper.get_purpose_display()))
    digest, place = paper.file.digest, opens_at(case)

    def load() -> bytes:
        return personal.open_bytes(files.read(digest), place=place)

    return Piece(part.code, file_name(written, paper.media_type), proves, legal_day(paper.added_at), load)


def file_name(written: str, media_type: str) -> str:
    """A name that every system unpacks (文件名): no folders, no signs a system refuses, the true ending."""
    plain = "".join("_" if c in '\\/:*?"<>|' else c for c in written if c.isprintable()).strip(" .") or "材料"
    ending = _ENDINGS.get(media_type, "")
    if ending and not plain.lower().endswith(f".{ending}"):
        plain = f"{plain}.{ending}"
    return plain[-100:]
