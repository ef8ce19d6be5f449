"""A form that a session's end interrupted (中断的表单): it goes through sign-in in the page and comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.csrf import csrf_failure as plain_csrf_failure

from gongkai.web import demo
from gongkai.web.clock import moment
from gongkai.web.desk.frame import page
from gongkai.web.desk.sign_in_hints import hints

IDLE_MINUTES = 30
# Fields that a form carries and nobody typed.
_CARRIED = ("_token", "edits", "seq", "another")
_KEPT, _POSTED, _FILES, _RESUMED = "kept:", "posted", "files", "resumed"


@dataclass(frozen=True, slots=True)
class Errand:
    """Where somebody was going (要去的地方): the address, and the form that was sent there, if one was."""

    next: str
    posted: bool = False
    kept: tuple[tuple[str, str], ...] = ()
    files: bool = False

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The errand as hidden fields of a page on the way."""
        found = [("next", self.next), *((_KEPT + name, value) for name, value in self.kept)]
        if self.posted:
            found.append((_POSTED, "1"))
        if self.files:
            found.append((_FILES, "1"))
        return found


def errand_of(request: HttpRequest) -> Errand:
    """The errand that a page on the way carries."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    home = reverse("desk:today")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith(home)
    if not safe:
        return Errand(home)
    kept = tuple(
        (name.removeprefix(_KEPT), value)
        for name in request.POST
        if name.startswith(_KEPT)
        for value in request.POST.getlist(name)
    )
    return Errand(wanted, _POSTED in request.POST, kept, _FILES in request.POST)


def _interrupted(request: HttpRequest) -> Errand:
    kept = tuple(
        (name, value)
        for name in request.POST
        if name not in ("csrfmiddlewaretoken", _RESUMED)
        for value in request.POST.getlist(name)
    )
    return Errand(request.get_full_path(), True, kept, bool(request.FILES))


def resumed(request: HttpRequest) -> bool:
    """Whether a form comes back after an interruption: to be shown again as it was typed, not yet done."""
    return request.method == "POST" and _RESUMED in request.POST


def _resumes(address: str) -> bool:
    """Whether the page of an address shows an interrupted form again."""
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return False
    declared = getattr(found.func, "desk_page", None)
    return declared is not None and bool(declared.resumes)


def ask_to_sign_in(request: Any) -> HttpResponse:
    """The sign-in page; a session that ended in the middle of a form loses nothing of what was typed."""
    idle = getattr(request, "idle", False)
    if request.method == "POST":
        return show_sign_in(request, _interrupted(request), idle=idle, status=401)
    if idle:
        return show_sign_in(request, Errand(request.get_full_path()), idle=True, status=401)
    return redirect(f"{reverse('desk:sign-in')}?{urlencode({'next': request.get_full_path()})}")


def show_sign_in(request: Any, errand: Errand, *, status: int = 200, **said: Any) -> HttpResponse:
    """The sign-in page with what it carries; in a demonstration with the accounts and what to try."""
    known = demo.card()
    context = {
        "errand": errand,
        "minutes": IDLE_MINUTES,
        "hints": hints(known["accounts"]) if known else (),
        **said,
    }
    return page(request, "desk/sign_in.html", context, bare=True, status=status)


def onward(request: Any, errand: Errand) -> HttpResponse:
    """Signed in wholly: to where somebody was going, or back into the form that was interrupted."""
    if not errand.posted:
        return redirect(errand.next)
    return show_resume(request, errand)


def show_resume(request: Any, errand: Errand) -> HttpResponse:
    """One button back into the form, with everything that was typed."""
    context = _handing_back(errand)
    context["shown"] = [
        value for name, value in errand.kept if 0 < len(value) <= 400 and not name.endswith(_CARRIED)
    ]
    return page(request, "desk/resume.html", context, bare=True)


def _handing_back(errand: Errand) -> dict[str, Any]:
    return {"errand": errand, "resumes": _resumes(errand.next), "resumed_field": _RESUMED}


def hand_back(request: HttpRequest) -> dict[str, Any]:
    """What a page needs to hand the form of this request back with one button."""
    return _handing_back(_interrupted(request))


def csrf_failed(request: Any, reason: str = "") -> HttpResponse:
    """A form whose mark is of an earlier session (signed in again elsewhere): it comes back, nothing is lost.

    Only a form of our own pages comes back; one that another site sent is refused.
    """
    ours = f"{request.scheme}://{request.get_host()}/"
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    if not request.path.startswith(reverse("desk:today")) or not f"{origin}/".startswith(ours):
        return plain_csrf_failure(request, reason)
    moment(request)
    if request.path in (reverse("desk:sign-in"), reverse("desk:sign-out")):
        return redirect("desk:sign-in")
    answer = show_resume(request, _interrupted(request))
    answer.headers["Cache-Control"] = "no-store"
    return answer
