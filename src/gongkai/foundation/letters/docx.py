"""An official document as DOCX (公文的 Word 文件)."""

from __future__ import annotations

from io import BytesIO

from docx import Document

from gongkai.rules.documents import OfficialDocument


def document_docx(document: OfficialDocument) -> bytes:
    """The document as DOCX."""
    made = Document()
    for line in document.text.splitlines():
        made.add_paragraph(line)
    out = BytesIO()
    made.save(out)
    return out.getvalue()
