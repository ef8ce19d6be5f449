"""The ledger on the desk (底账): its head, the anchor outside, proving it, and the newest events as sentences."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse

from gongkai.annual_report.models import Filing
from gongkai.casework.models import Case, SideRequest
from gongkai.foundation import anchors, kinds, ledger, organs, verification
from gongkai.foundation.actors import Actor
from gongkai.foundation.clock import SHANGHAI
from gongkai.foundation.models import Account, LedgerEvent, Organ
from gongkai.web.desk import history
from gongkai.web.desk.admin_lists import PAGE_SIZE, Filter, book, kept
from gongkai.web.desk.frame import page

# Acts on the system itself: whoever proves the ledger may read of them, content or not.
_SYSTEM = ("organ.", "account.", "role.", "notice.")
_MOST_EXPORTED = 20_000
_PAGES = {"case": "desk:case", "side": "desk:side"}


@dataclass(frozen=True, slots=True)
class Told:
    """One event as the page tells it: the sentence, what it is about, and where that can be read."""

    line: history.Line
    subject: str
    href: str
    place: str


def ledger_page(request: Any) -> HttpResponse:
    """The head, the anchor, and the events, newest first."""
    wanted = _wanted(request.GET)
    if request.GET.get("export") == "xlsx":
        return _export(request.actor, wanted)
    sheet = Paginator(wanted, PAGE_SIZE).get_page(request.GET.get("page"))
    number, digest = ledger.head()
    anchor = anchors.newest()
    context = {
        "number": number,
        "digest": digest,
        "anchor": anchor,
        "anchored": anchor[1].astimezone(SHANGHAI) if anchor is not None else None,
        "behind": number - anchor[0] if anchor is not None else number,
        "sheet": sheet,
        "told": _told(request.actor, list(sheet)),
        "filters": _filters(request.GET),
        "query": urlencode(kept(request.GET)),
        "filtered": bool(kept(request.GET)),
    }
    return page(request, "desk/ledger.html", context)


def verify(request: Any) -> HttpResponse:
    """Walk through everything that can be proven. It reads alone, so it is a page and not an act."""
    began = time.monotonic()
    proof = verification.verify()
    context = {"proof": proof, "seconds": max(1, round(time.monotonic() - began))}
    return page(request, "desk/ledger_proof.html", context)


def _wanted(query: Mapping[str, str]) -> Any:
    rows = LedgerEvent.objects.order_by("-seq")
    if query.get("organ"):
        rows = rows.filter(organ_code=query["organ"])
    if query.get("kind") in history.SENTENCES:
        rows = rows.filter(kind=query["kind"])
    who = query.get("actor", "")
    if who == "command-line" or (who.isascii() and who.isdigit()):
        rows = rows.filter(actor=who if who == "command-line" else f"account:{int(who)}")
    return rows


def _filters(query: Mapping[str, str]) -> list[Filter]:
    places = list(Organ.objects.all())
    names = organs.current_names(places)
    people = [
        (str(pk), f"{name}（{user}）")
        for pk, name, user in Account.objects.order_by("display_name", "pk").values_list(
            "pk", "display_name", "username"
        )
    ]
    return [
        Filter("organ", "机关", tuple((o.code, names[o.pk]) for o in places), query.get("organ", "")),
        Filter("kind", "事项", tuple(history.SENTENCES.items()), query.get("kind", "")),
        Filter("actor", "人员", (("command-line", "命令行"), *people), query.get("actor", "")),
    ]


def _told(reader: Actor, events: list[LedgerEvent]) -> list[Told]:
    codes = {event.organ_code for event in events} | {_of(event, "organ") for event in events}
    places = {organ.code: organ for organ in Organ.objects.select_related("parent").filter(code__in=codes)}
    names = organs.current_names(places.values())
    accounts = {_of(event, "account") for event in events} - {""}
    people = dict(Account.objects.filter(pk__in=accounts).values_list("pk", "display_name"))
    numbers = {_of(event, "filing") for event in events}
    filings = Filing.objects.in_bulk([int(one) for one in numbers if one.isdigit()])
    cases = _numbers(events)
    found = []
    for event, line in zip(events, history.lines(events), strict=True):
        organ = places.get(event.organ_code)
        reads = organ is not None and reader.may("record.read", organ)
        if not reads and not event.kind.startswith(_SYSTEM):
            # What was written of content stays with those who read content; that it was done does not.
            line = history.Line(line.seq, line.at, line.what, line.who, "", line.organ_code)
        subject, href = _subject(event, organ if reads else None, filings, cases, people, places, names)
        found.append(Told(line, subject, href, names[organ.pk] if organ is not None else ""))
    return found


def _numbers(events: list[LedgerEvent]) -> dict[str, str]:
    """The numbers of the cases, corrections and proposals that events are about, by subject."""
    found: dict[str, str] = {}
    for sort, model in (("case", Case), ("side", SideRequest)):
        keys = {int(key) for key in (_of(event, sort) for event in events) if key.isdigit()}
        rows = model.objects.filter(pk__in=keys).values_list("pk", "number") if keys else ()
        found |= {f"{sort}:{pk}": number for pk, number in rows}
    return found


def _of(event: LedgerEvent, what: str) -> Any:
    """The number or code of a subject of that sort; blank for others."""
    sort, _, rest = event.subject.partition(":")
    if sort != what:
        return ""
    return int(rest) if what == "account" and rest.isdigit() else rest


def _subject(
    event: LedgerEvent,
    organ: Organ | None,
    filings: Mapping[int, Filing],
    cases: Mapping[str, str],
    people: Mapping[int, str],
    places: Mapping[str, Organ],
    names: Mapping[int, str],
) -> tuple[str, str]:
    """What an event is about, and the address where the reader may open it."""
    sort, _, rest = event.subject.partition(":")
    if sort == "account":
        return people.get(_of(event, "account"), ""), ""
    if sort == "organ":
        return (names[places[rest].pk] if rest in places else rest), ""
    if sort == "notice":
        return rest, ""
    if rest.isdigit() and sort == "filing" and int(rest) in filings:
        year = filings[int(rest)].year
        return f"{year} 年年度报告", reverse("desk:filing", args=[organ.code, year]) if organ else ""
    if sort in _PAGES:
        number = cases.get(event.subject, "") if organ else ""
        return number, reverse(_PAGES[sort], args=[organ.code, number]) if organ and number else ""
    try:
        kind = kinds.get(sort)
    except KeyError:
        # A key of the database says nothing to anybody; a code or a year does.
        return ("" if rest.isdigit() else rest), ""
    href = reverse("desk:record", args=[organ.code, kind.code, int(rest)]) if organ and rest.isdigit() else ""
    return f"{kind.label} {rest} 号", href


def _export(reader: Actor, rows: Any) -> HttpResponse:
    told = _told(reader, list(rows[:_MOST_EXPORTED]))
    columns = ("号", "时间", "做了什么", "对象", "机关", "谁做的", "内容")
    lines = (
        (
            one.line.seq,
            f"{one.line.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}",
            one.line.what,
            one.subject,
            one.place,
            one.line.who,
            one.line.detail,
        )
        for one in told
    )
    return book("底账", columns, lines)
