"""The papers of a request in the form that hands it on (随转的材料): ticked at first, whoever hands it on chooses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.template.defaultfilters import filesizeformat

from gongkai.casework.forward_papers import HANDS_ON, MayGo, may_go
from gongkai.casework.given import ALONG, ALONG_LABEL
from gongkai.casework.models import CaseFile
from gongkai.casework.queries import View
from gongkai.foundation.kinds import Finding
from gongkai.rules.requests.act import Act
from gongkai.web.desk.case_forms import FormField

_HINT = (
    "申请人自己交的材料。选上的，本区的机关录入以后放进它的案卷；它录入以前只看得到种类和大小，不录入就什么也不留。"
    "转给本区以外的，选上的另行送去"
)
_UNSURE = "；不知道是不是申请人交的，核对以后再选"
_KINDS = {"application/pdf": "PDF", "image/png": "图片", "image/jpeg": "图片", "application/ofd": "OFD"}


@dataclass(frozen=True, slots=True)
class Seen:
    """A paper as it is listed before anybody reads it (没有打开的材料): kind and size; ``name`` "" where it is not told."""

    purpose: str
    about: str
    name: str = ""


def seen(paper: CaseFile, name: str = "") -> Seen:
    """One paper so listed."""
    kind = _KINDS.get(paper.media_type, "Office 文件")
    return Seen(paper.get_purpose_display(), f"{kind}，{filesizeformat(paper.size)}", name)


def along_fields(
    act: Act, found: View, posted: QueryDict | None, wrong: Sequence[Finding] = ()
) -> list[FormField]:
    """The list to tick from; none for any other act, and none where the request has no papers."""
    offered = may_go(found.case) if act.id == HANDS_ON else []
    if not offered:
        return []
    error = "".join(one.message for one in wrong if one.column == ALONG)
    ticked = None if posted is None else set(posted.getlist(ALONG))
    ticks = tuple(_tick(one, ticked) for one in offered)
    return [FormField(ALONG, ALONG_LABEL, "ticks", _HINT, False, error=error, ticks=ticks)]


def _tick(one: MayGo, ticked: set[str] | None) -> tuple[str, str, str, bool]:
    """One paper to tick: place, name, what it is, and whether it is ticked; None: nobody has seen the form yet."""
    place, listed = str(one.paper.place), seen(one.paper)
    about = f"第 {place} 份，{listed.purpose}，{listed.about}{'' if one.sure else _UNSURE}"
    return place, one.name, about, one.sure if ticked is None else place in ticked
