"""The addresses of the permission matrix: everything in the URL map, with the methods it takes and who asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver

from gongkai.rules import roles
from gongkai.rules.report.filing_states import TRANSITIONS

ANONYMOUS = "anonymous"
# Held at the government or its office; every other role is held at a unit.
DISTRICT_ROLES = {
    "operator": "government", "office_head": "office", "office_clerk": "office", "supervisor": "government",
    "linked_platform": "government",
}  # fmt: skip
PEOPLE = (*roles.ROLES, ANONYMOUS)
# What nobody signs in for answers everybody alike; these stand for all.
PUBLIC_PEOPLE = (ANONYMOUS, "unit_clerk", "operator", "supervisor")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# What the public faces take beside reading; a desk page says so itself.
TAKES: dict[str, tuple[str, ...]] = {
    "api/v1/requests": ("POST",),
    "apply/<slug:code>/": ("GET", "POST"),
    "apply/check/": ("GET", "POST"),
    "apply/clear/": ("POST",),
    "apply/alike/": ("POST",),
    "ask/<slug:kind>/<slug:code>/": ("GET", "POST"),
    "ask/<slug:kind>/check/": ("GET", "POST"),
    "ask/<slug:kind>/clear/": ("POST",),
    "track/": ("GET", "POST"),
    "track/case/notices/": ("POST",),
    "track/case/propose/": ("GET", "POST"),
    "track/side/evidence/": ("GET", "POST"),
    "track/side/papers/": ("GET", "POST"),
    "track/side/withdraw/": ("GET", "POST"),
    "track/case/papers/": ("GET", "POST"),
    "track/case/payment/": ("GET", "POST"),
    "track/case/reasons/": ("GET", "POST"),
    "track/case/supplement/": ("GET", "POST"),
    "track/case/withdraw/": ("GET", "POST"),
    "track/leave/": ("POST",),
}
# One act on a case for each permission that an act may ask.
CASE_ACTS = ("register", "record_search", "sign", "approve_extension")
REMEDY_ACTS = ("notice",)
SIDE_ACTS = ("register", "verify", "approve")
_FILING_ACTS = ("open", *TRANSITIONS)


@dataclass(frozen=True, slots=True)
class Case:
    """One address with one method: ``place`` is own or other where the address names an organ."""

    route: str
    method: str
    place: str
    act: str = ""

    @property
    def key(self) -> str:
        """How the table names it."""
        return " ".join(
            filter(None, (self.method, f"/{self.route}", self.act and f"({self.act})", self.place))
        )

    @property
    def desk(self) -> bool:
        """Whether it is the desk's."""
        return self.route.startswith("desk/")


def routes() -> dict[str, tuple[str, ...]]:
    """Every address of the URL map as it is declared, with the methods it takes: a desk page says so itself."""
    return dict(sorted(_routes(get_resolver().url_patterns)))


def _routes(patterns: Any, lead: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in patterns:
        route = lead + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _routes(pattern.url_patterns, route)
        else:
            page = getattr(pattern.callback, "desk_page", None)
            plain = route.replace("^", "").replace("$", "")
            yield plain, page.methods if page else TAKES.get(plain, ("GET",))


def cases() -> list[Case]:
    """Every address × every method it takes × own and other organ."""
    found = []
    for route, methods in routes().items():
        places = ("own", "other") if "<str:organ>" in route else ("",)
        acts = ("",)
        if "<str:act>" in route:
            acts = CASE_ACTS if "/cases/" in route else REMEDY_ACTS if "/remedies/" in route else _FILING_ACTS
            acts = SIDE_ACTS if "/side-requests/" in route else acts
        found += [Case(route, m, p, a) for a in acts for m in methods for p in places]
    return found
