"""The whole catalogue of rules (全部规则): loads every module that registers one, and puts them in order."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pkgutil import walk_packages

import gongkai.rules as package
from gongkai.rules.rule import RULES, Rule

GROUPS: dict[str, str] = {
    "CAL": "期间与工作日",
    "REQ": "依申请公开：收到、补正、征求意见、答复期限",
    "SRV": "送达",
    "PUB": "主动公开",
    "OUT": "办理结果",
    "APP": "申请人类别",
    "FEE": "信息处理费",
    "REM": "行政复议、行政诉讼",
    "DOC": "依申请公开文书",
    "ARC": "归档与保管期限",
    "ROL": "职责与分工",
    "CNT": "年度报告：计数",
    "K": "年度报告：检查",
    "M": "年度报告：检查",
}
OTHER = "其他规则"
# Needs numpy and registers no rule; the catalogue is read where numpy is not wanted.
_LEFT_OUT = {"gongkai.rules.calendar_batch"}


@cache
def load() -> None:
    """Import every module of the law once, so that ``RULES`` is complete."""
    for module in walk_packages(package.__path__, f"{package.__name__}."):
        if module.name not in _LEFT_OUT:
            import_module(module.name)


def ordered() -> tuple[Rule, ...]:
    """All rules in the order of the reference page, whatever was imported first."""
    load()
    return tuple(sorted(RULES.values(), key=_place))


def grouped() -> dict[str, tuple[Rule, ...]]:
    """All rules below the heading of their group, by the letters their id begins with."""
    found: dict[str, list[Rule]] = {}
    for rule in ordered():
        found.setdefault(GROUPS.get(_prefix(rule), OTHER), []).append(rule)
    return {heading: tuple(rules) for heading, rules in found.items()}


def _prefix(rule: Rule) -> str:
    return re.split(r"[\d-]", rule.id)[0]


def _place(rule: Rule) -> tuple[int, list[tuple[int, str]]]:
    """Group first, then the id with its numbers read as numbers: K2 before K10."""
    order = list(GROUPS)
    prefix = _prefix(rule)
    parts = [(int(p), "") if p.isdigit() else (-1, p) for p in re.findall(r"\d+|\D+", rule.id)]
    return (order.index(prefix) if prefix in order else len(order), parts)
