"""What goes over the wire smaller (压缩): text alone; files to download are compressed already."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_TEXT = ("text/", "application/json", "application/javascript", "application/atom+xml", "image/svg+xml")


class TextCompressed(GZipMiddleware):
    """Gzip for pages, styles and data, with Django's own padding against guessing from lengths."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress what is text."""
        if not response.get("Content-Type", "").startswith(_TEXT):
            return response
        return super().process_response(request, response)
