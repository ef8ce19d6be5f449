"""Following a request (查进度): in by code and secret, what happened, until when, and the papers to fetch."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.casework import files, letters, notifying
from gongkai.casework.codes import grouped, ungrouped
from gongkai.casework.models import Case, SideRequest
from gongkai.casework.readers import applicant_of
from gongkai.casework.refusals import CaseworkRefused
from gongkai.foundation.files import FileMissing
from gongkai.foundation.personal import Unreadable
from gongkai.web.clock import moment, today
from gongkai.web.desk.sign_in_views import address_of
from gongkai.web.portal import side_visitor, visitor
from gongkai.web.portal.frame import answer
from gongkai.web.portal.guesses import NOT_FOUND, TooManyGuesses, find_any
from gongkai.web.portal.track_page import course

CURRENT = "track"
_LONGEST = 100
_NOT_NOW = "这份文书的文件现在取不出来。过一会儿再试；还不行的，打电话报申请编号，请办理单位另给一份。"
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
    return answer(request, "portal/track.html", context, current=CURRENT, status=status)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the case, for a computer that others use too (用别的查询码)."""
    visitor.forget(request)
    side_visitor.forget(request)
    return redirect("portal:track")


def let_in(view: View) -> View:
    """Only with a case opened by code and secret; else to where they are asked for. Nothing is kept by browsers."""

    @wraps(view)
    def checked(request: HttpRequest, **given: Any) -> HttpResponse:
        case = visitor.opened(request)
        response = redirect("portal:track") if case is None else view(request, case, **given)
        response["Cache-Control"] = "no-store"
        return response

    return checked


@require_safe
@let_in
def case_page(request: HttpRequest, case: Case) -> HttpResponse:
    """The course of the request."""
    return show(request, case)


def show(
    request: HttpRequest, case: Case, *, status: int = 200, failed: str = "", **typed: Any
) -> HttpResponse:
    """The page of a case; after a mistake with what was typed, and what is wrong with it."""
    context = {
        **course(case, today(request)),
        "done": request.GET.get("done", "") if not failed else "",
        "failed": failed,
        **typed,
    }
    return answer(request, "portal/track_case.html", context, current=CURRENT, status=status)


@require_POST
@let_in
def notices(request: HttpRequest, case: Case) -> HttpResponse:
    """The applicant wants no more notices of this request, or wants them again (停止、恢复通知)."""
    stop = request.POST.get("stop") == "1"
    notifying.set_stopped(case, stop, by=applicant_of(case), now=moment(request))
    return redirect(f"{reverse('portal:track-case')}?done={'stopped' if stop else 'resumed'}")


@require_safe
@let_in
def paper(request: HttpRequest, case: Case, place: int) -> HttpResponse:
    """A paper the applicant may fetch: the reply, what is disclosed, their own."""
    by = applicant_of(case)
    known = {one.place: one for one in files.papers_of(by, case)}
    try:
        content = files.read_file(by, case, place, now=moment(request))
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


@require_safe
@let_in
def letter(request: HttpRequest, case: Case, place: int) -> HttpResponse:
    """A letter to the applicant as it left, as PDF (取文书); never a draft, never another's."""
    try:
        content = letters.letter_file(applicant_of(case), case, place, "pdf", now=moment(request))
    except (FileMissing, Unreadable, CaseworkRefused):
        return show(request, case, status=503, failed="letter", error=_NOT_NOW)
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{case.number}-letter-{place}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
