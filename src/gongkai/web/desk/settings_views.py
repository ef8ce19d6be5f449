"""One's own settings (设置): light or dark, the password, the second factor, one's roles; and the style page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from gongkai.foundation import organs
from gongkai.foundation.models import Organ
from gongkai.rules import roles
from gongkai.web.clock import today
from gongkai.web.desk.frame import THEMES, page, said, theme

_YEAR = 365 * 24 * 3600


def settings(request: Any) -> HttpResponse:
    """What one may set for oneself, and what one may do where."""
    if request.method == "POST":
        wanted = request.POST.get("theme", "")
        if wanted not in THEMES:
            return redirect("desk:settings")
        said(request, f"已改为{THEMES[wanted]}。这个设置记在这台电脑的浏览器里。")
        answer = redirect("desk:settings")
        answer.set_cookie("theme", wanted, max_age=_YEAR, httponly=True, samesite="Lax")
        return answer
    held = list(Organ.objects.filter(code__in=list(request.actor.held)))
    names = organs.names_in(held, today(request).year)
    duties = [
        (
            names[organ.pk].name if organ.pk in names else organ.code,
            [roles.ROLES[role] for role in sorted(request.actor.held[organ.code])],
        )
        for organ in held
    ]
    context = {
        "themes": [(code, label, code == theme(request)) for code, label in THEMES.items()],
        "duties": duties,
        "signs": roles.signs({role for names_ in request.actor.held.values() for role in names_}),
        "account": request.account,
    }
    return page(request, "desk/settings.html", context)


def styleguide(request: Any) -> HttpResponse:
    """Every component in its states: what new pages are made of, and what the tests look at."""
    return page(request, "desk/styleguide.html")
