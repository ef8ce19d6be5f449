"""An official document as PDF (公文的 PDF)."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from gongkai.foundation import typesetting
from gongkai.rules.documents import OfficialDocument, Paragraph, printed


def document_pdf(document: OfficialDocument) -> bytes:
    """The document as PDF."""
    blocks = [{"form": not isinstance(one, Paragraph), **asdict(one)} for one in document.blocks]
    data = {
        "title": document.title,
        "organ": document.organ,
        "number": document.number,
        "addressee": document.addressee,
        "blocks": blocks,
        "enclosures": document.enclosures,
        "signed": document.signed,
        "day": printed(document.dated),
        "contact": document.contact,
    }
    return typesetting.pdf(Path(__file__).with_name("letter.typ"), data, dated=document.dated)
