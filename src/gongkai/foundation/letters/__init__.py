"""Official documents as files (公文的版式): PDF to sign and send, DOCX to edit; loaded when first needed."""

from __future__ import annotations

from gongkai.rules.documents import OfficialDocument


def to_pdf(document: OfficialDocument) -> bytes:
    """The document on the page of GB/T 9704, tagged, PDF/A. The same content gives the same bytes."""
    from gongkai.foundation.letters.pdf import document_pdf

    return document_pdf(document)


def to_docx(document: OfficialDocument) -> bytes:
    """The document for a word processor. The same content gives the same bytes."""
    from gongkai.foundation.letters.docx import document_docx

    return document_docx(document)
