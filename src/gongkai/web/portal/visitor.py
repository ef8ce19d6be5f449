"""Whose case a visitor may see (查到的案卷): kept in the session after code and secret, for half an hour."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest

from gongkai.casework.models import Case
from gongkai.web.clock import moment

_SESSION = "tracked"
IDLE = timedelta(minutes=30)


def remember(request: HttpRequest, case: Case) -> None:
    """Let the visitor in: the number of the case and the time, no code and no secret."""
    request.session[_SESSION] = {"case": case.pk, "at": moment(request).timestamp()}


def opened(request: HttpRequest) -> Case | None:
    """The case the visitor was let in to; None after half an hour without a page."""
    kept = request.session.get(_SESSION)
    if not isinstance(kept, dict):
        return None
    now = moment(request).timestamp()
    if now - kept["at"] > IDLE.total_seconds():
        forget(request)
        return None
    case = Case.objects.select_related("organ__parent", "applicant").filter(pk=kept["case"]).first()
    # Written once a minute at most: a page that is only read need not write.
    if case is not None and now - kept["at"] > 60:
        remember(request, case)
    return case


def forget(request: HttpRequest) -> None:
    """Close it (不看了)."""
    request.session.pop(_SESSION, None)
