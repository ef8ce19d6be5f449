"""The package of an archived request (归档包): made, and taken with a reason."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from gongkai.archive.package import pack, package_of, take
from gongkai.archive.refusals import ArchiveRefused
from gongkai.foundation.files import FileMissing
from gongkai.foundation.models import Organ
from gongkai.foundation.personal import Unreadable
from gongkai.web.clock import moment
from gongkai.web.desk.case_views import found_or_404, head
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed


def package(request: Any, organ: Organ, number: str) -> HttpResponse:
    """What is in the package and who took it; by POST made, or taken."""
    found = found_or_404(request, organ, number)
    made = package_of(request.actor, found.case)
    context: dict[str, Any] = {
        **head(found, organ),
        "package": made,
        "fresh": made is not None and made.case_seq == found.case.latest_seq,
        "archived": found.case.state == "archived",
        "reason": request.POST.get("reason", ""),
    }
    if request.method == "GET" or resumed(request):
        return page(request, "desk/case_package.html", context)
    try:
        if request.POST.get("act") == "take" and made is not None:
            content = take(made, reason=context["reason"], by=request.actor, now=moment(request))
            answer = HttpResponse(content, content_type="application/zip")
            name = f"归档包 {number}.zip"
            answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
            return answer
        pack(found.case, by=request.actor, now=moment(request))
    except ArchiveRefused as error:
        context |= {"findings": [("#f-reason", f.message) for f in error.findings], "error": str(error)}
        return page(request, "desk/case_package.html", context, status=422)
    except (FileMissing, Unreadable) as missing:
        return page(request, "desk/refused.html", {"message": str(missing)}, status=503)
    said(request, "归档包已生成，加密保存，指纹记在底账里。移交时取出。")
    return redirect("desk:case-package", organ.code, number)
