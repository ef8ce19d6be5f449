"""The kinds of record of remedies, declared once each (复议诉讼的记录种类)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.foundation.kinds import Choice, Column, Finding, Kind
from gongkai.remedies.models import Lawsuit, Result
from gongkai.rules.provision import Provision


def _check_remedy(values: Mapping[str, Any]) -> list[Finding]:
    filed, closed, result = values.get("filed_on"), values.get("closed_on"), values.get("result")
    findings = []
    if closed is not None and filed is not None and closed < filed:
        findings.append(Finding("closed_on", f"审结日期 {closed} 早于提起日期 {filed}，核对两个日期。"))
    if closed is not None and not result:
        findings.append(Finding("result", "已经审结的要选结果：结果维持、结果纠正或其他结果。"))
    if result and closed is None:
        findings.append(Finding("closed_on", "选了结果，还要写审结日期；尚未审结的两项都空着。"))
    return findings


_COMMON = (
    Column("filed_on", "提起日期", "date", example="2021-05-10"),
    Column("closed_on", "审结日期", "date", required=False),
    Column(
        "result",
        "结果",
        "choice",
        required=False,
        choices=tuple(Choice(code, str(label)) for code, label in Result.choices),
    ),
)

RECONSIDERATIONS = Kind(
    code="reconsiderations",
    label="行政复议",
    model="remedies.Reconsideration",
    provision=Provision("regulation-2019", 51),
    columns=(*_COMMON, Column("review_organ", "复议机关", "text", required=False, max_length=100)),
    title=lambda r: r.title,
    date_column="filed_on",
    validate=_check_remedy,
    search=(),
)

LAWSUITS = Kind(
    code="lawsuits",
    label="行政诉讼",
    model="remedies.Lawsuit",
    provision=Provision("regulation-2019", 51),
    columns=(
        Column(
            "track",
            "起诉方式",
            "choice",
            choices=tuple(Choice(code, str(label)) for code, label in Lawsuit.Track.choices),
        ),
        *_COMMON,
        Column("court", "受理法院", "text", required=False, max_length=100),
    ),
    title=lambda r: r.title,
    date_column="filed_on",
    validate=_check_remedy,
    search=(),
)

KINDS = (RECONSIDERATIONS, LAWSUITS)
