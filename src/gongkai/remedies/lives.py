"""From rows to the facts of the law (救济的事实): the only translation for clocks and next steps."""

from __future__ import annotations

from datetime import date

from gongkai.remedies.models import Complaint, Lawsuit, Reconsideration
from gongkai.rules.remedies import facts


def proceeding_of(row: Reconsideration | Lawsuit, *, answered_anew: date | None = None) -> facts.Proceeding:
    """A reconsideration or lawsuit. ``answered_anew``: the day its case was answered as ordered (案卷里的重新答复)."""
    suit = isinstance(row, Lawsuit)
    return facts.Proceeding(
        track="suit" if suit else "review",
        filed_on=row.filed_on,
        accepted_on=row.accepted_on,
        notice_on=row.notice_on,
        procedure=row.procedure,
        answered_on=row.answered_on,
        instance=(row.instance or "first") if isinstance(row, Lawsuit) else "first",
        form=row.decision_form,
        first_form=row.first_form if isinstance(row, Lawsuit) else "",
        closed_on=row.closed_on,
        decision_received_on=row.decision_received_on,
        order_due_on=row.order_due_on,
        carried_out_on=row.carried_out_on or answered_anew,
    )


def complaint_of(row: Complaint) -> facts.Complaint:
    """A complaint, without a word of who complains or of what."""
    return facts.Complaint(
        received_on=row.received_on,
        finding=row.finding,
        measure=row.measure,
        measure_due_on=row.measure_due_on,
        corrected_on=row.corrected_on,
        told_on=row.told_on,
        closed_on=row.closed_on,
    )
