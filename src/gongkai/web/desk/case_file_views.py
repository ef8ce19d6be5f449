"""The papers of a case (案卷材料): added, and handed out to who may read the case."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from gongkai.casework import files as papers
from gongkai.casework.file_checks import MOST_BYTES
from gongkai.casework.queries import View
from gongkai.casework.refusals import CaseworkRefused
from gongkai.foundation.files import FileMissing
from gongkai.foundation.models import Organ
from gongkai.foundation.personal import Unreadable
from gongkai.web.clock import moment
from gongkai.web.desk.access import refused
from gongkai.web.desk.case_views import found_or_404, head, works_on
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed
from gongkai.web.desk.record_forms import clean_name

TAKEN = ".pdf,.ofd,.jpg,.jpeg,.png,.docx,.xlsx"


def add(request: Any, organ: Organ, number: str) -> HttpResponse:
    """Put one paper into the case."""
    found = found_or_404(request, organ, number)
    if not any(request.actor.may(permission, organ) for permission in ("case.handle", "case.enter")):
        return refused(request, "case.handle")
    context: dict[str, Any] = {
        **head(found, organ),
        "purposes": papers.PURPOSES,
        "purpose": request.POST.get("purpose", ""),
        "to_applicant": bool(request.POST.get("to_applicant")),
        "taken": TAKEN,
        "megabytes": MOST_BYTES // 1024 // 1024,
    }
    if request.method == "GET" or resumed(request):
        return page(request, "desk/case_file.html", context)
    upload = request.FILES.get("file")
    wrong = _wrong(upload, context["purpose"])
    if not wrong and _added_already(request, found, upload):
        said(request, f"“{clean_name(upload.name)}”刚才已经放进案卷，没有再放一份。")
        return redirect("desk:case", organ.code, number)
    if not wrong:
        try:
            papers.add_file(
                found.case, upload.read(), name=clean_name(upload.name), purpose=context["purpose"],
                by=request.actor, now=moment(request), to_applicant=context["to_applicant"],
            )  # fmt: skip
        except CaseworkRefused as error:
            wrong = [(f.column or "file", f.message) for f in error.findings]
    if wrong:
        context |= {"findings": [(f"#f-{c}", m) for c, m in wrong], "errors": dict(wrong)}
        return page(request, "desk/case_file.html", context, status=422)
    said(request, f"“{clean_name(upload.name)}”已放进案卷，加密保存。")
    return redirect("desk:case", organ.code, number)


def _wrong(upload: Any, purpose: str) -> list[tuple[str, str]]:
    found = []
    if purpose not in dict(papers.PURPOSES):
        found.append(("purpose", "没有选是什么材料；从列出的几种里选。"))
    if upload is None:
        found.append(("file", "没有选文件；选一份再放。"))
    elif (upload.size or 0) > MOST_BYTES:
        # Told before a byte of it is read.
        name = clean_name(upload.name)
        cure = "压缩图片或者分成几份再放。"
        found.append(("file", f"“{name}”超过 {MOST_BYTES // 1024 // 1024} MB；{cure}"))
    return found


def _added_already(request: Any, found: View, upload: Any) -> bool:
    """Whether this very file was just put in from the same page (重复点击)."""
    case = found.case
    if request.POST.get("seq", "") == str(case.latest_seq):
        return False
    last = case.papers.order_by("-place").first()
    if last is None or last.added_by != request.actor.ref or last.seq != case.latest_seq:
        return False
    name = found.texts.get(papers.name_token(last.place), "")
    return bool((last.size, name) == (upload.size, clean_name(upload.name)))


def download(request: Any, organ: Organ, number: str, place: int) -> HttpResponse:
    """A paper as a download; who opens an identity paper presses a button for it, and stands on record."""
    found = found_or_404(request, organ, number)
    if not works_on(request, organ):
        return refused(request, "case.handle")
    paper = next((one for one in papers.papers_of(request.actor, found.case) if one.place == place), None)
    if paper is None:
        raise Http404
    if paper.purpose in papers.ON_RECORD and request.method != "POST":
        return page(request, "desk/case_paper.html", {**head(found, organ), "paper": paper})
    try:
        content = papers.read_file(request.actor, found.case, place, now=moment(request))
    except (FileMissing, Unreadable) as missing:
        return page(request, "desk/refused.html", {"message": str(missing)}, status=503)
    return handed_out(found.texts.get(papers.name_token(place), "材料"), content or b"")


def handed_out(name: str, content: bytes) -> HttpResponse:
    """A paper as a download that no browser opens in its place."""
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
