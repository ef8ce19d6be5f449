"""Papers of one, and its letter as a draft (材料、告知书草稿)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from gongkai.casework.file_checks import MOST_BYTES
from gongkai.casework.files import name_token
from gongkai.casework.models import SideFile
from gongkai.casework.readers import works_on
from gongkai.casework.refusals import CaseworkRefused
from gongkai.casework.side import files as papers
from gongkai.casework.side.letters import drafted
from gongkai.foundation.files import FileMissing
from gongkai.foundation.models import Organ
from gongkai.foundation.personal import Unreadable
from gongkai.web.clock import moment, today
from gongkai.web.desk.access import refused
from gongkai.web.desk.case_file_views import TAKEN
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed
from gongkai.web.desk.record_forms import clean_name
from gongkai.web.desk.side_views import found_or_404, head

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def letter(request: Any, organ: Organ, number: str, ending: str) -> HttpResponse:
    """The letter as it stands, to look at before it leaves: PDF, or DOCX to edit elsewhere."""
    found = found_or_404(request, organ, number)
    if ending not in ("pdf", "docx"):
        raise Http404
    if not works_on(request.actor, found.side):
        return refused(request, "case.handle")
    draft = drafted(found.side, found.life, found.texts, dated=today(request))
    if draft is None:
        said(request, "还没有作出决定，没有告知书。")
        return redirect("desk:side", organ.code, number)
    from gongkai.foundation.letters import to_docx, to_pdf

    content = to_pdf(draft.document) if ending == "pdf" else to_docx(draft.document)
    answer = HttpResponse(content, content_type="application/pdf" if ending == "pdf" else _DOCX)
    name = f"{draft.document.title}（草稿）{found.side.number}.{ending}"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


def add(request: Any, organ: Organ, number: str) -> HttpResponse:
    """Put one paper in."""
    found = found_or_404(request, organ, number)
    if not any(request.actor.may(permission, organ) for permission in ("case.handle", "case.enter")):
        return refused(request, "case.handle")
    context: dict[str, Any] = {
        **head(found, organ),
        "purposes": [c for c in SideFile.Purpose.choices if c[0] != SideFile.Purpose.LETTER],
        "purpose": request.POST.get("purpose", ""),
        "taken": TAKEN,
        "megabytes": MOST_BYTES // 1024 // 1024,
    }
    if request.method == "GET" or resumed(request):
        return page(request, "desk/side_file.html", context)
    upload = request.FILES.get("file")
    wrong = _wrong(upload, context["purpose"])
    if not wrong:
        name, by = clean_name(upload.name), request.actor
        try:
            papers.add_file(
                found.side, upload.read(), name=name, purpose=context["purpose"], by=by, now=moment(request)
            )
        except CaseworkRefused as error:
            wrong = [(f.column or "file", f.message) for f in error.findings]
    if wrong:
        context |= {"findings": [(f"#f-{c}", m) for c, m in wrong], "errors": dict(wrong)}
        return page(request, "desk/side_file.html", context, status=422)
    said(request, f"“{clean_name(upload.name)}”已放进去，加密保存。")
    return redirect("desk:side", organ.code, number)


def _wrong(upload: Any, purpose: str) -> list[tuple[str, str]]:
    found = []
    if purpose not in SideFile.Purpose.values:
        found.append(("purpose", "没有选是什么材料；从列出的几种里选。"))
    if upload is None:
        found.append(("file", "没有选文件；选一份再放。"))
    elif (upload.size or 0) > MOST_BYTES:
        found.append(("file", f"超过 {MOST_BYTES // 1024 // 1024} MB；压缩图片或者分成几份再放。"))
    return found


def download(request: Any, organ: Organ, number: str, place: int) -> HttpResponse:
    """A paper as a download."""
    found = found_or_404(request, organ, number)
    if not works_on(request.actor, found.side):
        return refused(request, "case.handle")
    try:
        content = papers.read_file(request.actor, found.side, place)
    except (FileMissing, Unreadable) as missing:
        return page(request, "desk/refused.html", {"message": str(missing)}, status=503)
    if content is None:
        raise Http404
    name = found.texts.get(name_token(place), "材料")
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
