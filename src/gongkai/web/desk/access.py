"""Who may open what on the desk (访问控制): every address declares its permission here, once.

The URL map is made from these declarations, and so is the permission matrix of the tests.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse

from gongkai.foundation.actors import Actor, NotAllowed, actor_for
from gongkai.foundation.models import Account, Organ
from gongkai.rules import roles
from gongkai.web.clock import moment, today

View = Callable[..., HttpResponse]
IDLE_MINUTES = 30
_SEEN, FACTOR = "seen", "second_factor"
# What an organ must let somebody read before anything there is more than absent.
_READING = ("record.read", "filing.read")


class DeskRequest(HttpRequest):
    """A request of somebody signed in (type only): who, as whom, and which organ it is about."""

    actor: Actor
    account: Account
    organ: Organ
    moment: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """One address of the desk (一个地址).

    ``permission``: "" lets in everybody who is signed in; with an ``<organ>`` in the route it is asked at
    that organ, else it must be held anywhere. ``open``: before sign-in. ``halfway``: before the first
    password is changed and the second factor is passed.
    """

    route: str
    view: View
    name: str
    permission: str = ""
    methods: tuple[str, ...] = ("GET",)
    open: bool = False
    halfway: bool = False

    @property
    def of_organ(self) -> bool:
        """Whether the address names the organ it is about."""
        return "<str:organ>" in self.route

    def pattern(self) -> URLPattern:
        """The address with its guard."""
        return path(self.route, _guard(self), name=self.name)


def _guard(page: Page) -> View:
    @wraps(page.view)
    def guarded(request: Any, **values: Any) -> HttpResponse:
        if request.method not in (*page.methods, *(("HEAD",) if "GET" in page.methods else ())):
            return HttpResponseNotAllowed(page.methods)
        moment(request)
        if page.open:
            return page.view(request, **values)
        account = signed_in(request)
        if account is None:
            return ask_to_sign_in(request)
        halted = None if page.halfway else _halfway(request, account)
        if halted is not None:
            return halted
        request.account = account
        request.actor = actor_for(account, today=today(request))
        return _answer(page, request, values)

    return guarded


def _answer(page: Page, request: Any, values: dict[str, Any]) -> HttpResponse:
    try:
        if page.of_organ:
            request.organ = values["organ"] = _organ(request.actor, values.pop("organ"))
            if page.permission and not request.actor.may(page.permission, request.organ):
                return refused(request, page.permission)
        elif page.permission and not request.actor.holds(page.permission):
            return refused(request, page.permission)
        return page.view(request, **values)
    except NotAllowed as error:
        return render(request, "desk/refused.html", {"message": str(error)}, status=403)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
            raise
        return render(request, "desk/disk_full.html", status=507)


def _organ(actor: Actor, code: str) -> Organ:
    """The organ of an address; one whose content the person may not read is as if absent."""
    organ = Organ.objects.select_related("parent").filter(code=code).first()
    if organ is None or not any(actor.may(permission, organ) for permission in _READING):
        raise Http404
    return organ


def refused(request: HttpRequest, permission: str) -> HttpResponse:
    """Not this person's: say whose it is."""
    who = "、".join(role.label for role in roles.permitting(permission))
    return render(
        request, "desk/refused.html", {"message": f"这件事由{who}办理，您没有这项职责。"}, status=403
    )


def signed_in(request: Any) -> Account | None:
    """The account of this session; None where nobody signed in or the session lay idle too long."""
    account = request.user
    if not account.is_authenticated:
        return None
    now = request.moment.timestamp()
    seen = request.session.get(_SEEN, now)
    if now - seen > IDLE_MINUTES * 60 or not account.is_active:
        logout(request)
        request.idle = True
        return None
    if _SEEN not in request.session or now - seen > 60:
        request.session[_SEEN] = now
    return account  # type: ignore[no-any-return]


def _halfway(request: Any, account: Account) -> HttpResponse | None:
    """Where somebody must go first: to change the paper password, to bind or pass the second factor."""
    if account.must_change:
        return redirect("desk:password")
    held = {r for roles_ in actor_for(account, today=today(request)).held.values() for r in roles_}
    if not account.second_factor:
        return redirect("desk:second-factor") if roles.signs(held) else None
    if request.session.get(FACTOR) != account.pk:
        return redirect(f"{reverse('desk:code')}?next={request.get_full_path()}")
    return None


def ask_to_sign_in(request: Any) -> HttpResponse:
    """The sign-in page, keeping what was typed: a session that ended in the middle of a form loses nothing."""
    kept = []
    if request.method == "POST":
        kept = [
            (name, value)
            for name in request.POST
            if name != "csrfmiddlewaretoken"
            for value in request.POST.getlist(name)
        ]
    context = {
        "next": request.get_full_path(),
        "kept": kept,
        "files": bool(request.FILES),
        "idle": getattr(request, "idle", False),
        "minutes": IDLE_MINUTES,
    }
    if request.method == "GET" and not context["idle"]:
        return redirect(f"{reverse('desk:sign-in')}?next={request.get_full_path()}")
    return render(request, "desk/sign_in.html", context, status=401)
