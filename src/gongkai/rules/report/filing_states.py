"""The states of a year's filing (年报填报的状态): every lawful act, from where to where, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.rules.provision import Provision
from gongkai.rules.roles import Permission
from gongkai.rules.rule import Rule, implements, register

STATES: dict[str, str] = {
    "open": "填报中",
    "submitted": "已报送",
    "returned": "已退回",
    "accepted": "已接收",
    "sealed": "已封存",
    "published": "已发布",
    "correcting": "更正中",
    "corrected": "已更正",
}
# Words and explanations may still change.
EDITABLE = frozenset({"open", "returned", "correcting"})
# Handed in, and not given back.
HANDED_IN = frozenset({"submitted", "accepted", "sealed", "published", "correcting", "corrected"})

UNIT_TERM = Rule(
    id="ANN-49-unit-term",
    title="单位报送年度报告的期限",
    sentence="县级以上人民政府部门应当在每年1月31日前向本级政府信息公开工作主管部门提交"
    "本行政机关上一年度政府信息公开工作年度报告并向社会公布。",
    provisions=(Provision("regulation-2019", 49, 1),),
)
GOVERNMENT_TERM = Rule(
    id="ANN-49-government-term",
    title="政府公布年度报告的期限",
    sentence="县级以上地方人民政府的政府信息公开工作主管部门应当在每年3月31日前"
    "向社会公布本级政府上一年度政府信息公开工作年度报告。",
    provisions=(Provision("regulation-2019", 49, 2),),
)
register(GOVERNMENT_TERM)


@implements(UNIT_TERM)
def due_on(year: int, *, government: bool) -> date:
    """The last day for the report of ``year``: 31 January to hand in and publish, 31 March for the government."""
    return date(year + 1, 3, 31) if government else date(year + 1, 1, 31)


@dataclass(frozen=True, slots=True)
class Transition:
    """One act on a filing (动作). ``government``: None for both, else only the government's or only a unit's.

    ``what_next`` is said after the act.
    """

    act: str
    label: str
    sources: frozenset[str]
    target: str
    permission: Permission
    what_next: str
    government: bool | None = None
    reason: bool = False


def _transition(
    act: str,
    label: str,
    sources: str,
    target: str,
    permission: Permission,
    what_next: str,
    government: bool | None = None,
    reason: bool = False,
) -> Transition:
    return Transition(
        act, label, frozenset(sources.split()), target, permission, what_next, government, reason
    )


_P = Permission
TRANSITIONS: dict[str, Transition] = {
    one.act: one
    for one in (
        _transition(
            "submit", "报送", "open returned", "submitted", _P.FILING_SUBMIT,
            "已报送区政府办公室。办公室接收或退回后，会出现在“今日”。", government=False,
        ),
        _transition(
            "return", "退回并写原因", "submitted accepted", "returned", _P.FILING_RETURN,
            "已退回，原因已经写给填报单位；改好后再报送。", government=False, reason=True,
        ),
        _transition(
            "accept", "接收", "submitted", "accepted", _P.FILING_RETURN,
            "已接收。单位负责人封存、发布后，社会就能看到。", government=False,
        ),
        _transition(
            "seal", "封存", "accepted correcting", "sealed", _P.REPORT_SEAL,
            "已封存，内容和指纹固定下来。核对一遍成品，再发布。", government=False,
        ),
        _transition(
            "seal_government", "封存", "open correcting", "sealed", _P.REPORT_SEAL,
            "已封存，内容和指纹固定下来。核对一遍成品，再发布。", government=True,
        ),
        _transition(
            "publish", "发布", "sealed", "published", _P.REPORT_PUBLISH,
            "已发布，门户上现在就能看到。",
        ),
        _transition(
            "unseal", "撤回封存", "sealed", "correcting", _P.REPORT_SEAL,
            "已撤回封存，可以接着改；改好后重新封存。撤回的那一版仍在底账里。", reason=True,
        ),
        _transition(
            "correct", "更正", "published corrected", "correcting", _P.REPORT_SEAL,
            "可以改了。已发布的那一版照旧公开，新版封存、发布后排在它前面。", reason=True,
        ),
    )
}  # fmt: skip


def available(state: str, *, government: bool) -> list[Transition]:
    """The acts that the state of a filing allows, in their order."""
    return [t for t in TRANSITIONS.values() if state in t.sources and t.government in (None, government)]


def seal_act(*, government: bool) -> str:
    """Which transition seals: the government's report is not handed in to anybody."""
    return "seal_government" if government else "seal"
