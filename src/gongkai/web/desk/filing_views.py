"""One filing (一份年报): the next step, the figures, one part of the report, the checks beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from gongkai.annual_report import editions as kept
from gongkai.annual_report.compile import CompiledReport
from gongkai.annual_report.differences import Differences, differences
from gongkai.annual_report.models import Chase, Filing, ReportEdition
from gongkai.annual_report.output import as_json, draft_json
from gongkai.annual_report.overview import overview
from gongkai.annual_report.problems import problems_of
from gongkai.annual_report.said import marks
from gongkai.foundation.models import Organ
from gongkai.foundation.models.organs import OrganKind
from gongkai.rules.report.narrative import SECTION_LABELS
from gongkai.web.clock import today
from gongkai.web.desk.filing_figures import filing_figures
from gongkai.web.desk.filing_frame import (
    PARTS,
    compiled_for,
    filing_of,
    findings,
    frame,
    linker,
    marked,
)
from gongkai.web.desk.frame import page
from gongkai.web.desk.history import history
from gongkai.web.desk.wall import groups
from gongkai.web.portal.report_page import TableModel, Words, report_page

_WORDS = {
    "s1": ("preface", "lead", *(f"overview.{i}" for i in range(5))),
    "s5": ("problems",),
    "s6": ("other",),
}


@dataclass(frozen=True, slots=True)
class WordsPart:
    """A section of words as the filing shows it: with links behind drafted numbers, marks behind written ones."""

    section: str
    label: str
    paragraphs: list[list[Words]]
    written: bool
    marks: list[Any]
    differing: int


def filing_page(request: Any, organ: Organ, year: int) -> HttpResponse:
    """One filing, one part at a time; an office has none of its own and leads to its government's."""
    if organ.kind == OrganKind.OFFICE and organ.parent is not None:
        return redirect("desk:filing", organ.parent.code, year)
    compiled = compiled_for(request, organ, year)
    filing = filing_of(organ, year)
    part = request.GET.get("part", "s3")
    part = part if part in PARTS and (part != "units" or compiled.tables.units) else "s3"
    editions = _editions(filing)
    found = findings(compiled)
    context = {
        **frame(request, organ, year, compiled, filing),
        "part": part,
        "part_label": PARTS[part],
        "parts": _parts(compiled, editions),
        "tables": _tables(organ, year, compiled, part),
        "words": [_words(organ, year, compiled, section) for section in _WORDS.get(part, ())],
        "findings": [one for one in found if one.tone not in ("ok", "open")],
        "passing": [one for one in found if one.tone == "ok"],
        "unknown": [one for one in found if one.tone == "open"],
        "figures": filing_figures(compiled, found),
        "editions": editions,
        "chases": Chase.objects.filter(organ=organ, year=year).order_by("-event_seq"),
    }
    context |= _of_part(request, organ, year, compiled, filing, part, editions)
    return page(request, "desk/filing.html", context)


def _of_part(
    request: Any,
    organ: Organ,
    year: int,
    compiled: CompiledReport,
    filing: Filing | None,
    part: str,
    editions: list[ReportEdition],
) -> dict[str, Any]:
    if part == "units":
        return {"groups": groups(overview(organ, year, reader=request.actor, today=today(request)))}
    if part == "versions":
        return {
            "history": history(filing.ref) if filing else [],
            "changed": changed_since(compiled, editions),
            "newest": next((row for row in editions if row.withdrawn_seq is None), None),
        }
    if part == "s5":
        return {"last_problems": problems_of(organ, year - 1, reader=request.actor)}
    return {}


def _parts(compiled: CompiledReport, editions: list[ReportEdition]) -> list[tuple[str, str, str]]:
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


def _tables(organ: Organ, year: int, compiled: CompiledReport, part: str) -> list[TableModel]:
    shown = report_page(
        as_json(compiled), draft_json(compiled.draft), linker(organ, year), marks=marked(compiled)
    )
    return next((section.tables for section in shown.sections if section.id == part), [])


def _words(organ: Organ, year: int, compiled: CompiledReport, section: str) -> WordsPart:
    written = section in compiled.written
    link = linker(organ, year)
    lines: list[list[Words]] = [[]]
    for segment in compiled.draft.sections.get(section, ()):
        for place, text in enumerate(segment.text.split("\n")):
            if place:
                lines.append([])
            href = link(segment.fact) if segment.fact and segment.text != "0" else ""
            lines[-1].append(Words(text, href))
    found = marks(compiled, section, compiled.written[section]) if written else []
    return WordsPart(
        section,
        SECTION_LABELS[section],
        [line for line in lines if any(one.text.strip() for one in line)],
        written,
        found,
        sum(one.state == "differs" for one in found),
    )


def changed_since(compiled: CompiledReport, editions: list[ReportEdition]) -> Differences | None:
    """What the records say now that the newest edition does not."""
    standing = [row for row in editions if row.withdrawn_seq is None]
    if not standing:
        return None
    return differences(kept.of(standing[0]).report, as_json(compiled))
