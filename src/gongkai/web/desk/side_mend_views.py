"""Striking out a correction or a proposal that was entered by mistake, as a page of its own (撤销登记)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from gongkai.casework.refusals import CaseworkRefused
from gongkai.casework.side.voiding import void_side, why_not_void
from gongkai.foundation.models import Organ
from gongkai.web.clock import moment
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed
from gongkai.web.desk.side_views import found_or_404, head


def void_page(request: Any, organ: Organ, number: str) -> HttpResponse:
    """Strike out an entry made by mistake, with the reason."""
    found = found_or_404(request, organ, number)
    reason = request.POST.get("reason", "")
    context: dict[str, Any] = {
        **head(found, organ),
        "reason": reason,
        "why_not": why_not_void(found.side, request.actor),
    }
    if request.method == "GET" or resumed(request):
        return page(request, "desk/side_void.html", context)
    try:
        void_side(found.side, reason=reason, by=request.actor, now=moment(request))
    except CaseworkRefused as error:
        context["findings"] = [
            ("#f-reason" if one.column == "reason" else "#form", one.message) for one in error.findings
        ]
        context["error"] = next((one.message for one in error.findings if one.column == "reason"), "")
        return page(request, "desk/side_void.html", context, status=422)
    said(request, f"{number} 已撤销登记：不再办理，不进清单和件数，编号不再使用。")
    return redirect("desk:side", organ.code, number)
