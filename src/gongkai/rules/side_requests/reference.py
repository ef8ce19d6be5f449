"""The reference page of corrections and proposals (更正申请、转主动公开建议), drawn from the tables."""

from __future__ import annotations

from gongkai.rules.citations import cite
from gongkai.rules.requests.elements import ELEMENTS
from gongkai.rules.roles import permitting
from gongkai.rules.side_requests.clock import DEFAULT
from gongkai.rules.side_requests.kinds import CRITERIA, KINDS, OUTCOMES, RESULTS
from gongkai.rules.side_requests.letters import LETTERS
from gongkai.rules.side_requests.retention import SIDE_CLASSES
from gongkai.rules.side_requests.states import ACTS, STATES, SideAct

_OWN = {"done": "怎样更正的"}


def pages() -> dict[str, str]:
    """Every page by file name."""
    return {"side-requests.md": page()}


def page() -> str:
    """States, acts, outcomes, letters, terms, what is open."""
    return "\n\n".join(
        [
            "# 更正申请和转主动公开建议",
            "条例第四十一条、第四十四条。两种都不是政府信息公开申请，不计入年度报告表三、表四（规则 CNT-not-requests），"
            "各编各的号。",
            _states(),
            "## 动作",
            *(_act(one) for one in ACTS.values()),
            _outcomes(),
            "## 属于主动公开范围的理由",
            "\n".join(f"- {label}（{cite((law,))}）" for label, law in CRITERIA.values()),
            _letters(),
            "## 内部时间",
            f"条例没有规定天数，下面是初始值（工作日），可以在设置里改，需确认：与申请人确认 {DEFAULT.confirmation}，登记 "
            f"{DEFAULT.registration}，更正申请办结 {DEFAULT.correction}，建议审核告知 {DEFAULT.conversion}，"
            f"同意以后更正、转送、公开 {DEFAULT.publication}。",
            "## 保管期限",
            "\n".join(f"- {c.label}：{c.years} 年，{c.why}（初始值，需确认）" for c in SIDE_CLASSES.values()),
            "## 待定的问题",
            "- 对更正、不予更正能不能申请行政复议、提起行政诉讼，条例没有写，告知书不写救济途径。\n"
            "- 更正申请几日内办结，条例没有写。\n- 申请人以外的人提出的建议，按条例第九条的建议收下。\n"
            "- 保管期限没有规定，上面的年数是初始值。",
        ]
    )


def _states() -> str:
    head = "## 状态\n\n| 状态 | 代号 | 提出的人看到 | 等谁 |\n| --- | --- | --- | --- |"
    return "\n".join(
        [head, *(f"| {s.label} | `{s.id}` | {s.citizen} | {s.waits_for or '—'} |" for s in STATES.values())]
    )


def _act(one: SideAct) -> str:
    to = "、".join(STATES[code].label for code in one.targets) or "不变"
    lines = [
        f"- 种类：{'、'.join(KINDS[code].label for code in one.kinds)}",
        f"- 从：{'、'.join(STATES[code].label for code in one.sources)}；到：{to}",
        f"- 谁可以办：{'、'.join(role.label for role in permitting(one.permission))}"
        + ("；提出的人凭查询码也可以" if one.applicant else ""),
        f"- 依据：{cite(one.provisions)}",
        f"- 要填：{'、'.join(f.label for f in one.fields[: len(one.needs)]) or '没有'}"
        + (f"；还可以填：{'、'.join(f.label for f in one.fields[len(one.needs) :])}" if one.also else ""),
        f"- 办了以后：{one.what_next}",
    ]
    if one.citizen:
        lines.append(f"- 提出的人看到：{one.citizen}")
    return f"### {one.label} `{one.id}`\n\n" + "\n".join(lines)


def _outcomes() -> str:
    head = "## 办理结果\n\n| 种类 | 结果 | 代号 | 要有的结论 |\n| --- | --- | --- | --- |"
    rows = [
        f"| {KINDS[o.kind].label} | {o.label} | `{o.code}` | {RESULTS[o.kind][o.result] if o.result else '—'} |"
        for o in OUTCOMES.values()
    ]
    return "\n".join([head, *rows])


def _letters() -> str:
    head = "## 告知书\n\n| 办理结果 | 标题 | 应有的要件 | 依据 |\n| --- | --- | --- | --- |"
    rows = [
        f"| {OUTCOMES[one.outcome].label} | {one.title} | "
        f"{'；'.join(ELEMENTS[c].label if c in ELEMENTS else _OWN[c] for c in one.elements)} | {cite((one.provision,))} |"
        for one in LETTERS.values()
    ]
    return "\n".join([head, *rows])
