"""What differs between two reports (差异): two versions, or what was sealed and what the records say now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from gongkai.rules.report.forms import VERSIONS
from gongkai.rules.report.narrative import SECTION_LABELS


@dataclass(frozen=True, slots=True)
class CellDifference:
    """A cell with another value; None is blank."""

    cell: str
    label: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text: same, gone from the old, or added in the new."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class TextDifference:
    """A section whose words differ: both whole, and run by run."""

    section: str
    label: str
    before: str
    after: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class CheckDifference:
    """A check that finds something else, or is explained otherwise: what was said, what is said."""

    check: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that differs. ``checks`` follow from the rest, or from the day: they alone are no difference."""

    cells: tuple[CellDifference, ...]
    texts: tuple[TextDifference, ...]
    units: tuple[str, ...]
    checks: tuple[CheckDifference, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.cells or self.texts or self.units)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Differences:
    """Between two reports in the contract's shape."""
    labels = VERSIONS[after["form"]].cells
    old, new = before["cells"], after["cells"]
    cells = tuple(
        CellDifference(name, labels[name].label.replace("/", "，"), old.get(name), new.get(name))
        for name in labels
        if old.get(name) != new.get(name)
    )
    was, is_ = sections(before["narrative"]), sections(after["narrative"])
    texts = tuple(
        TextDifference(name, label, was[name], is_[name], runs(was[name], is_[name]))
        for name, label in SECTION_LABELS.items()
        if was[name] != is_[name]
    )
    return Differences(cells, texts, _units(before, after), _checks(before, after))


def _checks(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[CheckDifference, ...]:
    old, new = _findings(before), _findings(after)
    return tuple(
        CheckDifference(check, old.get(check, ""), new.get(check, ""))
        for check in {**old, **new}
        if old.get(check) != new.get(check)
    )


def _findings(report: Mapping[str, Any]) -> dict[str, str]:
    """What each failing check says, with its explanation by name."""
    explained = {one["check"]: f"{one['text']}（{one['by']}）" for one in report.get("explanations") or ()}
    return {
        one["id"]: " 说明：".join(filter(None, (one["message"], explained.get(one["id"], ""))))
        for one in report.get("checks") or ()
        if one["status"] == "fail"
    }


def sections(narrative: Mapping[str, Any]) -> dict[str, str]:
    """The words by section, as people write them."""
    found = {name: narrative.get(name) or "" for name in ("preface", "lead", "problems", "other")}
    overview = narrative.get("overview") or []
    for place in range(5):
        found[f"overview.{place}"] = overview[place]["text"] if place < len(overview) else ""
    return found


def runs(before: str, after: str) -> tuple[Run, ...]:
    """Two texts run by run."""
    found: list[Run] = []
    for act, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if act == "equal":
            found.append(Run(before[a:b], "same"))
            continue
        if b > a:
            found.append(Run(before[a:b], "gone"))
        if d > c:
            found.append(Run(after[c:d], "added"))
    return tuple(found)


def _units(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    old = {unit["organ"]: unit["cells"] for unit in before["units"]}
    new = {unit["organ"]: unit["cells"] for unit in after["units"]}
    return tuple(name for name in {**old, **new} if old.get(name) != new.get(name))
