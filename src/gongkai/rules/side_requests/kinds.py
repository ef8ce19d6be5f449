"""The two kinds (种类) and what each may end with (办理结果)."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.rules.provision import Provision
from gongkai.rules.requests.law import at
from gongkai.rules.rule import implements
from gongkai.rules.side_requests.law import NOT_COUNTED

CORRECTION, CONVERSION = "correction", "conversion"


@dataclass(frozen=True, slots=True)
class SideKind:
    """One kind. ``badge``: in lists; ``series``: in its numbers; ``person``: what who filed it is called."""

    code: str
    label: str
    badge: str
    series: str
    person: str
    provision: Provision


KINDS: dict[str, SideKind] = {
    k.code: k
    for k in (
        SideKind(CORRECTION, "更正申请", "更正", "更正", "申请人", at(41)),
        SideKind(CONVERSION, "转主动公开建议", "转公开", "转公开", "建议人", at(44, 2)),
    )
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way to end (办理结果). ``result``: what checking must have found; ``carried``: the state in which it is
    carried out, "" where telling is all; ``names_organ``: the organ that may correct is named.
    """

    code: str
    kind: str
    label: str
    result: str
    carried: str
    names_organ: bool = False


OUTCOMES: dict[str, Outcome] = {
    o.code: o
    for o in (
        Outcome("corrected", CORRECTION, "予以更正", "inaccurate", "correcting"),
        Outcome("accurate", CORRECTION, "不予更正：记录准确", "accurate", ""),
        Outcome("not-proven", CORRECTION, "不予更正：证据不足", "unclear", ""),
        Outcome("transferred", CORRECTION, "转送有权更正的行政机关", "", "transferring", names_organ=True),
        Outcome("directed", CORRECTION, "告知向有权更正的行政机关提出", "", "", names_organ=True),
        Outcome("public", CONVERSION, "纳入主动公开", "public", "publishing"),
        Outcome("not-public", CONVERSION, "不纳入主动公开", "not-public", ""),
        Outcome("already-public", CONVERSION, "已经主动公开", "already-public", ""),
    )
}
# What checking found (核实、审核的结论), by kind.
RESULTS: dict[str, dict[str, str]] = {
    CORRECTION: {"inaccurate": "记录不准确", "accurate": "记录准确", "unclear": "现有证据不足以认定"},
    CONVERSION: {
        "public": "属于主动公开范围",
        "not-public": "不属于主动公开范围",
        "already-public": "已经主动公开",
    },
}
# Why information belongs to what is published of itself (属于主动公开范围的理由), each with its place.
CRITERIA: dict[str, tuple[str, Provision]] = {
    "interest": ("涉及公众利益调整", at(19)),
    "known": ("需要公众广泛知晓", at(19)),
    "decision": ("需要公众参与决策", at(19)),
    "listed": ("属于应当主动公开的内容", at(20)),
    "several": ("多个申请人申请相同信息，且可以公开", at(44, 1)),
}
# What a person may say for a proposal: the law's own three.
PROPOSED = ("interest", "known", "decision")
CARRIED: dict[str, str] = {o.carried: o.code for o in OUTCOMES.values() if o.carried}


@implements(NOT_COUNTED)
def counted_cells(kind: str) -> tuple[str, ...]:
    """The cells of tables three and four in which one of a kind counts (计入的格): none. Raises KeyError."""
    if kind not in KINDS:
        raise KeyError(kind)
    return ()
