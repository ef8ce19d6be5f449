"""The collection of a year's reports (年报汇总): a clerk's years, the office's forty units, chase and term."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from gongkai.annual_report import filings
from gongkai.annual_report.models import Chase, Filing
from gongkai.annual_report.overview import filing_years, overview, unit_due
from gongkai.foundation import organs
from gongkai.foundation.actors import Actor
from gongkai.foundation.models import Organ
from gongkai.foundation.models.organs import OrganKind
from gongkai.rules.report.filing_states import UNIT_TERM, due_on
from gongkai.web.clock import moment, today
from gongkai.web.desk import wall as walls
from gongkai.web.desk.filing_frame import year_or_404
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def reports(request: Any) -> HttpResponse:
    """Where the reports are: the office goes to the forty units, a clerk to the unit's years."""
    actor: Actor = request.actor
    day = today(request)
    if actor.holds("filing.return") or actor.holds("everything.read"):
        return redirect("desk:wall", year=season_of(day))
    subjects: dict[int, Organ] = {}
    for held in Organ.objects.filter(code__in=list(actor.held)).select_related("parent"):
        # The office's records are the government's own part: it has no report of its own.
        organ = held.parent if held.kind == OrganKind.OFFICE and held.parent is not None else held
        if actor.may("filing.read", organ):
            subjects[organ.pk] = organ
    lines = [_years_of(organ, day) for organ in subjects.values()]
    return page(request, "desk/reports.html", {"lines": lines})


def _years_of(organ: Organ, day: date) -> dict[str, Any]:
    known = {f.year: f for f in Filing.objects.filter(organ=organ).select_related("organ")}
    government = organ.kind == OrganKind.GOVERNMENT
    years = [
        {
            "year": year,
            "filing": known.get(year),
            "due": due_on(year, government=True)
            if government or organ.parent is None
            else unit_due(organ.parent, year),
        }
        for year in filing_years(organ, day)
    ]
    return {"organ": organ, "name": organs.current_name(organ), "years": years, "government": government}


def season_of(day: date) -> int:
    """The year whose report is worked on: last year's until the summer, then this one's."""
    return day.year if day.month >= 7 else day.year - 1


def government_of(actor: Actor) -> Organ:
    """The government whose units the actor oversees. Raises Http404 where there is none."""
    for organ in Organ.objects.filter(kind=OrganKind.GOVERNMENT).select_related("parent"):
        if actor.may("filing.read", organ):
            return organ
    raise Http404


def wall(request: Any, year: int) -> HttpResponse:
    """Every unit of the year in one look; also as a table that filters and sorts."""
    government = government_of(request.actor)
    year_or_404(request, year)
    found = overview(government, year, reader=request.actor, today=today(request))
    as_table = request.GET.get("as") == "table" or "state" in request.GET or "sort" in request.GET
    context = {
        "report_organ": government,
        "government_name": organs.name_in(government, year),
        "year": year,
        "years": filing_years(government, today(request)),
        "overview": found,
        "groups": walls.groups(found),
        "figures": walls.figures(found),
        "tallies": walls.tallies(found),
        "filing": Filing.objects.filter(organ=government, year=year).select_related("organ").first(),
        "statutory": due_on(year, government=True),
        "as_table": as_table,
        "table": walls.table(found, request.GET) if as_table else None,
        "waiting": [line for line in found.lines if line.state == "submitted" and not line.wrong],
        "wrong": [line for line in found.lines if line.wrong],
        "late": [line for line in found.lines if line.late],
        "may_chase": request.actor.may("reminder.send", government),
        "may_return": request.actor.may("filing.return", government),
    }
    return page(request, "desk/wall.html", context)


def wall_export(request: Any, year: int) -> HttpResponse:
    """The forty units as xlsx."""
    year_or_404(request, year)
    found = overview(government_of(request.actor), year, reader=request.actor, today=today(request))
    answer = HttpResponse(walls.as_xlsx(walls.chosen(found, request.GET), found), content_type=_SHEET)
    answer["Content-Disposition"] = f'attachment; filename="units-{year}.xlsx"'
    return answer


def set_round(request: Any, year: int) -> HttpResponse:
    """Set by which day the units hand in."""
    government = government_of(request.actor)
    year_or_404(request, year)
    typed = request.POST.get("units_due_on", "")
    context = {
        "year": year,
        "statutory": due_on(year, government=False),
        "law": UNIT_TERM,
        "due": typed or unit_due(government, year).isoformat(),
    }
    if request.method == "GET" or resumed(request):
        return page(request, "desk/wall_round.html", context)
    try:
        day = date.fromisoformat(typed)
        filings.set_round(government, year, day, by=request.actor, now=moment(request))
    except ValueError:
        error: object = "日期不对，写成 2022-01-20 这样。"
    except filings.FilingRefused as refusal:
        error = refusal
    else:
        said(request, f"已定为 {day} 前报送。没有报送的单位，从第二天起列为逾期。")
        return redirect("desk:wall", year=year)
    return page(request, "desk/wall_round.html", {**context, "error": error}, status=422)


def chase(request: Any, organ: Organ, year: int) -> HttpResponse:
    """Remind a unit: say what and by when."""
    year_or_404(request, year)
    name = organs.name_in(organ, year)
    due = unit_due(organ.parent, year) if organ.parent else due_on(year, government=False)
    text = f"收到后 2 个工作日内报送 {year} 年政府信息公开工作年度报告（应于 {due} 前报送）。"
    before = list(Chase.objects.filter(organ=organ, year=year).order_by("-event_seq"))
    text = request.POST.get("text", text)
    context = {"name": name, "year": year, "text": text, "before": before, "due": due}
    if request.method == "GET" or resumed(request):
        return page(request, "desk/chase.html", context)
    try:
        filings.chase(organ, year, text, by=request.actor, now=moment(request))
    except filings.FilingRefused as error:
        return page(request, "desk/chase.html", {**context, "error": error}, status=422)
    said(request, f"已催办{name}，{name}的“今日”里有这一条。第 {len(before) + 1} 次，记入底账。")
    return redirect("desk:wall", year=year)
