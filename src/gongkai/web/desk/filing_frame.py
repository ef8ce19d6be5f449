"""What every page of a filing shows (年报页面的公共部分): the report as it stands, its state, its checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse

from gongkai.annual_report.compile import CompiledReport, compile_report
from gongkai.annual_report.models import Filing
from gongkai.annual_report.overview import unit_due
from gongkai.foundation.models import Organ
from gongkai.rules.report.checks import CheckResult
from gongkai.rules.report.checks.model import CHECKS
from gongkai.rules.report.filing_states import due_on
from gongkai.rules.report.forms import NoForm, form_for
from gongkai.rules.report.narrative import SECTION_LABELS
from gongkai.web.clock import today
from gongkai.web.desk.next_steps import Situation, acts, next_step
from gongkai.web.portal.number_labels import NUMBER_LABELS

# Which part of the page a cell or a section of words stands in.
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
class Found:
    """One place that a check names: in words, and the cells (code, label) to open."""

    text: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One check beside the tables: what it found, and what mends it (label, address)."""

    result: CheckResult
    title: str
    explanation: str
    signed: str
    stale: bool
    found: tuple[Found, ...]
    mend: tuple[str, str] | None

    @property
    def tone(self) -> str:
        """The colour of its mark, which is also written."""
        if self.result.status != "fail":
            return "ok" if self.result.status == "pass" else "open"
        if self.result.level == "error":
            return "bad"
        if self.result.level == "notice":
            return "note"
        return "explained" if self.explanation and not self.stale else "near"

    @property
    def icon(self) -> str:
        """The picture beside its words."""
        return {"bad": "refused", "near": "alert", "open": "help", "note": "info"}.get(self.tone, "done")


def year_or_404(request: Any, year: int) -> None:
    """A year that has a form and has begun. Raises Http404."""
    try:
        form_for(year)
    except NoForm as error:
        raise Http404 from error
    if year > today(request).year:
        raise Http404


def compiled_for(request: Any, organ: Organ, year: int) -> CompiledReport:
    """The report as it stands now, for this reader. Raises Http404 for a year without a report."""
    year_or_404(request, year)
    return compile_report(organ, year, reader=request.actor, today=today(request))


def filing_of(organ: Organ, year: int) -> Filing | None:
    """The organ's filing of the year, if it has begun."""
    return Filing.objects.filter(organ=organ, year=year).select_related("organ__parent").first()


def frame(
    request: Any, organ: Organ, year: int, compiled: CompiledReport, filing: Filing | None
) -> dict[str, Any]:
    """What every page of a filing shows above its own."""
    government = compiled.tables.government
    due = (
        due_on(year, government=government)
        if government or organ.parent is None
        else unit_due(organ.parent, year)
    )
    case = Situation(filing, organ, year, compiled, request.actor, today(request), due)
    found = acts(case)
    step = next_step(case, found)
    editable = filing is not None and filing.editable
    prepares = request.actor.may("filing.prepare", organ)
    return {
        "place": reverse("desk:reports"),  # the entry of the side bar that these pages belong to
        "report_organ": organ,
        "year": year,
        "name": compiled.tables.name,
        "compiled": compiled,
        "filing": filing,
        "step": step,
        "acts": [one for one in found if one.href != step.href],
        "editable": editable and prepares,
        "may_explain": editable and (prepares or request.actor.may("report.seal", organ)),
    }


def findings(compiled: CompiledReport) -> list[Finding]:
    """The checks, what wants mending first."""
    by_check = {one.check_id: one for one in compiled.explanations}
    order = {"bad": 0, "near": 1, "explained": 2, "note": 3, "open": 4, "ok": 5}
    found = [_finding(compiled, check, by_check.get(check.id)) for check in compiled.checks]
    return sorted(found, key=lambda one: order[one.tone])


_MOST_CELLS = 4
# The section of words that a check is about, where the check itself says which.
_SECTIONS = {"K11": "problems", "K13": "overview.4", "K12": "other", "K17": "other", "K14": "preface"}
_STATISTICS = ("K7", "M1", "M3")
_REQUESTS = ("K1", "K2", "K3", "K16", "K5")


def _finding(compiled: CompiledReport, check: CheckResult, one: Any) -> Finding:
    failing = check.status == "fail"
    one = one if failing else None
    signed = f"{one.by_organ}　{one.by_name}　{one.on:%Y-%m-%d}" if one else ""
    stale = one is not None and compiled.explained(check) is None
    found = tuple(
        Found(
            evidence.text.rstrip("。") + "。",
            tuple((cell, label_of(compiled, cell)) for cell in evidence.cells[:_MOST_CELLS]),
        )
        for evidence in (check.evidence if failing else ())
    )
    mend = _mend(compiled, check) if failing else None
    return Finding(check, CHECKS[check.id].rule.title, one.text if one else "", signed, stale, found, mend)


def _mend(compiled: CompiledReport, check: CheckResult) -> tuple[str, str] | None:
    """Where what the check found is mended: the section of words, or the unit's own register."""
    organ, year = compiled.tables.organ, compiled.tables.year
    section = _SECTIONS.get(check.id) or _section_named(check)
    if section:
        address = reverse("desk:write", args=[organ.code, year, section])
        return f"改“{SECTION_LABELS[section].partition('）')[2] or SECTION_LABELS[section]}”", address
    if compiled.tables.government:
        return None
    for checks, kind, label in (
        (_STATISTICS, "statistics", "打开申报统计"),
        (_REQUESTS, "requests", "打开申请登记簿"),
    ):
        if check.id in checks:
            return label, reverse("desk:register", args=[organ.code, kind])
    return None


def _section_named(check: CheckResult) -> str:
    """The section whose heading the finding begins with; "" where it is about cells alone."""
    said = check.evidence[0].text if check.evidence else ""
    return next((code for code, label in SECTION_LABELS.items() if label in said), "")


def label_of(compiled: CompiledReport, cell: str) -> str:
    """What a cell or a number of the words is called."""
    known = compiled.tables.form.cells.get(cell)
    return known.label.replace("/", "，") if known else NUMBER_LABELS.get(cell, cell)


def part_of(cell: str) -> str:
    """The part of the filing's page that shows a cell or number."""
    return f"s{cell[1]}" if cell[:3] in ("t2.", "t3.", "t4.") else "s6" if cell.startswith("fees.") else "s1"


def linker(organ: Organ, year: int) -> Any:
    """Where a number of the desk opens."""

    def link(fact: str) -> str:
        if fact in NUMBER_LABELS or fact.startswith(("t2.", "t3.", "t4.")):
            return reverse("desk:cell", args=[organ.code, year, fact])
        return ""

    return link


def marked(compiled: CompiledReport) -> dict[str, str]:
    """The cells a failing check names: wrong where it is an error, else warned."""
    found: dict[str, str] = {}
    for check in compiled.checks:
        if check.status == "fail" and check.level in ("error", "warning"):
            for cell in check.cells:
                if check.level == "error" or cell not in found:
                    found[cell] = "bad" if check.level == "error" else "warn"
    return found
