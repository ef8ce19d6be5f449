"""Erasing a person from an archived request (删除个人信息): what goes, what stays, the reason."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from gongkai.casework.erasing import erase_person
from gongkai.casework.refusals import CaseworkRefused
from gongkai.foundation.models import Organ
from gongkai.web.clock import moment
from gongkai.web.desk.case_views import found_or_404, head
from gongkai.web.desk.forward_views import joined
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed


def erase(request: Any, organ: Organ, number: str) -> HttpResponse:
    """Ask for the reason; by POST erase."""
    found = found_or_404(request, organ, number)
    context: dict[str, Any] = {
        **head(found, organ),
        "words": len(found.texts),
        "reason": request.POST.get("reason", ""),
        "elsewhere": [one for one in joined(request.actor, found.case) if one.number],
        "archived": found.case.state == "archived",
    }
    if request.method == "GET" or resumed(request):
        return page(request, "desk/case_erase.html", context)
    try:
        deleted = erase_person(found.case, reason=context["reason"], by=request.actor, now=moment(request))
    except CaseworkRefused as refused:
        context |= {"findings": [("#f-reason", str(refused))], "error": str(refused)}
        return page(request, "desk/case_erase.html", context, status=422)
    said(request, f"{deleted} 处文字已删除，不能恢复。办理经过、日期和计数保留；材料随档案销毁。")
    return redirect("desk:case", organ.code, number)
