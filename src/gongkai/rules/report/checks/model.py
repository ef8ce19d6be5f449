"""What a check is (检查): a numbered rule over a report, with its level and the evidence it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from gongkai.rules.provision import Provision
from gongkai.rules.report.facts import OrganFacts
from gongkai.rules.report.form import Form
from gongkai.rules.report.narrative import Narrative
from gongkai.rules.report.values import printed
from gongkai.rules.rule import Rule, register

Level = Literal["error", "warning", "notice"]
Status = Literal["pass", "fail", "not_assessable"]
Values = Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Source:
    """What only the records can tell (台账所见); absent where a report is checked from a file."""

    counts: Mapping[str, int]
    facts: OrganFacts
    fees_fen: int
    reviews_decided: int


@dataclass(frozen=True, slots=True)
class Report:
    """A report to be checked (受检年报). None stands for what is not at hand.

    ``bad``: cell → why what stands there is no value. ``parts``: (name, values) of what it sums.
    ``blank_parts``: cell → parts that left it blank. ``missing_months``: (part, label, months).
    ``repeated``: the same, of months declared more than once. ``unfiled``: units that have not handed in their return.
    ``previous``: the published report of the year before. ``others``: section five of other reports,
    by name. ``government``: of a people's government; None where unknown.
    """

    year: int
    form: Form
    values: Values
    bad: Mapping[str, str] = field(default_factory=dict)
    narrative: Narrative | None = None
    government: bool | None = None
    rule_power: bool = False
    previous: Values | None = None
    previous_form: str = ""
    others: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[tuple[str, Values], ...] | None = None
    blank_parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    missing_months: tuple[tuple[str, str, tuple[int, ...]], ...] | None = None
    repeated: tuple[tuple[str, str, tuple[int, ...]], ...] | None = None
    unfiled: tuple[str, ...] | None = None
    published_on: date | None = None
    source: Source | None = None

    @property
    def rows(self) -> dict[str, str]:
        """The rows of table three that differ between the forms, by what they are."""
        return {"total": self.form.total_row, "carried": self.form.carried_row}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was compared (证据): the cells, both sides, the difference, in words."""

    text: str
    cells: tuple[str, ...] = ()
    left: Decimal | None = None
    right: Decimal | None = None

    @property
    def difference(self) -> Decimal | None:
        """Left less right; None where no numbers were compared."""
        return self.left - self.right if self.left is not None and self.right is not None else None

    def as_json(self) -> dict[str, object]:
        """With decimal strings."""
        return {
            "text": self.text,
            "cells": list(self.cells),
            "left": None if self.left is None else printed(self.left),
            "right": None if self.right is None else printed(self.right),
            "difference": None if self.difference is None else printed(self.difference),
        }


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found (检查结果). ``evidence`` holds what fails, or what could not be compared."""

    id: str
    level: Level
    status: Status
    message: str
    cells: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def as_json(self) -> dict[str, object]:
        """As the contract shapes it, with the evidence."""
        return {
            "id": self.id,
            "level": self.level,
            "status": self.status,
            "message": self.message,
            "cells": list(self.cells),
            "evidence": [one.as_json() for one in self.evidence],
        }


@dataclass(slots=True)
class Finding:
    """What the code of a check hands back: how much was compared, what fails, what was not at hand."""

    compared: int = 0
    failures: list[Evidence] = field(default_factory=list)
    absent: list[Evidence] = field(default_factory=list)
    good: str = ""
    level: Level | None = None

    def compare(self, text: str, cells: Iterable[str], left: Decimal | None, right: Decimal | None) -> None:
        """Hold two sides against each other; a side that is not known leaves it open."""
        one = Evidence(text, tuple(cells), left, right)
        if left is None or right is None:
            self.absent.append(one)
            return
        self.compared += 1
        if left != right:
            self.failures.append(one)

    def fail(self, text: str, *cells: str) -> None:
        """Something is wrong, without two numbers."""
        self.failures.append(Evidence(text, cells))

    def missing(self, text: str) -> None:
        """Something is not at hand."""
        self.absent.append(Evidence(text))


@dataclass(frozen=True, slots=True)
class Check:
    """A check (一项检查): its rule, its level, its code."""

    rule: Rule
    level: Level
    run: Callable[[Report], Finding]
    level_2019: Level


CHECKS: dict[str, Check] = {}
_MOST_SHOWN = 3
_MOST_NAMES = 5


def check(
    code: str,
    level: Level,
    title: str,
    sentence: str,
    *provisions: Provision,
    passing: str,
    failing: str,
    note: str = "",
    level_2019: Level | None = None,
) -> Callable[[Callable[[Report], Finding]], Callable[[Report], Finding]]:
    """Register the code of a check with its rule, a passing and a failing example."""
    rule = register(
        Rule(
            code,
            title,
            sentence,
            provisions,
            since=date(2019, 1, 1),
            confirmed=not note,
            note=note,
            examples=(f"通过：{passing}", f"不通过：{failing}"),
        )
    )

    def mark(run: Callable[[Report], Finding]) -> Callable[[Report], Finding]:
        CHECKS[code] = Check(rule, level, run, level_2019 or level)
        return run

    return mark


def run_checks(report: Report) -> list[CheckResult]:
    """Every check on one report, K1 to K18, M1 to M3 in order."""
    ordered = sorted(CHECKS, key=lambda code: (code[0], int(code[1:])))
    return [_result(CHECKS[code], report) for code in ordered]


def _result(chosen: Check, report: Report) -> CheckResult:
    found = chosen.run(report)
    level = found.level or (chosen.level_2019 if report.form.version == "2019" else chosen.level)
    if found.failures:
        status: Status = "fail"
        evidence = tuple(found.failures)
    elif found.absent or not found.compared:
        status, evidence = "not_assessable", tuple(found.absent)
    else:
        status, evidence = "pass", ()
    cells = tuple(dict.fromkeys(cell for one in evidence for cell in one.cells))
    return CheckResult(
        chosen.rule.id, level, status, _message(chosen, found, status, evidence), cells, evidence
    )


def _message(chosen: Check, found: Finding, status: Status, evidence: tuple[Evidence, ...]) -> str:
    if status == "pass":
        return found.good or f"{chosen.rule.title}：一致。"
    said = "；".join(one.text.rstrip("。") for one in evidence[:_MOST_SHOWN])
    more = f"；另有 {len(evidence) - _MOST_SHOWN} 处" if len(evidence) > _MOST_SHOWN else ""
    lead = chosen.rule.title if status == "fail" else f"{chosen.rule.title}（无法核对）"
    return f"{lead}：{said or '没有可以核对的内容'}{more}。"


def shown(value: Decimal | None) -> str:
    """A value in a message; blank in words."""
    return "空" if value is None else printed(value)


def total(values: Values, cells: Iterable[str]) -> Decimal | None:
    """The sum of cells; None where one is blank."""
    found = [values.get(cell) for cell in cells]
    known = [value for value in found if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(found) else None


def few(names: Sequence[str]) -> str:
    """The first names of a list in a message, and how many there are."""
    if len(names) <= _MOST_NAMES:
        return "、".join(names)
    return f"{'、'.join(names[:_MOST_NAMES])} 等 {len(names)} 个"
