"""Proving corrections and proposals (验证): what the ledger tells must be what rows and columns say."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Max

from gongkai.casework.models import SideRequest
from gongkai.casework.proving import facts_digest
from gongkai.casework.side import lives
from gongkai.casework.side.proving import filed_values, paper_values
from gongkai.foundation import personal
from gongkai.foundation.models import LedgerEvent
from gongkai.foundation.verification import Break
from gongkai.rules.side_requests.facts import SideLife
from gongkai.rules.side_requests.kinds import KINDS
from gongkai.rules.side_requests.life import begin, received_on, state
from gongkai.rules.side_requests.perform import CHANGES
from gongkai.rules.supplements import CaseRefused

_CHUNK = 200
_CHANGES = frozenset({"side.filed", "side.act", "side.file_added", "side.voided"})
_Event = tuple[LedgerEvent, dict[str, Any]]


def side_breaks() -> Iterator[Break]:
    """Every place where one does not hold."""
    yield from _serials()
    last = 0
    while True:
        rows = (
            SideRequest.objects.filter(pk__gt=last).order_by("pk").select_related("organ", "handler", "about")
        )
        sides = list(rows.prefetch_related("acts", "sealed_texts", "papers__file")[:_CHUNK])
        if not sides:
            break
        events = _events([side.ref for side in sides])
        for side in sides:
            place = f"{KINDS[side.kind].label} {side.number}"
            yield from (Break(place, message) for message in _one(side, events[side.ref]))
        last = sides[-1].pk
    yield from _strays()


def _serials() -> Iterator[Break]:
    groups = SideRequest.objects.values("organ__code", "kind", "year").annotate(
        n=Count("id"), last=Max("serial")
    )
    for group in groups.order_by("organ__code", "kind", "year"):
        if group["n"] != group["last"]:
            place = f"{group['organ__code']} {group['year']} 年的{KINDS[group['kind']].label}"
            yield Break(place, f"编到第 {group['last']} 号，只有 {group['n']} 件：有的被删除。从备份恢复。")


def _events(subjects: list[str]) -> dict[str, list[_Event]]:
    found: dict[str, list[_Event]] = defaultdict(list)
    for event in LedgerEvent.objects.filter(subject__in=subjects).order_by("seq"):
        found[event.subject].append((event, json.loads(event.payload)))
    return found


def _one(side: SideRequest, events: list[_Event]) -> Iterator[str]:
    filed = [(e, said) for e, said in events if e.kind == "side.filed"]
    acts = [(e, said) for e, said in events if e.kind == "side.act"]
    if len(filed) != 1 or filed[0][0].seq != side.entered_seq:
        yield "底账里没有提出它的事件：这一件不是通过系统登记的。"
        return
    yield from _filed(side, *filed[0])
    yield from _acts(side, acts)
    if facts_digest(side) != (acts[-1] if acts else filed[0])[1]["facts"]:
        yield "事实与底账记的指纹不符，被绕过系统改过。"
        return
    yield from _life(side, acts)
    yield from _texts(side, events)
    yield from _papers(side, events)
    voided = [e.seq for e, _ in events if e.kind == "side.voided"]
    if side.voided_seq != (voided[0] if voided else None):
        yield "撤销登记与底账记的不同，被绕过系统改过。"
    if side.latest_seq != max(e.seq for e, _ in events if e.kind in _CHANGES):
        yield "最后一次改动的编号与底账不符，被绕过系统改过。"


def _filed(side: SideRequest, event: LedgerEvent, said: dict[str, Any]) -> Iterator[str]:
    changed = [name for name, value in filed_values(side).items() if said.get(name) != value]
    if (side.organ.code, side.filed_by, side.filed_at) != (event.organ_code, event.actor, event.recorded_at):
        changed.append("organ")
    if changed:
        yield f"{'、'.join(changed)} 与底账第 {event.seq} 号事件记的不同，被绕过系统改过。"


def _acts(side: SideRequest, events: list[_Event]) -> Iterator[str]:
    rows = {row.seq: row for row in side.acts.all()}
    for event, said in events:
        row = rows.pop(event.seq, None)
        if row is None:
            yield f"底账第 {event.seq} 号事件记的动作不在，被删除了。"
        elif (row.act, row.place, json.loads(row.given), row.actor, row.on) != (
            said["act"], said["place"], said["given"], event.actor, event.occurred_on,
        ):  # fmt: skip
            yield f"第 {row.place} 个动作与底账第 {event.seq} 号事件记的不同，被改过。"
    for row in rows.values():
        yield f"第 {row.place} 个动作在底账里没有事件：不是通过系统办的。"


def _life(side: SideRequest, acts: list[_Event]) -> Iterator[str]:
    life, again = lives.life_of(side), _replayed(side)
    if again is not None and again != life:
        yield "按动作重算的事实与登记的不同，被改过。"
    if side.state != state(life) or side.received_on != received_on(life):
        yield "状态或者收到之日与事实不符，被绕过系统改过。"
    held = [said["given"]["handler"] for _, said in acts if "handler" in said["given"]]
    if (side.handler.ref if side.handler else None) != (held[-1] if held else None):
        yield "经办人与底账记的不同，被绕过系统改过。"


def _replayed(side: SideRequest) -> SideLife | None:
    """The life as its acts make it; None where a later version of the law refuses an act of then."""
    life = begin(side.kind, side.channel, side.arrived_on)
    try:
        for row in side.acts.all():
            life = CHANGES[row.act](life, row.on, lives.from_json(row.given))
    except (CaseRefused, KeyError):
        return None
    return life


def _texts(side: SideRequest, events: list[_Event]) -> Iterator[str]:
    """Every word the ledger names is there and opens, unless the person was erased."""
    erased = any(e.kind == "person.erased" for e, _ in events)
    named = {name for _, said in events for name in said.get("texts", ())}
    kept = {row.token: row for row in side.sealed_texts.all() if not row.token.startswith("file.")}
    if not erased and named != set(kept):
        yield "文字与底账记的不符，有的被删除或者添加。"
    for row in kept.values():
        try:
            personal.open_sealed(row.sealed, place=row.at)
        except personal.Unreadable as wrong:
            yield str(wrong)


def _papers(side: SideRequest, events: list[_Event]) -> Iterator[str]:
    said = {e.seq: p for e, p in events if e.kind == "side.file_added"}
    said |= {e.seq: p["paper"] for e, p in events if e.kind == "side.act" and "paper" in p}
    if said != {p.seq: paper_values(p) for p in side.papers.all()}:
        yield "材料与底账记的不符，有的被删除、添加或者换过。"


def _strays() -> Iterator[Break]:
    """One the ledger knows and the table does not."""
    known = {f"side:{pk}" for pk in SideRequest.objects.values_list("pk", flat=True)}
    for subject, payload in LedgerEvent.objects.filter(kind="side.filed").values_list("subject", "payload"):
        if subject not in known:
            yield Break(json.loads(payload)["number"], "底账里有，登记被删除了。从备份恢复。")
