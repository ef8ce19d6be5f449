"""What an applicant does by code and secret (申请人凭查询码办的): an act and its papers, all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongkai.casework import acts, files
from gongkai.casework.models import Case
from gongkai.casework.readers import applicant_of
from gongkai.foundation.locks import write_transaction

# The kind of paper that goes with each act.
PAPER_OF: dict[str, str] = {
    "receive_supplement": "supplement",
    "state_reasons": "reasons",
    "claim_payment": "payment",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it came (交来的文件)."""

    name: str
    content: bytes


def act_with_papers(
    case: Case,
    act_id: str,
    given: Mapping[str, Any],
    papers: Sequence[Sent],
    *,
    now: datetime,
    based_on: int | None,
) -> Case:
    """Do one of the applicant's acts and put its papers into the case. Raises CaseworkRefused, NotAllowed."""
    by = applicant_of(case)
    with write_transaction():
        before = case.acts.count()
        done = acts.act(case, act_id, given, by=by, now=now, based_on=based_on)
        # A second click did nothing: its papers are in the case already.
        if done.acts.count() > before:
            put(done, papers, PAPER_OF[act_id], now=now)
    return done


def put(case: Case, papers: Sequence[Sent], purpose: str, *, now: datetime) -> None:
    """Put papers into the case for its applicant. Raises CaseworkRefused."""
    for one in papers:
        files.add_file(case, one.content, name=one.name, purpose=purpose, by=applicant_of(case), now=now)
