"""A holiday notice that was announced late (放假通知改变期限): loaded, and every open case counted anew."""

from __future__ import annotations

from datetime import datetime

from gongkai.casework.recounting import Moved, recount
from gongkai.foundation.actors import Actor
from gongkai.foundation.calendars import load_notice
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Organ
from gongkai.rules.calendar import HolidayNotice


def load_and_recount(content: object, *, by: Actor, now: datetime) -> tuple[HolidayNotice, list[Moved]]:
    """Load a notice and bring the open cases in line with it, in one transaction with an event for each.

    Raises CalendarRefused, NotAllowed.
    """
    with write_transaction():
        notice = load_notice(content, by=by, now=now)
        moved: list[Moved] = []
        for government in Organ.objects.filter(kind="government", parent=None):
            moved += recount(government, by=by, now=now)
    return notice, moved


def told(moved: list[Moved]) -> str:
    """What moved, in a sentence for whoever loaded the notice; empty where nothing did."""
    if not moved:
        return ""
    shown = "、".join(f"{one.case.number}由{_day(one.before)}改为{_day(one.after)}" for one in moved[:3])
    rest = f"，另有 {len(moved) - 3} 件" if len(moved) > 3 else ""
    return f"{len(moved)} 件在办申请的到期日随之改变：{shown}{rest}。逐件记在底账里，办理人的“待办”已经按新日期排。"


def _day(day: object) -> str:
    return str(day) if day is not None else "待定"
