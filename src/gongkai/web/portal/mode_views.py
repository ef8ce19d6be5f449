"""Elder mode (长辈版): a plain link that sets a cookie and leads back to where one was."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.web.portal.frame import ELDER, MODE_COOKIE

_YEAR = 365 * 24 * 60 * 60


@never_cache
@require_safe
def mode(request: HttpRequest, chosen: str) -> HttpResponse:
    """Read on in this mode. Only an address of this site is followed."""
    following = request.GET.get("next", "/")
    if not (following.startswith("/") and url_has_allowed_host_and_scheme(following, allowed_hosts=None)):
        following = "/"
    response = HttpResponseRedirect(following)
    if chosen == ELDER:
        response.set_cookie(
            MODE_COOKIE, ELDER, max_age=_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(MODE_COOKIE, samesite="Lax")
    return response
