"""The list of messages (通知清单): what has not left and why, filtered, sorted, and as xlsx; never a word of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as Sheet
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpResponse

from gongkai.foundation import organs, outbox
from gongkai.foundation.actors import Actor
from gongkai.foundation.clock import SHANGHAI
from gongkai.foundation.gateways import FAILURES
from gongkai.foundation.models import Channel, OutboxMessage
from gongkai.web.desk.admin_lists import PAGE_SIZE, Filter, Heading, book, headings, kept, words
from gongkai.web.desk.message_words import STATES, State, cure, reason, state

_COLUMNS = (
    ("reference", "哪一件"), ("about", "哪一步"), ("channel", "渠道"), ("created_at", "放进"), ("tries", "试过"),
    ("next_try_at", "状态"), ("failure", "原因"),
)  # fmt: skip
_ORDERS = {code for code, _ in _COLUMNS}
_STATES: dict[str, Q] = {
    "all": Q(),
    "unsent": outbox.UNSENT,
    "waiting": outbox.OPEN,
    "failed": outbox.UNSENT & Q(failed_at__isnull=False),
    "dismissed": Q(sent_at=None, dismissed_at__isnull=False),
    "sent": Q(sent_at__isnull=False),
}
_MOST_EXPORTED = 50_000


@dataclass(frozen=True, slots=True)
class Line:
    """One message of the list."""

    message: OutboxMessage
    organ: str
    state: State
    reason: str
    cure: str


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the messages; ``state`` is the one chosen, by default what has not left."""

    headings: list[Heading]
    lines: list[Line]
    sheet: Sheet[Any]
    filters: list[Filter]
    q: str
    query: str
    total: int
    state: str
    narrowed: bool


def wanted(reader: Actor, query: Mapping[str, str]) -> QuerySet[OutboxMessage]:
    """The messages the address asks for; what it asks wrongly is left out."""
    rows = outbox.messages(reader).filter(_STATES[_state(query)])
    if query.get("channel") in Channel.values:
        rows = rows.filter(channel=query["channel"])
    if query.get("failure") in FAILURES:
        rows = rows.filter(failure=query["failure"])
    text = words(query)
    if text:
        rows = rows.filter(Q(reference__icontains=text) | Q(about__icontains=text))
    order = query.get("sort", "")
    if order.lstrip("-") in _ORDERS:
        column = F(order.lstrip("-"))
        return rows.order_by(column.desc() if order.startswith("-") else column.asc(), "pk")
    return rows.order_by("-created_at", "-pk")


def _state(query: Mapping[str, str]) -> str:
    """The state asked for: what has not left where none is, everything where none was chosen from the list."""
    if query.get("state") == "":
        return "all"
    return query["state"] if query.get("state") in _STATES else "unsent"


def listing(reader: Actor, query: Mapping[str, str], now: datetime) -> Listing:
    """One page of the messages."""
    query = {**query, "state": _state(query)}
    sheet = Paginator(wanted(reader, query), PAGE_SIZE).get_page(query.get("page"))
    return Listing(
        headings=headings(_COLUMNS, query),
        lines=_lines(list(sheet), now),
        sheet=sheet,
        filters=_filters(query),
        q=words(query),
        query=urlencode(kept(query)),
        total=sheet.paginator.count,
        state=query["state"],
        narrowed=bool(set(kept(query)) - {"state", "sort"}),
    )


def _lines(rows: list[OutboxMessage], now: datetime) -> list[Line]:
    from gongkai.foundation.models import Organ

    names = organs.current_names(Organ.objects.filter(pk__in={row.organ_id for row in rows if row.organ_id}))
    return [
        Line(row, names.get(row.organ_id or 0, ""), state(row, now), reason(row), cure(row)) for row in rows
    ]


def _filters(query: Mapping[str, str]) -> list[Filter]:
    reasons = tuple((code, one.words) for code, one in FAILURES.items())
    return [
        Filter("state", "状态", tuple(STATES.items()), query["state"]),
        Filter("channel", "渠道", tuple(Channel.choices), query.get("channel", "")),
        Filter("failure", "原因", reasons, query.get("failure", "")),
    ]


def export(reader: Actor, query: Mapping[str, str], now: datetime) -> HttpResponse:
    """The same messages, all pages, as xlsx."""
    columns = ("哪一件", "单位", "哪一步", "渠道", "放进", "试过（次）", "状态", "说明", "原因", "怎么办")
    rows = list(wanted(reader, query)[:_MOST_EXPORTED])
    return book("通知", columns, [_exported(line) for line in _lines(rows, now)])


def _exported(line: Line) -> tuple[Any, ...]:
    message = line.message
    created = f"{message.created_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    return (
        message.reference, line.organ, message.about, message.get_channel_display(), created, message.tries,
        line.state.word, line.state.note, line.reason, line.cure,
    )  # fmt: skip
