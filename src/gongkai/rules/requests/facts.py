"""The facts of one request (一件申请的事实): dated events as plain data, nothing computed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from gongkai.rules.fees import Fee, information_fee


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """A notice to supplement (补正, 条例 art 30). ``justified``: late, with good reason (有正当理由)."""

    notified_on: date
    due_on: date
    matters: str
    received_on: date | None = None
    justified: bool = False


# What a third party is (第三方), as who asks it says.
PARTIES: dict[str, str] = {"person": "个人", "organisation": "法人或者其他组织"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """One asked for an opinion (征求意见). ``kind``: ``third-party`` (art 32) or ``joint-organ`` (art 34).

    ``jointly``: the organ asked made the information together with this one; False for another organ that
    is asked (art 33 ¶3). ``whom`` is a key or an organ's name, never a person's. ``party``: what a third party
    is, of ``PARTIES``; "" where it was asked before anybody had to say.
    """

    kind: str
    whom: str
    sent_on: date
    jointly: bool = True
    party: str = ""
    reached_on: date | None = None
    opinion_on: date | None = None
    agrees: bool | None = None
    reasonable: bool = False
    silent_on: date | None = None
    told_on: date | None = None

    @property
    def open(self) -> bool:
        """Still waited for: no opinion, and nobody has recorded the silence."""
        return self.opinion_on is None and self.silent_on is None

    @property
    def objects(self) -> bool:
        """The third party does not agree (不同意公开)."""
        return self.kind == "third-party" and self.opinion_on is not None and self.agrees is False


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """An extension (延长答复期限, art 33 ¶2): it holds once approved and told in time."""

    days: int
    reason: str
    proposed_on: date
    approved_on: date | None = None
    notified_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """The applicant is asked for reasons (说明理由, art 35). ``closed_on``: opinion formed, or silence noted.

    ``stated_on``: the applicant has stated them, and nobody has judged of them yet.
    """

    asked_on: date
    due_on: date
    stated_on: date | None = None
    answered_on: date | None = None
    reasonable: bool | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """A reasonable later day (延迟答复, art 35), told to the applicant."""

    until: date
    notified_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeNotice:
    """A notice of the information processing fee (收费通知, art 42), by case or by page, never both.

    ``claimed_on``: the applicant says it is paid; paid it is once the office has seen the money.
    """

    method: str
    count: int
    issued_on: date
    received_on: date | None = None
    claimed_on: date | None = None
    paid_on: date | None = None
    lapsed_on: date | None = None
    cancelled_on: date | None = None

    @property
    def open(self) -> bool:
        """Neither paid, nor lapsed, nor cancelled."""
        return self.paid_on is None and self.lapsed_on is None and self.cancelled_on is None

    @property
    def fee(self) -> Fee:
        """The amount with its steps."""
        return information_fee(self.method, self.count, charged_on=self.issued_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part given to another organ (协办): work of its own, never a cell of the report."""

    organ: str
    what: str
    sent_on: date
    due_on: date
    answered_on: date | None = None
    taken_back_on: date | None = None

    @property
    def open(self) -> bool:
        """Neither answered nor taken back."""
        return self.answered_on is None and self.taken_back_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forward:
    """The applicant was shown, or the request handed on, to the responsible organ (art 36 item 5)."""

    organ: str
    contact: str
    on: date
    consent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A search that was made (检索记录): where, by whom, with what words, and what was found."""

    on: date
    where: str
    by: str
    words: str
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage that is not given (不予公开的部分), with its ground (art 37)."""

    place: str
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer from its decision to its service (答复).

    ``corrects``: it puts right an answer already served. ``override``: why it discloses over a third
    party's objection (art 32).
    """

    decided_on: date
    outcome: str
    grounds: tuple[str, ...]
    reason: str
    passages: tuple[Passage, ...] = ()
    override: str = ""
    corrects: bool = False
    submitted_on: date | None = None
    returned_on: date | None = None
    signed_on: date | None = None
    number: str = ""
    method: str = ""
    consent: bool = False
    sent_on: date | None = None
    signed_for_on: date | None = None
    proof: str = ""
    served_on: date | None = None

    @property
    def discloses(self) -> bool:
        """Whether information goes to the applicant (予以公开、部分公开)."""
        return self.outcome in ("r3", "r4")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order to decide (责令重新答复、限期答复). ``due_on`` None: no day set, the statutory term runs.

    ``kind``: ``reconsideration``, ``court`` or ``superior``; ``bars_same``: the old decision was annulled
    on its facts or grounds, so the same one may not be made again.
    """

    kind: str
    number: str
    received_on: date
    due_on: date | None = None
    bars_same: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse:
    """Given up by silence, as a person found (视为放弃申请): outcome r21 or r22."""

    outcome: str
    on: date
    told_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One pass from the start to an answer (一轮办理); a further one begins with an order."""

    order: Order | None = None
    supplement: Supplement | None = None
    consultations: tuple[Consultation, ...] = ()
    extension: Extension | None = None
    reasons: Reasons | None = None
    delay: Delay | None = None
    fees: tuple[FeeNotice, ...] = ()
    parts: tuple[Part, ...] = ()
    forwards: tuple[Forward, ...] = ()
    searches: tuple[Search, ...] = ()
    answers: tuple[Answer, ...] = ()
    withdrawn_on: date | None = None
    lapse: Lapse | None = None

    @property
    def answer(self) -> Answer | None:
        """The answer in hand, or the last one."""
        return self.answers[-1] if self.answers else None

    @property
    def fee_notice(self) -> FeeNotice | None:
        """The notice that holds; a cancelled one does not."""
        held = [notice for notice in self.fees if notice.cancelled_on is None]
        return held[-1] if held else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """The facts of one request (一件申请). Frozen; ``perform`` answers a new one."""

    channel: str
    arrived_on: date
    confirmed_on: date | None = None
    contact_tries: tuple[date, ...] = ()
    registered_on: date | None = None
    rounds: tuple[Round, ...] = (Round(),)
    archived_on: date | None = None

    @property
    def round(self) -> Round:
        """The round in hand."""
        return self.rounds[-1]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts other organs worked on, through all rounds, in the order they were given out."""
        return tuple(part for round_ in self.rounds for part in round_.parts)

    @property
    def supplemented(self) -> Supplement | None:
        """The one notice to supplement, in whichever round it was given."""
        return next((r.supplement for r in self.rounds if r.supplement), None)

    def with_round(self, **changes: object) -> Life:
        """This life with the round in hand changed."""
        changed = replace(self.round, **changes)  # type: ignore[arg-type]
        return replace(self, rounds=(*self.rounds[:-1], changed))

    def with_answer(self, **changes: object) -> Life:
        """This life with the answer in hand changed. Raises IndexError where there is none."""
        answers = self.round.answers
        changed = replace(answers[-1], **changes)  # type: ignore[arg-type]
        return self.with_round(answers=(*answers[:-1], changed))
