"""The words of a report (文字部分): preface and six sections, with the fact behind each number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

OVERVIEW_HEADINGS = (
    "（一）主动公开情况",
    "（二）依申请公开情况",
    "（三）政府信息管理情况",
    "（四）平台建设情况",
    "（五）监督保障情况",
)

# What each part of the words is called where a person writes it.
SECTION_LABELS: dict[str, str] = {
    "preface": "前言",
    "lead": "一、总体情况（导语）",
    **{f"overview.{place}": heading for place, heading in enumerate(OVERVIEW_HEADINGS)},
    "problems": "五、存在的主要问题及改进情况",
    "other": "六、其他需要报告的事项",
}


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text; ``fact`` names the cell or count its number is, empty for plain words."""

    text: str
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Narrative:
    """The texts as the contract shapes them. ``lead`` opens section one, before its sub-headings."""

    preface: str
    overview: tuple[tuple[str, str], ...]
    problems: str
    other: str
    lead: str = ""

    def all_texts(self) -> list[tuple[str, str]]:
        """(where, text) of everything written."""
        return [
            ("前言", self.preface),
            ("一、总体情况", self.lead),
            *self.overview,
            ("五、存在的主要问题及改进情况", self.problems),
            ("六、其他需要报告的事项", self.other),
        ]

    def as_json(self) -> dict[str, Any]:
        """As ``report compile --format json`` gives it."""
        return {
            "preface": self.preface,
            "lead": self.lead,
            "overview": [{"heading": heading, "text": text} for heading, text in self.overview],
            "problems": self.problems,
            "other": self.other,
        }


def narrative_from(value: Mapping[str, Any]) -> Narrative:
    """The texts of a JSON report; what is absent is empty. Raises ValueError for another shape."""
    texts = {key: value.get(key) or "" for key in ("preface", "lead", "problems", "other")}
    overview = value.get("overview") or []
    if any(not isinstance(text, str) for text in texts.values()) or not isinstance(overview, list):
        raise ValueError("narrative")
    pairs = []
    for section in overview:
        if not isinstance(section, Mapping):
            raise ValueError("narrative")
        heading, text = section.get("heading") or "", section.get("text") or ""
        if not isinstance(heading, str) or not isinstance(text, str):
            raise ValueError("narrative")
        pairs.append((heading, text))
    return Narrative(texts["preface"], tuple(pairs), texts["problems"], texts["other"], texts["lead"])


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted narrative (文字部分初稿): section → segments. Sections: preface, lead, overview.0 … 4,
    problems, other."""

    sections: Mapping[str, tuple[Segment, ...]]

    def text(self, section: str) -> str:
        """The section's words."""
        return "".join(segment.text for segment in self.sections.get(section, ()))

    def narrative(self) -> Narrative:
        """As texts."""
        return Narrative(
            self.text("preface"),
            tuple((h, self.text(f"overview.{i}")) for i, h in enumerate(OVERVIEW_HEADINGS)),
            self.text("problems"),
            self.text("other"),
            self.text("lead"),
        )


def segments(*parts: str | Segment) -> tuple[Segment, ...]:
    """Words and numbers in a row."""
    return tuple(part if isinstance(part, Segment) else Segment(part) for part in parts)


def joined(groups: Iterable[tuple[Segment, ...]]) -> tuple[Segment, ...]:
    """Several rows as one."""
    return tuple(segment for group in groups for segment in group)
