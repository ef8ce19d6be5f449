"""A list of files to destroy (销毁清册): listed, looked at by a second person, its certificate."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from gongkai.archive import destroying
from gongkai.archive.certificate import certificate_of
from gongkai.archive.refusals import ArchiveRefused
from gongkai.foundation import organs
from gongkai.foundation.letters import to_docx, to_pdf
from gongkai.foundation.models import Account, Organ
from gongkai.web.clock import moment, today
from gongkai.web.desk.access import refused
from gongkai.web.desk.dossiers import address_of, dossiers, kind_of
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed

_TYPES = {
    "pdf": ("application/pdf", to_pdf),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", to_docx),
}


def new(request: Any, organ: Organ) -> HttpResponse:
    """The files that were ticked, once more, with the reason; by POST the list."""
    numbers = (request.POST if request.method == "POST" else request.GET).getlist("case")[:600]
    wanted = dossiers(organ, numbers)
    context: dict[str, Any] = {
        "organ": organ,
        "organ_name": organs.current_name(organ),
        "files": [(one.number, kind_of(one), address_of(one)) for one in wanted],
        "reason": request.POST.get("reason", ""),
    }
    if request.method == "GET" or resumed(request):
        return page(request, "desk/destruction_new.html", context)
    try:
        made = destroying.propose(
            organ, wanted, reason=context["reason"], by=request.actor, now=moment(request)
        )
    except ArchiveRefused as error:
        findings = [("#f-reason" if f.column == "reason" else "#listed", f.message) for f in error.findings]
        context |= {"findings": findings, "errors": {f.column: f.message for f in error.findings}}
        return page(request, "desk/destruction_new.html", context, status=422)
    said(request, f"{len(wanted)} 件已列入清册。由另一位审核的人复核，同意以后才销毁。")
    return redirect("desk:destruction", organ.code, made.pk)


def one(request: Any, organ: Organ, pk: int) -> HttpResponse:
    """A list; by POST confirmed or withdrawn."""
    listed = destroying.list_for(request.actor, organ, pk)
    if listed is None:
        raise Http404
    may_confirm = request.actor.may("case.approve", organ) and request.actor.ref != listed.proposed_by
    may_withdraw = request.actor.may("case.handle", organ) or request.actor.may("case.approve", organ)
    names = _names(listed.proposed_by, listed.confirmed_by)
    context: dict[str, Any] = {
        "organ": organ,
        "organ_name": organs.current_name(organ),
        "listed": listed,
        "items": [
            (one, one.dossier.number, kind_of(one.dossier), address_of(one.dossier))
            for one in listed.items.all()
        ],
        "proposer": names.get(listed.proposed_by, ""),
        "confirmer": names.get(listed.confirmed_by, ""),
        "may_confirm": may_confirm,
        "may_withdraw": may_withdraw,
        "mine": request.actor.ref == listed.proposed_by,
        "opinion": request.POST.get("opinion", ""),
        "day": today(request),
    }
    if request.method == "GET" or resumed(request):
        return page(request, "desk/destruction.html", context)
    act = request.POST.get("act", "")
    if act == "confirm" and not request.actor.may("case.approve", organ):
        return refused(request, "case.approve")
    if act not in ("confirm", "withdraw") or not may_withdraw:
        return refused(request, "case.handle")
    try:
        words = _decided(request, listed, act, context["opinion"])
    except ArchiveRefused as error:
        findings = [("#f-opinion", f.message) for f in error.findings]
        context |= {"findings": findings, "error": str(error)}
        return page(request, "desk/destruction.html", context, status=422)
    said(request, words)
    return redirect("desk:destruction", organ.code, pk)


def _decided(request: Any, listed: Any, act: str, opinion: str) -> str:
    by, now = request.actor, moment(request)
    if act == "withdraw":
        destroying.withdraw(listed, reason=opinion, by=by, now=now)
        return "清册已撤回，什么都没有销毁。"
    count = destroying.confirm(listed, opinion=opinion, by=by, now=now)
    return f"{count} 件的文字和材料已销毁，办理经过和计数保留。打印销毁清册，两人签名后存档。"


def _names(*refs: str) -> dict[str, str]:
    ids = [int(ref.partition(":")[2]) for ref in refs if ref.startswith("account:")]
    return {a.ref: a.display_name for a in Account.objects.filter(pk__in=ids)}


def certificate(request: Any, organ: Organ, pk: int, ending: str) -> HttpResponse:
    """The certificate of a list (销毁清册) to print and sign."""
    listed = destroying.list_for(request.actor, organ, pk)
    if listed is None or ending not in _TYPES or listed.confirmed_at is None:
        raise Http404
    media_type, typeset = _TYPES[ending]
    names = _names(listed.proposed_by, listed.confirmed_by)
    answer = HttpResponse(typeset(certificate_of(listed, names)), content_type=media_type)
    answer["Content-Disposition"] = (
        content_disposition_header(True, f"销毁清册 {pk}.{ending}") or "attachment"
    )
    return answer
