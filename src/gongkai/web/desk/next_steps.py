"""The law's next step of a filing (下一步): one sentence, its provision, one button; never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from gongkai.annual_report.compile import CompiledReport
from gongkai.annual_report.models import Filing
from gongkai.foundation.actors import Actor
from gongkai.foundation.models import Organ
from gongkai.rules.report.filing_states import GOVERNMENT_TERM, UNIT_TERM, available, due_on, seal_act


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next. ``tone``: near, bad, ok, calm. ``button`` is empty where it is another's turn.

    ``others``: acts that are lawful too (label, address).
    """

    title: str
    text: str
    law: str
    tone: str
    button: str = ""
    href: str = ""
    others: tuple[tuple[str, str], ...] = ()


def next_step(
    filing: Filing | None, organ: Organ, year: int, compiled: CompiledReport, *, actor: Actor, today: date
) -> Step:
    """The next step for this person."""
    government = compiled.tables.government
    law = (GOVERNMENT_TERM if government else UNIT_TERM).citation()
    due = due_on(year, government=government)
    when = _when(due, today)
    if filing is None:
        may = actor.may("filing.prepare", organ)
        return Step(
            f"{year} 年的年度报告还没有开始填报，{when}",
            "表格由登记的记录数出，文字先由记录起草，开始以后再改。",
            law,
            "bad" if today > due else "near",
            "开始填报" if may else "",
            _act(organ, year, "open") if may else "",
        )
    others = _others(filing, organ, year, actor)
    if filing.state in ("open", "returned", "correcting"):
        return _preparing(filing, organ, year, compiled, actor, when, law, others)
    return _handed_in(filing, organ, year, compiled, actor, when, law, others)


def _when(due: date, today: date) -> str:
    left = (due - today).days
    day = f"{due.month} 月 {due.day} 日"
    if left < 0:
        return f"应于 {due.year} 年 {day}前发布，已过 {-left} 天"
    return f"最迟 {due.year} 年 {day}"


def _act(organ: Organ, year: int, act: str) -> str:
    return reverse("desk:filing-act", args=[organ.code, year, act])


def _others(filing: Filing, organ: Organ, year: int, actor: Actor) -> tuple[tuple[str, str], ...]:
    return tuple(
        (one.label, _act(organ, year, one.act))
        for one in available(filing.state, government=filing.government)
        if one.reason and actor.may(one.permission, organ)
    )


def _preparing(
    filing: Filing,
    organ: Organ,
    year: int,
    compiled: CompiledReport,
    actor: Actor,
    when: str,
    law: str,
    others: tuple[tuple[str, str], ...],
) -> Step:
    errors, unexplained = compiled.errors(), compiled.unexplained()
    lead = {"returned": f"已退回：{filing.reason}　", "correcting": f"更正原因：{filing.reason}　"}.get(
        filing.state, ""
    )
    seals = filing.government or filing.state == "correcting"
    if errors:
        first = errors[0]
        return Step(
            f"先改 {len(errors)} 项错误，才能{'封存' if seals else '报送'}，{when}",
            f"{lead}{first.id} {first.message}",
            law,
            "bad",
            "看错在哪里",
            "#checks",
            others,
        )
    if unexplained:
        return Step(
            f"{len(unexplained)} 项提醒要说明，写完就能{'封存' if seals else '报送'}，{when}",
            f"{lead}错误 0 项。说明会署名印在报告后面。",
            law,
            "near",
            "写说明",
            f"#{unexplained[0].id}",
            others,
        )
    act, permission, verb = (
        (seal_act(government=filing.government), "report.seal", "封存")
        if seals
        else ("submit", "filing.submit", "报送")
    )
    may = actor.may(permission, organ)
    whose = "" if may else f"由{'单位负责人' if not filing.government else '区政府办公室负责人'}{verb}。"
    return Step(
        f"核对没有问题，可以{verb}了，{when}",
        f"{lead}错误 0 项，提醒都有说明。{whose}",
        law,
        "near",
        verb if may else "",
        _act(organ, year, act) if may else "",
        others,
    )


def _handed_in(
    filing: Filing,
    organ: Organ,
    year: int,
    compiled: CompiledReport,
    actor: Actor,
    when: str,
    law: str,
    others: tuple[tuple[str, str], ...],
) -> Step:
    wrong = [*compiled.errors(), *compiled.unexplained()]
    if filing.state == "submitted":
        may = actor.may("filing.return", organ)
        if wrong:
            text = f"报送以后又对不上了：{wrong[0].id} {wrong[0].message}"
            return Step(
                "这份报送有问题，退回并写原因",
                text,
                law,
                "bad",
                *_button(may, organ, year, "return", "退回"),
                others,
            )
        text = "核对没有问题。" if may else "等区政府办公室接收或退回。"
        title = "可以接收" if may else "已报送，等区政府办公室"
        return Step(
            title, text, law, "near" if may else "calm", *_button(may, organ, year, "accept", "接收"), others
        )
    if filing.state == "accepted":
        may = actor.may("report.seal", organ)
        text = (
            "封存后内容和指纹固定下来，再发布。"
            if not wrong
            else f"又对不上了：{wrong[0].id} {wrong[0].message}"
        )
        tone = "bad" if wrong else "near" if may else "calm"
        return Step(
            f"已接收，等封存，{when}", text, law, tone, *_button(may, organ, year, "seal", "封存"), others
        )
    if filing.state == "sealed":
        may = actor.may("report.publish", organ)
        text = "先打开 PDF 看一遍成品；发布的就是这一份，一个字也不变。"
        return Step(
            f"已封存，可以发布，{when}",
            text,
            law,
            "near",
            *_button(may, organ, year, "publish", "发布"),
            others,
        )
    return Step(
        "已发布，没有要做的",
        "以后发现错了，用“更正”：新版和旧版都公开，写明原因。",
        law,
        "ok",
        "",
        "",
        others,
    )


def _button(may: bool, organ: Organ, year: int, act: str, label: str) -> tuple[str, str]:
    return (label, _act(organ, year, act)) if may else ("", "")
