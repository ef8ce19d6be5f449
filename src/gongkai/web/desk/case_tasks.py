"""What the cases want of somebody today (案卷的待办): the steps that are theirs, the nearest day first."""

from __future__ import annotations

from django.urls import reverse

from gongkai.casework.inbox import Row, inbox
from gongkai.foundation.actors import Actor
from gongkai.rules.requests.states import ACTS
from gongkai.web.desk.case_clock import reply_words, waits_for_others
from gongkai.web.desk.tasks import Look, Task

# More than this stand in the inbox, which lists them all.
_MOST_LINES = 20


def cases(look: Look) -> list[Task]:
    """The cases whose next step the person may do (本人该办的)."""
    if not look.actor.holds("record.read"):
        return []
    sheet = inbox(look.actor, look.day, scope="mine", page_size=_MOST_LINES)
    return [_task(look, row) for row in sheet.rows if _theirs(look.actor, row)]


def _theirs(actor: Actor, row: Row) -> bool:
    step = row.step
    if step is None or waits_for_others(step):
        return False
    office = step.whose.value == "office" and actor.may("reminder.send", row.case.organ)
    return office or actor.may(ACTS[step.act].permission, row.case.organ)


def _task(look: Look, row: Row) -> Task:
    step, case = row.step, row.case
    assert step is not None
    clock = reply_words(row.clock, look.day)
    due = step.due
    owed = row.clock.due if row.clock.status in ("running", "paused") else None
    if due is None or (owed is not None and owed < due):
        due = owed
    may = look.actor.may(ACTS[step.act].permission, case.organ)
    address = [case.organ.code, case.number]
    return Task(
        kind="依申请",
        title=f"{look.called(case.organ)}{case.number}　{step.sentence}",
        why=row.excerpt
        if due is not None and due == owed
        else f"{row.excerpt}　答复期限：{clock.words}{'，' if clock.said else ''}{clock.said}",
        button=ACTS[step.act].label if may else "打开",
        href=reverse("desk:case-act", args=[*address, step.act])
        if may
        else reverse("desk:case", args=address),
        due=due,
        law=step.provision,
        pending=(step.note or row.clock.note) if due is None and row.clock.status == "running" else "",
        since=case.received_on or case.arrived_on,
        # What came by the web waits for a confirmation: first, from its first minute.
        urgent=row.case.state == "awaiting_confirmation",
    )
