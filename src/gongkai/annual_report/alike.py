"""Near-equal texts (雷同): the passages of a section that last year's or another unit's report has too."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.annual_report import editions
from gongkai.annual_report.differences import sections
from gongkai.annual_report.models import Filing, FilingText
from gongkai.foundation import organs
from gongkai.rules.report.lint import squeezed

_SHINGLE = 8
_WORTH_SHOWING = 0.4


@dataclass(frozen=True, slots=True)
class Alike:
    """Another report's section that is near-equal: whose, the share in percent, the text, and the common runs."""

    whose: str
    percent: int
    runs: tuple[tuple[str, bool], ...]


def alike(filing: Filing, section: str, text: str) -> list[Alike]:
    """The other texts most like this one, closest first; at most three."""
    own = _shingles(squeezed(text))
    if not own:
        return []
    found = []
    for whose, other in _others(filing, section):
        theirs = _shingles(squeezed(other))
        share = len(own & theirs) / min(len(own), len(theirs)) if theirs else 0
        if share >= _WORTH_SHOWING:
            found.append(Alike(whose, round(share * 100), _marked(other, own)))
    return sorted(found, key=lambda one: -one.percent)[:3]


def _others(filing: Filing, section: str) -> list[tuple[str, str]]:
    found = []
    before = editions.latest(filing.organ, filing.year - 1)
    if before is not None:
        found.append((f"本机关 {filing.year - 1} 年的报告", sections(before.report["narrative"])[section]))
    rows = FilingText.objects.filter(section=section, filing__year=filing.year).exclude(filing=filing)
    others = list(rows.select_related("filing__organ"))
    names = organs.names_in([row.filing.organ for row in others], filing.year)
    found += [(names[row.filing.organ_id].name, row.text) for row in others]
    return found


def _shingles(text: str) -> frozenset[str]:
    return frozenset(text[i : i + _SHINGLE] for i in range(len(text) - _SHINGLE + 1))


def _marked(other: str, own: frozenset[str]) -> tuple[tuple[str, bool], ...]:
    """The other text in runs, those that stand in ours too marked."""
    plain = [i for i, c in enumerate(other) if not c.isspace()]
    text = squeezed(other)
    common = [False] * len(other)
    if len(plain) == len(text):
        for i in range(len(text) - _SHINGLE + 1):
            if text[i : i + _SHINGLE] in own:
                for j in range(i, i + _SHINGLE):
                    common[plain[j]] = True
    runs: list[tuple[str, bool]] = []
    for character, mark in zip(other, common, strict=True):
        if runs and runs[-1][1] == mark:
            runs[-1] = (runs[-1][0] + character, mark)
        else:
            runs.append((character, mark))
    return tuple(runs)
