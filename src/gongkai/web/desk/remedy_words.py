"""A remedy in words (复议诉讼的措辞): its clock, whose turn it is, where it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from gongkai.foundation import kinds
from gongkai.remedies.models import Complaint, Lawsuit
from gongkai.remedies.queries import AnyRemedy, Row
from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.remedies.complaints import FINDINGS, MEASURES
from gongkai.rules.remedies.forms import FORMS, Track
from gongkai.rules.remedies.steps import WHOSE
from gongkai.web.desk.tasks import Clock, Task, clock

# Nobody here has anything to do; the day is told for knowledge.
OTHERS = frozenset({"authority", "court", "applicant", "complained"})


@dataclass(frozen=True, slots=True)
class Line:
    """One remedy as a list shows it (一行)."""

    row: Row
    kind: str
    title: str
    organ: str
    clock: Clock
    act: str
    whose: str
    others: bool
    state: str
    href: str


def line(row: Row, organ: str, calendar: WorkingCalendar, today: date) -> Line:
    """The row with its words."""
    step, record = row.step, row.record
    return Line(
        row=row,
        kind=kinds.get(record.KIND).label,
        title=called(record),
        organ=organ,
        clock=clock_of(row, calendar, today),
        act=step.sentence if step is not None else "",
        whose=WHOSE[step.whose] if step is not None else "",
        others=step is not None and step.whose in OTHERS,
        state=state_of(record),
        href=address(record),
    )


def called(record: AnyRemedy) -> str:
    """What a list calls it: its number where it has one, else its day."""
    if isinstance(record, Complaint):
        return record.title
    return record.case_number or record.title


def state_of(record: AnyRemedy) -> str:
    """Where it stands, in a word or two (现在的状态)."""
    if isinstance(record, Complaint):
        said = "，".join(
            part for part in (FINDINGS.get(record.finding, ""), MEASURES.get(record.measure, "")) if part
        )
        return f"{'已办结' if record.closed_on else '在办'}{'：' if said else ''}{said}"
    if record.closed_on is None:
        return "二审" if isinstance(record, Lawsuit) and record.instance == "second" else "尚未审结"
    form, result = form_label(record), record.get_result_display()
    return result if not form or result.endswith(form) else f"{result}：{form}"


def form_label(record: AnyRemedy) -> str:
    """The form of decision in words; "" where none is entered."""
    if isinstance(record, Complaint) or not record.decision_form:
        return ""
    track: Track = "suit" if isinstance(record, Lawsuit) else "review"
    return FORMS[track][record.decision_form].label


def clock_of(row: Row, calendar: WorkingCalendar, today: date) -> Clock:
    """The clock of the next step; a day that is somebody else's presses nobody here."""
    step = row.step
    if step is None:
        return Clock("done", "没有要办的")
    if step.due is None or (step.day is None and not step.due.note):
        return Clock("", "没有期限")
    found = clock(Task("", "", "", "", "", due=step.day, pending=step.due.note), calendar, today)
    if step.whose not in OTHERS or step.day is None:
        return found
    over = step.day < today
    return Clock("pause", "已过" if over else f"等{WHOSE[step.whose]}", found.said, found.short)


def address(record: AnyRemedy) -> str:
    """The page of the remedy."""
    return reverse("desk:remedy", args=[record.organ.code, record.KIND, record.pk])


def task_of(row: Row, called_by: str, may: bool) -> Task:
    """The remedy's next step as a task of the first page."""
    step, record = row.step, row.record
    assert step is not None
    due = step.due
    act: Any = step.act if may and step.act not in ("", "redo") else ""
    place = [record.organ.code, record.KIND, record.pk]
    return Task(
        kind=kinds.get(record.KIND).label,
        title=f"{called_by}{called(record)}　{step.sentence}",
        why=f"{due.why if due is not None else ''}{step.note}",
        button={"answer": "登记已提交", "decision": "登记裁决", "find": "登记认定"}.get(step.act, "办理")
        if act
        else "打开",
        href=reverse("desk:remedy-act", args=[*place, act]) if act else address(record),
        due=step.day,
        law=due.provision if due is not None else "",
        pending=due.note if due is not None and step.day is None else "",
        since=record.received_on if isinstance(record, Complaint) else record.filed_on,
    )
