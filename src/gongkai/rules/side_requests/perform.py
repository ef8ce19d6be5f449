"""Doing one act on the facts (办一个动作): a new life, or a refusal that says why and what instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from gongkai.rules.rule import implements
from gongkai.rules.side_requests.facts import Checked, Decision, EvidenceNotice, SideLife
from gongkai.rules.side_requests.fields import FIELDS, METHODS
from gongkai.rules.side_requests.kinds import CONVERSION, CRITERIA, OUTCOMES, RESULTS
from gongkai.rules.side_requests.law import SUGGESTION, VERIFIED
from gongkai.rules.side_requests.life import received_on, state
from gongkai.rules.side_requests.states import SideAct, SideRefused, check_allowed

_MOST_YEARS = 3
Given = Mapping[str, object]


def perform(life: SideLife, act: str, *, on: date, today: date, given: Given | None = None) -> SideLife:
    """The life after the act, done on ``on`` and entered on ``today``. Raises SideRefused."""
    found = check_allowed(life.kind, act, state(life))
    _check_day(life, found, on, today)
    values = given or {}
    missing = tuple(code for code in found.needs if not _has(values.get(code)))
    if missing:
        labels = "、".join(FIELDS[code].label for code in missing)
        raise SideRefused(f"“{found.label}”还缺：{labels}。填好再办。", missing=missing)
    return CHANGES[act](life, on, values)


def why_not(life: SideLife, act: str, today: date) -> str:
    """Why an act that the state allows cannot be done yet (现在不能办的原因); "" where it can."""
    if act == "go_on" and life.notice is not None and today <= life.notice.due_on:
        return f"补交证据到 {life.notice.due_on}，还没有过"
    if act == "decide" and life.kind == CONVERSION and life.checked is None:
        return "还没有登记审核；先“登记审核”，再作决定"
    return ""


def _has(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None and value != ()


def _check_day(life: SideLife, act: SideAct, on: date, today: date) -> None:
    if on > today:
        raise SideRefused(f"“{act.label}”的日期 {on} 还没有到，核对日期。")
    last = _last_day(life)
    if on < last:
        raise SideRefused(f"“{act.label}”的日期 {on} 早于前一步的日期 {last}，核对两个日期。")


def _last_day(life: SideLife) -> date:
    """The latest day that stands in the facts: acts are entered in their order."""
    decision = life.decisions[-1] if life.decisions else None
    days = [
        life.arrived_on, received_on(life), life.registered_on,
        *(d for n in life.notices for d in (n.asked_on, n.closed_on)), *(c.on for c in life.checks),
    ]  # fmt: skip
    if decision is not None:
        days += [
            decision.decided_on,
            decision.returned_on,
            decision.approved_on,
            decision.carried_on,
            decision.told_on,
        ]
    return max(day for day in (*days, life.withdrawn_on) if day is not None)


def _text(given: Given, code: str) -> str:
    value = given.get(code)
    return value.strip() if isinstance(value, str) else ""


def _chosen(given: Given, code: str, known: Mapping[str, object], words: str) -> str:
    value = _text(given, code)
    if value not in known:
        raise SideRefused(f"“{FIELDS[code].label}”应从列出的几项里选：{words}。")
    return value


def _confirm(life: SideLife, on: date, given: Given) -> SideLife:
    return replace(life, confirmed_on=on)


def _unreachable(life: SideLife, on: date, given: Given) -> SideLife:
    return replace(life, contact_tries=(*life.contact_tries, on))


def _register(life: SideLife, on: date, given: Given) -> SideLife:
    return replace(life, registered_on=on)


def _same(life: SideLife, on: date, given: Given) -> SideLife:
    return life


def _ask_evidence(life: SideLife, on: date, given: Given) -> SideLife:
    term = given.get("term_on")
    if not isinstance(term, date):
        raise SideRefused("“期限的最后一日”应是日期，如 2021-10-15。")
    if term <= on or (term - on).days > _MOST_YEARS * 366:
        raise SideRefused(f"补交证据的最后一日 {term} 应在 {on} 以后、三年以内；核对日期。")
    notice = EvidenceNotice(asked_on=on, due_on=term, matters=_text(given, "matters"))
    return replace(life, notices=(*life.notices, notice))


def _receive_evidence(life: SideLife, on: date, given: Given) -> SideLife:
    return life.with_notice(received_on=on, closed_on=on)


def _go_on(life: SideLife, on: date, given: Given) -> SideLife:
    notice = life.notices[-1]
    if on <= notice.due_on:
        raise SideRefused(f"补交证据到 {notice.due_on}，还没有过；等申请人，或者登记收到的证据。")
    return life.with_notice(closed_on=on)


def _verify(life: SideLife, on: date, given: Given) -> SideLife:
    results = RESULTS[life.kind]
    result = _chosen(given, "result", results, "、".join(results.values()))
    found = Checked(on=on, result=result, found=_text(given, "found"), where=_text(given, "where"))
    return replace(life, checks=(*life.checks, found))


@implements(SUGGESTION)
def _assess(life: SideLife, on: date, given: Given) -> SideLife:
    """It belongs to what is published only with a reason of the law, and where nothing forbids it."""
    results = RESULTS[life.kind]
    result = _chosen(given, "result", results, "、".join(results.values()))
    said = given.get("criteria") or ()
    criteria = tuple(c for c in said if c in CRITERIA) if isinstance(said, list | tuple) else ()
    clear = given.get("clear") is True
    if result == "public" and not criteria:
        raise SideRefused("结论是“属于主动公开范围”的，选属于的理由，至少一项。", missing=("criteria",))
    if result == "public" and not clear:
        raise SideRefused("有第十四、十五、十六条不予公开的情形，不能纳入主动公开；改结论，或者重新审查。")
    found = Checked(on=on, result=result, found=_text(given, "found"), criteria=criteria, clear=clear)
    return replace(life, checks=(*life.checks, found))


@implements(VERIFIED)
def _decide(life: SideLife, on: date, given: Given) -> SideLife:
    known = {o.code: o for o in OUTCOMES.values() if o.kind == life.kind}
    code = _chosen(given, "outcome", known, "、".join(o.label for o in known.values()))
    outcome, checked = known[code], life.checked
    if outcome.result and (checked is None or checked.result != outcome.result):
        wanted = RESULTS[life.kind][outcome.result]
        said = (
            f"核实、审核的结论是“{RESULTS[life.kind][checked.result]}”" if checked else "还没有登记核实、审核"
        )
        raise SideRefused(f"“{outcome.label}”要有“{wanted}”的结论；{said}。先登记，或者改选结果。")
    organ, contact, access = _text(given, "organ"), _text(given, "contact"), _text(given, "access")
    if outcome.names_organ and not organ:
        raise SideRefused("写明有权更正的行政机关的名称，告知书里要用。", missing=("organ",))
    if code == "already-public" and not access:
        raise SideRefused("已经公开的，写明在哪里看。", missing=("access",))
    decision = Decision(
        decided_on=on,
        outcome=code,
        reason=_text(given, "reason"),
        organ=organ if outcome.names_organ else "",
        contact=contact if outcome.names_organ else "",
        access=access if code == "already-public" else "",
    )
    return replace(life, decisions=(*life.decisions, decision))


def _approve(life: SideLife, on: date, given: Given) -> SideLife:
    return life.with_decision(approved_on=on, number=_text(given, "number"))


def _return(life: SideLife, on: date, given: Given) -> SideLife:
    return life.with_decision(returned_on=on)


def _correct(life: SideLife, on: date, given: Given) -> SideLife:
    return life.with_decision(carried_on=on, done=_text(given, "done"))


def _transfer(life: SideLife, on: date, given: Given) -> SideLife:
    return life.with_decision(carried_on=on)


def _publish(life: SideLife, on: date, given: Given) -> SideLife:
    return life.with_decision(
        carried_on=on,
        title=_text(given, "title"),
        access=_text(given, "access"),
        publication=_text(given, "publication"),
    )


def _tell(life: SideLife, on: date, given: Given) -> SideLife:
    method = _chosen(given, "method", METHODS, "、".join(METHODS.values()))
    return life.with_decision(told_on=on, method=method)


def _withdraw(life: SideLife, on: date, given: Given) -> SideLife:
    return replace(life, withdrawn_on=on)


def _archive(life: SideLife, on: date, given: Given) -> SideLife:
    return replace(life, archived_on=on)


CHANGES: dict[str, Callable[[SideLife, date, Given], SideLife]] = {
    "confirm": _confirm,
    "note_unreachable": _unreachable,
    "register": _register,
    "reassign": _same,
    "ask_evidence": _ask_evidence,
    "receive_evidence": _receive_evidence,
    "go_on": _go_on,
    "verify": _verify,
    "assess": _assess,
    "decide": _decide,
    "approve": _approve,
    "return": _return,
    "correct_record": _correct,
    "transfer": _transfer,
    "publish": _publish,
    "tell": _tell,
    "withdraw": _withdraw,
    "archive": _archive,
}
