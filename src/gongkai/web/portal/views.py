"""The public pages of this version: the published reports, with every number opening (门户)."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.annual_report import editions
from gongkai.annual_report.editions import Edition
from gongkai.foundation import kinds, organs
from gongkai.foundation.models import Organ
from gongkai.rules.report.checks.model import CHECKS
from gongkai.rules.report.forms import VERSIONS
from gongkai.rules.rule import RULES
from gongkai.web.portal.number_labels import NUMBER_LABELS
from gongkai.web.portal.report_page import report_page

_PAGE = 100
_BASES = {"counted": "由记录逐件数出", "declared": "由各单位逐月申报", "summed": "由本级和各单位相加"}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The published reports, newest year first."""
    district = Organ.objects.filter(kind="government", parent=None).first()
    years = editions.published_by_year()
    newest = editions.latest(years[0][1][0][0], years[0][0]) if years else None
    context: dict[str, Any] = {"district": _district(district), "years": years, "figures": _figures(newest)}
    return render(request, "portal/home.html", context)


@require_safe
def report(request: HttpRequest, organ_code: str, year: int) -> HttpResponse:
    """A published report: what was sealed, never the records of today."""
    edition = _edition(organ_code, year)
    page = report_page(edition.report, edition.content["segments"], _linker(organ_code, year))
    failing = [c for c in edition.report["checks"] if c["status"] == "fail"]
    context = {
        **_frame(edition),
        "page": page,
        "preface": page.preface,
        "years": editions.published_years(edition.row.filing.organ),
        "units": edition.report["units"],
        "failing": failing,
        "passing": sum(c["status"] == "pass" for c in edition.report["checks"]),
        "checks_total": len(edition.report["checks"]),
        "cells_total": len(edition.report["cells"]),
    }
    return render(request, "portal/report.html", context)


@require_safe
def cell(request: HttpRequest, organ_code: str, year: int, cell_id: str) -> HttpResponse:
    """One cell: how it was counted, its records, the units it adds, the checks it stands in."""
    edition = _edition(organ_code, year)
    value = edition.report["cells"].get(cell_id)
    if cell_id not in edition.report["cells"]:
        raise Http404
    form = VERSIONS[edition.report["form"]]
    described = form.cells[cell_id]
    leaves = edition.content["traces"].get(cell_id, [])
    context = {
        **_frame(edition),
        **_titled(described.label),
        "value": value,
        "unit": described.unit,
        "basis": _BASES[edition.content["bases"][cell_id]],
        "rules": [RULES[code] for code in dict.fromkeys(leaf["rule"] for leaf in leaves)],
        "records": _page(request, leaves),
        "parts": _parts(edition, cell_id),
        "checks": [c for c in edition.report["checks"] if cell_id in c["cells"]],
    }
    return render(request, "portal/number.html", context)


@require_safe
def number(request: HttpRequest, organ_code: str, year: int, code: str) -> HttpResponse:
    """One number of the words: its records."""
    edition = _edition(organ_code, year)
    leaves = edition.content["numbers"].get(code)
    if leaves is None:
        raise Http404
    context = {
        **_frame(edition),
        "title": NUMBER_LABELS[code],
        "value": edition.content["counts"][code],
        "unit": "",
        "basis": _BASES["counted"],
        "rules": [],
        "provision": leaves[0]["provision"] if leaves else "",
        "records": _page(request, leaves),
        "parts": [],
        "checks": [],
    }
    return render(request, "portal/number.html", context)


def _page(request: HttpRequest, leaves: list[dict[str, str]]) -> Page[dict[str, str]]:
    """One page of records, each with the name of its register and its number there."""
    # What adds nothing comes last: it is there to be seen, not to be leafed through.
    ordered = sorted(leaves, key=lambda leaf: leaf["value"] == "0")
    page = Paginator(ordered, _PAGE).get_page(request.GET.get("page"))
    page.object_list = [
        {**leaf, "place": f"{kinds.get(leaf['kind']).label}登记 {leaf['record'].rpartition(':')[2]} 号"}
        for leaf in page
    ]
    return page


def _titled(label: str) -> dict[str, str]:
    """A cell's label as a heading, and what stands above it on the form."""
    above, _, rest = label.partition("/") if label.startswith("第二十条") else ("", "", label)
    return {"title": rest.replace("/", "，").replace(" × ", "，"), "above": above}


def _figures(edition: Edition | None) -> list[dict[str, str]]:
    """What the newest report says first, each figure opening."""
    if edition is None:
        return []
    organ, year = edition.row.filing.organ, edition.report["year"]
    link = _linker(organ.code, year)
    cells, counts = edition.report["cells"], edition.content["counts"]
    found = [
        ("主动公开政府信息（条）", str(counts["publications.total"]), "publications.total"),
        ("新收申请（件）", cells["t3.r1.c7"], "t3.r1.c7"),
        ("现行有效规范性文件（件）", cells.get("t2.norm.in_force"), "t2.norm.in_force"),
        ("行政许可决定（件）", cells.get("t2.licence.decisions"), "t2.licence.decisions"),
    ]
    return [
        {"label": label, "value": value, "href": link(fact)}
        for label, value, fact in found
        if value not in (None, "0")
    ]


@require_safe
def checks(request: HttpRequest, organ_code: str, year: int) -> HttpResponse:
    """What every check found when the report was sealed."""
    edition = _edition(organ_code, year)
    rows = [{**c, "rule": CHECKS[c["id"]].rule} for c in edition.report["checks"]]
    return render(request, "portal/checks.html", {**_frame(edition), "rows": rows})


def _edition(organ_code: str, year: int) -> Edition:
    organ = Organ.objects.filter(code=organ_code).first()
    edition = editions.latest(organ, year) if organ is not None else None
    if edition is None:
        raise Http404
    return edition


def _frame(edition: Edition) -> dict[str, Any]:
    organ = edition.row.filing.organ
    return {
        "district": _district(organ if organ.parent_id is None else organ.parent),
        "organ": organ,
        "report": edition.report,
        "edition": edition.row,
        "year": edition.report["year"],
    }


def _district(organ: Organ | None) -> dict[str, str]:
    name = organs.current_name(organ) if organ is not None else ""
    return {"name": name, "short": name.removesuffix("人民政府")}


def _linker(organ_code: str, year: int) -> Any:
    def link(fact: str) -> str:
        if fact in NUMBER_LABELS:
            return reverse("portal:number", args=[organ_code, year, fact])
        if fact.startswith(("t2.", "t3.", "t4.")):
            return reverse("portal:cell", args=[organ_code, year, fact])
        return ""

    return link


def _parts(edition: Edition, cell_id: str) -> list[dict[str, Any]]:
    """The units a sum adds that are not 0, largest first."""
    report_ = edition.report
    if not report_["units"]:
        return []
    parts = [
        {"organ": part["organ"], "value": part["cells"].get(cell_id)}
        for part in (report_["own"], *report_["units"])
    ]
    found = [part for part in parts if part["value"] not in (None, "0")]
    return sorted(found, key=lambda part: -float(part["value"]))
