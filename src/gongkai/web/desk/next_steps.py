"""The law's next step of a filing (下一步): one sentence, its provision, one button; never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from gongkai.annual_report.compile import CompiledReport
from gongkai.annual_report.models import Filing
from gongkai.annual_report.sealing import hindrance
from gongkai.foundation.actors import Actor
from gongkai.foundation.models import Organ
from gongkai.rules import roles
from gongkai.rules.report.checks import CheckResult
from gongkai.rules.report.filing_states import (
    GOVERNMENT_TERM,
    TRANSITIONS,
    UNIT_TERM,
    available,
    due_on,
    seal_act,
)


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next. ``tone``: near, bad, ok, calm. ``button`` is empty where it is another's turn.

    ``held``: the act that waits until this step is done, shown as a button that cannot be pressed.
    """

    title: str
    text: str
    law: str
    tone: str
    button: str = ""
    href: str = ""
    held: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """A lawful act of this person on the filing: its address, or the reason why it cannot be done now."""

    act: str
    label: str
    href: str
    why_not: str


@dataclass(frozen=True, slots=True)
class Situation:
    """What the next step depends on. ``due``: by when a unit hands in, which the office may set earlier."""

    filing: Filing | None
    organ: Organ
    year: int
    compiled: CompiledReport
    actor: Actor
    today: date
    due: date

    @property
    def government(self) -> bool:
        """Whether it is the government's own report."""
        return self.compiled.tables.government

    @property
    def law(self) -> str:
        """The provision that sets the term."""
        return (GOVERNMENT_TERM if self.government else UNIT_TERM).citation()

    def address(self, act: str) -> str:
        """The page of an act."""
        return reverse("desk:filing-act", args=[self.organ.code, self.year, act])

    def by_when(self, verb: str, due: date) -> str:
        """Until when, or since how many days it is overdue."""
        day = f"{due.month} 月 {due.day} 日"
        left = (due - self.today).days
        if left < 0:
            return f"应于 {due.year} 年 {day}前{verb}，已过 {-left} 天"
        return f"最迟 {due.year} 年 {day}{verb}"


def acts(case: Situation) -> tuple[Act, ...]:
    """Every act that the state allows and that is this person's, also where something stands in its way."""
    filing = case.filing
    if filing is None:
        return ()
    return tuple(
        Act(
            one.act,
            one.label,
            case.address(one.act),
            hindrance(filing, one, case.actor, today=case.today),
        )
        for one in available(filing.state, government=filing.government)
        if case.actor.may(one.permission, case.organ)
    )


def next_step(case: Situation, found: tuple[Act, ...]) -> Step:
    """The next step for this person; ``found``: what ``acts`` gave."""
    filing = case.filing
    if filing is None:
        return _beginning(case)
    if filing.editable:
        return _preparing(case, filing, found)
    steps = {"submitted": _submitted, "accepted": _accepted, "sealed": _sealed}
    step = steps.get(filing.state)
    if step is not None:
        return step(case, found)
    return Step("已发布，没有要做的", "以后发现错了，用“更正”：新版和旧版都公开，写明原因。", case.law, "ok")


def _statutory(case: Situation, verb: str = "发布") -> str:
    return case.by_when(verb, due_on(case.year, government=case.government))


def _beginning(case: Situation) -> Step:
    may = case.actor.may("filing.prepare", case.organ)
    verb = "发布" if case.government else "报送"
    due = due_on(case.year, government=True) if case.government else case.due
    return Step(
        f"{case.year} 年的年度报告还没有开始填报，{case.by_when(verb, due)}",
        "表格由登记的记录数出，文字先由记录起草，开始以后再改。"
        + ("" if may else f"由{_who('filing.prepare', case)}开始填报。"),
        case.law,
        "bad" if case.today > due else "near",
        "开始填报" if may else "",
        case.address("open") if may else "",
    )


