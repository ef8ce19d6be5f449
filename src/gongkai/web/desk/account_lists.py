"""The list of accounts (账号清单): who holds what where until when, filtered, sorted, and as xlsx."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as Sheet
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpResponse

from gongkai.foundation import organs, staffing
from gongkai.foundation.actors import Actor
from gongkai.foundation.clock import legal_day
from gongkai.foundation.models import Account, Organ, RoleHolding
from gongkai.rules import roles
from gongkai.web.desk.admin_lists import PAGE_SIZE, Filter, Heading, book, headings, kept, words

STATES = (
    ("open", "在用"),
    ("first", "还没有改首次密码"),
    ("locked", "锁定"),
    ("closed", "停用"),
    ("idle", "没有职责"),
)
_COLUMNS = (("display_name", "称呼"), ("username", "账号"), ("", "职责"), ("state", "状态"))
_ORDERS = {
    "display_name": ("display_name", "pk"),
    "username": ("username",),
    "state": ("is_active", "must_change", "locked_until", "username"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """One role as a person reads it: what, where, from when until when, and whether it runs today."""

    holding: RoleHolding
    role: str
    place: str
    when: str
    runs: bool
    past: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One account of the list."""

    account: Account
    state: str
    tone: str
    terms: list[Term]


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the accounts."""

    headings: list[Heading]
    lines: list[Line]
    sheet: Sheet[Any]
    filters: list[Filter]
    q: str
    query: str
    total: int


def term(holding: RoleHolding, names: Mapping[int, str], today: date) -> Term:
    """A term in words."""
    until, start = holding.until_on, holding.from_on
    when = f"{start} 起" if until is None else f"{start} 至 {until}"
    past = until is not None and until < today
    place = names.get(holding.organ_id, "")
    return Term(holding, roles.ROLES[holding.role].label, place, when, start <= today and not past, past)


def state(account: Account, now: datetime) -> tuple[str, str]:
    """The state of an account in words, and its tone."""
    if not account.is_active:
        return "停用", "gone"
    if account.locked_until is not None and account.locked_until > now:
        return "锁定", "bad"
    if account.must_change:
        return "还没有改首次密码", "near"
    return "在用", "ok"


def _wanted(query: Mapping[str, str], now: datetime) -> QuerySet[Account]:
    rows = Account.objects.all()
    today = legal_day(now)
    terms = RoleHolding.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=today))
    mine = terms.filter(account=OuterRef("pk"))
    text = words(query)
    if text:
        rows = rows.filter(Q(username__icontains=text) | Q(display_name__icontains=text))
    if query.get("organ"):
        mine = mine.filter(organ__code=query["organ"])
    if query.get("role"):
        mine = mine.filter(role=query["role"])
    if query.get("organ") or query.get("role"):
        rows = rows.filter(Exists(mine))
    locked = Q(locked_until__gt=now)
    chosen = {
        "open": Q(is_active=True, must_change=False) & ~locked,
        "first": Q(is_active=True, must_change=True) & ~locked,
        "locked": Q(is_active=True) & locked,
        "closed": Q(is_active=False),
        "idle": Q(is_active=True) & ~Exists(terms.filter(account=OuterRef("pk"))),
    }.get(query.get("state", ""))
    if chosen is not None:
        rows = rows.filter(chosen)
    order = query.get("sort", "")
    fields = _ORDERS.get(order.lstrip("-"), _ORDERS["username"])
    return rows.order_by(*(f"-{field}" for field in fields) if order.startswith("-") else fields)


def listing(reader: Actor, query: Mapping[str, str], now: datetime) -> Listing:
    """One page of the accounts, as the address asks for it."""
    today = legal_day(now)
    held = staffing.holdings(reader).order_by("organ__position", "organ__code", "role", "from_on")
    places = list(Organ.objects.all())
    names = organs.current_names(places)
    rows = _wanted(query, now).prefetch_related(Prefetch("roles", queryset=held, to_attr="held"))
    sheet = Paginator(rows, PAGE_SIZE).get_page(query.get("page"))
    return Listing(
        headings=headings(_COLUMNS, query),
        lines=[_line(account, names, now, today) for account in sheet],
        sheet=sheet,
        filters=_filters(query, places, names),
        q=words(query),
        query=urlencode(kept(query)),
        total=sheet.paginator.count,
    )


def _line(account: Any, names: Mapping[int, str], now: datetime, today: date) -> Line:
    terms = [term(holding, names, today) for holding in account.held]
    return Line(account, *state(account, now), [one for one in terms if not one.past])


def _filters(query: Mapping[str, str], places: list[Organ], names: Mapping[int, str]) -> list[Filter]:
    where = tuple((organ.code, names[organ.pk]) for organ in places)
    what = tuple((role.code, role.label) for role in roles.ROLES.values())
    return [
        Filter("organ", "机关", where, query.get("organ", "")),
        Filter("role", "职责", what, query.get("role", "")),
        Filter("state", "状态", STATES, query.get("state", "")),
    ]


def export(reader: Actor, query: Mapping[str, str], now: datetime) -> HttpResponse:
    """The same accounts, all pages, one row for each term, as xlsx."""
    held = staffing.holdings(reader).order_by("organ__position", "organ__code", "role", "from_on")
    names = organs.current_names(Organ.objects.all())
    rows = _wanted(query, now).prefetch_related(Prefetch("roles", queryset=held, to_attr="held"))
    columns = ("称呼", "账号", "状态", "职责", "机关", "任期起", "任期止", "开立日期")
    return book("账号和任职", columns, (row for one in rows for row in _exported(one, names, now)))


def _exported(account: Any, names: Mapping[int, str], now: datetime) -> list[tuple[Any, ...]]:
    head = (account.display_name, account.username, state(account, now)[0])
    opened = legal_day(account.opened_at)
    terms = [
        (*head, roles.ROLES[one.role].label, names[one.organ_id], one.from_on, one.until_on, opened)
        for one in account.held
    ]
    return terms or [(*head, "", "", None, None, opened)]
