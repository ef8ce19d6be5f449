"""The pages of one report (年报): the report, its checks, its picture, what a correction changed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.annual_report import editions
from gongkai.annual_report.differences import differences
from gongkai.annual_report.editions import Edition
from gongkai.rules.report.checks.model import CHECKS
from gongkai.web.portal.address import Address, found
from gongkai.web.portal.catalogue import published_codes
from gongkai.web.portal.change import change_json, changed_cells
from gongkai.web.portal.figures import figures
from gongkai.web.portal.frame import Crumb, answer
from gongkai.web.portal.picture import drawn, drawn_for_a_phone, picture_tables
from gongkai.web.portal.report_page import report_page
from gongkai.web.portal.report_parts import downloads, unit_groups


def crumbs_to(edition: Edition, address: Address) -> tuple[Crumb, ...]:
    """The way to a page below a report."""
    report = edition.report
    name = f"{report['organ']} {report['year']} 年"
    if address.version is not None:
        name += f"（第 {address.version} 版）"
    return (*_above(edition), Crumb(name, address.report))


def _above(edition: Edition) -> tuple[Crumb, ...]:
    return (Crumb("首页", reverse("portal:home")), Crumb("政府信息公开年报", reverse("portal:reports")))


@require_safe
def report(request: HttpRequest, organ_code: str, year: int, version: int | None = None) -> HttpResponse:
    """A published report: what was sealed, never the records of today."""
    edition, address = found(organ_code, year, version)
    organ = edition.row.filing.organ
    page = report_page(edition.report, edition.content["segments"], address.number)
    versions = editions.versions(organ, year)
    units = edition.report["units"]
    results = {check["id"]: check for check in edition.report["checks"]}
    statuses = [check["status"] for check in results.values()]
    balanced = results.get("K1", {})
    context = {
        **_of(edition, address),
        "page": page,
        "figures": figures(edition, address),
        "explanations": edition.content.get("explanations", []),
        "years": editions.published_years(organ),
        "versions": list(zip(versions, [*versions[1:], None], strict=True)),
        "newest": versions[0],
        "downloads": downloads(address),
        "units": unit_groups(units, published_codes(year), year) if units else [],
        "units_total": len(units),
        "request_check": balanced.get("message", "") if balanced.get("status") == "pass" else "",
        "cells_total": len(edition.report["cells"]),
        "checks_total": len(statuses),
        "passing": statuses.count("pass"),
        "failing": statuses.count("fail"),
    }
    shown = Crumb(f"{edition.report['organ']} {year} 年")
    return answer(request, "portal/report.html", context, current="reports", crumbs=(*_above(edition), shown))


@require_safe
def checks(request: HttpRequest, organ_code: str, year: int, version: int | None = None) -> HttpResponse:
    """What every check found when the report was sealed."""
    edition, address = found(organ_code, year, version)
    explained = {one["check"]: one for one in edition.content.get("explanations", [])}
    rows = [
        {**one, "rule": CHECKS[one["id"]].rule, "explanation": explained.get(one["id"])}
        for one in edition.report["checks"]
    ]
    context = {**_of(edition, address), "rows": rows}
    crumbs = (*crumbs_to(edition, address), Crumb("勾稽核对结果"))
    return answer(request, "portal/checks.html", context, current="reports", crumbs=crumbs)


@require_safe
def checks_data(request: HttpRequest, organ_code: str, year: int, version: int | None = None) -> HttpResponse:
    """The checks as data."""
    edition, _ = found(organ_code, year, version)
    said = {
        "organ": edition.report["organ"],
        "year": year,
        "version": edition.row.version,
        "checks": edition.report["checks"],
        "explanations": edition.content.get("explanations", []),
    }
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False})


@require_safe
def picture(request: HttpRequest, organ_code: str, year: int, version: int | None = None) -> HttpResponse:
    """The year in one picture, with its numbers as tables beside it."""
    edition, address = found(organ_code, year, version)
    context = {
        **_of(edition, address),
        "svg": drawn(edition),
        "phone_svg": drawn_for_a_phone(edition),
        "tables": picture_tables(edition, address),
    }
    crumbs = (*crumbs_to(edition, address), Crumb("一图读懂"))
    return answer(request, "portal/picture.html", context, current="reports", crumbs=crumbs)


@require_safe
def compare(request: HttpRequest, organ_code: str, year: int, before: int, after: int) -> HttpResponse:
    """What a correction changed: cells, words, units; who, when and why."""
    old, new, address = _two(organ_code, year, before, after)
    changed = differences(old.report, new.report)
    context = {
        **_of(new, address),
        "old": old.row,
        "new": new.row,
        "changed": changed,
        "cells": changed_cells(changed, address, before, after),
        "data": address.to("compare-data", before=before, after=after),
    }
    crumbs = (*crumbs_to(new, address), Crumb(f"第 {before} 版和第 {after} 版的差别"))
    return answer(request, "portal/compare.html", context, current="reports", crumbs=crumbs)


@require_safe
def compare_data(request: HttpRequest, organ_code: str, year: int, before: int, after: int) -> HttpResponse:
    """The difference as data."""
    old, new, _ = _two(organ_code, year, before, after)
    return JsonResponse(change_json(old, new), json_dumps_params={"ensure_ascii": False})


def _two(organ_code: str, year: int, before: int, after: int) -> tuple[Edition, Edition, Address]:
    if before >= after:
        raise Http404
    old, _ = found(organ_code, year, before)
    new, _ = found(organ_code, year, after)
    return old, new, Address(organ_code, year)


def _of(edition: Edition, address: Address) -> dict[str, Any]:
    return {
        "report": edition.report,
        "year": edition.report["year"],
        "organ": edition.row.filing.organ,
        "edition": edition.row,
        "content": edition.content,
        "address": address,
    }
