"""Everything of one person to another (全部交接): the roles, and the cases in hand, in one act."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from gongkai.casework.handover import hand_over_cases, open_cases_of
from gongkai.casework.side.acts import hand_over as hand_over_sides
from gongkai.foundation import accounts
from gongkai.foundation.actors import Actor
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Account


def hand_over_everything(
    giver: Account, taker: Account, *, last_day: date, by: Actor, now: datetime
) -> tuple[int, int]:
    """Hand over every role from the day after ``last_day``, and every open case; how many of each.

    One transaction, an event for each. Raises AccountRefused, CaseworkRefused, NotAllowed.
    """
    with write_transaction():
        roles = accounts.hand_over(giver, taker, last_day=last_day, by=by, now=now)
        cases = 0
        if open_cases_of(giver):
            cases = hand_over_cases(giver, taker, by=by, now=now, from_on=last_day + timedelta(days=1))
        cases += hand_over_sides(giver, taker, by=by, now=now, from_on=last_day + timedelta(days=1))
    return roles, cases
