"""Alike and repeated requests (相似、重复的申请): a hint for a person, by the words alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.rules.outcomes import OutcomeRefused, needed
from gongkai.rules.requests.facts import Answer, Life
from gongkai.rules.requests.law import at
from gongkai.rules.rule import Rule, implements

REPEATED = Rule(
    id="REQ-36-repeated",
    title="重复申请的提示",
    sentence="行政机关已就申请人提出的政府信息公开申请作出答复、申请人重复申请公开相同政府信息的，告知申请人不予重复处理；",
    provisions=(at(36, item=6),),
    since=date(2019, 5, 15),
    confirmed=False,
    note="是不是相同的政府信息由人判断：同一申请人、文字相近只是提示；相近的标准（0.6）是初始值，可以在设置里改。",
)
NEAR = 0.6
_SIZE = 2
# What almost every request says, and which tells nothing about what is asked for.
_EMPTY_WORDS = re.compile(
    r"申请公开|政府信息公开|信息公开|政府信息|请求公开|请公开|公开|申请|相关|有关|关于|请|贵单位|贵局|的"
)
_LETTERS = re.compile(r"[^\w]+")
_INVISIBLE = {"Cf", "Cc", "Mn"}
MOST_LETTERS = 20_000


@dataclass(frozen=True, slots=True)
class Known:
    """A request to compare with (此前的申请). ``applicant``: a key, never a name. ``answered``: with an answer."""

    ref: str
    applicant: str
    received_on: date
    text: str
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Alike:
    """One that is alike (相似的申请). ``same_applicant`` and ``answered`` make it a possible repetition."""

    ref: str
    likeness: float
    same_applicant: bool
    answered: bool

    @property
    def possibly_repeated(self) -> bool:
        """Whether art 36 item 6 may apply (可能是重复申请); a person decides."""
        return self.same_applicant and self.answered


def shingles(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters of a text (字对), without marks, spaces and common phrases."""
    plain = unicodedata.normalize("NFKC", text[:MOST_LETTERS]).casefold()
    plain = "".join(c for c in plain if unicodedata.category(c) not in _INVISIBLE)
    plain = _LETTERS.sub("", _EMPTY_WORDS.sub("", plain))
    if len(plain) < _SIZE:
        return frozenset((plain,) if plain else ())
    return frozenset(plain[i : i + _SIZE] for i in range(len(plain) - _SIZE + 1))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two texts share, 0 to 1 (相近程度); nothing is alike to an empty text."""
    if not one or not other:
        return 0.0
    return len(one & other) / len(one | other)


@implements(REPEATED)
def alike(text: str, applicant: str, others: Iterable[Known], *, near: float = NEAR) -> tuple[Alike, ...]:
    """The requests alike, possible repetitions first, then the nearest."""
    own = shingles(text)
    found = []
    for other in others:
        share = likeness(own, shingles(other.text))
        if share >= near:
            found.append(Alike(other.ref, share, other.applicant == applicant, other.answered))
    return tuple(
        sorted(found, key=lambda a: (not a.possibly_repeated, not a.same_applicant, -a.likeness, a.ref))
    )


@implements(REPEATED)
def referred_to(life: Life) -> Answer | None:
    """The answer that a repeated request is refused by (已经作出的答复): the last that left; None where none did."""
    left = [one for round_ in life.rounds for one in round_.answers if one.sent_on is not None and one.number]
    return left[-1] if left else None


def needs_earlier(outcome: str, grounds: Iterable[str]) -> bool:
    """Whether a decision names an earlier answer (要写明此前的答复). False for a choice that is not in the list."""
    try:
        return "earlier-answer" in needed(outcome, tuple(grounds))
    except OutcomeRefused:
        return False


def in_month(applicant: str, day: date, others: Iterable[Known]) -> int:
    """How many requests of one applicant came in the natural month of ``day`` (当月第几件), by receipt.

    The basis of the fee by case (按件计收); the request in hand is counted where it is among ``others``.
    """
    month = (day.year, day.month)
    return sum(
        o.applicant == applicant and (o.received_on.year, o.received_on.month) == month for o in others
    )
