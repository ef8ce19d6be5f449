"""The form's tables for Word (年度报告的表): each number fitted into its box."""

from __future__ import annotations

from typing import Any

from gongkai.annual_report.formats.outline import Box, PrintedTable
from gongkai.foundation.word.tables import WordBox, WordRow, table_xml


def printed_table(table: PrintedTable, size: float) -> Any:
    """The table with its merged heads; the heads at its top repeat, no row splits over pages."""
    wide = len(table.widths) > 7
    leading = next(table.groups())[1] if wide else ()
    rows = tuple(
        WordRow(
            tuple(_box(box, table, size) for box in boxes),
            height=340 if wide else 500,
            head=place < len(leading),
            keep=place < len(table.rows) - 1,
        )
        for place, boxes in enumerate(table.rows)
    )
    return table_xml(table.title, table.widths, rows, margin=20 if wide else 80)


def _box(box: Box, table: PrintedTable, size: float) -> WordBox:
    side = "left" if box.side and box.rows == 1 else "center"
    return WordBox(box.text, _fitting(box, table, size), box.columns, box.rows, side)


def _fitting(box: Box, table: PrintedTable, size: float) -> float:
    """A number too long for its box is set smaller, never broken."""
    if not box.cell:
        return size
    room = (table.widths[-1] * box.columns - 1.0) / 25.4 * 72
    return max(min(size, room / (len(box.text) * 0.56 or 1)), 3)
