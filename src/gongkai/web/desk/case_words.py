"""Acts of a case as a page tells them (案卷的措辞): what was filled in, who did it, letters, places in the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from gongkai.casework.letter_settings import needs_of
from gongkai.casework.letter_values import Unsaid, remedy_of
from gongkai.casework.queries import Said, View, story
from gongkai.casework.told import FEE_METHODS, ORDER_KINDS, details, names_of, value_text
from gongkai.foundation import organs
from gongkai.foundation.models import Organ
from gongkai.rules.citations import cite
from gongkai.rules.grounds import GROUNDS
from gongkai.rules.outcomes import OUTCOMES, OutcomeRefused
from gongkai.rules.remedy_notice import RemedyNotice
from gongkai.rules.requests.act import EFFECTS, Act, ClockEffect
from gongkai.rules.requests.decisions import basis
from gongkai.rules.requests.facts import Answer, Life
from gongkai.rules.requests.leaving import answer_letter
from gongkai.rules.requests.letters import LETTERS, TO, Letter

__all__ = [
    "FEE_METHODS", "ORDER_KINDS", "Decision", "LetterLine", "Told", "decision_of", "letters_of", "names_of", "tell",
    "value_text",
]  # fmt: skip


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
    effect = EFFECTS[said.act.clock] if said.act.clock is not ClockEffect.NONE else ""
    who = names.get(said.row.actor, "申请人" if said.row.actor.startswith("applicant") else "系统")
    return Told(
        said.row.on, said.row.at, said.act.label, who, details(said, found.life, names), effect, said.row.seq
    )


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

    title: str
    to: str


def letters_of(act: Act) -> list[LetterLine]:
    """The letters of an act, by title; the reply's depends on the decision."""
    lines = []
    for code in act.letters:
        if code == "reply":
            lines.append(LetterLine("政府信息公开申请答复书（按办理结果）", TO["applicant"]))
        else:
            lines.append(_line(LETTERS[code]))
    return lines


def _line(letter: Letter) -> LetterLine:
    return LetterLine(letter.title, TO[letter.to])


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
