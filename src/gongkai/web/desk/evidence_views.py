"""The evidence pack of a case as a download (证据包): after what it is for, and what is still missing, were said."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from gongkai.crossings.evidence.taking import EvidenceRefused, gaps, may_take, take
from gongkai.foundation.files import FileMissing
from gongkai.foundation.models import Organ
from gongkai.foundation.personal import Unreadable
from gongkai.rules.remedies.evidence import PARTS
from gongkai.rules.remedies.law import EVIDENCE, NO_COLLECTING
from gongkai.web.clock import moment
from gongkai.web.desk.access import refused
from gongkai.web.desk.case_views import found_or_404, head
from gongkai.web.desk.frame import page
from gongkai.web.desk.interrupted import resumed


def evidence_page(request: Any, organ: Organ, number: str) -> HttpResponse:
    """What will be in the pack and what is missing; by POST the pack itself."""
    found = found_or_404(request, organ, number)
    if not may_take(request.actor, found.case):
        return refused(request, "case.handle")
    context: dict[str, Any] = {
        **head(found, organ),
        "parts": PARTS.values(),
        "gaps": gaps(found.case),
        "reason": request.POST.get("reason", ""),
        "evidence_rule": EVIDENCE,
        "no_collecting": NO_COLLECTING,
        "resumed": resumed(request),
    }
    if request.method == "GET" or resumed(request):
        return page(request, "desk/case_evidence.html", context)
    try:
        pack = take(found.case, reason=context["reason"], by=request.actor, now=moment(request))
    except EvidenceRefused as error:
        where = "#f-reason" if error.column == "reason" else "#form"
        context |= {"findings": [(where, str(error))], "error": str(error) if error.column else ""}
        return page(request, "desk/case_evidence.html", context, status=422)
    except (FileMissing, Unreadable) as lost:
        return page(request, "desk/refused.html", {"message": str(lost)}, status=503)
    answer = HttpResponse(pack.content, content_type="application/zip")
    answer["Content-Disposition"] = content_disposition_header(True, pack.name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
