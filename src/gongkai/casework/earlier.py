"""The answer a refusal refers to (此前的答复, 条例 art 36 item 6): chosen among the same applicant's answered cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from gongkai.casework.lives import life_of, texts_of_many
from gongkai.casework.models import Case
from gongkai.casework.refusals import refused
from gongkai.casework.same_applicant import same_applicant
from gongkai.rules.outcomes import OUTCOMES
from gongkai.rules.requests.facts import Answer
from gongkai.rules.requests.record_words import earlier_words
from gongkai.rules.requests.similar import likeness, needs_earlier, referred_to, shingles

FIELD = "earlier"
MOST_LOOKED_AT, MOST_OFFERED = 300, 50


@dataclass(frozen=True, slots=True)
class Earlier:
    """One answered case of the same applicant (此前答复过的一件). ``likeness``: of the words, 0 to 1."""

    case: Case
    answer: Answer
    likeness: float

    @property
    def label(self) -> str:
        """Number, day, letter and outcome, to choose by."""
        answer = self.answer
        return (
            f"{self.case.number}，{answer.signed_on} {answer.number}，{OUTCOMES[answer.outcome].label}，"
            f"文字相近 {round(self.likeness * 100)}%"
        )


def earlier_answers(case: Case) -> tuple[Earlier, ...]:
    """What the organ answered the same applicant before (同一申请人此前的答复), the most alike first."""
    rows = [(one, referred_to(life_of(one))) for one in _answerable(case)[:MOST_LOOKED_AT]]
    answered = [(one, answer) for one, answer in rows if answer is not None][:MOST_OFFERED]
    if not answered:
        return ()
    texts = texts_of_many([case, *(one for one, _ in answered)], "filing.description", "filing.title")
    words = {pk: shingles(" ".join(said.values())) for pk, said in texts.items()}
    found = [Earlier(one, answer, likeness(words[case.pk], words[one.pk])) for one, answer in answered]
    return tuple(sorted(found, key=lambda one: (-one.likeness, -one.case.pk)))


def _answerable(case: Case) -> QuerySet[Case]:
    """The applicant's other cases at the organ: what another organ answered is not this one's answer."""
    return same_applicant(case).filter(organ=case.organ_id, voided_seq=None).order_by("-id")


def check_earlier(case: Case, given: Mapping[str, Any]) -> None:
    """Refuse a choice that the letter would not use, or that is no answer to this applicant. Raises CaseworkRefused."""
    number = str(given.get(FIELD) or "").strip()
    if not number:
        return
    if not needs_earlier(str(given.get("outcome", "")), given.get("grounds") or ()):
        raise refused(FIELD, "所选的理由不引用此前的答复；“此前的答复”空着，或者改选“重复申请”等理由。")
    if _answer_of(case, number) is None:
        raise refused(
            FIELD,
            f"{number} 不是本机关已经答复这位申请人的申请；从列出的几件里选，系统以前的答复在草稿里写。",
        )


def earlier_said(case: Case, number: str) -> str:
    """The chosen answer as the letter names it, from its own record; "" where it is none."""
    answer = _answer_of(case, number)
    return earlier_words(answer) if answer is not None else ""


def _answer_of(case: Case, number: str) -> Answer | None:
    row = _answerable(case).filter(number=number).first()
    return referred_to(life_of(row)) if row is not None else None
