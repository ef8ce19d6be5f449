"""The report on the desk (年报填报): the years, the forty units, one filing with its tables and checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gongkai.annual_report import filings
from gongkai.annual_report.compile import CompiledReport, compile_report
from gongkai.annual_report.differences import differences
from gongkai.annual_report.models import Chase, Filing, ReportEdition
from gongkai.annual_report.output import NoSuchCell, as_json, draft_json, trace
from gongkai.annual_report.overview import filing_years, overview, unit_due
from gongkai.annual_report.sealing import fingerprint
from gongkai.foundation import kinds, organs
from gongkai.foundation.actors import Actor
from gongkai.foundation.models import Organ
from gongkai.rules.report.checks import CheckResult
from gongkai.rules.report.checks.model import CHECKS
from gongkai.rules.report.filing_states import due_on
from gongkai.rules.report.forms import NoForm, form_for
from gongkai.web.clock import moment, today
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.history import history
from gongkai.web.desk.next_steps import next_step
from gongkai.web.desk.wall import figures, groups
from gongkai.web.portal.number_labels import NUMBER_LABELS
from gongkai.web.portal.report_page import Section, report_page

PARTS = {
    "s1": "一、总体情况",
    "s2": "二、主动公开",
    "s3": "三、申请",
    "s4": "四、复议诉讼",
    "s5": "五、问题改进",
    "s6": "六、其他",
    "units": "单位",
    "versions": "版本",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One check beside the tables: what it found, and what mends it."""

    result: CheckResult
    title: str
    explanation: str
    signed: str
    stale: bool
    cell: str

    @property
    def tone(self) -> str:
        """The colour of its mark, which is also written."""
        if self.result.status != "fail":
            return "ok" if self.result.status == "pass" else "open"
        if self.result.level == "error":
            return "bad"
        return "ok" if self.explanation and not self.stale else "near"


def reports(request: Any) -> HttpResponse:
    """Where the reports are: the office goes to the forty units, a clerk to the unit's years."""
    actor: Actor = request.actor
    day = today(request)
    if actor.holds("filing.return") or actor.holds("everything.read"):
        return redirect("desk:wall", year=season_of(day))
    lines = []
    held = Organ.objects.filter(code__in=list(actor.held)).select_related("parent")
    for organ in held:
        if actor.may("filing.read", organ):
            known = {f.year: f for f in Filing.objects.filter(organ=organ).select_related("organ")}
            years = [
                (year, known.get(year), due_on(year, government=False)) for year in filing_years(organ, day)
            ]
            lines.append((organ, organs.current_name(organ), years))
    return page(request, "desk/reports.html", {"lines": lines})


def season_of(day: date) -> int:
    """The year whose report is worked on: last year's until the summer, then this one's."""
    return day.year if day.month >= 7 else day.year - 1


def government_of(actor: Actor) -> Organ:
    """The government whose units the actor oversees. Raises Http404 where there is none."""
    for organ in Organ.objects.filter(kind="government").select_related("parent"):
        if actor.may("filing.read", organ):
            return organ
    raise Http404


def wall(request: Any, year: int) -> HttpResponse:
    """Every unit of the year in one look."""
    government = government_of(request.actor)
    _form_or_404(year)
    found = overview(government, year, reader=request.actor, today=today(request))
    filing = Filing.objects.filter(organ=government, year=year).select_related("organ").first()
    context = {
        "organ": government,
        "government_name": organs.name_in(government, year),
        "year": year,
        "years": filing_years(government, today(request)),
        "overview": found,
        "groups": groups(found),
        "figures": figures(found, today(request)),
        "filing": filing,
        "statutory": due_on(year, government=True),
        "as_table": request.GET.get("as") == "table",
        "waiting": [line for line in found.lines if line.state == "submitted"],
        "wrong": [line for line in found.lines if line.wrong],
        "late": [line for line in found.lines if line.late],
        "may_chase": request.actor.may("reminder.send", government),
    }
    return page(request, "desk/wall.html", context)


