"""A number opens (数字溯源): the pages of cells and of the numbers of the words, with their data."""

from __future__ import annotations

from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from gongkai.annual_report.editions import Edition
from gongkai.foundation import kinds
from gongkai.web.portal import numbers
from gongkai.web.portal.address import Address, found
from gongkai.web.portal.frame import Crumb, answer
from gongkai.web.portal.number_labels import read
from gongkai.web.portal.numbers import Number
from gongkai.web.portal.report_views import crumbs_to

_PAGE = 100


@require_safe
def cell(
    request: HttpRequest, organ_code: str, year: int, cell_id: str, version: int | None = None
) -> HttpResponse:
    """One cell: how it was counted, its records, the units it adds, the checks it stands in."""
    edition, address = found(organ_code, year, version)
    data = address.to("cell-data", cell_id=cell_id)
    return _page(request, edition, address, _known(numbers.cell(edition, address, cell_id)), data)


@require_safe
def number(
    request: HttpRequest, organ_code: str, year: int, code: str, version: int | None = None
) -> HttpResponse:
    """One number of the words: its records."""
    edition, address = found(organ_code, year, version)
    data = address.to("number-data", code=code)
    return _page(request, edition, address, _known(numbers.of_the_words(edition, code)), data)


@require_safe
def cell_data(
    request: HttpRequest, organ_code: str, year: int, cell_id: str, version: int | None = None
) -> HttpResponse:
    """The cell as data."""
    edition, address = found(organ_code, year, version)
    return _data(edition, _known(numbers.cell(edition, address, cell_id)))


@require_safe
def number_data(
    request: HttpRequest, organ_code: str, year: int, code: str, version: int | None = None
) -> HttpResponse:
    """The number as data."""
    edition, _ = found(organ_code, year, version)
    return _data(edition, _known(numbers.of_the_words(edition, code)))


def _known(one: Number | None) -> Number:
    if one is None:
        raise Http404
    return one


def _page(request: HttpRequest, edition: Edition, address: Address, one: Number, data: str) -> HttpResponse:
    context = {
        "report": edition.report,
        "edition": edition.row,
        "address": address,
        "number": one,
        "records": _records(request, one),
        "data": data,
    }
    crumbs = (*crumbs_to(edition, address), Crumb(one.title))
    return answer(request, "portal/number.html", context, current="reports", crumbs=crumbs)


def _records(request: HttpRequest, one: Number) -> Page[dict[str, str]]:
    """One page of records, each with the name of its register and its number there. Raises Http404."""
    try:
        page = Paginator(one.leaves, _PAGE).page(request.GET.get("page", 1))
    except InvalidPage:
        raise Http404 from None
    page.object_list = [
        {
            **leaf,
            "value": read(one.code, leaf["value"]),
            "place": f"{kinds.get(leaf['kind']).label}登记 {leaf['record'].rpartition(':')[2]} 号",
        }
        for leaf in page
    ]
    return page


def _data(edition: Edition, one: Number) -> JsonResponse:
    report = edition.report
    said: dict[str, Any] = {
        "organ": report["organ"],
        "organ_code": report["organ_code"],
        "year": report["year"],
        "version": edition.row.version,
        **one.as_json(),
    }
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False})
