"""Which form a year's report takes (各年度适用的表样)."""

from __future__ import annotations

from gongkai.rules.report import form_2019, form_2021
from gongkai.rules.report.form import Form

FIRST_YEAR = 2019
# First year of each form, newest first; a new form is one more line here and one more file.
_SINCE: tuple[tuple[int, Form], ...] = ((2021, form_2021.FORM), (2019, form_2019.FORM))
VERSIONS: dict[str, Form] = {form.version: form for _, form in _SINCE}


class NoForm(ValueError):
    """A year without a form this program knows; the message says which there are."""


def form_for(year: int) -> Form:
    """The form of that year's report. Raises NoForm for a year before the first form, or no year."""
    if year > 9999:
        raise NoForm(f"年份写的是 {year}，应为四位数，例如 2021。")
    for since, form in _SINCE:
        if year >= since:
            return form
    raise NoForm(
        f"没有 {year} 年的年度报告格式：本系统的表样从 {FIRST_YEAR} 年起（条例 2019 年修订后）。核对年份。"
    )
