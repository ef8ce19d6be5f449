"""Remedies and cases (复议诉讼与案卷): found by the request's number; an order carried out in the case it is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from gongkai.casework import acts as case_acts
from gongkai.casework.lives import life_of
from gongkai.casework.models import Case
from gongkai.casework.queries import case_for
from gongkai.foundation.actors import Actor
from gongkai.foundation.kinds import Finding
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.records import RowRefused
from gongkai.remedies import acts, queries
from gongkai.remedies.models import Complaint, Lawsuit, Reconsideration
from gongkai.remedies.queries import AnyRemedy, Row
from gongkai.rules.remedies.forms import DecisionForm, standing
from gongkai.rules.requests.facts import Life, Round
from gongkai.rules.requests.reply_clock import service_day
from gongkai.rules.requests.states import ACTS


def case_of(actor: Actor, record: AnyRemedy) -> Case | None:
    """The case a remedy is about, if the reader may see both; None where no case bears its number."""
    return case_for(actor, record.request_number) if record.request_number else None


def remedies_of(actor: Actor, case: Case, today: date) -> list[Row]:
    """The remedies that name the case, with what comes next, those the reader may see."""
    rows = queries.about_request(actor, case.number)
    return queries.rows_of(rows, today, answered_anew=_answered_anew(rows, {case.number: case}))


def rows_of(records: Iterable[AnyRemedy], today: date) -> list[Row]:
    """Remedies with what comes next, the orders already carried out in their cases left out; one query of cases."""
    found = list(records)
    numbers = {one.request_number for one in found if one.request_number and not isinstance(one, Complaint)}
    cases = {case.number: case for case in Case.objects.filter(number__in=numbers)}
    return queries.rows_of(found, today, answered_anew=_answered_anew(found, cases))


def _answered_anew(records: Iterable[AnyRemedy], cases: dict[str, Case]) -> dict[str, date]:
    found = {}
    for record in records:
        case = cases.get(record.request_number)
        if case is None or isinstance(record, Complaint) or record.closed_on is None:
            continue
        day = answered_as_ordered(record, life_of(case))
        if day is not None:
            found[record.ref] = day
    return found


def answered_as_ordered(record: Reconsideration | Lawsuit, life: Life) -> date | None:
    """The day the case was answered as this document ordered (按文书重新答复之日); None while it was not."""
    for round_ in life.rounds:
        if round_.order is not None and round_.order.number == record.decision_number:
            return _ended(round_)
    return None


def _ended(round_: Round) -> date | None:
    if round_.lapse is not None:
        return round_.lapse.on
    if round_.withdrawn_on is not None:
        return round_.withdrawn_on
    days = [day for answer in round_.answers if (day := service_day(answer)) is not None]
    return days[0] if days else None


def binding_form(record: Reconsideration | Lawsuit) -> DecisionForm | None:
    """The form of decision that binds the organ (生效的裁决形式); None while there is none."""
    if not record.decision_form or record.closed_on is None:
        return None
    if isinstance(record, Lawsuit):
        return standing("suit", record.decision_form, record.first_form)
    return standing("review", record.decision_form)


def carry_out_order(
    record: Reconsideration | Lawsuit,
    *,
    by: Actor,
    now: datetime,
    decision: dict[str, Any] | None = None,
    based_on: int | None = None,
) -> Case:
    """Take the case up again as a decision orders (按裁决重新办理), in one transaction; returns the case.

    ``decision``: the decision itself, where it is not entered yet. A closed case is reopened; one that was never
    answered goes on under the order. Kind, number, term and the bar to the same answer follow from the form of
    decision. Raises RowRefused, CaseworkRefused, NotAllowed; nothing is done then.
    """
    with write_transaction():
        if decision is not None:
            done = acts.go_on(record, "decision", decision, by=by, now=now, based_on=based_on)
            assert not isinstance(done, Complaint)
            record = done
        form = binding_form(record)
        case = case_of(by, record)
        _refuse_where_nothing_to_do(record, form, case)
        assert form is not None and case is not None
        life = life_of(case)
        closed = case.state in ACTS["reopen"].sources
        given: dict[str, Any] = {
            "order_kind": "court" if isinstance(record, Lawsuit) else "reconsideration",
            "order_number": record.decision_number,
            "term_on": record.order_due_on,
        }
        if closed:
            # Silence left no answer that could be repeated.
            given["bars_same"] = form.bars_same and bool(life.round.answers)
        return case_acts.act(
            case, "reopen" if closed else "note_order", given, by=by, now=now, on=record.decision_received_on
        )


def _refuse_where_nothing_to_do(
    record: Reconsideration | Lawsuit, form: DecisionForm | None, case: Case | None
) -> None:
    if form is None or not form.redo:
        raise RowRefused(Finding("", "这个裁决没有责令重新答复；责令了的，先用“更正”改裁决形式。"))
    if case is None:
        cure = "在“更正”里写上案卷的编号；没有案卷的，办完后按“登记已重新答复”。"
        raise RowRefused(Finding("request_number", f"没有对应的案卷：{cure}"))
    if not record.decision_number:
        raise RowRefused(Finding("decision_number", "裁决的文号没有登记；先用“更正”补上。"))
    if record.decision_received_on is None:
        raise RowRefused(Finding("decision_received_on", "收到裁决的日期没有登记；先用“更正”补上。"))
    if any(r.order is not None and r.order.number == record.decision_number for r in life_of(case).rounds):
        raise RowRefused(
            Finding("", f"案卷 {case.number} 已经按 {record.decision_number} 重新办理，接着办就行。")
        )
