"""The acts of a case once more through the law (重算案情): the same acts must give the same facts."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.casework.given import from_json
from gongkai.casework.lives import life_of, made_of, region_of
from gongkai.casework.models import Case
from gongkai.foundation.models import Organ, StoredNotice
from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.requests.facts import Life
from gongkai.rules.requests.given import Given
from gongkai.rules.requests.life import begin
from gongkai.rules.requests.perform import CHANGES, REFUSALS
from gongkai.rules.requests.states import ACTS


@dataclass(frozen=True, slots=True)
class Notices:
    """The notices loaded here, in their order (放假通知), read once for many cases."""

    rows: tuple[tuple[int, str, str], ...]

    @classmethod
    def load(cls) -> Notices:
        """All of them, with event, region and content."""
        rows = StoredNotice.objects.order_by("entered_seq").values_list("entered_seq", "region", "content")
        return cls(tuple(rows))

    def calendar(self, organ: Organ, seq: int) -> WorkingCalendar:
        """The calendar as it was known when the event came about."""
        region = region_of(organ)
        known = (content for at, where, content in self.rows if at <= seq and where in ("national", region))
        return made_of(region, tuple(known))


def replay(case: Case, notices: Notices) -> Life | None:
    """The life as its acts make it today; None where a later version of the law refuses an act of then.

    An act is applied as it was done, without asking again whether it was lawful: notices that came later must
    not undo it. Where even that is refused, the fingerprint in the ledger alone proves the facts.
    """
    rows = list(case.acts.all())
    confirmed = _confirmed_at_filing(case)
    life = begin(case.channel, case.arrived_on, confirmed=confirmed)
    try:
        for row in rows:
            given = Given(ACTS[row.act], from_json(row.given))
            life = CHANGES[row.act](life, row.on, given, notices.calendar(case.organ, row.seq))
    except (*REFUSALS, KeyError):
        return None
    return life


def _confirmed_at_filing(case: Case) -> bool:
    """Whether the filing itself confirmed receipt: a day of confirmation without an act for it."""
    known = life_of(case).confirmed_on is not None
    return known and not any(row.act == "confirm" for row in case.acts.all())
