"""Requests other organs handed on (转来的申请): what is asked, taken on to be entered, or ticked off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gongkai.casework import forward_papers, forwarding
from gongkai.casework.models import Case, CaseForward
from gongkai.casework.refusals import CaseworkRefused
from gongkai.foundation import organs
from gongkai.foundation.actors import Actor
from gongkai.foundation.models import Organ
from gongkai.rules.citations import cite
from gongkai.rules.requests.states import ACTS
from gongkai.web.clock import moment
from gongkai.web.desk.forward_form import seen
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed
from gongkai.web.desk.tasks import Look, Task

_LAW = cite(ACTS["forward"].provisions)


@dataclass(frozen=True, slots=True)
class Line:
    """One request as the inbox lists it (一件转来的申请)."""

    row: forwarding.ForwardRow
    asked_by: str
    href: str


def lines(actor: Actor, organ: Organ | None = None, among: list[Organ] | None = None) -> list[Line]:
    """What was handed on to the person's organs and waits to be entered; a fixed number of queries."""
    rows = forwarding.waiting(actor, organ=organ, among=among)
    names = organs.current_names([row.forward.case.organ for row in rows]) if rows else {}
    return [Line(row, names[row.forward.case.organ_id], _href(row)) for row in rows]


def tasks(look: Look) -> list[Task]:
    """The same as things to do today (今日的转来的申请)."""
    if not look.actor.holds("case.enter"):
        return []
    return [
        Task(
            kind="转来",
            title=f"{one.asked_by}转来的申请，等着登记",
            why=f"{one.row.forward.case.number}　{one.row.excerpt}{_with_papers(one)}",
            button="看一看",
            href=one.href,
            since=one.row.forward.on,
            law=_LAW,
        )
        for one in lines(look.actor)
    ]


def _with_papers(one: Line) -> str:
    return f"　附材料 {one.row.papers} 份" if one.row.papers else ""


def _href(row: forwarding.ForwardRow) -> str:
    one = row.forward
    return reverse("desk:forward", args=[one.organ.code, one.case.number, one.place])


def forward_page(request: Any, organ: Organ, number: str, place: int) -> HttpResponse:
    """What is asked, and nothing of who asks; by POST taken on to be entered, or ticked off with the reason."""
    found = forwarding.forward_for(request.actor, organ, number, place)
    if found is None:
        raise Http404
    texts = forwarding.request_of(found)
    context: dict[str, Any] = {
        "found": found,
        "organ": organ,
        "asked_by": organs.current_name(found.case.organ),
        "description": texts.get("filing.description", ""),
        "filing_title": texts.get("filing.title", ""),
        "document_number": texts.get("filing.document_number", ""),
        "papers": [seen(one) for one in forward_papers.along(found)],
        "reason": request.POST.get("reason", ""),
        "law": _LAW,
    }
    if request.method == "GET" or resumed(request):
        return page(request, "desk/forward.html", context)
    try:
        if request.POST.get("settle"):
            forwarding.settle(found, context["reason"], by=request.actor, now=moment(request))
            said(request, "已办结，不登记；原因记进底账，转来的机关看得到。")
            return redirect("desk:inbox")
        forwarding.take_on(found, by=request.actor, now=moment(request))
    except CaseworkRefused as error:
        context |= {"findings": [(f"#f-{f.column or 'reason'}", f.message) for f in error.findings]}
        return page(request, "desk/forward.html", context | {"error": str(error)}, status=422)
    wanted = urlencode({"forward": f"{organ.code}/{number}/{place}"})
    return redirect(f"{reverse('desk:case-new')}?{wanted}")


@dataclass(frozen=True, slots=True)
class Joined:
    """The other case of a request handed on, as a page names it (代转的另一件)."""

    words: str
    number: str
    href: str


def joined(actor: Actor, case: Case) -> list[Joined]:
    """The cases this one was entered from, and entered as, with a link for who may read them."""
    rows = forwarding.handed_on(case)
    names = organs.current_names([one for row in rows for one in (row.case.organ, row.organ)]) if rows else {}
    found = []
    for row in rows:
        if row.case_id == case.pk:
            words = f"转给{names[row.organ_id]}，{_standing(row)}"
            found.append(_joined(actor, words, row.entered, row.organ))
        else:
            words = f"由{names[row.case.organ_id]} {row.on} 转来"
            found.append(_joined(actor, words, row.case, row.case.organ))
    return found


def _standing(row: CaseForward) -> str:
    if row.struck_out:
        return "那里又在等着登记；登记过又撤销的是"
    if row.entered is not None:
        return "那里登记为"
    if row.settled_seq is not None:
        return "那里没有登记，原因见经过"
    return "那里已经接下，还没有登记" if row.taken_by else "那里还没有接下"


def _joined(actor: Actor, words: str, other: Case | None, organ: Organ) -> Joined:
    if other is None:
        return Joined(words, "", "")
    href = reverse("desk:case", args=[organ.code, other.number])
    return Joined(words, other.number, href if actor.may("record.read", organ) else "")
