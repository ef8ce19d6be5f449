"""The kind of record the report itself keeps: problems and plans of section five (问题和改进)."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.annual_report.models import ReportProblem
from gongkai.foundation.kinds import Choice, Column, Kind
from gongkai.rules.provision import Provision


def _year_end(record: Any) -> date:
    return date(record.year, 12, 31)


REPORT_PROBLEMS = Kind(
    code="report-problems",
    label="年报问题和改进",
    model="annual_report.ReportProblem",
    provision=Provision("regulation-2019", 50, item=4),
    purpose="第五部分的每个问题、每项改进一行；下一年在“落实情况”里写结果",
    columns=(
        Column("year", "年份", "integer", minimum=2019, maximum=2100, example="2021"),
        Column(
            "role",
            "类别",
            "choice",
            choices=tuple(Choice(code, str(label)) for code, label in ReportProblem.Role.choices),
        ),
        Column("heading", "要点", "text", max_length=200),
        Column("text", "内容", "long_text", max_length=4000),
        Column("progress", "落实情况", "long_text", required=False, max_length=4000, listed=False),
    ),
    title=lambda r: r.heading,
    date_column="year",
    event_of_year=_year_end,
    search=("heading",),
)

KINDS = (REPORT_PROBLEMS,)
