"""Plots for a meeting (会议用图): the year by unit, month, channel and class, against last year, on one A4."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from gongkai.annual_report.year_figures import SUBJECTS, Plot, YearFigures, year_figures
from gongkai.foundation import organs
from gongkai.foundation.models import Organ
from gongkai.web.clock import today
from gongkai.web.desk.filing_frame import year_or_404
from gongkai.web.desk.frame import page

_MOST_BARS = 15


@dataclass(frozen=True, slots=True)
class Drawn:
    """A plot with its picture, and the one for a phone; the table beside it holds every row, also those not drawn."""

    plot: Plot
    picture: SafeString
    narrow: SafeString
    left_out: int


def plots(request: Any, organ: Organ, year: int) -> HttpResponse:
    """The year in plots; the same numbers stand beside each as a table."""
    year_or_404(request, year)
    subject = SUBJECTS.get(request.GET.get("of", ""), SUBJECTS["publications"])
    found = year_figures(organ, year, subject, reader=request.actor, today=today(request))
    context = {
        "place": reverse("desk:reports"),
        "report_organ": organ,
        "name": organs.name_in(organ, year),
        "year": year,
        "last_year": year - 1,
        "figures": found,
        "change": _change(found),
        "subjects": SUBJECTS.values(),
        "drawn": [_drawn(plot, found, year) for plot in found.plots],
        "most": _MOST_BARS,
        "running": today(request).year == year,
    }
    return page(request, "desk/plots.html", context)


def _change(found: YearFigures) -> str:
    """Against last year, in words."""
    if found.before is None:
        return ""
    more = found.total - found.before
    if more == 0:
        return "与上年同期相同"
    share = abs(more) * 100 / found.before
    return f"比上年同期{'多' if more > 0 else '少'} {abs(more)} {found.subject.unit}（{share:.0f}%）"


def _drawn(plot: Plot, found: YearFigures, year: int) -> Drawn:
    from gongkai.annual_report.formats.charts import COLUMN, NARROW, bar_chart

    rows = [row for row in plot.rows if row.value or row.before] if plot.code != "month" else list(plot.rows)
    shown = [(row.label, row.value, row.before) for row in rows[:_MOST_BARS]]
    title = f"{year} 年{found.subject.label}{plot.title}"
    wide, narrow = (
        mark_safe(bar_chart(title, shown, found.subject.unit, width=width))  # noqa: S308 - our own charts
        for width in (COLUMN, NARROW)
    )
    return Drawn(plot, wide, narrow, len(rows) - len(shown))
