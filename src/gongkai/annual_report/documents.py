"""The files that are stamped and handed in (成品文件): rendered from the sealed bytes, kept beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.annual_report import editions
from gongkai.annual_report.models import EditionDocument, ReportEdition
from gongkai.foundation import files

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class DocumentFormat:
    """One format (格式): its ending, its media type, and who renders it (content, digest, draft)."""

    code: str
    label: str
    media_type: str
    render: Callable[[Mapping[str, Any], str, bool], bytes]


def _pdf(content: Mapping[str, Any], digest: str, draft: bool) -> bytes:
    from gongkai.annual_report.formats.pdf import report_pdf

    return report_pdf(content, digest=digest, draft=draft)


def _docx(content: Mapping[str, Any], digest: str, draft: bool) -> bytes:
    from gongkai.annual_report.formats.docx import report_docx

    return report_docx(content, digest=digest, draft=draft)


def _xlsx(content: Mapping[str, Any], digest: str, draft: bool) -> bytes:
    from gongkai.annual_report.formats.xlsx import report_xlsx

    return report_xlsx(content, digest=digest, draft=draft)


FORMATS: dict[str, DocumentFormat] = {
    one.code: one
    for one in (
        DocumentFormat("pdf", "PDF", "application/pdf", _pdf),
        DocumentFormat("docx", "Word", _WORD, _docx),
        DocumentFormat("xlsx", "Excel", _SHEET, _xlsx),
    )
}


def file_name(content: Mapping[str, Any], ending: str) -> str:
    """What a file of the report is called when somebody saves it."""
    report = content["report"]
    version = f"（第{content['version']}版）" if content.get("version", 1) > 1 else ""
    return f"{report['organ']}{report['year']}年政府信息公开工作年度报告{version}.{ending}"


def keep_documents(edition: ReportEdition) -> None:
    """Render and keep every format of a sealed edition; call inside the action that seals it."""
    content = editions.of(edition).content
    for one in FORMATS.values():
        rendered = one.render(content, edition.content.digest, False)
        stored = files.keep(rendered, name=file_name(content, one.code), media_type=one.media_type)
        EditionDocument.objects.create(edition=edition, format=one.code, content=stored)


def document(edition: ReportEdition, code: str) -> bytes:
    """The kept file of an edition; rendered again for an edition of a version that kept none.

    Raises KeyError for an unknown format.
    """
    one = FORMATS[code]
    kept = edition.documents.filter(format=code).select_related("content").first()
    if kept is not None:
        return files.read(kept.content.digest)
    return one.render(editions.of(edition).content, edition.content.digest, False)
