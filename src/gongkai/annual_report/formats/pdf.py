"""The report to hand in (PDF): the page of GB/T 9704, tagged, PDF/A; the same content, the same bytes."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from gongkai.annual_report.formats import outline as words
from gongkai.annual_report.formats.outline import Box, Content, Outline, PrintedTable, Section
from gongkai.foundation import typesetting

# Size of the words in points, inset at the sides and above each row in millimetres, by number of columns.
_ROOMY, _NARROW, _WIDE = (12.0, 1.5, 2.1), (10.0, 0.2, 1.32), (10.5, 0.2, 2.0)


def report_pdf(content: Content, *, digest: str, draft: bool = False) -> bytes:
    """The report as PDF. ``digest``: of the sealed content, printed at the end; a draft prints none."""
    found = words.outline(content, digest=digest, draft=draft)
    return typesetting.pdf(Path(__file__).with_name("report.typ"), _data(found), dated=words.dated(content))


def _data(found: Outline) -> dict[str, Any]:
    return {
        "title": found.title,
        "title_lines": found.title_lines,
        "organ": found.organ,
        "notice": found.notice,
        "preface": found.preface,
        "sections": [_section(one) for one in found.sections],
        "signature": found.signature,
        "explanations": found.explanations,
        "explanation_heading": words.EXPLANATION_HEADING,
        "seal": found.seal,
        "seal_heading": words.SEAL_HEADING,
        "seal_note": words.SEAL_NOTE,
    }


def _section(one: Section) -> dict[str, Any]:
    parts = [{"heading": heading, "paragraphs": paragraphs} for heading, paragraphs in one.parts]
    return {"heading": one.heading, "parts": parts, "tables": [_table(table) for table in one.tables]}


def _table(table: PrintedTable) -> dict[str, Any]:
    columns = len(table.widths)
    size, inset, space = _ROOMY if columns <= 7 else _NARROW if columns <= 10 else _WIDE
    groups = [
        {"head": head, "rows": [[_box(box, table, inset) for box in row] for row in rows]}
        for head, rows in table.groups()
    ]
    return {"widths": table.widths, "size": size, "inset": inset, "space": space, "groups": groups}


def _box(box: Box, table: PrintedTable, inset: float) -> dict[str, Any]:
    # Values stand in the last columns, which are all as wide.
    room = (table.widths[-1] * box.columns - 2 * inset) / 25.4 * 72
    return {**asdict(box), "room": room}
