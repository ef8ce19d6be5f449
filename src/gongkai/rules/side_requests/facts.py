"""The facts of one correction or proposal (一件的事实): dated events as plain data, nothing computed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceNotice:
    """The person is told what evidence is wanted (告知补交证据). ``closed_on``: received, or gone on without."""

    asked_on: date
    due_on: date
    matters: str
    received_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was checked and found (核实、审核). ``criteria``, ``clear``: of a proposal alone."""

    on: date
    result: str
    found: str
    where: str = ""
    criteria: tuple[str, ...] = ()
    clear: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision from its drafting to its telling (决定). ``done``, ``title``, ``access``: how it was carried out."""

    decided_on: date
    outcome: str
    reason: str
    organ: str = ""
    contact: str = ""
    returned_on: date | None = None
    approved_on: date | None = None
    number: str = ""
    carried_on: date | None = None
    done: str = ""
    title: str = ""
    access: str = ""
    publication: str = ""
    told_on: date | None = None
    method: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SideLife:
    """The facts of one (一件). Frozen; ``perform`` answers a new one."""

    kind: str
    channel: str
    arrived_on: date
    confirmed_on: date | None = None
    contact_tries: tuple[date, ...] = ()
    registered_on: date | None = None
    notices: tuple[EvidenceNotice, ...] = ()
    checks: tuple[Checked, ...] = ()
    decisions: tuple[Decision, ...] = ()
    withdrawn_on: date | None = None
    archived_on: date | None = None

    @property
    def notice(self) -> EvidenceNotice | None:
        """The last notice to hand in evidence."""
        return self.notices[-1] if self.notices else None

    @property
    def checked(self) -> Checked | None:
        """What was found last."""
        return self.checks[-1] if self.checks else None

    @property
    def decision(self) -> Decision | None:
        """The decision in hand; None where there is none, or it was returned."""
        last = self.decisions[-1] if self.decisions else None
        return None if last is None or last.returned_on is not None else last

    def with_notice(self, **changes: object) -> SideLife:
        """This life with the last notice changed. Raises IndexError where there is none."""
        changed = replace(self.notices[-1], **changes)  # type: ignore[arg-type]
        return replace(self, notices=(*self.notices[:-1], changed))

    def with_decision(self, **changes: object) -> SideLife:
        """This life with the last decision changed. Raises IndexError where there is none."""
        changed = replace(self.decisions[-1], **changes)  # type: ignore[arg-type]
        return replace(self, decisions=(*self.decisions[:-1], changed))
