"""The draft of a redaction (涂黑的草稿): kept between visits, sealed; two people at once lose nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from gongkai.casework.models import Case, CaseFile, Redaction, RedactionDraft
from gongkai.casework.readers import is_applicant
from gongkai.casework.redaction_boxes import Boxes, boxes_from_json, check_drawn, tidy
from gongkai.casework.refusals import CaseworkRefused, refused
from gongkai.foundation import personal
from gongkai.foundation.actors import Actor, require
from gongkai.foundation.kinds import Finding
from gongkai.foundation.locks import write_transaction
from gongkai.rules.roles import Permission

TAKEN = ("application/pdf", "image/png", "image/jpeg")
WHAT = "涂黑后提供"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as somebody opens it; version 0: nothing was saved yet."""

    boxes: Boxes
    version: int = 0
    saved_by: str = ""
    saved_at: datetime | None = None


class DraftChanged(CaseworkRefused):
    """Somebody else saved meanwhile; ``both`` holds the boxes of both, ``theirs`` what was saved."""

    def __init__(self, theirs: Draft, both: Boxes) -> None:
        super().__init__(
            Finding("boxes", "打开以后，别人保存过这份草稿。两边的框都在这里，核对以后再保存，多余的删去。")
        )
        self.theirs, self.both = theirs, both


def source_of(case: Case, place: int, by: Actor) -> CaseFile:
    """The paper to be redacted, if it may be. Raises CaseworkRefused, NotAllowed."""
    require(by, Permission.CASE_HANDLE, case.organ, WHAT)
    paper = case.papers.select_related("file", "case").filter(place=place).first()
    if paper is None:
        raise refused("", f"没有第 {place} 份材料；回到案卷再选。")
    if case.voided_seq is not None:
        raise refused("", "这件是误登记的，已经撤销登记，不能再办。")
    why_not = why_not_redactable(paper)
    if why_not:
        raise refused("", why_not)
    return paper


def why_not_redactable(paper: CaseFile) -> str:
    """Why a paper cannot be redacted and given; "" where it can."""
    if paper.purpose != CaseFile.Purpose.INFORMATION:
        return "只有“所申请的信息”可以涂黑后提供；种类放错的，按“所申请的信息”另放一份。"
    if paper.media_type not in TAKEN:
        return "只能涂黑 PDF、PNG、JPG；其他的先转成 PDF，按“所申请的信息”另放一份。"
    if paper.to_applicant or is_applicant_paper(paper):
        return "这份材料申请人已经可以取走，再涂黑没有意义。"
    return ""


def is_applicant_paper(paper: CaseFile) -> bool:
    """Whether the applicant handed it in."""
    return is_applicant(Actor(ref=paper.added_by, name="", public=True), paper.case)


def draft_of(paper: CaseFile) -> Draft:
    """The draft of a paper, after its reader was checked; where there is none, the boxes last issued."""
    row = RedactionDraft.objects.filter(source=paper).first()
    if row is not None:
        boxes = boxes_from_json(personal.open_sealed(row.sealed, place=row.at))
        return Draft(boxes, row.version, row.saved_by, row.saved_at)
    last = Redaction.objects.filter(source=paper).exclude(sealed="").order_by("-place").first()
    return Draft(opened_boxes(last)) if last is not None else Draft(Boxes())


def opened_boxes(redaction: Redaction) -> Boxes:
    """The boxes of an issued file, after the reader was checked; none where the person was erased."""
    if not redaction.sealed:
        return Boxes()
    return boxes_from_json(personal.open_sealed(redaction.sealed, place=redaction.at))


def save_draft(case: Case, place: int, boxes: Boxes, *, by: Actor, now: datetime, based_on: int) -> Draft:
    """Keep the boxes as drawn so far (存草稿). ``based_on``: the version the person had before them.

    Raises CaseworkRefused (DraftChanged with the boxes of both where somebody saved meanwhile), NotAllowed.
    """
    boxes = tidy(boxes)
    check_drawn(boxes)
    with write_transaction():
        case = Case.objects.select_related("organ").get(pk=case.pk)
        paper = source_of(case, place, by)
        kept = draft_of(paper)
        if kept.version != based_on and kept.boxes != boxes:
            raise DraftChanged(kept, _both(kept.boxes, boxes))
        if kept.version and kept.boxes == boxes:
            return kept
        row = RedactionDraft.objects.filter(source=paper).first() or RedactionDraft(source=paper)
        row.sealed = personal.seal(boxes.to_json(), place=row.at)
        row.version, row.saved_by, row.saved_at = kept.version + 1, by.ref, now
        row.save()
    return Draft(boxes, row.version, by.ref, now)


def _both(theirs: Boxes, ours: Boxes) -> Boxes:
    """The boxes of two people: what one of them would hide stays hidden; one place has one box, ours."""
    mine = {replace(one, ground="", note="") for one in ours.boxes}
    added = tuple(one for one in theirs.boxes if replace(one, ground="", note="") not in mine)
    # A word that only one of them accepted is looked at again.
    accepted = tuple(one for one in ours.accepted if one in theirs.accepted)
    return tidy(Boxes((*ours.boxes, *added), (*theirs.also, *ours.also), accepted))
