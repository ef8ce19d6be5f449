"""Acts of a case as a page tells them (案卷的措辞): what was filled in, who did it, letters, places in the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongkai.casework.given import EXTRAS
from gongkai.casework.letter_settings import needs_of
from gongkai.casework.letter_values import Unsaid, remedy_of
from gongkai.casework.queries import Said, View, story
from gongkai.foundation import organs
from gongkai.foundation.models import Account, Organ
from gongkai.rules import service
from gongkai.rules.applicants import APPLICANT_CLASSES
from gongkai.rules.citations import cite
from gongkai.rules.grounds import GROUNDS
from gongkai.rules.outcomes import OUTCOMES, OutcomeRefused
from gongkai.rules.remedy_notice import RemedyNotice
from gongkai.rules.requests.act import EFFECTS, Act, ClockEffect
from gongkai.rules.requests.decisions import basis
from gongkai.rules.requests.facts import Answer, Life
from gongkai.rules.requests.fields import FIELDS
from gongkai.rules.requests.leaving import answer_letter
from gongkai.rules.requests.letters import LETTERS, TO, Letter
from gongkai.rules.requests.retention import CLASSES

ORDER_KINDS = {"court": "人民法院", "reconsideration": "行政复议机关", "superior": "上级机关"}
FEE_METHODS = {"case": "按件", "page": "按量"}
# What somebody wrote about a person stands behind its own page, not in the story.
_KEPT_BACK = frozenset({"whom_contact"})
# Flags whose no was a choice.
_HELD_AT_FIRST = frozenset({"jointly", "bars_same"})


@dataclass(frozen=True, slots=True)
class Told:
    """One act of the story (经过的一步)."""

    on: date
    at: datetime | None
    label: str
    who: str
    details: tuple[str, ...]
    clock: str
    seq: int


def tell(found: View, names: dict[str, str]) -> list[Told]:
    """The acts of a case, newest first, the filing last."""
    told = [_told(said, found, names) for said in reversed(story(found))]
    case = found.case
    who = names.get(case.filed_by, "申请人" if case.filed_by == "public" else "对接平台")
    first = Told(case.arrived_on, case.filed_at, "申请到达", who, (), "", case.entered_seq)
    return [*told, first]


def _told(said: Said, found: View, names: dict[str, str]) -> Told:
    order = [*(f.code for f in said.act.fields), *EXTRAS]
    given = {code: said.given[code] for code in order if code in said.given}
    details = [
        f"{label_of(code, said.act.id)}：{text}"
        for code, value in given.items()
        if not _says_nothing(code, value, said.act)
        and (text := value_text(code, value, said.act, found.life, names))
    ]
    effect = EFFECTS[said.act.clock] if said.act.clock is not ClockEffect.NONE else ""
    who = names.get(said.row.actor, "申请人" if said.row.actor.startswith("applicant") else "系统")
    return Told(said.row.on, said.row.at, said.act.label, who, tuple(details), effect, said.row.seq)


def _says_nothing(code: str, value: Any, act: Act) -> bool:
    """A contact, and a box that nobody had to tick."""
    unticked = value is False and code in act.also and code not in _HELD_AT_FIRST
    return unticked or code in _KEPT_BACK


def label_of(code: str, act: str) -> str:
    """What a field is called in the words of its act."""
    if code == "note" and act == "receive_supplement":
        return "补正的内容"
    return FIELDS[code].label if code in FIELDS else EXTRAS.get(code, code)


def names_of(found: View) -> dict[str, str]:
    """The names of the accounts that acted on a case, or were named in it: one query."""
    refs = {found.case.filed_by, *(row.actor for row in found.acts)}
    refs |= {str(said.given["handler"]) for said in story(found) if "handler" in said.given}
    ids = [int(ref.partition(":")[2]) for ref in refs if ref.startswith("account:")]
    return {a.ref: a.display_name for a in Account.objects.filter(pk__in=ids)}


def value_text(code: str, value: Any, act: Act, life: Life, names: dict[str, str]) -> str:
    """A value of an act as a person reads it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if code == "passages":
        return "；".join(f"{one.place}（{GROUNDS[one.ground].label}）" for one in value)
    if code == "grounds":
        return "；".join(GROUNDS[one].label for one in value)
    if code == "consultation":
        return (
            life.round.consultations[value].whom if value < len(life.round.consultations) else str(value + 1)
        )
    if code == "part":
        return life.round.parts[value].organ if value < len(life.round.parts) else str(value + 1)
    if isinstance(value, str):
        return _choice_text(code, value, act, names)
    return str(value)


def _choice_text(code: str, value: str, act: Act, names: dict[str, str]) -> str:
    match code:
        case "handler":
            return names.get(value, value)
        case "applicant_class":
            return APPLICANT_CLASSES[value].label
        case "outcome":
            return OUTCOMES[value].printed.replace("/", " ")
        case "order_kind":
            return ORDER_KINDS[value]
        case "retention_class":
            return CLASSES[value].label
        case "method":
            known = FEE_METHODS if act.id == "issue_fee" else service.METHODS
            return known.get(value, value)
    return value


def supplements_of(found: View) -> list[tuple[date, str]]:
    """What the applicant supplemented, in their own words, with the day (补正的内容)."""
    return [
        (said.row.on, str(said.given["note"]))
        for said in story(found)
        if said.act.id == "receive_supplement" and said.given.get("note")
    ]


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter that an act leads to (产生的文书)."""

    code: str
    title: str
    to: str


def letters_of(act: Act) -> list[LetterLine]:
    """The letters of an act, by code and title; the reply's depends on the decision."""
    lines = []
    for code in act.letters:
        if code == "reply":
            lines.append(LetterLine("reply-…", "政府信息公开申请答复书（按办理结果）", TO["applicant"]))
        else:
            lines.append(_line(LETTERS[code]))
    return lines


def _line(letter: Letter) -> LetterLine:
    return LetterLine(letter.code, letter.title, TO[letter.to])


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer as a page shows it before it leaves (拟作的答复)."""

    answer: Answer
    outcome: str
    grounds: tuple[str, ...]
    basis: str
    letter: LetterLine
    remedy: RemedyNotice | None
    missing: str


def decision_of(life: Life, organ: Organ, day: date) -> Decision | None:
    """The answer in hand with its letter and the remedies paragraph that stands, or on ``day`` would stand, in it."""
    answer = life.round.answer
    if answer is None:
        return None
    try:
        notice, missing = _remedy(answer, organ, day), ""
    except (Unsaid, OutcomeRefused) as refused:
        notice, missing = None, str(refused)
    letter = answer_letter(life)
    assert letter is not None, "there is an answer"
    return Decision(
        answer,
        OUTCOMES[answer.outcome].printed.replace("/", " "),
        tuple(f"{GROUNDS[code].label}（{cite((GROUNDS[code].provision,))}）" for code in answer.grounds),
        basis(answer.outcome, answer.grounds),
        _line(letter),
        notice,
        missing,
    )


def _remedy(answer: Answer, organ: Organ, day: date) -> RemedyNotice:
    government = organ.parent if organ.parent is not None else organ
    return remedy_of(
        organ, answer.signed_on or day, answer.outcome, answer.grounds,
        government_name=organs.current_name(government), needs=needs_of(organ),
    )  # fmt: skip
