"""Requests handed on to an organ of the district (转来的申请, 条例 art 36 item 5): seen, taken on, entered or ticked off.

The organ's people read what is asked; who asks, only once one of them took it on, on record. The law names no day
of receipt for such a request: channel and day are what the clerk who enters it states.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from gongkai.casework.filing_checks import AgentGiven, ApplicantGiven, Filing
from gongkai.casework.forward_papers import along_of_many
from gongkai.casework.lives import excerpt_of, texts_of, texts_of_many
from gongkai.casework.models import Case, CaseForward
from gongkai.casework.part_list import organs_named
from gongkai.casework.readers import all_organs, organs_where, works_at
from gongkai.casework.refusals import refused
from gongkai.foundation import ledger
from gongkai.foundation.actors import Actor, NotAllowed, require
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import LedgerEvent, Organ
from gongkai.rules.requests.facts import Life
from gongkai.rules.roles import Permission

TAKEN, SETTLED = "case.forward_taken", "case.forward_settled"
MOST_LISTED = 50
# Not yet entered nor ticked off; or entered, and the entry struck out.
_WAITS = Q(settled_seq=None) | Q(entered__voided_seq__isnull=False)
_REQUEST = ("filing.title", "filing.description", "filing.document_number")


@dataclass(frozen=True, slots=True)
class ForwardRow:
    """One request in the inbox of the organ it was handed on to (一件转来的申请)."""

    forward: CaseForward
    excerpt: str
    papers: int


def put(case: Case, life: Life) -> None:
    """List the forward just recorded where its organ is kept here; call inside the act's transaction."""
    forwards = [one for round_ in life.rounds for one in round_.forwards]
    last = forwards[-1]
    organ = organs_named(case.organ, {last.organ.strip()}).get(last.organ.strip())
    if organ is not None:
        CaseForward.objects.create(case=case, place=len(forwards) - 1, organ_id=organ, on=last.on)


def waiting(
    actor: Actor, *, organ: Organ | None = None, among: list[Organ] | None = None
) -> tuple[ForwardRow, ...]:
    """What was handed on to the actor's organs and is not entered yet, the oldest first; a fixed number of queries."""
    among = all_organs() if among is None else among
    here = [one for one in _receiving(actor, among) if organ is None or one.pk == organ.pk]
    if not here:
        return ()
    rows = CaseForward.objects.filter(_WAITS, organ__in=here).select_related("case", "entered")
    found, known = list(rows[:MOST_LISTED]), {one.pk: one for one in among}
    for row in found:
        row.organ, row.case.organ = known[row.organ_id], known[row.case.organ_id]
    texts = texts_of_many([row.case for row in found], *_REQUEST) if found else {}
    papers = along_of_many(found)
    return tuple(ForwardRow(row, excerpt_of(texts[row.case_id]), len(papers[row.pk])) for row in found)


def _receiving(actor: Actor, among: list[Organ]) -> list[Organ]:
    found = organs_where(actor, Permission.CASE_ENTER, among)
    return [one for one in found if works_at(actor, one)]


def forward_for(actor: Actor, organ: Organ, number: str, place: int) -> CaseForward | None:
    """One that still waits, for who enters requests there; None for everybody else, and where there is none."""
    found = forward_named(actor, organ, number, place)
    return found if found is not None and found.waits else None


def forward_named(actor: Actor, organ: Organ, number: str, place: int) -> CaseForward | None:
    """The same, entered or ticked off though it may be: what an entry form is about."""
    if not actor.may(Permission.CASE_ENTER, organ):
        return None
    rows = CaseForward.objects.select_related(
        "case__organ__parent", "case__applicant", "organ__parent", "entered"
    )
    return rows.filter(case__number=number, place=place, organ=organ).first()


def request_of(forward: CaseForward) -> dict[str, str]:
    """What is asked, by token; nothing of who asks."""
    return texts_of_many([forward.case], *_REQUEST)[forward.case_id]


def take_on(forward: CaseForward, *, by: Actor, now: datetime) -> CaseForward:
    """Take it on to enter it here (接下转来的申请): from now on this person reads who asks, on record.

    Raises CaseworkRefused, NotAllowed.
    """
    require(by, Permission.CASE_ENTER, forward.organ, "接下转来的申请")
    with write_transaction():
        row = still_waiting(forward)
        if row.taken_by == by.ref:
            return row
        row.taken_by = by.ref
        row.save(update_fields=["taken_by"])
        _tell(TAKEN, row, by, now)
    return row


