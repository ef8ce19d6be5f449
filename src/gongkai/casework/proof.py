"""Proving the cases (验证案卷): what the ledger tells of each case must be what its rows and columns say."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Max

from gongkai.casework import derived, part_list
from gongkai.casework.files import added_payload
from gongkai.casework.letter_proof import letter_breaks, number_breaks, wording_breaks
from gongkai.casework.lives import life_of
from gongkai.casework.models import Case, CaseAct, InformationRequest, PlatformToken
from gongkai.casework.proof_forwards import forward_breaks
from gongkai.casework.proof_redactions import redaction_breaks
from gongkai.casework.proving import FILED_COLUMNS, applicant_values
from gongkai.casework.replaying import Notices, replay
from gongkai.foundation import personal
from gongkai.foundation.models import LedgerEvent
from gongkai.foundation.verification import Break
from gongkai.rules.requests.facts import Life
from gongkai.rules.requests.life import receipt, state

_CHUNK = 200
_CHANGES = frozenset(
    {"case.filed", "case.act", "case.file_added", "case.corrected", "case.voided", "case.draft_saved",
     "case.letter_issued", "case.redacted"}
)  # fmt: skip


def case_breaks() -> Iterator[Break]:
    """Every place where a case does not hold."""
    yield from _serials()
    handed, notices = _handed_over(), Notices.load()
    last = 0
    while True:
        rows = (
            Case.objects.filter(pk__gt=last)
            .order_by("pk")
            .select_related("organ__parent", "handler", "applicant", "register", "handed_on_from__case")
        )
        cases = list(
            rows.prefetch_related(
                "acts",
                "sealed_texts",
                "papers__file",
                "papers__taken_from",
                "papers__came_from",
                "handed_on__entered",
                "letters__pdf",
                "letters__docx",
                "drafts",
                "letter_numbers",
                "waiting_parts",
                "redactions__source__file",
                "redactions__issued__file",
            )[:_CHUNK]
        )
        if not cases:
            break
        events = _events([case.ref for case in cases])
        for case in cases:
            place = f"案卷 {case.number}"
            found = _case(case, events[case.ref], handed.get(case.ref, []), notices)
            yield from (Break(place, message) for message in found)
        last = cases[-1].pk
    yield from _strays()
    yield from _platforms()
    yield from number_breaks()
    yield from wording_breaks()


def _serials() -> Iterator[Break]:
    """Serials are gapless by organ and year (编号连续)."""
    groups = Case.objects.values("organ__code", "year").annotate(n=Count("id"), last=Max("serial"))
    for group in groups.order_by("organ__code", "year"):
        if group["n"] != group["last"]:
            place = f"{group['organ__code']} {group['year']} 年的申请"
            yield Break(place, f"编到第 {group['last']} 号，只有 {group['n']} 件：有案卷被删除。从备份恢复。")


def _events(subjects: list[str]) -> dict[str, list[LedgerEvent]]:
    found: dict[str, list[LedgerEvent]] = defaultdict(list)
    for event in LedgerEvent.objects.filter(subject__in=subjects).order_by("seq"):
        found[event.subject].append(event)
    return found


def _handed_over() -> dict[str, list[tuple[int, str]]]:
    """To whom each case was handed, by the number of the event."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for event in LedgerEvent.objects.filter(kind="cases.handed_over").order_by("seq"):
        said = json.loads(event.payload)
        for ref in said["cases"]:
            found[ref].append((event.seq, said["to"]))
    return found


def _case(
    case: Case, events: list[LedgerEvent], handed: list[tuple[int, str]], notices: Notices
) -> Iterator[str]:
    filed = [(e, json.loads(e.payload)) for e in events if e.kind == "case.filed"]
    acts = [(e, json.loads(e.payload)) for e in events if e.kind == "case.act"]
    if len(filed) != 1 or filed[0][0].seq != case.entered_seq:
        yield "底账里没有提交它的事件：这件申请不是通过系统登记的。"
        return
    corrected = [json.loads(e.payload) for e in events if e.kind == "case.corrected"]
    said = filed[0][1] | ({"applicant": corrected[-1]["applicant"]} if corrected else {})
    yield from _filed(case, filed[0][0], said)
    yield from _class(case, events)
    yield from _acts(case, acts)
    facts = (acts[-1][1] if acts else filed[0][1])["facts"]
    if hashlib.sha256(case.facts.encode()).hexdigest() != facts:
        yield "案情与底账记的指纹不符，被绕过系统改过。"
        return
    life = life_of(case)
    again = replay(case, notices)
    if again is not None and again != life:
        yield "按动作重算的案情与登记的不同，被改过。"
    yield from _columns(case, life, acts, handed)
    if not part_list.fits(case, life):
        yield "协办清单与案情不符，被绕过系统改过。"
    yield from _texts(case, events)
    yield from _papers(case, events)
    yield from letter_breaks(case, events)
    yield from redaction_breaks(case, events)
    yield from forward_breaks(case, life, events)
    yield from _latest(case, events, handed)


def _filed(case: Case, event: LedgerEvent, said: dict[str, Any]) -> Iterator[str]:
    values = {name: getattr(case, name) for name in FILED_COLUMNS}
    values |= {"arrived_on": case.arrived_on.isoformat(), "applicant": applicant_values(case.applicant)}
    changed = [name for name, value in values.items() if said.get(name) != value]
    if (
        case.organ.code != event.organ_code
        or case.filed_by != event.actor
        or case.filed_at != event.recorded_at
    ):
        changed.append("organ")
    if changed:
        yield f"{'、'.join(changed)} 与底账第 {event.seq} 号事件记的不同，被绕过系统改过。"


