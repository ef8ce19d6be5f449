"""The letter about one (告知书): composed from the record, checked, typeset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.casework.lives import texts_of
from gongkai.casework.models import SideRequest
from gongkai.foundation import organs
from gongkai.rules.documents import OfficialDocument
from gongkai.rules.requests.letter_lint import Fault
from gongkai.rules.side_requests.facts import SideLife
from gongkai.rules.side_requests.kinds import CORRECTION, KINDS
from gongkai.rules.side_requests.letters import LETTERS, compose, lint, values_of
from gongkai.rules.side_requests.life import received_on

_ASKED: dict[str, tuple[tuple[str, str], ...]] = {
    "correction": (("filing.record", "记录"), ("filing.wrong", "现在的记载"), ("filing.right", "要求更正为")),
    "conversion": (("filing.information", "建议公开的信息"), ("filing.grounds", "理由")),
}


@dataclass(frozen=True, slots=True)
class Drafted:
    """The letter as it stands; ``faults``: what is missing, which keeps it from leaving."""

    document: OfficialDocument
    faults: tuple[Fault, ...]


def drafted(side: SideRequest, life: SideLife, texts: Mapping[str, str], *, dated: date) -> Drafted | None:
    """The letter of the decision in hand; None before anything was decided. ``life`` with its words."""
    decision = life.decision
    if decision is None:
        return None
    letter = LETTERS[decision.outcome]
    organ = organs.current_name(side.organ)
    said = {
        "addressee": addressee(side, texts),
        "request": "\n".join(f"{label}：{texts[t]}" for t, label in _ASKED[side.kind] if texts.get(t)),
        "reason": decision.reason,
        "done": decision.done,
        "responsible": f"{decision.organ}（{decision.contact}）" if decision.contact else decision.organ,
        "access": f"{decision.title}，{decision.access}" if decision.title else decision.access,
    }
    day = received_on(life) or side.arrived_on
    values = values_of(letter, said, received=day, dated=dated, organ=organ, carried=decision.carried_on)
    document = compose(
        letter, values, number=decision.number, case_number=side.number, dated=dated,
        what="更正申请" if side.kind == CORRECTION else "纳入主动公开的建议", contact=_contact(side),
    )  # fmt: skip
    return Drafted(document, lint(letter, values))


def addressee(side: SideRequest, texts: Mapping[str, str]) -> str:
    """Whom it is written to: the name given, the request's applicant, else what such a person is called."""
    name = texts.get("person.name", "")
    if not name and side.proven and side.about is not None:
        name = texts_of(side.about).get("applicant.name", "")
    return name or KINDS[side.kind].person


def _contact(side: SideRequest) -> str:
    organ = side.organ
    return "　".join(filter(None, (organ.disclosure_office, organ.phone and f"电话 {organ.phone}")))
