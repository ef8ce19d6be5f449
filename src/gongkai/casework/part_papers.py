"""What another organ attaches to its part (协办材料): papers of the case that asked, with the part they come from.

The organ that works on the part sees what it attached itself, and nothing else of the case's papers.
"""

from __future__ import annotations

from datetime import datetime

from gongkai.casework.file_checks import media_type_of
from gongkai.casework.files import NewPaper, add_file, add_kept, keep_sealed, name_token, opened
from gongkai.casework.lives import life_of, texts_of, texts_of_many
from gongkai.casework.models import Case, CaseFile, CasePart
from gongkai.casework.readers import may_read
from gongkai.casework.refusals import refused
from gongkai.foundation.actors import Actor, require
from gongkai.foundation.locks import write_transaction
from gongkai.rules.roles import Permission

MOST_PER_PART = 20
_PART, _INFORMATION = CaseFile.Purpose.PART, CaseFile.Purpose.INFORMATION


def attach(part: CasePart, content: bytes, *, name: str, by: Actor, now: datetime) -> CaseFile:
    """Attach a paper to a part that waits (附协办材料); the same one twice is attached once.

    Raises CaseworkRefused for what it is not and for a part that waits no more, NotAllowed.
    """
    require(by, Permission.CASE_HANDLE, part.organ, "附协办材料")
    kind = media_type_of(content, name)
    alike = (one for one in attached(part) if one.size == len(content))
    known = next((one for one in alike if opened(one) == content), None)
    if known is not None:
        return known
    stored = keep_sealed(part.case, content)
    with write_transaction():
        case = Case.objects.select_related("organ").get(pk=part.case_id)
        if not CasePart.objects.filter(pk=part.pk).exists():
            raise refused("file", "这一部分已经有人回复，或者对方收回自办了，不用再附材料。")
        if len(attached(part)) >= MOST_PER_PART:
            raise refused("file", f"一份协办最多附 {MOST_PER_PART} 份材料；其余的合并成一个 PDF，或者另送。")
        number = number_of(part)
        return add_kept(case, stored, NewPaper(kind, len(content), name, _PART, by, now, False, number))


def number_of(part: CasePart) -> int:
    """The part's place in ``Life.parts``: its own counts from the beginning of the round in hand."""
    life = life_of(part.case)
    return len(life.parts) - len(life.round.parts) + part.place


def attached(part: CasePart) -> list[CaseFile]:
    """What the organ attached to this part (本单位附的材料)."""
    rows = part.case.papers.select_related("file", "case").filter(purpose=_PART, part=number_of(part))
    return list(rows)


def named(part: CasePart) -> list[tuple[CaseFile, str]]:
    """What the organ attached, each with its name."""
    papers = attached(part)
    texts = texts_of_many([part.case], *(name_token(one.place) for one in papers))[part.case_id]
    return [(one, texts.get(name_token(one.place), "材料")) for one in papers]


def read_attached(actor: Actor, part: CasePart, place: int) -> tuple[str, bytes] | None:
    """Name and bytes of a paper the organ attached itself; None for every other paper of the case.

    Raises NotAllowed, files.FileMissing, personal.Unreadable.
    """
    require(actor, Permission.CASE_HANDLE, part.organ, "打开协办材料")
    found = next(((paper, name) for paper, name in named(part) if paper.place == place), None)
    return (found[1], opened(found[0])) if found is not None else None


def paper_of_part(actor: Actor, case: Case, place: int) -> CaseFile | None:
    """A paper that came with a part, for who may read the case (协办机关送来的材料)."""
    if not may_read(actor, case):
        return None
    return case.papers.select_related("file", "case").filter(purpose=_PART, place=place).first()


def take_over(paper: CaseFile, *, to_applicant: bool, by: Actor, now: datetime) -> CaseFile:
    """Make a part's material information asked for (作为所申请的信息): a paper of its own, the material stays.

    ``to_applicant`` False: to be blackened first. Raises CaseworkRefused, NotAllowed, files.FileMissing.
    """
    case = paper.case
    require(by, Permission.CASE_HANDLE, case.organ, "作为所申请的信息")
    content = opened(paper)
    if case.voided_seq is not None:
        raise refused("", "这件是误登记的，已经撤销登记，不能再办。")
    name = texts_of(case).get(name_token(paper.place), "材料")
    with write_transaction():
        before = CaseFile.objects.filter(taken_from=paper).first()
        if before is not None:
            raise refused("", f"这份已经作为所申请的信息放进案卷，是第 {before.place} 份材料；不用再放。")
        return add_file(
            case, content, name=name, purpose=_INFORMATION, by=by, now=now, to_applicant=to_applicant,
            taken_from=paper,
        )  # fmt: skip
