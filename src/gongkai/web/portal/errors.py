"""What a visitor reads when something is not there or went wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page: say where to go on."""
    return render(request, "portal/not_found.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our mistake: a page that needs no database."""
    return HttpResponse(render_to_string("portal/server_error.html"), status=500)