def _preparing(case: Situation, filing: Filing, found: tuple[Act, ...]) -> Step:
    compiled = case.compiled
    errors, unexplained = compiled.errors(), compiled.unexplained()
    seals = filing.government or filing.state == "correcting"
    act = seal_act(government=filing.government) if seals else "submit"
    verb = "封存" if seals else "报送"
    when = _statutory(case) if seals else case.by_when("报送", case.due)
    lead = {"returned": f"退回原因：{filing.reason}\n", "correcting": f"更正原因：{filing.reason}\n"}
    before = lead.get(filing.state, "") if filing.reason else ""
    held = verb if case.actor.may(TRANSITIONS[act].permission, case.organ) else ""
    if errors:
        said = f"{before}{_brief(errors[0])}"
        title = f"改好 {len(errors)} 项错误才能{verb}，{when}"
        return Step(title, said, case.law, "bad", "看错在哪里", "#checks", held)
    if unexplained:
        writes = case.actor.may("filing.prepare", case.organ) or case.actor.may("report.seal", case.organ)
        first = reverse("desk:explain", args=[case.organ.code, case.year, unexplained[0].id])
        return Step(
            f"{len(unexplained)} 项提醒写完说明就能{verb}，{when}",
            f"{before}错误 0 项。说明署名，印在报告后面。",
            case.law,
            "near",
            "写说明" if writes else "",
            first if writes else "",
            held,
        )
    text = f"{before}错误 0 项，提醒都有说明。"
    return _act_step(case, found, act, f"核对没有问题，可以{verb}了，{when}", text, "near")


def _brief(check: CheckResult) -> str:
    """What a check found, the first of it: the rest stands beside the tables."""
    if not check.evidence:
        return f"{check.id} {check.message}"
    more = f"另有 {len(check.evidence) - 1} 处，列在核对里。" if len(check.evidence) > 1 else ""
    return f"{check.id} {check.evidence[0].text.rstrip('。')}。{more}"


def _act_step(case: Situation, found: tuple[Act, ...], act: str, title: str, text: str, tone: str) -> Step:
    """A step whose button is an act; or whose it is, or what stands in its way, in words."""
    one = next((one for one in found if one.act == act), None)
    transition = TRANSITIONS[act]
    if one is None:
        who = _who(transition.permission, case)
        return Step(title, f"{text}由{who}{transition.label}。", case.law, "calm" if tone == "near" else tone)
    if one.why_not:
        return Step(title, f"{text}{one.why_not}", case.law, tone, "", "", transition.label)
    return Step(title, text, case.law, tone, transition.label, one.href)


def _who(permission: str, case: Situation) -> str:
    """Whose act it is at this organ, in words."""
    own = (
        {"office_head", "office_clerk"} if case.government else {"unit_head", "disclosure_lead", "unit_clerk"}
    )
    if permission == "filing.return":
        own = {"office_head", "office_clerk"}
    return "、".join(role.label for role in roles.permitting(permission) if role.code in own)


def _submitted(case: Situation, found: tuple[Act, ...]) -> Step:
    wrong = [*case.compiled.errors(), *case.compiled.unexplained()]
    if wrong:
        text = f"报送以后对不上了：{_brief(wrong[0])}"
        return _act_step(case, found, "return", "这份报送有问题，退回并写原因", text, "bad")
    title = "已报送，等接收"
    return _act_step(case, found, "accept", title, "核对没有问题。", "near")


def _accepted(case: Situation, found: tuple[Act, ...]) -> Step:
    wrong = [*case.compiled.errors(), *case.compiled.unexplained()]
    if wrong:
        text = f"接收以后对不上了：{_brief(wrong[0])}"
        return _act_step(case, found, "return", "这份报告有问题，退回并写原因", text, "bad")
    text = "封存后内容和指纹固定下来，再发布。"
    return _act_step(case, found, "seal", f"已接收，等封存，{_statutory(case)}", text, "near")


def _sealed(case: Situation, found: tuple[Act, ...]) -> Step:
    text = "先打开 PDF 看一遍成品；发布的就是这一份，一个字也不变。"
    return _act_step(case, found, "publish", f"已封存，可以发布，{_statutory(case)}", text, "near")
