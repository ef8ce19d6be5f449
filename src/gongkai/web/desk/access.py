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
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse

from gongkai.foundation.actors import Actor, NotAllowed, actor_for
from gongkai.foundation.models import Account, Organ
from gongkai.rules import roles
from gongkai.web.clock import moment, today
from gongkai.web.desk import frame
from gongkai.web.desk.interrupted import IDLE_MINUTES, ask_to_sign_in, hand_back

View = Callable[..., HttpResponseBase]

SEEN, FACTOR = "seen", "second_factor"
# What an organ must let somebody read before anything there is more than absent.
_READING = ("record.read", "filing.read")
# More roles than this are not listed one by one to somebody who holds none of them.
_MOST_NAMED = 4


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
    password is changed and the second factor is passed. ``resumes``: the view shows its form again with what
    was typed, and does nothing yet, when ``interrupted.resumed(request)``.
    """

    route: str
    view: View
    name: str
    permission: str = ""
    methods: tuple[str, ...] = ("GET",)
    open: bool = False
    halfway: bool = False
    resumes: bool = False

    @property
    def of_organ(self) -> bool:
        """Whether the address names the organ it is about."""
        return "<str:organ>" in self.route

    def pattern(self) -> URLPattern:
        """The address with its guard."""
        view = _guard(self)
        view.desk_page = self  # type: ignore[attr-defined]
        return path(self.route, view, name=self.name)


def _guard(page: Page) -> View:
    @wraps(page.view)
    def guarded(request: Any, **values: Any) -> HttpResponseBase:
        if request.method not in (*page.methods, *(("HEAD",) if "GET" in page.methods else ())):
            return HttpResponseNotAllowed(page.methods)
        moment(request)
        answer = _open(page, request, values) if page.open else _signed(page, request, values)
        # What somebody read at a shared computer is gone from it after signing out.
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    return guarded


def _open(page: Page, request: Any, values: dict[str, Any]) -> HttpResponseBase:
    try:
        return page.view(request, **values)
    except (OSError, OperationalError) as error:
        return disk_full(request, error, bare=True)


def _signed(page: Page, request: Any, values: dict[str, Any]) -> HttpResponseBase:
    account = signed_in(request)
    if account is None:
        return ask_to_sign_in(request)
    request.account = account
    request.actor = actor_for(account, today=today(request))
    halted = None if page.halfway else halfway(request)
    return halted if halted is not None else _answer(page, request, values)


def _answer(page: Page, request: Any, values: dict[str, Any]) -> HttpResponseBase:
    try:
        if page.of_organ:
            request.organ = values["organ"] = _organ(request.actor, values.pop("organ"))
            if page.permission and not request.actor.may(page.permission, request.organ):
                return refused(request, page.permission)
        elif page.permission and not request.actor.holds(page.permission):
            return refused(request, page.permission)
        return page.view(request, **values)
    except Http404:
        return frame.page(request, "desk/not_found.html", status=404)
    except NotAllowed as error:
        return _refusal(request, str(error))
    except (OSError, OperationalError) as error:
        return disk_full(request, error, bare=page.halfway)


def disk_full(request: Any, error: Exception, *, bare: bool) -> HttpResponse:
    """Say that the disk is full and that nothing is half-done, with what was typed; any other error goes on."""
    if not _is_disk_full(error):
        raise error
    context = hand_back(request) if request.method == "POST" else {}
    return frame.page(request, "desk/disk_full.html", context, bare=bare, status=507)


def _is_disk_full(error: Exception) -> bool:
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
    # SQLite and PostgreSQL say it in words alone.
    said = str(error).lower()
    return "disk is full" in said or "no space left" in said or "readonly database" in said


def _organ(actor: Actor, code: str) -> Organ:
    """The organ of an address; one whose content the person may not read is as if absent."""
    organ = Organ.objects.select_related("parent").filter(code=code).first()
    if organ is None or not any(actor.may(permission, organ) for permission in _READING):
        raise Http404
    return organ


def refused(request: HttpRequest, permission: str) -> HttpResponse:
    """Not this person's: say whose it is; where it is nearly everybody's, what to do about it."""
    labels = [role.label for role in roles.permitting(permission)]
    who = f"由{'、'.join(labels)}办理" if len(labels) <= _MOST_NAMED else "由办理、审核、监督的人办理或者查看"
    return _refusal(request, f"这件事{who}，不在本人的职责里。要添职责的，找管理账号的人。")


def _refusal(request: HttpRequest, message: str) -> HttpResponse:
    return frame.page(request, "desk/refused.html", {"message": message}, status=403)


def signed_in(request: Any) -> Account | None:
    """The account of this session; None where nobody signed in or the session lay idle too long."""
    account = request.user
    if not account.is_authenticated:
        return None
    now = request.moment.timestamp()
    seen = request.session.get(SEEN, now)
    if now - seen > IDLE_MINUTES * 60 or not account.is_active:
        logout(request)
        request.idle = True
        return None
    if SEEN not in request.session or now - seen > 60:
        request.session[SEEN] = now
    return account  # type: ignore[no-any-return]


def halfway(request: Any) -> HttpResponse | None:
    """Where somebody must go first: to change the paper password, to bind or pass the second factor."""
    account: Account = request.account
    if account.must_change:
        return _on_the_way(request, "desk:password")
    if not account.second_factor:
        held = {role for names in request.actor.held.values() for role in names}
        return _on_the_way(request, "desk:second-factor") if roles.signs(held) else None
    if request.session.get(FACTOR) != account.pk:
        return _on_the_way(request, "desk:code")
    return None


def _on_the_way(request: Any, name: str) -> HttpResponse:
    there = request.get_full_path() if request.method == "GET" else reverse("desk:today")
    return redirect(f"{reverse(name)}?{urlencode({'next': there})}")
