"""Last year's problems and what became of them (上年问题的落实), for who writes section five."""

from __future__ import annotations

from typing import cast

from django.db.models import QuerySet

from gongkai.annual_report.kinds import REPORT_PROBLEMS
from gongkai.annual_report.models import ReportProblem
from gongkai.foundation import organs
from gongkai.foundation.actors import Actor
from gongkai.foundation.models import Organ
from gongkai.foundation.records import visible


def problems_of(organ: Organ, year: int, *, reader: Actor) -> list[ReportProblem]:
    """The problems and plans that an organ registered for a year's section five, as the reader may see them."""
    found: list[ReportProblem] = []
    for one in organs.own_part(organ):
        rows = cast("QuerySet[ReportProblem]", visible(REPORT_PROBLEMS, reader, one))
        found += rows.filter(year=year).select_related("organ")
    return found
