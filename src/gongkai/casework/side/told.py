"""What was asked for and filled in, in words (提出的内容、填写内容的措辞): for its page, and for what leaves the house."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.casework.side.queries import SideSaid, SideView, story
from gongkai.casework.told import account_names
from gongkai.rules.side_requests.fields import FIELDS, METHODS
from gongkai.rules.side_requests.kinds import CRITERIA, OUTCOMES, RESULTS

_ASKED = (
    ("filing.record", "哪一份记录"), ("filing.wrong", "现在的记载"), ("filing.right", "要求更正为"),
    ("filing.evidence", "证据"), ("filing.information", "建议公开的信息"), ("filing.about_number", "写的申请编号"),
    ("filing.grounds", "理由"),
)  # fmt: skip


def asked(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is asked for, a label and its words; nothing where the person was erased."""
    return [(label, texts[token]) for token, label in _ASKED if texts.get(token)]


def details(said: SideSaid, found: SideView, names: Mapping[str, str]) -> tuple[str, ...]:
    """What was filled in for an act, a phrase a field, in the order of its form."""
    return tuple(
        f"{_label(code, said.act.id)}：{_value_text(code, said.given[code], found.side.kind, names)}"
        for code in (f.code for f in said.act.fields)
        if code in said.given
    )


def filed_by(found: SideView, names: Mapping[str, str]) -> str:
    """Who entered it."""
    ref = found.side.filed_by
    return names.get(ref, "申请人" if ref.startswith("applicant") else "网上提交")


def acted_by(said: SideSaid, names: Mapping[str, str]) -> str:
    """Who did an act."""
    return names.get(said.row.actor, "提出的人" if said.row.actor.startswith("side-person") else "系统")


def names_of(found: SideView) -> dict[str, str]:
    """The names of the accounts that acted, or were named: one query."""
    named = (str(said.given.get("handler", "")) for said in story(found))
    return account_names((found.side.filed_by, *(row.actor for row in found.acts), *named))


def _label(code: str, act: str) -> str:
    return "审核的情况" if (act, code) == ("assess", "found") else FIELDS[code].label


def _value_text(code: str, value: Any, kind: str, names: Mapping[str, str]) -> str:
    """A value of an act as a person reads it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    match code:
        case "handler":
            return names.get(str(value), str(value))
        case "result":
            return RESULTS[kind][value]
        case "outcome":
            return OUTCOMES[value].label
        case "method":
            return METHODS[value]
        case "criteria":
            return "；".join(CRITERIA[one][0] for one in value)
    return str(value)