def carried(forward: CaseForward, *, by: Actor) -> Filing:
    """The request as it was filed, applicant and all (转来的内容), for who took it on. Raises NotAllowed."""
    if not forward.taken_by or forward.taken_by != by.ref:
        raise NotAllowed("先接下这件转来的申请，才看得到申请人；谁接下、什么时候，记入底账。")
    case, texts = forward.case, texts_of(forward.case)
    applicant = {
        name: texts.get(f"applicant.{name}", "")
        for name in ("name", "id_number", "phone", "email", "address", "representative")
    }
    agent = {name: texts.get(f"agent.{name}", "") for name in ("name", "id_type", "id_number", "phone")}
    return Filing(
        applicant=ApplicantGiven(
            applicant_class=case.applicant_class, id_type=case.applicant.id_type, **applicant
        ),
        description=texts.get("filing.description", ""),
        title=texts.get("filing.title", ""),
        document_number=texts.get("filing.document_number", ""),
        form=case.form,
        delivery=case.delivery,
        agent=AgentGiven(**agent) if any(agent.values()) else None,
    )


def settle(forward: CaseForward, reason: str, *, by: Actor, now: datetime) -> CaseForward:
    """Tick it off without entering it (不登记): the reason is on record. Raises CaseworkRefused, NotAllowed."""
    require(by, Permission.CASE_ENTER, forward.organ, "办结转来的申请")
    if not reason.strip():
        raise refused("reason", "写明为什么不登记，例如“申请人已经直接提出，登记为某号”。")
    if len(reason) > 200:
        raise refused("reason", "理由最多 200 个字，写短一些。")
    with write_transaction():
        row = still_waiting(forward)
        row.entered, row.settled_seq = None, ledger.next_seq()
        row.save(update_fields=["entered", "settled_seq"])
        _tell(SETTLED, row, by, now, {"reason": reason.strip()})
    return row


def still_waiting(forward: CaseForward) -> CaseForward:
    """The row as it is now; call inside a transaction. Raises CaseworkRefused where it was entered or ticked off."""
    row = CaseForward.objects.select_related("case", "organ", "entered").get(pk=forward.pk)
    if row.waits:
        return row
    if row.entered is not None:
        raise refused("", f"这件转来的申请已经登记为 {row.entered.number}，不用再登记。")
    raise refused("", "这件转来的申请已经有人办结，不登记；确实要登记的，按“录入申请”另填一张。")


def enter(forward: CaseForward, case: Case, seq: int, by: Actor) -> dict[str, object]:
    """Join the entry to what was handed on; what its event says of that. Call inside the filing's transaction."""
    row = still_waiting(forward)
    if row.organ_id != case.organ_id:
        raise refused("organ", "这件是转给别的机关的；按“录入申请”另填一张，或者改回它转给的机关。")
    if row.taken_by != by.ref:
        raise refused("", "这件转来的申请已经由别人接下；要由自己登记，回到待办再接下一次。")
    row.entered, row.settled_seq = case, seq
    row.save(update_fields=["entered", "settled_seq"])
    return origin_values(row)


def origin_values(row: CaseForward) -> dict[str, object]:
    """What the event of an entry says of where the request was handed on from."""
    return {"handed_on_from": {"case": row.case.ref, "place": row.place}}


def handed_on(case: Case) -> list[CaseForward]:
    """Where the request was handed on to, and as what it was entered there; and from where it came."""
    rows = CaseForward.objects.filter(Q(case=case) | Q(entered=case))
    found = list(rows.select_related("case__organ", "organ", "entered"))
    if case.voided_seq is not None and all(row.case_id == case.pk for row in found):
        origin = left_by(case)
        found += [origin] if origin is not None else []
    return found


def left_by(case: Case) -> CaseForward | None:
    """From where an entry that was struck out came, after the request was entered anew: as its own event says."""
    event = LedgerEvent.objects.filter(subject=case.ref, kind="case.filed").first()
    said = json.loads(event.payload).get("handed_on_from") if event is not None else None
    if said is None:
        return None
    rows = CaseForward.objects.select_related("case__organ", "organ", "entered")
    return rows.filter(case_id=int(said["case"].partition(":")[2]), place=said["place"]).first()


def _tell(kind: str, row: CaseForward, by: Actor, now: datetime, words: dict[str, str] | None = None) -> None:
    ledger.append(
        kind,
        subject=row.case.ref,
        actor=by.ref,
        now=now,
        organ_code=row.organ.code,
        payload={"place": row.place, "organ": row.organ.code},
        personal=words,
    )
