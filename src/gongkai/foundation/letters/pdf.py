"""An official document as PDF (公文的 PDF): the page of GB/T 9704, tagged; the same content, the same bytes."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from gongkai.foundation import typesetting
from gongkai.foundation.letters import layout
from gongkai.foundation.printable import printable
from gongkai.rules.documents import Block, OfficialDocument, Paragraph, printed


def document_pdf(document: OfficialDocument) -> bytes:
    """The document as PDF. What no font can show is still printed, as a mark."""
    template = Path(__file__).with_name("letter.typ")
    return typesetting.pdf(template, _printable(_data(document)), dated=document.dated)


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    return [_printable(one) for one in value] if isinstance(value, list | tuple) else value


def _data(document: OfficialDocument) -> dict[str, Any]:
    head = layout.head_lines(document.organ)
    kept = layout.closing(document)
    split = len(document.blocks) - kept
    return {
        "title": document.title,
        "organ": document.organ,
        "form": layout.plain_head(document),
        "head": head,
        "head_size": layout.head_size(head),
        "number": document.number,
        "addressee": document.addressee,
        "blocks": [_block(one) for one in document.blocks[:split]],
        "closing": [_block(one) for one in document.blocks[split:]],
        "enclosures": layout.enclosure_lines(document.enclosures),
        "signed": document.signed,
        "day": printed(document.dated),
        "contact": layout.note(document.contact),
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"kind": block.kind, "text": block.text}
    headings = [layout.is_heading(row) for row in block.rows]
    return {"kind": "form", "size": layout.table_size(block), "headings": headings, **asdict(block)}
