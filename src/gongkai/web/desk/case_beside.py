"""What happened beside the course of a case (更正、改派、撤销), and what the applicant said meanwhile (申请人的说明)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.casework.applicants import PERSONAL
from gongkai.casework.correcting import CORRECTED, VOIDED
from gongkai.casework.forwarding import SETTLED, TAKEN
from gongkai.casework.handover import HANDED_OVER
from gongkai.casework.models import Case, SideRequest
from gongkai.casework.queries import View, story
from gongkai.casework.side.voiding import VOIDED as SIDE_VOIDED
from gongkai.foundation import ledger, organs
from gongkai.foundation.clock import legal_day
from gongkai.foundation.models import Account, LedgerEvent, Organ
from gongkai.rules.applicants import APPLICANT_CLASSES
from gongkai.web.desk.case_words import Told

_LABELS = {
    CORRECTED: "更正申请人信息", VOIDED: "撤销登记", SIDE_VOIDED: "撤销登记", HANDED_OVER: "改派经办人",
    TAKEN: "代转：对方接下", SETTLED: "代转：对方不登记",
}  # fmt: skip
# Where an act keeps what the applicant said.
_SAID = {"receive_supplement": "note", "state_reasons": "opinion", "claim_payment": "note"}
_HEADINGS = {
    "receive_supplement": "补正",
    "state_reasons": "说明的理由",
    "claim_payment": "交来缴费凭证",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What the applicant said (申请人说的), with the day and what it answers."""

    on: date
    heading: str
    words: str


def said_by_applicant(found: View) -> list[Words]:
    """The applicant's own words after the filing, the first first; a supplement that a clerk entered as well."""
    told = []
    for one in story(found):
        own = one.row.actor.startswith("applicant:") or one.row.act == "receive_supplement"
        if (
            one.row.act in _SAID
            and own
            and (one.given.get(_SAID[one.row.act]) or one.row.act != "receive_supplement")
        ):
            words = str(one.given.get(_SAID[one.row.act], ""))
            told.append(Words(one.row.on, _HEADINGS[one.row.act], words))
    return told


def told_beside(one: Case | SideRequest) -> list[Told]:
    """What the ledger tells of it beside its acts: two queries, none for people where nothing is told."""
    events = list(LedgerEvent.objects.filter(subject=one.ref, kind__in=_LABELS).order_by("-seq"))
    if not events:
        return []
    names = _names(events)
    return [
        Told(
            legal_day(event.recorded_at), event.recorded_at, _LABELS[event.kind],
            names.get(event.actor, "系统"), tuple(_details(event, names)), "", event.seq,
        )
        for event in events
    ]  # fmt: skip


def _names(events: list[LedgerEvent]) -> dict[str, str]:
    refs = {event.actor for event in events} | {json.loads(event.payload).get("to", "") for event in events}
    ids = [int(ref.partition(":")[2]) for ref in refs if ref.startswith("account:")]
    return {one.ref: one.display_name for one in Account.objects.filter(pk__in=ids)}


def _details(event: LedgerEvent, names: dict[str, str]) -> list[str]:
    said: dict[str, Any] = json.loads(event.payload)
    found = []
    if event.kind == HANDED_OVER:
        found.append(f"由{names.get(said['to'], '别人')}接手")
    if event.kind == CORRECTED:
        tokens = [*said.get("texts", ()), *said.get("removed", ())]
        labels = [PERSONAL[one].label for one in tokens if one in PERSONAL]
        known = APPLICANT_CLASSES.get(said.get("applicant_class", ""))
        found.append(f"类别：{known.label if known else ''}")
        found += [f"改了：{'、'.join(labels)}"] if labels else []
    if event.kind in (TAKEN, SETTLED):
        found.append(organs.current_name(Organ.objects.get(code=said["organ"])))
    reason = json.loads(ledger.open_personal(event) or "{}").get("reason", "")
    return [*found, f"原因：{reason}"] if reason else found
