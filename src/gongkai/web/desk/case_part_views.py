"""Material of another organ's part becomes information asked for (协办材料作为所申请的信息)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from gongkai.casework import part_papers
from gongkai.casework.files import name_token
from gongkai.casework.models import CaseFile
from gongkai.casework.redaction_drafts import TAKEN
from gongkai.casework.refusals import CaseworkRefused
from gongkai.foundation.files import FileMissing
from gongkai.foundation.models import Organ
from gongkai.foundation.personal import Unreadable
from gongkai.web.clock import moment
from gongkai.web.desk.access import refused
from gongkai.web.desk.case_views import found_or_404, head
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed

_WAYS = {
    "as-is": ("原样给申请人", "答复送达以后申请人能取，文件名印在答复书的附件里"),
    "redact": ("先涂黑，再给申请人", "放进案卷以后，在“材料”里点“涂黑后提供”；没有涂黑以前，申请人取不到"),
}


def take_over_page(request: Any, organ: Organ, number: str, place: int) -> HttpResponse:
    """Before a part's material becomes information asked for: as it is, or to be blackened; by POST the act."""
    found = found_or_404(request, organ, number)
    if not request.actor.may("case.handle", organ):
        return refused(request, "case.handle")
    paper = part_papers.paper_of_part(request.actor, found.case, place)
    if paper is None or paper.part is None:
        raise Http404
    way, wrong = request.POST.get("way", ""), ""
    ways = {code: one for code, one in _WAYS.items() if code != "redact" or paper.media_type in TAKEN}
    if request.method == "POST" and not resumed(request):
        wrong = _take_over(request, paper, way) if way in ways else "没有选怎样提供；选一项。"
        if not wrong:
            said(request, f"已作为所申请的信息放进案卷，{_WAYS[way][0]}。")
            return redirect("desk:case", organ.code, number)
    context = {
        **head(found, organ),
        "paper": paper,
        "name": found.texts.get(name_token(place), "材料"),
        "asked": found.life.parts[paper.part].organ,
        "field": {
            "code": "way", "label": "怎样提供", "kind": "radio", "value": way, "error": wrong,
            "described": "error-way" if wrong else "",
            "options": [(code, label, hint) for code, (label, hint) in ways.items()],
        },
        "findings": [("#f-way", wrong)] if wrong else [],
        "redactable": "redact" in ways,
    }  # fmt: skip
    return page(request, "desk/case_file_use.html", context, status=422 if wrong else 200)


def _take_over(request: Any, paper: CaseFile, way: str) -> str:
    """Do it; what keeps it from being done, "" where nothing does."""
    try:
        part_papers.take_over(paper, to_applicant=way == "as-is", by=request.actor, now=moment(request))
    except (CaseworkRefused, FileMissing, Unreadable) as error:
        return str(error)
    return ""
