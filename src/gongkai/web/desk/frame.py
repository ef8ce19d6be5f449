"""The frame of every desk page (工作台框架): who is here, the registers at the side, what was just done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.foundation import kinds, organs
from gongkai.foundation.actors import Actor
from gongkai.foundation.models import Organ
from gongkai.rules import roles
from gongkai.web import demo
from gongkai.web.clock import today
from gongkai.web.desk.case_counts import overdue_here

# The registers as the side bar groups them: heading → (kind, icon).
REGISTERS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "主动公开",
        (
            ("publications", "doc"),
            ("documents", "doc"),
            ("normative-documents", "list"),
            ("normative-events", "list"),
            ("interpretations", "eye"),
            ("key-field-items", "list"),
            ("catalogue-issues", "book"),
            ("gazette-issues", "book"),
            ("gazette-distributions", "book"),
        ),
    ),
    ("依申请公开", (("requests", "pen"), ("processing-fees", "pen"))),
    ("复议诉讼", (("reconsiderations", "stamp"), ("lawsuits", "stamp"), ("complaints", "mail"))),
    (
        "台账",
        (
            ("statistics", "chart"),
            ("letters", "mail"),
            ("supervision-items", "check"),
            ("inspection-items", "check"),
            ("zones", "home"),
            ("open-days", "cal"),
            ("trainings", "user"),
            ("meetings", "user"),
            ("inspections", "eye"),
            ("appraisals", "stamp"),
            ("staff", "user"),
            ("report-problems", "help"),
        ),
    ),
)


THEMES = {"light": "浅色", "dark": "深色", "auto": "随系统"}


@dataclass(frozen=True, slots=True)
class Seat:
    """Where somebody works (岗位): the organ the side bar is about, and the roles held there in words."""

    organ: Organ | None
    name: str
    duties: str


def seat(request: Any) -> Seat:
    """The organ of the address, else the first organ where the person holds a role; asked for once a request."""
    found: Seat | None = getattr(request, "seat", None)
    if found is None:
        found = request.seat = _seat(request)
    return found


def _seat(request: Any) -> Seat:
    organ = getattr(request, "organ", None)
    return _at(request.actor, organ) if organ is not None else _own(request.actor)


def whose(request: Any) -> Seat:
    """The person's own seat (本人的岗位), whatever organ the page is about."""
    here = seat(request)
    return here if here.organ is None or here.organ.code in request.actor.held else _own(request.actor)


def _own(actor: Actor) -> Seat:
    found = Organ.objects.select_related("parent").filter(code__in=list(actor.held)) if actor.held else None
    organ = found.first() if found is not None else None
    return _at(actor, organ) if organ is not None else Seat(None, "", "")


def _at(actor: Actor, organ: Organ) -> Seat:
    held = actor.held.get(organ.code) or actor.roles_at(organ)
    duties = "、".join(sorted({roles.ROLES[role].label for role in held}))
    return Seat(organ, organs.current_name(organ), duties)


def page(
    request: Any,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    bare: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Answer with a desk page. ``bare``: without the side bar, before somebody is wholly signed in."""
    frame: dict[str, Any] = {"bare": bare, "demonstration": demo.card() is not None, "theme": theme(request)}
    if not bare:
        frame |= _side(request)
    return render(request, template, {**frame, **(context or {})}, status=status)


def theme(request: HttpRequest) -> str:
    """Light, dark, or as the system says; a setting of the desk alone."""
    wanted = request.COOKIES.get("theme", "light")
    return wanted if wanted in THEMES else "light"


def _side(request: Any) -> dict[str, Any]:
    here, own = seat(request), whose(request)
    actor: Actor = request.actor
    reads = here.organ is not None and actor.may("record.read", here.organ)
    return {
        "seat": here,
        "own_seat": own,
        "elsewhere": own.organ is not None and here.organ is not None and here.organ != own.organ,
        "actor": actor,
        "reads": reads,
        "registers": _registers() if reads else (),
        "manages_accounts": actor.holds("account.manage"),
        "manages_organs": actor.holds("organ.manage"),
        "loads_notices": actor.holds("notice.load"),
        "verifies": actor.holds("ledger.verify"),
        "sets_letters": here.organ is not None and actor.may("case.approve", here.organ),
        "inbox": actor.holds("record.read") or actor.holds("everything.read"),
        "overdue": overdue_here(actor, today(request).isoformat()),
        "oversees": actor.holds("filing.return") or actor.holds("everything.read"),
        "place": request.path,
    }


def _registers() -> list[dict[str, Any]]:
    return [
        {"label": label, "kinds": [{"kind": kinds.get(code), "icon": icon} for code, icon in found]}
        for label, found in REGISTERS
    ]


def said(request: HttpRequest, message: str) -> None:
    """Tell on the next page what was done and what happens next."""
    messages.success(request, message)
