"""The states of a request and every lawful act (申请的状态与动作), as data: buttons, diagram, docs come of it."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.rules.requests.act import Act
from gongkai.rules.requests.acts_answering import ANSWERING
from gongkai.rules.requests.acts_handling import HANDLING
from gongkai.rules.requests.acts_receiving import RECEIVING
from gongkai.rules.supplements import CaseRefused


@dataclass(frozen=True, slots=True)
class State:
    """One state (状态). ``citizen``: as the applicant reads it; ``waits_for``: whom all wait for.

    ``open``: an answer is still owed (尚未办结).
    """

    id: str
    label: str
    citizen: str
    waits_for: str
    open: bool = True


STATES: dict[str, State] = {
    s.id: s
    for s in (
        State("awaiting_confirmation", "待确认", "已提交，等我们与您确认收到", "办理单位"),
        State("received", "待登记", "已收到，正在登记", "办理单位"),
        State("handling", "办理中", "正在办理", "办理单位"),
        State("awaiting_supplement", "待补正", "等您补正", "申请人"),
        State("awaiting_reasons", "待说明理由", "等您说明理由", "申请人"),
        State("consulting_third_party", "征求第三方意见", "正在征求第三方意见", "第三方"),
        State("consulting_organ", "征求其他机关意见", "正在征求其他机关意见", "其他机关"),
        State("awaiting_payment", "待缴费", "等您缴费", "申请人"),
        State("delayed", "延迟答复中", "正在办理，答复日期已另行告知", "办理单位"),
        State("drafting", "起草答复", "正在起草答复", "办理单位"),
        State("in_review", "审核中", "答复正在审核", "审核人"),
        State("signed", "已签发", "答复已签发，即将送达", "办理单位"),
        State("sent", "送达中", "答复已发出", "办理单位", open=False),
        State("served", "已答复", "已答复", "", open=False),
        State("withdrawn", "已撤回", "您已撤回申请", "", open=False),
        State("lapsed", "视为放弃", "视为放弃申请，不再处理", "", open=False),
        State("archived", "已归档", "已办结", "", open=False),
    )
}
ACTS: dict[str, Act] = {a.id: a for a in RECEIVING + HANDLING + ANSWERING}
START = ("awaiting_confirmation", "received")


class ActRefused(CaseRefused):
    """An act that cannot be done (不能这样做): why, and what may be done instead.

    ``instead`` holds the ids of the acts the state allows; ``missing`` the fields to fill in.
    """

    def __init__(
        self,
        message: str,
        *,
        act: str,
        state: str,
        instead: tuple[str, ...] = (),
        missing: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message)
        self.act, self.state, self.instead, self.missing = act, state, instead, missing


def available(state: str) -> tuple[Act, ...]:
    """The acts a state allows, in the order of the table. Raises KeyError for a state nobody defined."""
    known = STATES[state]
    return tuple(a for a in ACTS.values() if known.id in a.sources)


def check_allowed(act: str, state: str) -> Act:
    """The act, if the state allows it. Raises ActRefused with the acts that may be done instead."""
    found, instead = ACTS.get(act), tuple(a.id for a in available(state))
    names = "、".join(ACTS[code].label for code in instead) or "没有别的动作"
    here = f"现在是“{STATES[state].label}”"
    if found is None:
        raise ActRefused(
            f"没有“{act}”这个动作。{here}，可以：{names}。", act=act, state=state, instead=instead
        )
    if state not in found.sources:
        when = "、".join(STATES[code].label for code in STATES if code in found.sources)
        message = f"{here}，不能“{found.label}”（只在“{when}”时可以）。现在可以：{names}。"
        raise ActRefused(message, act=act, state=state, instead=instead)
    return found


def targets(act: Act, source: str) -> tuple[str, ...]:
    """Where an act may lead from a state; the state itself where it does not move."""
    return act.targets or (source,)
