"""The life of one, its words, and the columns that follow from it (事实、文字、排序)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.conf import settings

from gongkai.casework import given, snapshot
from gongkai.casework.given import MARK, fill, token
from gongkai.casework.models import SideRequest, SideText
from gongkai.foundation import personal
from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.side_requests.clock import SideTerms
from gongkai.rules.side_requests.facts import SideLife
from gongkai.rules.side_requests.fields import FIELDS, OPEN
from gongkai.rules.side_requests.life import received_on, state
from gongkai.rules.side_requests.steps import next_step

UNCONFIRMED, DATED, UNDATED, DONE, ARCHIVED = "0", "1", "2", "8", "9"
_SEALED_KINDS = frozenset({"text", "long"})


def terms() -> SideTerms:
    """The terms this installation set (内部时间), else their first values."""
    set_here: Mapping[str, int] = getattr(settings, "GONGKAI_SIDE_TERMS", {})
    return SideTerms(**set_here)


def life_of(side: SideRequest) -> SideLife:
    """The facts, personal words as tokens."""
    return snapshot.decode_as(SideLife, side.facts)


def full_life(side: SideRequest, texts: Mapping[str, str]) -> SideLife:
    """The facts with their words, for who may read them."""
    life: SideLife = fill(life_of(side), texts)
    return life


def texts_of_many(sides: Iterable[SideRequest], *tokens: str) -> dict[int, dict[str, str]]:
    """Some texts of many, by id: one query."""
    found: dict[int, dict[str, str]] = {side.pk: {} for side in sides}
    for row in SideText.objects.filter(side_id__in=found, token__in=tokens):
        found[row.side_id][row.token] = personal.open_sealed(row.sealed, place=row.at)
    return found


def columns(life: SideLife, calendar: WorkingCalendar, today: date) -> dict[str, Any]:
    """The columns of ``SideRequest`` that the life amounts to."""
    where = state(life)
    step = next_step(life, today, calendar, terms())
    due = step.due if step else None
    if where == "archived":
        key = ARCHIVED
    elif where == "awaiting_confirmation":
        key = f"{UNCONFIRMED}{due or '9999-12-31'}"
    elif where in ("told", "withdrawn"):
        key = DONE
    else:
        key = f"{DATED}{due}" if due else UNDATED
    return {"state": where, "received_on": received_on(life), "step_on": due, "order_key": key}


def put(side: SideRequest, life: SideLife, calendar: WorkingCalendar, today: date) -> None:
    """Write the life and what follows from it into the columns (not yet saved)."""
    side.facts = snapshot.encode(life)
    for name, value in columns(life, calendar, today).items():
        setattr(side, name, value)


def split(said: Mapping[str, Any], place: int) -> tuple[dict[str, Any], dict[str, str]]:
    """What was filled in, in two: the open part with tokens, and the words that are sealed, by token."""
    open_: dict[str, Any] = {}
    texts: dict[str, str] = {}
    for code, value in said.items():
        if value is None or value == () or (isinstance(value, str) and not value.strip()):
            continue
        if isinstance(value, str) and code not in OPEN and FIELDS[code].kind in _SEALED_KINDS:
            name = token(place, code)
            texts[name] = value.strip()
            open_[code] = f"{MARK}{name}⟧"
        else:
            open_[code] = value.strip().replace(MARK, "[") if isinstance(value, str) else value
    return open_, texts


def from_json(text: str) -> dict[str, Any]:
    """The open part again, ready for the law."""
    return given.from_json(text, FIELDS)
