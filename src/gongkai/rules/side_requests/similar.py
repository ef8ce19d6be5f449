"""Several applicants for the same information (多个申请人申请相同信息): a hint for a person, art 44 ¶1."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.rules.requests.similar import Alike
from gongkai.rules.rule import implements
from gongkai.rules.side_requests.law import SAME


@implements(SAME)
def asked_by_others(alike: Iterable[Alike]) -> tuple[Alike, ...]:
    """Those alike that other applicants made; with the one in hand they are several (多个申请人)."""
    return tuple(one for one in alike if not one.same_applicant)
