"""From a cell, or a number of the words, to its records and back (格子的来龙去脉)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse

from gongkai.annual_report.compile import CompiledReport
from gongkai.annual_report.narrative_counts import BY_CODE
from gongkai.annual_report.output import NoSuchCell, trace
from gongkai.annual_report.review import checks_on
from gongkai.foundation import kinds
from gongkai.foundation.models import Organ
from gongkai.rules.report.counting import CellValue
from gongkai.rules.report.values import printed
from gongkai.web.clock import today
from gongkai.web.desk.filing_frame import (
    PARTS,
    Finding,
    compiled_for,
    filing_of,
    findings,
    frame,
    label_of,
    part_of,
)
from gongkai.web.desk.frame import page
from gongkai.web.portal.number_labels import read, read_unit

_PAGE_SIZE = 50
BASES = {"counted": "由记录数出", "declared": "由单位申报", "summed": "由各部分相加"}


def cell(request: Any, organ: Organ, year: int, cell: str) -> HttpResponse:
    """One cell: its value, the rule in words, the parts by unit, the records; each leads on to the record."""
    compiled = compiled_for(request, organ, year)
    tables = compiled.tables
    try:
        leaves = trace(tables, cell)
    except NoSuchCell as error:
        raise Http404 from error
    one = tables.cells.get(cell)
    sheet = Paginator([leaf for leaf in leaves if leaf["value"] != "0"], _PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    codes = {part.name: part.organ.code for part in (tables.own, *tables.units)}
    part = part_of(cell)
    context = {
        **frame(request, organ, year, compiled, filing_of(organ, year)),
        "cell": cell,
        "label": label_of(compiled, cell),
        "value": _value(compiled, cell, one),
        "unit": read_unit(cell) if one is None else tables.form.cells[cell].unit,
        "basis": BASES.get(one.basis, one.basis) if one else "由记录数出",
        "missing": _missing(one, year, today(request)),
        "blank_parts": one.blank_parts if one else (),
        "rules": _rules(compiled, cell, one),
        "sheet": sheet,
        "leaves": [_leaf({**leaf, "value": read(cell, leaf["value"])}, codes, organ) for leaf in sheet],
        "checks": _checks(compiled, cell),
        "parts": _parts(compiled, cell) if one else [],
        "register": _register(organ, cell, tables.government),
        "part": part,
        "part_label": PARTS[part],
    }
    return page(request, "desk/cell.html", context)


def _checks(compiled: CompiledReport, name: str) -> list[Finding]:
    """The checks that the number stands in, failing ones first."""
    stands = checks_on(compiled, name)
    return [one for one in findings(compiled) if one.result.id in stands or name in one.result.cells]


def _missing(one: CellValue | None, year: int, day: date) -> str:
    """The months that are over and that nobody declared, in words."""
    over = 12 if day.year > year else day.month - 1
    months = [month for month in (one.missing_months if one else ()) if month <= over]
    if len(months) == 12:
        return "全年都没有申报。"
    return f"{'、'.join(map(str, months))} 月没有申报。" if months else ""


def _value(compiled: CompiledReport, name: str, one: CellValue | None) -> str:
    """The number as it stands; empty where it is blank."""
    if one is None:
        return read(name, str(compiled.counts[name]))
    return "" if one.value is None else printed(one.value)


def _rules(compiled: CompiledReport, name: str, one: CellValue | None) -> list[dict[str, Any]]:
    """The rules that put something into the cell, each with its sentence and provision, once."""
    if one is None:
        return [
            {
                "title": BY_CODE[name].kind and kinds.get(BY_CODE[name].kind).label,
                "law": kinds.get(BY_CODE[name].kind).provision.citation(),
            }
        ]
    tables = compiled.tables
    found: dict[str, dict[str, Any]] = {}
    for part in (tables.own, *tables.units):
        for leaf in part.cells[name].contributions:
            found.setdefault(
                leaf.rule.id,
                {
                    "id": leaf.rule.id,
                    "title": leaf.rule.title,
                    "sentence": leaf.rule.sentence,
                    "law": leaf.rule.citation(),
                },
            )
    return list(found.values())


# Where the records behind the cells are entered, by how the cell's name begins.
_REGISTERS = (
    ("t2.norm.", "normative-documents"),
    ("t2.rule.", "normative-documents"),
    ("t2.", "statistics"),
    ("t3.", "requests"),
    ("t4.review.", "reconsiderations"),
    ("t4.", "lawsuits"),
)


def _register(organ: Organ, name: str, government: bool) -> str:
    """The organ's own register that a number is counted from; a government's are its units'."""
    if government:
        return ""
    known = BY_CODE.get(name)
    kind = known.kind if known else next(kind for start, kind in _REGISTERS if name.startswith(start))
    return reverse("desk:register", args=[organ.code, kind])


def _leaf(leaf: dict[str, str], codes: dict[str, str], organ: Organ) -> dict[str, Any]:
    kind, _, pk = leaf["record"].rpartition(":")
    code = codes.get(leaf["organ"], organ.code)
    known = pk.isdigit() and kind in {k.code for k in kinds.all_kinds()}
    place = [code, kind, int(pk)] if known else []
    return {
        **leaf,
        "href": reverse("desk:record", args=place) if known else "",
        "evidence_href": reverse("desk:evidence", args=place) if known and leaf.get("evidence") else "",
    }


def _parts(compiled: CompiledReport, name: str) -> list[dict[str, Any]]:
    """What each part gives, where it gives something or left it blank; each with its own cell's page."""
    tables = compiled.tables
    if not tables.units:
        return []
    return [
        {
            "organ": part.organ,
            "name": part.short_name,
            "value": "" if part.cells[name].value is None else printed(part.cells[name].value),
            "blank": part.cells[name].value is None,
        }
        for part in (tables.own, *tables.units)
        if part.cells[name].value != 0
    ]
