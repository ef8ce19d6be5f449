"""One lawful act on a request (对申请的一个动作), as a row of the state table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gongkai.rules.provision import Provision
from gongkai.rules.requests.fields import FIELDS, Field
from gongkai.rules.roles import SEPARATIONS, Permission, Separation


class ClockEffect(StrEnum):
    """What an act does to the reply clock (对答复期限的作用)."""

    NONE = "none"
    STARTS = "starts"
    WAITS = "waits"
    RESTARTS = "restarts"
    PAUSES = "pauses"
    RESUMES = "resumes"
    EXTENDS = "extends"
    DELAYS = "delays"
    STOPS = "stops"
    ENDS = "ends"


EFFECTS: dict[ClockEffect, str] = {
    ClockEffect.NONE: "期限照常计算",
    ClockEffect.STARTS: "期限起算",
    ClockEffect.WAITS: "停下，等申请人；补正或者缴费后重新起算",
    ClockEffect.RESTARTS: "自次日重新起算",
    ClockEffect.PAUSES: "暂停，征求意见的时间不计算在内",
    ClockEffect.RESUMES: "自次日接着计算",
    ClockEffect.EXTENDS: "期限届满后接着计算延长的工作日",
    ClockEffect.DELAYS: "改为确定的合理期限",
    ClockEffect.STOPS: "以送达的计算时点为准，停止计算",
    ClockEffect.ENDS: "不再计算",
}


@dataclass(frozen=True, slots=True)
class Act:
    """One act (动作): from where, to where, whose, on what provision, with what.

    ``targets``: one state; several where the facts decide; none where the state stays.
    ``applicant``: the applicant may do it alone, by the query code. ``also``: fields that may be given.
    ``ready``: said of an act that is open, ``citizen``: what the applicant sees after it.
    """

    id: str
    label: str
    sources: frozenset[str]
    targets: tuple[str, ...]
    permission: Permission
    provisions: tuple[Provision, ...]
    needs: tuple[str, ...]
    citizen: str
    what_next: str
    clock: ClockEffect = ClockEffect.NONE
    letters: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    applicant: bool = False

    @property
    def fields(self) -> tuple[Field, ...]:
        """What a form asks for, the needed fields first."""
        return tuple(FIELDS[code] for code in (*self.needs, *self.also))

    @property
    def separations(self) -> tuple[Separation, ...]:
        """The acts that somebody else must have done (须由不同的人承担)."""
        return tuple(s for s in SEPARATIONS if self.permission in (s.first, s.second))


def act(
    id: str,  # noqa: A002
    label: str,
    sources: str,
    targets: str,
    permission: Permission,
    provisions: tuple[Provision, ...],
    needs: str,
    *,
    citizen: str,
    what_next: str,
    clock: ClockEffect = ClockEffect.NONE,
    letters: str = "",
    also: str = "",
    applicant: bool = False,
) -> Act:
    """A row of the table from words separated by blanks."""
    return Act(
        id,
        label,
        frozenset(sources.split()),
        tuple(targets.split()),
        permission,
        provisions,
        tuple(needs.split()),
        citizen,
        what_next,
        clock,
        tuple(letters.split()),
        tuple(also.split()),
        applicant,
    )
