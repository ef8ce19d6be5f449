"""A list as a sheet (导出的表格): columns as wide as what stands in them, heads that stay, ready to print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gongkai.foundation.printable import width_of

# Characters: room for the filter's arrow; the narrowest column and the widest.
_ARROW, _LEAST, _MOST = 3, 10, 60
_A4 = 9


def finish(sheet: Any, labels: Sequence[str], widest: Sequence[int], last: int) -> None:
    """Set the columns, the filter and the page of a sheet whose heads stand in its first row.

    ``widest``: of each column's values, by ``width_of``; ``last``: the last row that is filled.
    """
    for place, (label, width) in enumerate(zip(labels, widest, strict=True)):
        sheet.set_column(place, place, min(max(_LEAST, width_of(label) + _ARROW, width + 1), _MOST))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(last, 1), len(labels) - 1)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C— &P —")
