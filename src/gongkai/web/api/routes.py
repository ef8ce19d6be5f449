"""The open-data API (数据接口), as the contract fixes it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError

from gongkai import __version__
from gongkai.annual_report import editions
from gongkai.foundation.models import Organ, OrganName
from gongkai.web.api import requests
from gongkai.web.api.docs import OwnSwagger
from gongkai.web.api.errors import ErrorOut, Refusal
from gongkai.web.portal.address import Address
from gongkai.web.portal.catalogue import listed

api = NinjaAPI(
    title="公开：政府信息公开数据接口",
    version=__version__,
    docs=OwnSwagger(),
    docs_url="/docs",
    openapi_url="/openapi.json",
    urls_namespace="api",
)
api.add_router("", requests.router)

_LARGEST_PAGE = 100


class OrganOut(Schema):
    """An organ (机关)."""

    code: str
    name: str
    kind: str
    parent: str | None
    disclosure_office: str


class OrganList(Schema):
    """One page of organs."""

    total: int
    results: list[OrganOut]


@api.exception_handler(Refusal)
def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return api.create_response(request, refusal.body, status=refusal.status)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = {str(e["loc"][-1]): "这个参数的值不能用，核对类型和范围。" for e in error.errors}
    return _refused(request, Refusal(422, "invalid", "参数不对，按 fields 里的说明改正。", fields))


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _refused(request, Refusal(error.status_code, "refused", "请求不能处理，核对方法和参数。"))


@api.get("/organs", response={200: OrganList, 422: ErrorOut}, summary="机关名录", tags=["机关"])
def list_organs(request: HttpRequest, page: int = 1, page_size: int = 100) -> dict[str, Any]:
    """Organs that exist today, in their fixed order."""
    _check_page(page, page_size)
    rows = Organ.objects.filter(ended_on__isnull=True).select_related("parent")
    start = (page - 1) * page_size
    shown = list(rows[start : start + page_size])
    names = {n.organ_id: n.name for n in OrganName.objects.filter(organ__in=shown, until_on__isnull=True)}
    results = [
        {
            "code": organ.code,
            "name": names.get(organ.pk, organ.code),
            "kind": organ.kind,
            "parent": organ.parent.code if organ.parent else None,
            "disclosure_office": organ.disclosure_office,
        }
        for organ in shown
    ]
    return {"total": rows.count(), "results": results}


def _check_page(page: int, page_size: int) -> None:
    fields = {}
    if not 1 <= page <= 1_000_000:
        fields["page"] = "从 1 开始的整数。"
    if not 1 <= page_size <= _LARGEST_PAGE:
        fields["page_size"] = f"1 到 {_LARGEST_PAGE} 的整数。"
    if fields:
        raise Refusal(422, "invalid", "分页参数超出范围，按 fields 里的说明改正。", fields)


class ReportLine(Schema):
    """A published report in a list (已发布的年报)."""

    organ_code: str
    organ: str
    year: int
    version: int
    published_on: date
    url: str


class ReportList(Schema):
    """One page of published reports."""

    total: int
    results: list[ReportLine]


@api.get("/reports", response={200: ReportList, 422: ErrorOut}, summary="已发布年报目录", tags=["年报"])
def list_reports(
    request: HttpRequest, organ: str = "", year: int | None = None, page: int = 1, page_size: int = 100
) -> dict[str, Any]:
    """The newest version of every published report, newest year first; of one organ or year if asked."""
    _check_page(page, page_size)
    found = [one for one in listed() if organ in ("", one.organ.code) and year in (None, one.year)]
    start = (page - 1) * page_size
    results = [
        {
            "organ_code": one.organ.code,
            "organ": one.name,
            "year": one.year,
            "version": one.version,
            "published_on": one.published_on,
            "url": request.build_absolute_uri(Address(one.organ.code, one.year).report),
        }
        for one in found[start : start + page_size]
    ]
    return {"total": len(found), "results": results}


@api.get(
    "/reports/{organ_code}/{year}",
    response={200: dict[str, Any], 404: ErrorOut, 422: ErrorOut},
    summary="已发布的年度报告",
    tags=["年报"],
)
def get_report(request: HttpRequest, organ_code: str, year: int) -> dict[str, Any]:
    """The published report, shaped as ``report compile --format json``, with its edition."""
    organ = Organ.objects.filter(code=organ_code).first()
    edition = editions.latest(organ, year) if organ is not None and 0 < year < 10_000 else None
    if edition is None:
        raise Refusal(
            404, "not_found", "没有这个机关这一年的已发布年报。机关代码见 /api/v1/organs，年份写四位数。"
        )
    row = edition.row
    return {
        **edition.report,
        "edition": {
            "version": row.version,
            "published_on": row.published_on.isoformat() if row.published_on else None,
            "digest": row.content.digest,
            "ledger": {"seq": row.ledger_seq, "head": row.ledger_hash},
        },
    }
