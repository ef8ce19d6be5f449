"""What corrections and proposals want of somebody today (更正、转主动公开的待办)."""

from __future__ import annotations

from django.urls import reverse

from gongkai.casework.side.queries import SideRow, listed
from gongkai.rules.requests.terms import Whose
from gongkai.rules.side_requests.kinds import KINDS
from gongkai.rules.side_requests.states import ACTS
from gongkai.web.desk.tasks import Look, Task

_MOST_LINES = 20


def sides(look: Look) -> list[Task]:
    """Those whose next step the person may do."""
    if not (look.actor.holds("case.handle") or look.actor.holds("case.approve")):
        return []
    rows, _ = listed(look.actor, look.day, mine=True, page_size=_MOST_LINES)
    return [_task(look, row) for row in rows if _theirs(look, row)]


def _theirs(look: Look, row: SideRow) -> bool:
    step = row.step
    if step is None or step.whose is Whose.APPLICANT:
        return False
    return look.actor.may(ACTS[step.act].permission, row.side.organ)


def _task(look: Look, row: SideRow) -> Task:
    step, side = row.step, row.side
    assert step is not None
    return Task(
        kind=KINDS[side.kind].badge,
        title=f"{look.called(side.organ)}{side.number}　{step.sentence}",
        why=f"{row.title}　内部时间，法律没有规定天数",
        button=ACTS[step.act].label,
        href=reverse("desk:side-act", args=[side.organ.code, side.number, step.act]),
        due=step.due,
        law=step.provision,
        pending=step.note if step.due is None else "",
        since=side.received_on or side.arrived_on,
    )
