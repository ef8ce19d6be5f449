"""Whose correction or proposal a visitor may see (查到的更正、建议): as ``visitor``, for half an hour."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongkai.casework.models import SideRequest
from gongkai.web.clock import moment
from gongkai.web.portal.visitor import IDLE

_SESSION = "tracked side"
View = Callable[..., HttpResponse]


def remember(request: HttpRequest, side: SideRequest) -> None:
    """Let the visitor in: its number and the time, no code and no secret."""
    request.session[_SESSION] = {"side": side.pk, "at": moment(request).timestamp()}


def opened(request: HttpRequest) -> SideRequest | None:
    """The one the visitor was let in to; None after half an hour without a page."""
    kept = request.session.get(_SESSION)
    if not isinstance(kept, dict):
        return None
    now = moment(request).timestamp()
    if now - kept["at"] > IDLE.total_seconds():
        forget(request)
        return None
    side = SideRequest.objects.select_related("organ__parent", "about").filter(pk=kept["side"]).first()
    if side is not None and now - kept["at"] > 60:
        remember(request, side)
    return side


def forget(request: HttpRequest) -> None:
    """Close it (不看了)."""
    request.session.pop(_SESSION, None)


def let_in(view: View) -> View:
    """Only with one opened by code and secret; else to where they are asked for."""

    @wraps(view)
    def checked(request: HttpRequest, **given: Any) -> HttpResponse:
        side = opened(request)
        response = redirect("portal:track") if side is None else view(request, side, **given)
        response["Cache-Control"] = "no-store"
        return response

    return checked
