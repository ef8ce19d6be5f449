"""The states of a correction or a proposal, and every act (更正、转主动公开的状态与动作), as data."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.rules.provision import Provision
from gongkai.rules.requests.fields import Field
from gongkai.rules.requests.law import at
from gongkai.rules.requests.states import State
from gongkai.rules.roles import SEPARATIONS, Permission, Separation
from gongkai.rules.side_requests.fields import FIELDS
from gongkai.rules.side_requests.kinds import CONVERSION, CORRECTION
from gongkai.rules.supplements import CaseRefused

_P = Permission
_BOTH = (CORRECTION, CONVERSION)
STATES: dict[str, State] = {
    s.id: s
    for s in (
        State("awaiting_confirmation", "待确认", "已提交，等我们与您确认收到", "办理单位"),
        State("received", "待登记", "已收到，正在登记", "办理单位"),
        State("verifying", "核实中", "正在核实", "办理单位"),
        State("awaiting_evidence", "待补证据", "等您补交证据", "申请人"),
        State("assessing", "审核中", "正在审核是否主动公开", "办理单位"),
        State("in_review", "待审批", "有了初步结果，正在审批", "审核人"),
        State("correcting", "待更正", "同意更正，正在更正", "办理单位"),
        State("transferring", "待转送", "正在转送有权更正的机关", "办理单位"),
        State("publishing", "待公开", "同意公开，正在公开", "办理单位"),
        State("telling", "待告知", "已经办好，即将告知您", "办理单位"),
        State("told", "已告知", "已告知办理结果", "", open=False),
        State("withdrawn", "已撤回", "您已撤回", "", open=False),
        State("archived", "已归档", "已办结", "", open=False),
    )
}
OPEN = tuple(s.id for s in STATES.values() if s.open)
_HELD = tuple(code for code in OPEN if code not in ("awaiting_confirmation", "received"))


@dataclass(frozen=True, slots=True)
class SideAct:
    """One act (动作): of which kinds, from where, to where, whose, with what. As ``rules.requests.act.Act``."""

    id: str
    label: str
    kinds: tuple[str, ...]
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    permission: Permission
    provisions: tuple[Provision, ...]
    needs: tuple[str, ...]
    citizen: str
    what_next: str
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


def _act(
    id: str,  # noqa: A002
    label: str,
    sources: str | tuple[str, ...],
    targets: str,
    needs: str = "",
    *,
    citizen: str = "",
    what_next: str,
    kinds: tuple[str, ...] = _BOTH,
    by: Permission = _P.CASE_HANDLE,
    law: tuple[Provision, ...] = (),
    also: str = "",
    applicant: bool = False,
) -> SideAct:
    from_ = tuple(sources.split()) if isinstance(sources, str) else sources
    places = law or (
        (at(41),) if kinds == (CORRECTION,) else (at(44, 2),) if kinds == (CONVERSION,) else (at(45),)
    )
    return SideAct(
        id, label, kinds, from_, tuple(targets.split()), by, places, tuple(needs.split()), citizen, what_next,
        tuple(also.split()), applicant,
    )  # fmt: skip


_C, _V = (CORRECTION,), (CONVERSION,)
ACTS: dict[str, SideAct] = {
    a.id: a
    for a in (
        _act(
            "confirm", "确认收到", "awaiting_confirmation", "received", "confirmed_how", kinds=_C,
            citizen="已经与您确认收到。", what_next="收到之日已定。登记，分给经办人。", law=(at(41), at(31)),
        ),
        _act(
            "note_unreachable", "登记联系不上", "awaiting_confirmation", "", "tried_how", kinds=_C,
            citizen="我们联系过您，没有联系上，您可以来电确认。", what_next="已登记。换个时间再联系。", law=(at(41), at(31)),
        ),
        _act(
            "register", "登记", "received", "verifying assessing", "handler",
            citizen="已经登记，开始办理。", what_next="已登记。更正的核实记录，建议的审核是否属于主动公开范围。",
        ),
        _act(
            "reassign", "换经办人", (*_HELD, "told", "withdrawn"), "", "handler", what_next="已换经办人，在他的待办里。",
        ),
        _act(
            "ask_evidence", "告知补交证据", "verifying", "awaiting_evidence", "matters term_on", kinds=_C,
            citizen="需要您补交证据，写明的日期以前交来。", what_next="已告知。等申请人补交证据；收到以后办理时间重新起算。",
        ),
        _act(
            "receive_evidence", "收到证据", "awaiting_evidence", "verifying", "evidence", kinds=_C, applicant=True,
            citizen="已收到您补交的证据，接着核实。", what_next="接着核实，登记核实的情况。",
        ),
        _act(
            "go_on", "没有补交，接着办", "awaiting_evidence", "verifying", "why", kinds=_C,
            citizen="补交证据的日期已过，我们按已有的材料接着核实。", what_next="按已有的材料核实、决定。",
        ),
        _act(
            "verify", "登记核实", "verifying", "", "where found result", kinds=_C,
            citizen="已经核实记录，正在形成结果。", what_next="核实已登记。作出决定，结果要与核实的结论一致。",
        ),
        _act(
            "assess", "登记审核", "assessing", "", "found result clear", kinds=_V, also="criteria",
            citizen="已经审核，正在形成结果。", what_next="审核已登记。作出决定，结果要与审核的结论一致。",
        ),
        _act(
            "decide", "作出决定", "verifying assessing", "in_review", "outcome reason", also="organ contact access",
            law=(at(41), at(44, 2)), what_next="已送审批，由另一人审核。",
        ),
        _act(
            "approve", "同意", "in_review", "correcting transferring publishing telling", by=_P.CASE_APPROVE,
            also="number opinion", citizen="办理结果已经审定。",
            what_next="已同意。该更正、转送、公开的先办，再告知。",
        ),
        _act(
            "return", "退回", "in_review", "verifying assessing", "opinion", by=_P.CASE_APPROVE,
            what_next="已退回，由经办人再核实、再决定。",
        ),
        _act(
            "correct_record", "更正记录", "correcting", "telling", "done", kinds=_C,
            citizen="记录已经更正。", what_next="记录已更正。把结果告知申请人。",
        ),
        _act(
            "transfer", "转送", "transferring", "telling", "proof", kinds=_C,
            citizen="已转送有权更正的行政机关。", what_next="已转送。把转送告知申请人。",
        ),
        _act(
            "publish", "主动公开", "publishing", "telling", "title access", kinds=_V, also="publication",
            citizen="这条信息已经主动公开。", what_next="已公开。把结果告知建议人。", law=(at(44, 2), at(23)),
        ),
        _act(
            "tell", "告知", "telling", "told", "method", also="proof", law=(at(41), at(44, 2)),
            citizen="办理结果已经告知您，告知书在“告知书和材料”里。", what_next="告知书已存入案卷，凭查询码看得到。材料齐了归档。",
        ),
        _act(
            "withdraw", "撤回", OPEN, "withdrawn", also="why", applicant=True,
            citizen="您已撤回，不再办理。以后可以再提出。", what_next="已按撤回办结，可以归档。",
        ),
        _act(
            "archive", "归档", "told withdrawn", "archived", what_next="已归档，在“档案”里按保管期限排着。", citizen="",
        ),
    )
}  # fmt: skip


class SideRefused(CaseRefused):
    """An act that cannot be done (不能这样做): why; ``missing``: the fields to fill in; ``instead``: other acts."""

    def __init__(self, message: str, *, missing: tuple[str, ...] = (), instead: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.missing, self.instead = missing, instead


def available(kind: str, state: str) -> tuple[SideAct, ...]:
    """The acts a state allows for a kind, in the order of the table. Raises KeyError for an unknown state."""
    known = STATES[state]
    return tuple(a for a in ACTS.values() if kind in a.kinds and known.id in a.sources)


def check_allowed(kind: str, act: str, state: str) -> SideAct:
    """The act, if kind and state allow it. Raises SideRefused with what may be done instead."""
    found, others = ACTS.get(act), available(kind, state)
    if found is not None and found in others:
        return found
    names = "、".join(a.label for a in others) or "没有别的动作"
    label = found.label if found else act
    raise SideRefused(
        f"现在是“{STATES[state].label}”，不能“{label}”。现在可以：{names}。",
        instead=tuple(a.id for a in others),
    )
