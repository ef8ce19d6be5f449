"""The facts of one reconsideration, lawsuit or complaint (一件救济的事实): days as plain data, nothing computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.rules.clocks import REVIEW_SINCE
from gongkai.rules.remedies.forms import DecisionForm, Track, column_of, form_of, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Proceeding:
    """A reconsideration or a lawsuit against the organ (复议、诉讼).

    ``notice_on``: the day the copy and the notice to answer were received; ``procedure``: ``ordinary``,
    ``simple`` or "" (not known); ``instance``: ``first`` or ``second``; ``first_form``: of the first instance,
    once appealed. ``carried_out_on``: the ordered answer was given, as the case or the record says.
    """

    track: Track
    filed_on: date
    accepted_on: date | None = None
    notice_on: date | None = None
    procedure: str = ""
    answered_on: date | None = None
    instance: str = "first"
    form: str = ""
    first_form: str = ""
    closed_on: date | None = None
    decision_received_on: date | None = None
    order_due_on: date | None = None
    carried_out_on: date | None = None

    @property
    def begun_on(self) -> date:
        """The day that decides which law it follows (受理之日，没有登记的按提起之日)."""
        return self.accepted_on or self.filed_on

    @property
    def revised(self) -> bool:
        """Whether a reconsideration follows the law in force since 2024."""
        return self.begun_on >= REVIEW_SINCE

    @property
    def decided(self) -> DecisionForm | None:
        """The form of the decision at hand; None while there is none, or an old entry names only its result."""
        return form_of(self.track, self.form) if self.form else None

    @property
    def binding(self) -> DecisionForm | None:
        """The form that binds the organ in the end (生效的裁决)."""
        return standing(self.track, self.form, self.first_form) if self.form else None

    @property
    def column(self) -> str:
        """Its column of table four; "" while it is pending."""
        return column_of(self.track, self.form, self.first_form) if self.form else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A complaint that the office or the superior organ looks into (投诉、举报)."""

    received_on: date
    finding: str = ""
    measure: str = ""
    measure_due_on: date | None = None
    corrected_on: date | None = None
    told_on: date | None = None
    closed_on: date | None = None
