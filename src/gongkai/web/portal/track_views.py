"""Following a request (查进度): in by code and secret, what happened, until when, and what the applicant may do."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.casework import acts, files
from gongkai.casework.codes import grouped, ungrouped
from gongkai.casework.file_checks import MOST_BYTES
from gongkai.casework.models import Case, SideRequest
from gongkai.casework.readers import applicant_of
from gongkai.casework.refusals import CaseworkRefused, refused
from gongkai.foundation.files import FileMissing
from gongkai.web.clock import moment, today
from gongkai.web.desk.sign_in_views import address_of
from gongkai.web.portal import side_visitor, visitor
from gongkai.web.portal.frame import answer
from gongkai.web.portal.guesses import NOT_FOUND, TooManyGuesses, find_any
from gongkai.web.portal.track_page import PAPERS, course

_CURRENT = "track"
_LONGEST = 100
View = Callable[..., HttpResponse]


@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Ask for code and secret; the secret comes by POST alone, the QR code brings the code."""
    if "secret" in request.GET:
        # Whoever made such an address put the secret into a log already; it goes no further.
        return redirect("portal:track")
    if request.method != "POST":
        code = grouped(ungrouped(request.GET.get("code", "")[:_LONGEST]))
        return _ask(request, {"code": code, **_known(request)})
    code, secret = (request.POST.get(name, "")[:_LONGEST] for name in ("code", "secret"))
    try:
        case = find_any(code, secret, address=address_of(request), now=moment(request))
    except TooManyGuesses as error:
        return _ask(request, {"code": code, "error": str(error)}, status=429)
    if case is None:
        return _ask(request, {"code": code, "error": NOT_FOUND}, status=404)
    if isinstance(case, SideRequest):
        side_visitor.remember(request, case)
        return redirect("portal:track-side")
    visitor.remember(request, case)
    return redirect("portal:track-case")


def _known(request: HttpRequest) -> dict[str, bool]:
    """What was opened before and may be gone on with."""
    return {
        "known": visitor.opened(request) is not None,
        "known_side": side_visitor.opened(request) is not None,
    }


def _ask(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return answer(request, "portal/track.html", context, current=_CURRENT, status=status)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the case, for a computer that others use too (用别的查询码)."""
    visitor.forget(request)
    side_visitor.forget(request)
    return redirect("portal:track")


def _let_in(view: View) -> View:
    """Only with a case opened by code and secret; else to where they are asked for. Nothing is kept by browsers."""

    @wraps(view)
    def checked(request: HttpRequest, **given: Any) -> HttpResponse:
        case = visitor.opened(request)
        response = redirect("portal:track") if case is None else view(request, case, **given)
        response["Cache-Control"] = "no-store"
        return response

    return checked


@require_safe
@_let_in
def case_page(request: HttpRequest, case: Case) -> HttpResponse:
    """The course of the request."""
    return _show(request, case)


def _show(
    request: HttpRequest, case: Case, *, status: int = 200, failed: str = "", **typed: Any
) -> HttpResponse:
    context = {
        **course(case, today(request)),
        "done": request.GET.get("done", "") if not failed else "",
        "failed": failed,
        **typed,
    }
    return answer(request, "portal/track_case.html", context, current=_CURRENT, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@_let_in
def supplement(request: HttpRequest, case: Case) -> HttpResponse:
    """The applicant makes the request clear (补正) within its term; whether to take it late, a person judges."""
    if request.method != "POST":
        # From a page that said what was wrong, by a reload or the way into elder mode.
        return redirect("portal:track-case")
    words = request.POST.get("words", "")
    if not words.strip():
        error = "还没有写补正的内容；照补正告知写清楚。"
        return _show(request, case, status=422, failed="supplement", error=error)
    return _do(request, case, "receive_supplement", {"note": words}, failed="supplement", typed_words=words)


@require_http_methods(["GET", "HEAD", "POST"])
@_let_in
def withdraw(request: HttpRequest, case: Case) -> HttpResponse:
    """The applicant withdraws (撤回): asked once on a page of its own, as it cannot be taken back."""
    if request.method != "POST":
        context = course(case, today(request))
        if "withdraw" not in context["may"]:
            return redirect("portal:track-case")
        return answer(request, "portal/track_withdraw.html", context, current=_CURRENT)
    return _do(request, case, "withdraw", {"reason": request.POST.get("reason", "")}, failed="withdraw")


def _do(
    request: HttpRequest, case: Case, act: str, given: dict[str, Any], *, failed: str, **typed: str
) -> HttpResponse:
    seen = request.POST.get("seq", "")
    try:
        acts.act(
            case,
            act,
            given,
            by=applicant_of(case),
            now=moment(request),
            based_on=int(seen) if seen.isdecimal() and len(seen) < 19 else None,
        )
    except CaseworkRefused as error:
        return _show(request, case, status=409, failed=failed, error=str(error), **typed)
    return redirect(f"{reverse('portal:track-case')}?done={act}")


@require_http_methods(["GET", "HEAD", "POST"])
@_let_in
def add_paper(request: HttpRequest, case: Case) -> HttpResponse:
    """The applicant hands in a paper (交材料): identity, authority, proof of payment."""
    if request.method != "POST":
        return redirect("portal:track-case")
    sent, purpose = request.FILES.get("file"), request.POST.get("purpose", "")
    try:
        if purpose not in PAPERS:
            raise refused("file", "还没有选是什么材料；选一种再交。")
        if sent is None:
            raise refused("file", "还没有选文件；选一份 PDF 或者照片再交。")
        if (sent.size or 0) > MOST_BYTES:
            raise refused("file", "文件超过 20 MB；压缩图片或者分成几份再交。")
        name, by = sent.name or "", applicant_of(case)
        files.add_file(case, sent.read(), name=name, purpose=purpose, by=by, now=moment(request))
    except CaseworkRefused as error:
        return _show(request, case, status=422, failed="paper", error=str(error), purpose=purpose)
    return redirect(f"{reverse('portal:track-case')}?done=paper")


@require_safe
@_let_in
def paper(request: HttpRequest, case: Case, place: int) -> HttpResponse:
    """A paper the applicant may fetch: the reply, what is disclosed, their own."""
    by = applicant_of(case)
    known = {one.place: one for one in files.papers_of(by, case)}
    try:
        content = files.read_file(by, case, place)
    except FileMissing:
        content = None
    if content is None:
        raise Http404
    kind = known[place].media_type
    response = HttpResponse(content, content_type=kind)
    ending = kind.rpartition("/")[2].rpartition(".")[2]
    ending = {"jpeg": "jpg", "document": "docx", "sheet": "xlsx"}.get(ending, ending)
    response["Content-Disposition"] = f'attachment; filename="{case.number}-{place}.{ending}"'
    return response
