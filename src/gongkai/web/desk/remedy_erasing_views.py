"""Erasing a person from a complaint (删除投诉举报里的个人信息): what goes, what stays, the reason."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from gongkai.foundation.models import Organ
from gongkai.foundation.records import RowRefused
from gongkai.remedies.erasing import Erased, erase_complainant, evidence_of, why_not
from gongkai.remedies.models import Complaint
from gongkai.web.clock import moment
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed
from gongkai.web.desk.remedy_views import head, remedy_or_404


def erase(request: Any, organ: Organ, kind: str, pk: int) -> HttpResponse:
    """Ask for the reason; by POST erase."""
    record = remedy_or_404(request, organ, kind, pk)
    if not isinstance(record, Complaint):
        raise Http404
    own, shared = evidence_of(record)
    context: dict[str, Any] = {
        **head(request, record),
        "reason": request.POST.get("reason", ""),
        "why_not": why_not(record),
        "own": own,
        "shared": shared,
    }
    if request.method == "GET" or resumed(request):
        return page(request, "desk/remedy_erase.html", context)
    try:
        done = erase_complainant(record, reason=context["reason"], by=request.actor, now=moment(request))
    except RowRefused as refused:
        messages = {found.column: found.message for found in refused.findings}
        findings = [("#f-reason" if column else "#main", message) for column, message in messages.items()]
        context |= {"findings": findings, "error": messages.get("reason", "")}
        return page(request, "desk/remedy_erase.html", context, status=422)
    said(request, _told(done))
    return redirect("desk:remedy", organ.code, record.KIND, record.pk)


def _told(done: Erased) -> str:
    evidence = f"，依据文件 {done.files} 份已销毁" if done.files else ""
    shared = f"；{done.shared} 份依据文件别的登记还用着，没有销毁" if done.shared else ""
    return f"投诉人和投诉的内容已删除{evidence}，不能恢复{shared}。日期、认定、处理和沿革保留。"