def wall_export(request: Any, year: int) -> HttpResponse:
    """The forty units as xlsx."""
    from gongkai.web.desk.wall import as_xlsx

    found = overview(government_of(request.actor), year, reader=request.actor, today=today(request))
    answer = HttpResponse(
        as_xlsx(found), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    answer["Content-Disposition"] = f'attachment; filename="units-{year}.xlsx"'
    return answer


def set_round(request: Any, year: int) -> HttpResponse:
    """Set by which day the units hand in."""
    government = government_of(request.actor)
    try:
        day = date.fromisoformat(request.POST.get("units_due_on", ""))
        filings.set_round(government, year, day, by=request.actor, now=moment(request))
        said(request, f"已定为 {day} 前报送。没有报送的单位，从第二天起列为逾期。")
    except ValueError:
        said(request, "没有改：日期写成 2022-01-20 这样。")
    except filings.FilingRefused as error:
        said(request, f"没有改：{error}")
    return redirect("desk:wall", year=year)


def chase(request: Any, organ: Organ, year: int) -> HttpResponse:
    """Remind a unit: say what and by when."""
    name = organs.name_in(organ, year)
    due = unit_due(organ.parent, year) if organ.parent else due_on(year, government=False)
    text = f"请于收到后 2 个工作日内报送 {year} 年政府信息公开工作年度报告（应于 {due} 前报送）。"
    context = {"organ": organ, "name": name, "year": year, "text": text, "before": _chases(organ, year)}
    if request.method == "GET":
        return page(request, "desk/chase.html", context)
    text = request.POST.get("text", "")
    try:
        filings.chase(organ, year, text, by=request.actor, now=moment(request))
    except filings.FilingRefused as error:
        return page(request, "desk/chase.html", {**context, "text": text, "error": error}, status=422)
    said(request, f"已催办{name}，它的“今日”第一条就是这件。")
    return redirect("desk:wall", year=year)


def _chases(organ: Organ, year: int) -> list[Chase]:
    return list(Chase.objects.filter(organ=organ, year=year))


def _form_or_404(year: int) -> None:
    try:
        form_for(year)
    except NoForm as error:
        raise Http404 from error


def compiled_for(request: Any, organ: Organ, year: int) -> CompiledReport:
    """The report as it stands now, for this reader. Raises Http404 before the first form."""
    _form_or_404(year)
    return compile_report(organ, year, reader=request.actor, today=today(request))


def filing_page(request: Any, organ: Organ, year: int) -> HttpResponse:
    """One filing: the next step, the figures, one part of the report, the checks beside it."""
    compiled = compiled_for(request, organ, year)
    filing = Filing.objects.filter(organ=organ, year=year).select_related("organ__parent").first()
    part = request.GET.get("part", "s3")
    part = part if part in PARTS else "s3"
    editions = _editions(filing)
    context = {
        **frame(request, organ, year, compiled, filing),
        "part": part,
        "parts": _parts(organ, compiled, editions),
        "section": _section(organ, year, compiled, part),
        "findings": findings(compiled),
        "editions": editions,
        "chases": _chases(organ, year),
        "words": _words(compiled, part),
    }
    if part == "units":
        found = overview(organ, year, reader=request.actor, today=today(request))
        context["groups"] = groups(found)
    if part == "versions":
        context["history"] = history(filing.ref) if filing else []
        context["changed"] = _changed_since(compiled, editions)
    return page(request, "desk/filing.html", context)


def frame(
    request: Any, organ: Organ, year: int, compiled: CompiledReport, filing: Filing | None
) -> dict[str, Any]:
    """What every page of a filing shows above its own."""
    errors, unexplained = compiled.errors(), compiled.unexplained()
    return {
        "organ": organ,
        "year": year,
        "name": compiled.tables.name,
        "compiled": compiled,
        "filing": filing,
        "errors": errors,
        "unexplained": unexplained,
        "step": next_step(filing, organ, year, compiled, actor=request.actor, today=today(request)),
        "editable": filing is not None and filing.editable and request.actor.may("filing.prepare", organ),
        "may_explain": filing is not None
        and filing.editable
        and (request.actor.may("filing.prepare", organ) or request.actor.may("report.seal", organ)),
        "fingerprint": fingerprint(compiled),
        "blanks": sum(cell.value is None for cell in compiled.tables.cells.values()),
        "numbers_said": sum(1 for draft in compiled.draft.sections.values() for one in draft if one.fact),
        "handed_in": sum(part.filed for part in compiled.tables.units),
    }


def _parts(
    organ: Organ, compiled: CompiledReport, editions: list[ReportEdition]
) -> list[tuple[str, str, str]]:
    counts = {"units": str(len(compiled.tables.units)), "versions": str(len(editions))}
    return [
        (code, label, counts.get(code, ""))
        for code, label in PARTS.items()
        if code != "units" or compiled.tables.units
    ]


def _editions(filing: Filing | None) -> list[ReportEdition]:
    if filing is None:
        return []
    return list(filing.editions.select_related("content", "filing__organ").order_by("-version"))


def linker(organ: Organ, year: int) -> Any:
    """Where a number of the desk opens."""

    def link(fact: str) -> str:
        if fact in NUMBER_LABELS or fact.startswith(("t2.", "t3.", "t4.")):
            return reverse("desk:cell", args=[organ.code, year, fact])
        return ""

    return link


def _section(organ: Organ, year: int, compiled: CompiledReport, part: str) -> Section | None:
    shown = report_page(
        as_json(compiled), draft_json(compiled.draft), linker(organ, year), marks=marked(compiled)
    )
    return next((section for section in shown.sections if section.id == part), None)


def marked(compiled: CompiledReport) -> dict[str, str]:
    """The cells a failing check names: wrong where it is an error, else warned."""
    found: dict[str, str] = {}
    for check in compiled.checks:
        if check.status == "fail" and check.level in ("error", "warning"):
            for cell in check.cells:
                if check.level == "error" or cell not in found:
                    found[cell] = "bad" if check.level == "error" else "warn"
    return found


def _words(compiled: CompiledReport, part: str) -> list[tuple[str, str, bool]]:
    """The sections of words that a part edits: section, its heading, whether it is written by hand."""
    from gongkai.rules.report.narrative import SECTION_LABELS

    belongs = {
        "s1": ("preface", "lead", *(f"overview.{i}" for i in range(5))),
        "s5": ("problems",),
        "s6": ("other",),
    }
    return [(name, SECTION_LABELS[name], name in compiled.written) for name in belongs.get(part, ())]


def findings(compiled: CompiledReport) -> list[Finding]:
    """The checks, what wants mending first."""
    by_check = {one.check_id: one for one in compiled.explanations}
    order = {"bad": 0, "near": 1, "ok": 2, "open": 3}
    found = []
    for check in compiled.checks:
        one = by_check.get(check.id) if check.status == "fail" else None
        signed = f"{one.by_organ}　{one.by_name}　{one.on:%Y-%m-%d}" if one else ""
        stale = one is not None and compiled.explained(check) is None
        cell = next((cell for cell in check.cells if check.status == "fail"), "")
        title = CHECKS[check.id].rule.title
        found.append(Finding(check, title, one.text if one else "", signed, stale, cell))
    return sorted(found, key=lambda one: order[one.tone])


def _changed_since(compiled: CompiledReport, editions: list[ReportEdition]) -> Any:
    """What the records say now that the newest edition does not."""
    from gongkai.annual_report import editions as kept

    standing = [row for row in editions if row.withdrawn_seq is None]
    if not standing:
        return None
    return differences(kept.of(standing[0]).report, as_json(compiled))


def cell(request: Any, organ: Organ, year: int, cell: str) -> HttpResponse:
    """From a cell, or a number of the words, to its records; each leads on to the record itself."""
    compiled = compiled_for(request, organ, year)
    tables = compiled.tables
    try:
        leaves = trace(tables, cell)
    except NoSuchCell as error:
        raise Http404 from error
    one = tables.cells.get(cell)
    codes = {part.name: part.organ.code for part in (tables.own, *tables.units)}
    context = {
        **frame(request, organ, year, compiled, None),
        "cell": cell,
        "label": tables.form.cells[cell].label.replace("/", "，") if one else NUMBER_LABELS[cell],
        "value": one.value if one else compiled.counts[cell],
        "blank": one is not None and one.value is None,
        "basis": one.basis if one else "counted",
        "leaves": [_leaf(leaf, codes, organ) for leaf in leaves if leaf["value"] != "0"],
        "checks": [c for c in compiled.checks if cell in c.cells],
        "parts": _cell_parts(compiled, cell) if one else [],
    }
    return page(request, "desk/cell.html", context)


def _leaf(leaf: dict[str, str], codes: dict[str, str], organ: Organ) -> dict[str, Any]:
    kind, _, pk = leaf["record"].rpartition(":")
    code = codes.get(leaf["organ"], organ.code)
    known = pk.isdigit() and kind in {k.code for k in kinds.all_kinds()}
    return {**leaf, "href": reverse("desk:record", args=[code, kind, int(pk)]) if known else ""}


def _cell_parts(compiled: CompiledReport, name: str) -> list[dict[str, Any]]:
    tables = compiled.tables
    if not tables.units:
        return []
    return [
        {"organ": part.organ, "name": part.short_name, "value": part.cells[name].value}
        for part in (tables.own, *tables.units)
        if part.cells[name].value != 0
    ]
