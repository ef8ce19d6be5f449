"""Following a correction or a proposal (查更正、建议的进度): what happened, until when, what the person may do."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.casework.file_checks import MOST_BYTES
from gongkai.casework.models import SideFile, SideRequest
from gongkai.casework.readers import person_of
from gongkai.casework.refusals import CaseworkRefused, refused
from gongkai.casework.side import acts, files
from gongkai.casework.side.queries import SideView, view
from gongkai.foundation.files import FileMissing
from gongkai.rules.side_requests.kinds import KINDS, OUTCOMES
from gongkai.rules.side_requests.states import ACTS
from gongkai.web.clock import moment, today
from gongkai.web.portal.catalogue import Names
from gongkai.web.portal.day_words import said
from gongkai.web.portal.frame import answer
from gongkai.web.portal.side_visitor import let_in

_CURRENT = "track"
PAPERS: dict[str, str] = {
    "evidence": "证据", "identity": "身份证明", "authority": "授权委托书、监护关系证明", "other": "其他",
}  # fmt: skip
_FIRST = {"correction": "更正申请已经提交。", "conversion": "建议已经收到。"}


@require_safe
@let_in
def side_page(request: HttpRequest, side: SideRequest) -> HttpResponse:
    """The course of one."""
    return _show(request, side)


def _show(
    request: HttpRequest, side: SideRequest, *, status: int = 200, failed: str = "", **typed: Any
) -> HttpResponse:
    found, day = view(side, today(request)), today(request)
    head, words, look = _sentence(found, day)
    decision = found.life.decision
    context = {
        "side": side,
        "kind": KINDS[side.kind],
        "state": found.state,
        "title": found.title,
        "head": head,
        "words": words,
        "look": look,
        "steps": _steps(found),
        "decision": decision if decision is not None and decision.told_on is not None else None,
        "outcome": OUTCOMES[decision.outcome].label if decision is not None else "",
        "notice": found.life.notice if side.state == "awaiting_evidence" else None,
        "until": said(found.life.notice.due_on, day) if found.life.notice else "",
        "may": [offer.act.id for offer in found.offers if offer.act.applicant],
        "papers": _papers(side),
        "kinds": PAPERS,
        "asked": [(label, found.texts[t]) for t, label in _ASKED if found.texts.get(t)],
        "organ_name": Names(side.organ).now(side.organ),
        "done": request.GET.get("done", "") if not failed else "",
        "failed": failed,
        **typed,
    }
    return answer(request, "portal/side_track.html", context, current=_CURRENT, status=status)


_ASKED = (
    ("filing.record", "哪一份记录"), ("filing.wrong", "现在是怎样记的"), ("filing.right", "应当是什么"),
    ("filing.evidence", "证据"), ("filing.information", "建议公开的信息"), ("filing.grounds", "想说的话"),
)  # fmt: skip


def _steps(found: SideView) -> list[tuple[date, str]]:
    side = found.side
    told = [(row.on, ACTS[row.act].citizen) for row in found.acts if ACTS[row.act].citizen]
    return [(side.arrived_on, _FIRST[side.kind]), *told]


def _papers(side: SideRequest) -> list[dict[str, Any]]:
    labels = dict(SideFile.Purpose.choices)
    return [
        {"place": one.place, "label": labels[one.purpose], "at": one.added_at, "theirs": one.to_person}
        for one in files.papers_of(person_of(side), side)
    ]


def _sentence(found: SideView, day: date) -> tuple[str, str, str]:
    """The one sentence, what it means now, and how the panel looks."""
    side, clock, label = found.side, found.clock, found.state.citizen
    if side.voided_seq is not None:
        return "这件登记已经撤销", "它是误登记的，不再办理。有疑问的，打电话报编号。", "calm"
    decision = found.life.decision
    if decision is not None and decision.told_on is not None:
        return (
            f"已于 {said(decision.told_on, day)}告知：{OUTCOMES[decision.outcome].label}",
            _letter_words(side),
            "ok",
        )
    if side.state in ("withdrawn", "archived"):
        return label, "这一件已经办结。", "calm"
    if side.state == "awaiting_evidence" and found.life.notice is not None:
        return f"{label}，最后一天是 {said(found.life.notice.due_on, day)}", "交来以后接着核实。", "near"
    if clock.started_on is None:
        return label, "更正涉及您自己的记录，先与您确认收到，再登记办理。", "calm"
    if clock.due is None:
        return f"{label}，告知日期待定", clock.note, "calm"
    if clock.overdue:
        return (
            f"{label}，超过了我们自己定的 {said(clock.due, day)}",
            "您可以打电话催促，报编号。仍然要办、要告知。",
            "near",
        )
    rest = "法律没有规定几日内办结，这是我们给自己定的时间。现在不需要您做什么。"
    return f"{label}，争取 {said(clock.due, day)}前告知您", rest, ""


def _letter_words(side: SideRequest) -> str:
    """Where the letter is; past its term it was destroyed."""
    there = any(one.to_person for one in files.papers_of(person_of(side), side))
    return "告知书在下面。" if there else "告知书过了保管期限，已经销毁。"


@require_http_methods(["GET", "HEAD", "POST"])
@let_in
def evidence(request: HttpRequest, side: SideRequest) -> HttpResponse:
    """The person gives the evidence that was asked for (补交证据)."""
    if request.method != "POST":
        return redirect("portal:track-side")
    words = request.POST.get("words", "")
    if not words.strip():
        error = "还没有写补交的是什么；写明材料和能证明的一点。"
        return _show(request, side, status=422, failed="evidence", error=error)
    return _do(request, side, "receive_evidence", {"evidence": words}, failed="evidence", typed_words=words)


@require_http_methods(["GET", "HEAD", "POST"])
@let_in
def withdraw(request: HttpRequest, side: SideRequest) -> HttpResponse:
    """The person withdraws (撤回): asked once on a page of its own."""
    if request.method != "POST":
        found = view(side, today(request))
        if not found.state.open:
            return redirect("portal:track-side")
        context = {"side": side, "kind": KINDS[side.kind], "title": found.title}
        return answer(request, "portal/side_withdraw.html", context, current=_CURRENT)
    return _do(request, side, "withdraw", {"why": request.POST.get("why", "")}, failed="withdraw")


def _do(
    request: HttpRequest, side: SideRequest, act: str, given: dict[str, Any], *, failed: str, **typed: str
) -> HttpResponse:
    seen = request.POST.get("seq", "")
    based_on = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 19 else None
    try:
        acts.act(side, act, given, by=person_of(side), now=moment(request), based_on=based_on)
    except CaseworkRefused as error:
        return _show(request, side, status=409, failed=failed, error=str(error), **typed)
    return redirect(f"{reverse('portal:track-side')}?done={act}")


@require_http_methods(["GET", "HEAD", "POST"])
@let_in
def add_paper(request: HttpRequest, side: SideRequest) -> HttpResponse:
    """The person hands in a paper (交材料)."""
    if request.method != "POST":
        return redirect("portal:track-side")
    sent, purpose = request.FILES.get("file"), request.POST.get("purpose", "")
    try:
        if purpose not in PAPERS:
            raise refused("file", "还没有选是什么材料；选一种再交。")
        if sent is None:
            raise refused("file", "还没有选文件；选一份 PDF 或者照片再交。")
        if (sent.size or 0) > MOST_BYTES:
            raise refused("file", "文件超过 20 MB；压缩图片或者分成几份再交。")
        by = person_of(side)
        files.add_file(side, sent.read(), name=sent.name or "", purpose=purpose, by=by, now=moment(request))
    except CaseworkRefused as error:
        return _show(request, side, status=422, failed="paper", error=str(error), purpose=purpose)
    return redirect(f"{reverse('portal:track-side')}?done=paper")


_ENDINGS = {
    "application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "application/ofd": "ofd",
}  # fmt: skip


@require_safe
@let_in
def paper(request: HttpRequest, side: SideRequest, place: int) -> HttpResponse:
    """A paper the person may fetch: the letter, their own."""
    by = person_of(side)
    known = {one.place: one for one in files.papers_of(by, side)}
    try:
        content = files.read_file(by, side, place)
    except FileMissing:
        content = None
    if content is None:
        raise Http404
    kind = known[place].media_type
    ending = _ENDINGS.get(kind) or ("xlsx" if kind.endswith("sheet") else "docx")
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = (
        content_disposition_header(True, f"{side.number}-{place}.{ending}") or ""
    )
    return response
