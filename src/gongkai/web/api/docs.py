"""The page of the API to try it on (接口说明页): Swagger UI, served by ourselves."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI, Swagger


class OwnSwagger(Swagger):
    """Swagger UI with the files that Django Ninja brings.

    Ninja itself takes them from a CDN unless it is an installed app; as one it would be imported, with
    pydantic, before the first page is answered (ADR 16).
    """

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """The page."""
        said = {**self.settings, "url": self.get_openapi_url(api, kwargs)}
        return render(request, self.template, {"swagger_settings": json.dumps(said, indent=1), "api": api})
