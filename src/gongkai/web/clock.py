"""The one place where the web asks what time it is; everything below is told (当前时刻)."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone

from gongkai.foundation.clock import legal_day


def moment(request: HttpRequest) -> datetime:
    """The moment of this request: asked once, the same for everything it does."""
    known: datetime | None = getattr(request, "moment", None)
    if known is None:
        known = timezone.now()
        request.moment = known  # type: ignore[attr-defined]
    return known


def today(request: HttpRequest) -> date:
    """The legal day of this request."""
    return legal_day(moment(request))
