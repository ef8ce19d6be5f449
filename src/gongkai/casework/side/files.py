"""The papers of one (材料): checked by what they are, encrypted, and kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gongkai.casework.file_checks import media_type_of
from gongkai.casework.files import MOST_FILES, keep_sealed, name_token, opens_at
from gongkai.casework.lives import seal_texts
from gongkai.casework.models import SideFile, SideRequest
from gongkai.casework.readers import is_person, may_read
from gongkai.casework.refusals import refused
from gongkai.casework.side.proving import paper_values
from gongkai.foundation import files, ledger, personal
from gongkai.foundation.actors import Actor, NotAllowed
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import StoredFile
from gongkai.rules.side_requests.states import STATES

ADDED = "side.file_added"
_NAME = 200


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A paper about to be put in; its bytes are kept already."""

    stored: StoredFile
    name: str
    purpose: str
    media_type: str
    size: int
    to_person: bool = False


def kept(side: SideRequest, content: bytes, *, name: str, purpose: str, to_person: bool = False) -> NewPaper:
    """The bytes encrypted and on disk, before the row that refers to them. Raises CaseworkRefused."""
    media_type = media_type_of(content, name)
    return NewPaper(keep_sealed(side, content), name, purpose, media_type, len(content), to_person)


def add_file(
    side: SideRequest, content: bytes, *, name: str, purpose: str, by: Actor, now: datetime
) -> SideFile:
    """Put a paper in (加材料). Raises CaseworkRefused for what it is not, NotAllowed."""
    person = is_person(by, side)
    if not person and (
        by.public or not (by.may("case.handle", side.organ) or by.may("case.enter", side.organ))
    ):
        raise NotAllowed("没有加材料的权限。由办理这一件的人加。")
    if purpose not in SideFile.Purpose.values:
        raise refused(
            "purpose", f"材料种类从这些里选：{'、'.join(str(x) for x in SideFile.Purpose.labels)}。"
        )
    new = kept(side, content, name=name, purpose=purpose)
    with write_transaction():
        side = SideRequest.objects.select_related("organ").get(pk=side.pk)
        if side.voided_seq is not None:
            raise refused("file", "这件是误登记的，已经撤销登记，不能再加材料；放到另外登记的那一件。")
        if person and not STATES[side.state].open:
            raise refused("file", "这一件已经办结，不能再加材料；有新的情况，另外提出。")
        seq = ledger.next_seq()
        paper, texts = put(side, new, by=by, now=now, seq=seq)
        SideRequest.objects.filter(pk=side.pk).update(latest_seq=seq)
        ledger.append(
            ADDED, subject=side.ref, actor=by.ref, now=now, organ_code=side.organ.code,
            payload=paper_values(paper), personal=texts,
        )  # fmt: skip
    return paper


def put(
    side: SideRequest, new: NewPaper, *, by: Actor, now: datetime, seq: int
) -> tuple[SideFile, dict[str, str]]:
    """The row of a paper and the words it seals; inside an act's transaction."""
    number = side.papers.count() + 1
    if number > MOST_FILES:
        raise refused("file", f"一件最多放 {MOST_FILES} 份材料；合并后再加。")
    paper = SideFile.objects.create(
        side=side, place=number, purpose=new.purpose, file=new.stored, media_type=new.media_type, size=new.size,
        to_person=new.to_person, added_by=by.ref, added_at=now, seq=seq,
    )  # fmt: skip
    texts = {name_token(number): " ".join(new.name.split())[-_NAME:] or "材料"}
    seal_texts(side, texts)
    return paper, texts


def papers_of(actor: Actor, side: SideRequest) -> list[SideFile]:
    """The papers the reader may see: all for who reads it; their own and the letter for who filed it.

    What was destroyed past its term is nobody's any more.
    """
    rows = side.papers.filter(file__destroyed_seq=None).select_related("file")
    if is_person(actor, side):
        return [p for p in rows if p.to_person or p.added_by == actor.ref]
    return list(rows) if may_read(actor, side) else []


def read_file(actor: Actor, side: SideRequest, place: int) -> bytes | None:
    """A paper's bytes, if the reader may see it. Raises files.FileMissing, personal.Unreadable."""
    for paper in papers_of(actor, side):
        if paper.place == place:
            return personal.open_bytes(files.read(paper.file.digest), place=opens_at(side))
    return None
