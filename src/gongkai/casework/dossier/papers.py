"""The pieces that are kept as files (案卷里的材料和文书), and everything that a file holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.casework.files import name_token, opens_at
from gongkai.casework.models import CaseFile, Dossier, SideFile
from gongkai.foundation import files, personal
from gongkai.foundation.clock import legal_day
from gongkai.rules.documents import OfficialDocument

_ENDINGS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A piece written from the record (由案卷生成的). ``proves``: what it is to prove in court, "" outside of it."""

    part: str
    document: OfficialDocument
    proves: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece kept as a file (一份材料). ``part``: a code of ``rules.remedies.evidence.PARTS``; ``load``: its bytes."""

    part: str
    name: str
    day: date | None
    size: int
    load: Callable[[], bytes]
    proves: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """What a file holds (案卷所有的): of which one, what the record writes, then papers and letters as kept."""

    of: Dossier
    sheets: tuple[Sheet, ...]
    papers: tuple[Piece, ...]

    @property
    def size(self) -> int:
        """How many bytes papers and letters have together, before any of them is opened."""
        return sum(one.size for one in self.papers)


def piece(
    of: Dossier, paper: CaseFile | SideFile, texts: Mapping[str, str], *, part: str, proves: str = ""
) -> Piece:
    """A paper under the name it came with; once that is erased, under what it is."""
    written = texts.get(name_token(paper.place), str(paper.get_purpose_display()))
    digest, place = paper.file.digest, opens_at(of)

    def load() -> bytes:
        return personal.open_bytes(files.read(digest), place=place)

    name, day = file_name(written, paper.media_type), legal_day(paper.added_at)
    return Piece(part, name, day, paper.size, load, proves)


def file_name(written: str, media_type: str) -> str:
    """A name that every system unpacks (文件名): no folders, no signs a system refuses, the true ending."""
    plain = "".join("_" if c in '\\/:*?"<>|' else c for c in written if c.isprintable()).strip(" .") or "材料"
    ending = _ENDINGS.get(media_type, "")
    if ending and not plain.lower().endswith(f".{ending}"):
        plain = f"{plain}.{ending}"
    return plain[-100:]
