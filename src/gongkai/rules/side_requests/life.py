"""What the facts amount to (到了哪一步): the state, the day of receipt, who may have proposed."""

from __future__ import annotations

from datetime import date

from gongkai.rules.receipt import CHANNELS, ReceiptRefused, receipt_date
from gongkai.rules.side_requests.facts import SideLife
from gongkai.rules.side_requests.kinds import CONVERSION, KINDS, OUTCOMES

# Ways in that only proposals have: the applicant's own page, the office itself (several applicants).
TRACKED, OWN = "tracked", "own"
WAYS: dict[str, str] = {
    **{c.code: c.label for c in CHANNELS.values()},
    TRACKED: "申请人在进度页提出",
    OWN: "本机关提出",
}


def begin(kind: str, channel: str, arrived_on: date, *, confirmed: bool = False) -> SideLife:
    """One that has just come (收到). Raises ReceiptRefused for an unknown kind or channel."""
    if kind not in KINDS:
        raise ReceiptRefused(f"没有“{kind}”这一种，应为 {'、'.join(KINDS)}。")
    if channel not in WAYS or (channel in (TRACKED, OWN) and kind != CONVERSION):
        raise ReceiptRefused(f"没有“{channel}”这个收到渠道，应为：{'、'.join(WAYS.values())}。")
    return SideLife(
        kind=kind, channel=channel, arrived_on=arrived_on, confirmed_on=arrived_on if confirmed else None
    )


def received_on(life: SideLife) -> date | None:
    """The day of receipt (收到之日). A proposal needs no confirmation: no right hangs on its day."""
    if life.kind == CONVERSION:
        return life.arrived_on
    return receipt_date(life.channel, life.arrived_on, life.confirmed_on).day


def state(life: SideLife) -> str:
    """The id of the state the facts amount to (当前状态)."""
    if life.archived_on is not None:
        return "archived"
    if life.withdrawn_on is not None:
        return "withdrawn"
    if life.registered_on is None:
        return "awaiting_confirmation" if received_on(life) is None else "received"
    decision = life.decision
    if decision is not None:
        if decision.told_on is not None:
            return "told"
        if decision.approved_on is None:
            return "in_review"
        carried = OUTCOMES[decision.outcome].carried
        return carried if carried and decision.carried_on is None else "telling"
    if life.kind == CONVERSION:
        return "assessing"
    return "awaiting_evidence" if life.notice is not None and life.notice.closed_on is None else "verifying"
