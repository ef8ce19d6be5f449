"""The remedies of a case on its page (案卷页上的复议诉讼)."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.casework.models import Case
from gongkai.crossings.evidence.taking import may_take
from gongkai.crossings.remedies import remedies_of
from gongkai.remedies.queries import calendar_for
from gongkai.web.desk.remedy_words import line


def remedy_panel(request: Any, case: Case, day: date) -> dict[str, Any]:
    """What the page of a case says of its remedies, and whether the evidence pack is this person's."""
    rows = remedies_of(request.actor, case, day)
    calendar = calendar_for(case.organ) if rows else None
    return {
        "remedies": [line(row, "", calendar, day) for row in rows] if calendar is not None else [],
        "may_enter_remedy": request.actor.may("record.enter", case.organ),
        "may_take_evidence": may_take(request.actor, case),
    }
