"""Searching (搜索): cases by their number; titles and document numbers in the registers the reader may see."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse

from gongkai.casework import inbox_search
from gongkai.casework.side.queries import side_for
from gongkai.foundation import kinds, organs
from gongkai.foundation.actors import Actor
from gongkai.foundation.kinds import Kind
from gongkai.foundation.models import Organ, OrganName, Record
from gongkai.foundation.records import standing
from gongkai.web.clock import today
from gongkai.web.desk.frame import page

_FIRST, _SHEET = 5, 50
_LONGEST = 100
# Part of a case's number (编号); shorter ones and plain words would ask for nothing.
_NUMBER = re.compile(r"[0-9-]{4,}")


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found: its title, whose it is, and its number in the addresses."""

    title: str
    organ_code: str
    organ_name: str
    kind: str
    pk: int


@dataclass(frozen=True, slots=True)
class Group:
    """What was found in one register: how many, and the newest."""

    kind: Kind
    total: int
    hits: list[Hit]


def search(request: Any) -> HttpResponse:
    """The hits of every register, or all of one."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:_LONGEST]
    readable = _readable(request.actor)
    wanted = request.GET.get("kind", "")
    context: dict[str, Any] = {"search_words": words, "wanted": wanted, "many": len(readable) > 1}
    if words:
        names = organs.names_in(readable, today(request).year)
        if wanted in {kind.code for kind in kinds.all_kinds()}:
            context |= _one(kinds.get(wanted), words, readable, names, request.GET.get("page"))
        else:
            context["groups"] = _groups(words, readable, names)
            context["units"] = _units(words, readable, names)
            context["cases"], context["more_cases"] = _cases(request, words)
            context["total"] = sum(group.total for group in context["groups"]) + len(context["cases"])
    return page(request, "desk/search.html", context)


def _cases(request: Any, words: str) -> tuple[list[tuple[str, str, str]], bool]:
    """Requests whose number holds the words, and the correction or proposal of that number: number, title, address."""
    found, more = [], False
    if _NUMBER.fullmatch(words):
        sheet = inbox_search.numbered(request.actor, today(request), words, page_size=_FIRST)
        found = [
            _case_hit("desk:case", row.case.organ.code, row.case.number, row.excerpt) for row in sheet.rows
        ]
        more = sheet.more
    side = side_for(request.actor, words) if "-" in words else None
    if side is not None:
        found.append(_case_hit("desk:side", side.organ.code, side.number, side.get_kind_display()))
    return found, more


def _case_hit(view: str, organ: str, number: str, title: str) -> tuple[str, str, str]:
    return number, title, reverse(view, args=[organ, number])


def _readable(actor: Actor) -> list[Organ]:
    rows = Organ.objects.select_related("parent")
    return [organ for organ in rows if actor.may("record.read", organ)]


def _groups(words: str, readable: list[Organ], names: dict[int, OrganName]) -> list[Group]:
    found = []
    for kind in kinds.all_kinds():
        if not kind.search:
            continue
        rows = _matching(kind, words, readable)
        newest = list(rows[: _FIRST + 1])
        total = len(newest) if len(newest) <= _FIRST else rows.count()
        if newest:
            found.append(Group(kind, total, [_hit(kind, row, names) for row in newest[:_FIRST]]))
    return found


def _matching(kind: Kind, words: str, readable: list[Organ]) -> QuerySet[Record]:
    where = Q()
    for field in kind.search:
        where |= Q(**{f"{field}__icontains": words})
    related = ("organ", *kind.list_related, *_joined(kind))
    rows = standing(kind).filter(where, organ__in=readable)
    return rows.select_related(*dict.fromkeys(related)).order_by("-pk")


def _joined(kind: Kind) -> list[str]:
    return [field.partition("__")[0] for field in kind.search if "__" in field]


def _hit(kind: Kind, row: Record, names: dict[int, OrganName]) -> Hit:
    name = names.get(row.organ_id)
    return Hit(
        kind.title(row), row.organ.code, name.short_name if name else row.organ.code, kind.code, row.pk
    )


def _one(
    kind: Kind, words: str, readable: list[Organ], names: dict[int, OrganName], sheet: str | None
) -> dict[str, Any]:
    found = Paginator(_matching(kind, words, readable), _SHEET).get_page(sheet)
    return {
        "groups": [Group(kind, found.paginator.count, [_hit(kind, row, names) for row in found])],
        "sheet": found,
        "query": urlencode({"q": words, "kind": kind.code}),
        "total": found.paginator.count,
    }


def _units(words: str, readable: list[Organ], names: dict[int, OrganName]) -> list[tuple[Organ, str]]:
    """Organs whose name holds the words: the way to a unit's registers."""
    return [
        (organ, names[organ.pk].name)
        for organ in readable
        if organ.pk in names and (words in names[organ.pk].name or words == organ.code)
    ][:10]
