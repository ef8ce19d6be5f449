"""Sealed editions, drafts and their comparison (版本、编制稿、对比): what is stamped, looked at before it is public."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse

from gongkai.annual_report import documents, editions, sealing
from gongkai.annual_report.compile import CompiledReport
from gongkai.annual_report.differences import differences
from gongkai.annual_report.models import ReportEdition
from gongkai.annual_report.output import as_json, draft_json
from gongkai.foundation import files, ledger
from gongkai.foundation.models import Organ
from gongkai.web.desk.filing_frame import compiled_for, filing_of, frame, linker, year_or_404
from gongkai.web.desk.frame import page
from gongkai.web.portal.report_page import ReportPage, report_page

_JSON = "application/json"


def _edition_or_404(organ: Organ, year: int, version: int) -> ReportEdition:
    rows = ReportEdition.objects.filter(filing__organ=organ, filing__year=year, version=version)
    row = rows.select_related("content", "filing__organ").first()
    if row is None:
        raise Http404
    return row


def edition(request: Any, organ: Organ, year: int, version: int) -> HttpResponse:
    """One sealed edition: its fingerprint, its documents, its text and tables as they were sealed."""
    compiled = compiled_for(request, organ, year)
    row = _edition_or_404(organ, year, version)
    content = editions.of(row).content
    others = ReportEdition.objects.filter(filing=row.filing).exclude(pk=row.pk).order_by("-version")
    context = {
        **frame(request, organ, year, compiled, filing_of(organ, year)),
        "edition": row,
        "report": report_page(content["report"], content["segments"]),
        "explanations": content.get("explanations", ()),
        "formats": documents.FORMATS.values(),
        "others": others,
    }
    return page(request, "desk/edition.html", context)


def edition_document(request: Any, organ: Organ, year: int, version: int, code: str) -> HttpResponse:
    """A sealed edition as the file that is stamped, before or after it is public."""
    row = _edition_or_404(organ, year, version)
    content = editions.of(row).content
    if code == "json":
        return _file(files.read(row.content.digest), documents.file_name(content, "json"), _JSON)
    if code not in documents.FORMATS:
        raise Http404
    one = documents.FORMATS[code]
    return _file(documents.document(row, code), documents.file_name(content, code), one.media_type)


def preview(request: Any, organ: Organ, year: int) -> HttpResponse:
    """The report as it would be printed now, whole; not signed by anybody."""
    compiled = compiled_for(request, organ, year)
    context = {
        **frame(request, organ, year, compiled, filing_of(organ, year)),
        "report": _page_of(organ, year, compiled),
        "explanations": compiled.explanations_json(),
        "formats": documents.FORMATS.values(),
    }
    return page(request, "desk/edition_preview.html", context)


def _page_of(organ: Organ, year: int, compiled: CompiledReport) -> ReportPage:
    return report_page(as_json(compiled), draft_json(compiled.draft), linker(organ, year))


def draft_document(request: Any, organ: Organ, year: int, code: str) -> HttpResponse:
    """The report as it stands now as a file, marked as a draft (编制稿)."""
    if code not in (*documents.FORMATS, "json"):
        raise Http404
    compiled = compiled_for(request, organ, year)
    filing = filing_of(organ, year)
    version = filing.editions.count() + 1 if filing else 1
    sealed = sealing.sealed_content(compiled, version=version, ledger_head=ledger.head())
    content = json.loads(sealed)
    name = f"编制稿-{documents.file_name(content, code)}"
    if code == "json":
        return _file(sealed, name, _JSON)
    one = documents.FORMATS[code]
    return _file(one.render(content, sha256(sealed).hexdigest(), True), name, one.media_type)


def _file(content: bytes, name: str, media_type: str) -> HttpResponse:
    """A file to save; what a browser can show, it may show."""
    answer = HttpResponse(content, content_type=media_type)
    place = "inline" if media_type == "application/pdf" else "attachment"
    answer["Content-Disposition"] = f"{place}; filename*=UTF-8''{quote(name)}"
    return answer


def compare(request: Any, organ: Organ, year: int, version: int, other: int) -> HttpResponse:
    """Two versions: who corrected, why, which cells and words differ. The older stands at the left."""
    year_or_404(request, year)
    old, new = (_edition_or_404(organ, year, one) for one in sorted((version, other)))
    compiled = compiled_for(request, organ, year)
    context = {
        **frame(request, organ, year, compiled, filing_of(organ, year)),
        "old": old,
        "new": new,
        "versions": (old, new),
        "old_label": f"第 {old.version} 版",
        "new_label": f"第 {new.version} 版",
        "differences": differences(editions.of(old).report, editions.of(new).report),
    }
    return page(request, "desk/compare.html", context)
