"""Which remedies stand open after an answer, and until when (救济期限), counted from its service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.rules.calendar import WorkingCalendar, YearNotAnnounced
from gongkai.rules.citations import cite
from gongkai.rules.periods import nominal_end, period_end
from gongkai.rules.provision import Provision
from gongkai.rules.remedy_notice import (
    CHOICE,
    FIFTEEN_DAYS,
    REVIEW_FIRST,
    REVIEW_TERM,
    REVISED,
    SIXTY_DAYS,
    SUIT_TERM,
    Term,
    review_first,
)
from gongkai.rules.requests.facts import Answer, Life
from gongkai.rules.rule import Rule

# Before its revision the review law said the same elsewhere.
BEFORE = Provision("review-law-2017", 9, 1)
_ACTS = {"review": "申请行政复议", "suit": "提起行政诉讼"}


@dataclass(frozen=True, slots=True)
class OpenRemedy:
    """One remedy with its last day (一种救济). ``until`` None has ``why``: what no day can be counted from.

    ``at_least``: the period never ends before it, where only the holidays of a year are not announced yet.
    ``length``: the term as it is written, for where no day can be counted.
    ``over``: the day has passed; whether the term was kept is for the review authority and the court to say.
    """

    act: str
    label: str
    length: str
    until: date | None
    why: str
    provision: str
    over: bool = False
    at_least: date | None = None


@dataclass(frozen=True, slots=True)
class OpenRemedies:
    """What an applicant may do about an answer (可以寻求的救济). ``note``: what follows upon the first."""

    answer: Answer
    review_first: bool
    remedies: tuple[OpenRemedy, ...]
    note: str


def last_served(life: Life) -> Answer | None:
    """The last answer that reached the applicant (最后送达的答复); None before there is one."""
    served = [a for r in life.rounds for a in r.answers if a.served_on is not None]
    return served[-1] if served else None


def known_on(answer: Answer) -> tuple[date | None, str]:
    """The day the applicant came to know the answer (知道答复之日), or None with what is missing.

    Handing a letter to the post stops the office's clock; the applicant's runs from the day it arrived.
    """
    if answer.signed_for_on is not None:
        return answer.signed_for_on, f"{answer.signed_for_on} 签收"
    if answer.method == "electronic" and answer.sent_on is not None:
        return answer.sent_on, f"{answer.sent_on} 电子送达"
    return None, "您收到的日期没有登记，算不出最后一天"


def open_remedies(life: Life, calendar: WorkingCalendar, today: date) -> OpenRemedies | None:
    """The remedies against the last served answer; None before there is one."""
    answer = last_served(life)
    if answer is None:
        return None
    first = review_first(answer.signed_on or answer.decided_on, answer.outcome, answer.grounds)
    rules = {"review": (REVIEW_FIRST, SIXTY_DAYS) if first else (SIXTY_DAYS,), "suit": (CHOICE,)}
    terms = (REVIEW_TERM,) if first else (REVIEW_TERM, SUIT_TERM)
    found = tuple(_remedy(term, rules[term.act], answer, calendar, today) for term in terms)
    note = "先申请行政复议；对复议决定不服的，收到决定书之日起十五日内可以起诉。" if first else ""
    if not first:
        note = "两种由您选择；先申请复议的，不服复议决定，收到决定书之日起十五日内可以起诉。"
    return OpenRemedies(answer, first, found, f"{note}（{FIFTEEN_DAYS.citation()}）")


def _remedy(
    term: Term, rules: tuple[Rule, ...], answer: Answer, calendar: WorkingCalendar, today: date
) -> OpenRemedy:
    start, why = known_on(answer)
    days, months = (term.length, 0) if term.unit == "day" else (0, term.length)
    length = f"{days} 日" if days else f"{months} 个月"
    until = at_least = None
    if start is not None:
        at_least = nominal_end(start, days=days, months=months)
        try:
            end = period_end(start, calendar, days=days, months=months)
            until, why = end.due, f"{why}，{end.why}"
        except YearNotAnnounced:
            why = (
                f"{why}，自次日起算 {length}，至少到 {at_least}；"
                f"{at_least.year} 年放假安排还没有公布，遇到休息日要不要顺延，公布以后算出"
            )
    old = term.act == "review" and (answer.signed_on or answer.decided_on) < REVISED
    provisions = [BEFORE] if old else [p for rule in rules for p in rule.provisions]
    over = until is not None and today > until
    return OpenRemedy(
        term.act, _ACTS[term.act], length, until, why.rstrip("。"), cite(provisions), over, at_least
    )
