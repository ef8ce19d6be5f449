"""The facts a report is counted from (计数的事实): what the law's counting needs of each record, no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Track = Literal["review", "direct", "after_review"]


@dataclass(frozen=True, slots=True)
class RequestFact:
    """A request (申请). ``outcome`` is None while open; ``applicant_class`` a code of APPLICANT_CLASSES."""

    record: str
    title: str
    received_on: date
    closed_on: date | None
    applicant_class: str
    outcome: str | None
    supplement_due_on: date | None = None
    fee_notice_on: date | None = None


@dataclass(frozen=True, slots=True)
class NormativeFact:
    """A normative document (rank ``norm``) or rule (``rule``), with what became of it, by day.

    ``events``: (made | amended | repealed | expired | declared_invalid, day).
    """

    record: str
    title: str
    rank: str
    events: tuple[tuple[str, date], ...]


@dataclass(frozen=True, slots=True)
class StatisticFact:
    """A declared number of one month (申报统计): decisions, or fen for ``fee``. ``evidence``: its file."""

    record: str
    title: str
    year: int
    month: int
    item: str
    value: int
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class RemedyFact:
    """A reconsideration or lawsuit (复议、诉讼). ``result`` is None while it is pending."""

    record: str
    title: str
    track: Track
    filed_on: date
    closed_on: date | None
    result: str | None


@dataclass(frozen=True, slots=True)
class FeeFact:
    """An information processing fee collected (信息处理费), in fen."""

    record: str
    title: str
    charged_on: date
    amount_fen: int


@dataclass(frozen=True, slots=True)
class OrganFacts:
    """All facts of one organ that a year's report may need."""

    requests: tuple[RequestFact, ...] = ()
    normatives: tuple[NormativeFact, ...] = ()
    statistics: tuple[StatisticFact, ...] = ()
    remedies: tuple[RemedyFact, ...] = ()
    fees: tuple[FeeFact, ...] = ()
