"""What remedies want of somebody today (复议诉讼的待办): the steps that are this organ's, the nearest day first."""

from __future__ import annotations

from gongkai.crossings.remedies import rows_of
from gongkai.remedies.queries import open_rows
from gongkai.web.desk.remedy_words import OTHERS, task_of
from gongkai.web.desk.tasks import Look, Task

# More than this stand in the list, which has them all.
_MOST_LINES = 20


def remedies(look: Look) -> list[Task]:
    """Reconsiderations, lawsuits and complaints whose next step is the organ's own (本机关该办的)."""
    organs = look.where("record.enter")
    if not organs:
        return []
    rows = rows_of(open_rows(look.actor, organs, look.day), look.day)
    own = [row for row in rows if row.step is not None and _ours(row.step.whose, row.day, look)]
    return [task_of(row, look.called(row.record.organ), True) for row in own[:_MOST_LINES]]


def _ours(whose: str, day: object, look: Look) -> bool:
    """The organ's own turn; and an organ complained of that has let its day pass is asked after."""
    late = whose == "complained" and day is not None and day < look.day  # type: ignore[operator]
    return whose not in OTHERS or late