def _class(case: Case, events: list[LedgerEvent]) -> Iterator[str]:
    """The class of the applicant as filing, registration and corrections set it, the last of them."""
    said = ""
    for event in events:
        payload = json.loads(event.payload)
        said = payload.get("given", payload).get("applicant_class", said)
    if said != case.applicant_class:
        yield "申请人类别与底账记的不同，被绕过系统改过。"


def _acts(case: Case, events: list[tuple[LedgerEvent, dict[str, Any]]]) -> Iterator[str]:
    rows = {row.seq: row for row in case.acts.all()}
    for event, said in events:
        row = rows.pop(event.seq, None)
        if row is None:
            yield f"底账第 {event.seq} 号事件记的动作不在案卷里，被删除了。"
        elif _act_values(row) != (said["act"], said["place"], said["given"], event.actor, event.occurred_on):
            yield f"第 {row.place} 个动作与底账第 {event.seq} 号事件记的不同，被改过。"
    for row in rows.values():
        yield f"第 {row.place} 个动作在底账里没有事件：不是通过系统办的。"


def _act_values(row: CaseAct) -> tuple[str, int, Any, str, date]:
    return row.act, row.place, json.loads(row.given), row.actor, row.on


def _columns(
    case: Case, life: Life, acts: list[tuple[LedgerEvent, dict[str, Any]]], handed: list[tuple[int, str]]
) -> Iterator[str]:
    if case.state != state(life) or case.received_on != receipt(life).day:
        yield "状态或者收到之日与案情不符，被绕过系统改过。"
    registered = [(e.seq, said["given"]) for e, said in acts if said["act"] == "register"]
    holders = sorted([(seq, given["handler"]) for seq, given in registered] + handed)
    if (case.handler.ref if case.handler else None) != (holders[-1][1] if holders else None):
        yield "经办人与底账记的不同，被绕过系统改过。"
    row: InformationRequest | None = getattr(case, "register", None)
    said = derived.registered(life)
    if said is None:
        if row is not None:
            yield "还没有确认收到，却已经计入登记簿。"
        return
    if row is None:
        yield "登记簿里没有这件申请：计数的一行被删除了。"
    elif (
        row.received_on,
        row.outcome,
        row.closed_on,
        row.applicant_class,
        row.organ_id,
        row.withdrawn_seq,
    ) != (
        said.received_on,
        said.outcome,
        said.closed_on,
        case.applicant_class,
        case.organ_id,
        case.voided_seq,
    ):
        yield "登记簿里的一行与案情不符，被绕过系统改过。"


def _texts(case: Case, events: list[LedgerEvent]) -> Iterator[str]:
    """Every word the ledger names is there and opens, unless the person was erased."""
    erased = any(e.kind == "person.erased" for e in events)
    named: set[str] = set()
    for event in events:
        payload = json.loads(event.payload)
        named = (named | set(payload.get("texts", ()))) - set(payload.get("removed", ()))
    kept = {row.token: row for row in case.sealed_texts.all() if not row.token.startswith("file.")}
    if not erased and named != set(kept):
        yield "文字与底账记的不符，有的被删除或者添加。"
    for row in kept.values():
        try:
            personal.open_sealed(row.sealed, place=row.at)
        except personal.Unreadable as wrong:
            yield str(wrong)


def _papers(case: Case, events: list[LedgerEvent]) -> Iterator[str]:
    said = {e.seq: json.loads(e.payload) for e in events if e.kind == "case.file_added"}
    said |= {e.seq: json.loads(e.payload)["file"] for e in events if e.kind == "case.redacted"}
    kept = {p.seq: added_payload(p, p.file) for p in case.papers.all()}
    if said != kept:
        yield "材料与底账记的不符，有的被删除、添加或者换过。"


def _latest(case: Case, events: list[LedgerEvent], handed: list[tuple[int, str]]) -> Iterator[str]:
    own = [e.seq for e in events if e.kind in _CHANGES]
    voided = [e.seq for e in events if e.kind == "case.voided"]
    if case.voided_seq != (voided[0] if voided else None):
        yield "撤销登记与底账记的不同，被绕过系统改过。"
    if case.latest_seq != max(own + [seq for seq, _ in handed]):
        yield "最后一次改动的编号与底账不符，被绕过系统改过。"


def _strays() -> Iterator[Break]:
    """A case the ledger knows and the table does not."""
    known = {f"case:{pk}" for pk in Case.objects.values_list("pk", flat=True)}
    filed = LedgerEvent.objects.filter(kind="case.filed").values_list("subject", "payload")
    for subject, payload in filed.iterator(2000):
        if subject not in known:
            yield Break(f"案卷 {json.loads(payload)['number']}", "底账里有，案卷被删除了。从备份恢复。")


def _platforms() -> Iterator[Break]:
    for token in PlatformToken.objects.order_by("pk"):
        events = list(LedgerEvent.objects.filter(subject=token.ref).order_by("seq"))
        issued = [json.loads(e.payload)["digest"] for e in events if e.kind == "platform.token_issued"]
        revoked = any(e.kind == "platform.token_revoked" for e in events)
        if issued != [token.digest] or revoked != (token.revoked_at is not None):
            yield Break(f"对接令牌“{token.label}”", "与底账记的不同，被绕过系统改过。")
