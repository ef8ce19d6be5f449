"""The files of a report (成品下载): the bytes that were sealed, and what was rendered from them."""

from __future__ import annotations

from datetime import UTC, datetime, time
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import condition, require_safe

from gongkai import __version__
from gongkai.annual_report import documents
from gongkai.annual_report.documents import FORMATS, file_name
from gongkai.annual_report.editions import Edition
from gongkai.foundation import files
from gongkai.web.portal.address import found
from gongkai.web.portal.picture import drawn, pixels

_SEALED = "json"
_PICTURES = {"svg": "image/svg+xml", "png": "image/png"}
_DAY = 24 * 60 * 60


@require_safe
def document(
    request: HttpRequest, organ_code: str, year: int, ending: str, version: int | None = None
) -> HttpResponse:
    """The report as PDF, Word or Excel, as it was kept when it was sealed; as JSON the sealed bytes."""
    edition, _ = found(organ_code, year, version)
    if ending == _SEALED:
        return _answer(
            request, edition, ending, "application/json", edition.row.content.digest, version is not None
        )
    if ending not in FORMATS:
        raise Http404
    kept = edition.row.documents.filter(format=ending).select_related("content").first()
    etag = kept.content.digest if kept else f"{edition.row.content.digest}.{ending}.{__version__}"
    return _answer(request, edition, ending, FORMATS[ending].media_type, etag, version is not None)


@require_safe
def picture_file(
    request: HttpRequest, organ_code: str, year: int, ending: str, version: int | None = None
) -> HttpResponse:
    """The year in one picture, as a file."""
    edition, _ = found(organ_code, year, version)
    if ending not in _PICTURES:
        raise Http404
    etag = f"{edition.row.content.digest}.{ending}.{__version__}"
    return _answer(request, edition, ending, _PICTURES[ending], etag, version is not None)


def _answer(
    request: HttpRequest, edition: Edition, ending: str, media_type: str, etag: str, permanent: bool
) -> HttpResponse:
    """The file, or 304 where the reader has it already."""
    day = edition.row.published_on
    since = datetime.combine(day, time(), UTC) if day is not None else None
    answered = condition(etag_func=lambda _: f'"{etag}"', last_modified_func=lambda _: since)
    response: HttpResponse = answered(partial(_whole, edition=edition, ending=ending, media_type=media_type))(
        request
    )
    if permanent:
        patch_cache_control(response, public=True, max_age=_DAY)
    else:
        patch_cache_control(response, public=True, no_cache=True)
    return response


def _whole(request: HttpRequest, *, edition: Edition, ending: str, media_type: str) -> HttpResponse:
    body = _bytes(edition, ending)
    if not body:
        raise Http404
    response = HttpResponse(body, content_type=media_type)
    name = file_name(edition.content, ending)
    if ending in _PICTURES:
        name = name.replace("年度报告", "年度报告图解")
    header = content_disposition_header(True, name)
    if header is not None:
        response["Content-Disposition"] = header
    return response


def _bytes(edition: Edition, ending: str) -> bytes:
    if ending == _SEALED:
        return files.read(edition.row.content.digest)
    if ending == "svg":
        return drawn(edition).encode()
    if ending == "png":
        return pixels(edition)
    return documents.document(edition.row, ending)
