"""The frame of every public page (门户框架): whose site it is, how it is read, and how it is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control, patch_vary_headers

from gongkai.foundation import organs
from gongkai.foundation.models import Organ
from gongkai.web import demo

MODE_COOKIE = "mode"
ELDER = "elder"


@dataclass(frozen=True, slots=True)
class District:
    """The district whose site this is (本区); without an organ before anything is set up."""

    organ: Organ | None
    name: str

    @property
    def short(self) -> str:
        """Its name without 人民政府."""
        return self.name.removesuffix("人民政府")


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way here; the last has no address."""

    text: str
    href: str = ""


def district() -> District:
    """The district of this installation: its government."""
    organ = Organ.objects.filter(kind="government", parent=None).first()
    return District(organ, organs.current_name(organ) if organ is not None else "")


def answer(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    current: str = "",
    crumbs: tuple[Crumb, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """A page in its frame. ``current``: which entry of the navigation it stands under."""
    mode = request.COOKIES.get(MODE_COOKIE)
    framed = {
        "district": context.get("district") or district(),
        "demo": demo.card(),
        "elder": mode == ELDER,
        "current": current,
        "crumbs": crumbs,
        **context,
    }
    response = HttpResponse(render_to_string(template, framed, request), status=status)
    # The same address is drawn in two modes, and a correction must show at once.
    patch_vary_headers(response, ("Cookie",))
    patch_cache_control(response, no_cache=True)
    return response
