"""What every request passes (中间件): changed keys are taken over, NUL and what is too large refused at the edge,
a strict Content-Security-Policy and Secure cookies set."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest

_MEGABYTE = 1024 * 1024
# The largest form: a table to import with its evidence files.
_LARGEST_BODY = 200 * _MEGABYTE
# What strangers may send: the papers of one request, and the fields beside them.
_LARGEST_OF_THE_PUBLIC = 52 * _MEGABYTE
_PUBLIC_FORMS = ("/apply/", "/track/")
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


class KeysFollowed:
    """A data key that was changed since the last request is taken over before anything is sealed (换密钥)."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the key file, which costs one question to the file system."""
        settings.GONGKAI_DATA_KEYS.follow()
        return self.handler(request)


class TooLargeRefused:
    """A body that no form of ours sends is refused before any of it is read to the disk."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse by the length that the request itself declares."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        most = _largest(request)
        if not length.isdigit() or int(length) > most:
            size = f"一次不超过 {most // _MEGABYTE} MB"
            return HttpResponse(
                f"送来的内容太大，没有接收。{size}，拆成几次再传。按浏览器的返回键回到表单，填的还在。",
                status=413,
                content_type="text/plain; charset=utf-8",
            )
        return self.handler(request)


def _largest(request: HttpRequest) -> int:
    """How many bytes the address takes; the API answers in its own way."""
    if request.path.startswith("/api/"):
        return _LARGEST_BODY
    if not request.META.get("CONTENT_TYPE", "").startswith("multipart/"):
        return settings.DATA_UPLOAD_MAX_MEMORY_SIZE or _LARGEST_BODY
    return _LARGEST_OF_THE_PUBLIC if request.path.startswith(_PUBLIC_FORMS) else _LARGEST_BODY


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


class SecureCookies:
    """Marks every cookie Secure where the page came by https; a demonstration by http keeps working."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with cookies as safe as the way they came."""
        response = self.handler(request)
        if request.is_secure():
            for cookie in response.cookies.values():
                cookie["secure"] = True
        return response
