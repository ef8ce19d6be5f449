"""The reference page of a request's life (申请的状态与动作), drawn from the tables; never written by hand."""

from __future__ import annotations

from gongkai.rules.citations import cite
from gongkai.rules.requests.act import EFFECTS, Act
from gongkai.rules.requests.diagram import svg
from gongkai.rules.requests.elements import ELEMENTS
from gongkai.rules.requests.letters import LETTERS, TO
from gongkai.rules.requests.reference_letters import wording_page
from gongkai.rules.requests.retention import CLASSES
from gongkai.rules.requests.states import ACTS, STATES, available
from gongkai.rules.requests.terms import DEFAULT
from gongkai.rules.roles import permitting


def pages() -> dict[str, str]:
    """Every page by file name."""
    return {
        "requests.md": requests_page(),
        "letters.md": letters_page(),
        "letter-wording.md": wording_page(),
        "requests.svg": svg(),
    }


def requests_page() -> str:
    """Every state, what may be done in it, every act in full."""
    parts = [
        "# 申请的状态与动作",
        f"共 {len(STATES)} 种状态、{len(ACTS)} 个动作。依据条例第四十五条：登记、审核、办理、答复、归档。",
        "![依申请公开流程图](requests.svg)",
        "图上只画往前走的路；撤回、退回、更正、重新办理和不改变状态的动作，见下面的表。",
        _states_table(),
        "## 动作",
        *(_act(one) for one in ACTS.values()),
        "## 内部期限",
        f"条例没有写、由各地设置的初始值（工作日）：与申请人确认 {DEFAULT.confirmation}，登记 {DEFAULT.registration}，"
        f"查明信件送到 {DEFAULT.reached}，取得送达凭据 {DEFAULT.proof}。",
        "## 保管期限",
        "\n".join(f"- {c.label}：{c.years} 年，{c.why}（初始值，待核对）" for c in CLASSES.values()),
    ]
    return "\n\n".join(parts)


def _states_table() -> str:
    head = "## 状态\n\n| 状态 | 代号 | 申请人看到 | 等谁 | 可以做的 |\n| --- | --- | --- | --- | --- |"
    rows = [
        f"| {s.label} | `{s.id}` | {s.citizen} | {s.waits_for or '—'} | "
        f"{'、'.join(a.label for a in available(s.id))} |"
        for s in STATES.values()
    ]
    return "\n".join([head, *rows])


def _act(one: Act) -> str:
    where = "、".join(STATES[code].label for code in STATES if code in one.sources)
    to = "、".join(STATES[code].label for code in one.targets) or "不变"
    who = "、".join(role.label for role in permitting(one.permission))
    lines = [
        f"- 从：{where}；到：{to}" + ("（由事实决定）" if len(one.targets) > 1 else ""),
        f"- 谁可以办：{who}" + ("；申请人凭查询码也可以" if one.applicant else ""),
        *(f"- 不同的人：{s.why}（{cite(s.rule.provisions)}）" for s in one.separations),
        f"- 依据：{cite(one.provisions)}",
        f"- 要填：{'、'.join(f.label for f in one.fields[: len(one.needs)]) or '没有'}"
        + (f"；还可以填：{'、'.join(f.label for f in one.fields[len(one.needs) :])}" if one.also else ""),
        f"- 期限：{EFFECTS[one.clock]}",
        f"- 办了以后：{one.what_next}",
    ]
    if one.citizen:
        lines.append(f"- 申请人看到：{one.citizen}")
    if one.letters:
        lines.append(f"- 文书：{'、'.join(_title(code) for code in one.letters)}")
    return f"### {one.label} `{one.id}`\n\n" + "\n".join(lines)


def _title(code: str) -> str:
    return "政府信息公开申请答复书（按办理结果）" if code == "reply" else LETTERS[code].title


def letters_page() -> str:
    """Every letter with when it is written and what it must hold."""
    head = "| 文书 | 代号 | 什么时候 | 给谁 | 应有的要件 | 依据 |\n| --- | --- | --- | --- | --- | --- |"
    rows = [
        f"| {one.title} | `{one.code}` | {one.when} | {TO[one.to]} | "
        f"{'；'.join(ELEMENTS[code].label for code in one.elements)} | {cite(one.provisions)} |"
        for one in LETTERS.values()
    ]
    elements = [f"| {e.label} | `{e.code}` | {e.cure} |" for e in ELEMENTS.values()]
    return "\n\n".join(
        [
            "# 依申请公开文书",
            f"共 {len(LETTERS)} 种。缺一项要件不能签发、不能发出，缺什么由程序逐项指出。"
            "正文见[依申请公开文书的初始正文](letter-wording.md)。",
            "\n".join([head, *rows]),
            "## 要件\n\n" + "\n".join(["| 要件 | 代号 | 怎么补 |\n| --- | --- | --- |", *elements]),
        ]
    )
