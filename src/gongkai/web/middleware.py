"""What every request passes (中间件): NUL refused at the edge, a strict Content-Security-Policy."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest

Handler = Callable[[HttpRequest], HttpResponse]

# No page of ours loads anything from elsewhere or runs anything written into the page.
_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
)
# The API's try-it page (Swagger UI, served by ourselves) starts from a script in the page.
_DOCS_POLICY = _POLICY + "; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'"


class NulRefused:
    """PostgreSQL cannot keep U+0000 and SQLite can: refuse it before either is asked."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse a path or query with NUL; bodies are refused where they are read."""
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest("地址里有看不见的控制字符，删去后再试。")
        return self.handler(request)


class ContentSecurityPolicy:
    """Adds the policy to every answer."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the policy of the page."""
        response = self.handler(request)
        docs = request.path == "/api/v1/docs"
        response.setdefault("Content-Security-Policy", _DOCS_POLICY if docs else _POLICY)
        return response
