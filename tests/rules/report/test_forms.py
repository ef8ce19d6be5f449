"""The forms, cell by cell: against the official form's own list, and as drawn tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongkai.rules.report.form import Form, Table
from gongkai.rules.report.forms import VERSIONS, NoForm, form_for

# Typed from the annex of 国办公开办函〔2021〕30号, apart from the code.
OFFICIAL = json.loads((Path(__file__).parent / "data" / "report-form-2021.json").read_text("utf-8"))


def test_the_2021_form_is_the_official_one() -> None:
    cells = [
        {"id": c.id, "label": c.label, "unit": c.unit, "kind": c.kind} for c in form_for(2021).cells.values()
    ]
    assert cells == OFFICIAL["cells"]
    assert len(cells) == 200


def test_the_2019_form() -> None:
    form = form_for(2020)
    by_table = [sum(cell.table == table for cell in form.cells.values()) for table in (2, 3, 4)]
    assert by_table == [22, 161, 15]
    assert form.cells["t3.r21.c1"].label == "三、本年度办理结果/（六）其他处理 × 自然人"
    assert form.cells["t2.norm.made"].label == "第二十条第（一）项/规范性文件/本年新制作数量"
    assert form.section_headings()[4] == "五、政府信息公开工作存在的主要问题及改进情况"


def test_which_year_takes_which_form() -> None:
    assert [form_for(year).version for year in (2019, 2020, 2021, 2022, 2025, 2030)] == [
        "2019", "2019", "2021", "2021", "2021", "2021",
    ]  # fmt: skip
    for year in (2018, 0, -1, 20210):
        with pytest.raises(NoForm, match=str(year)):
            form_for(year)


def grid(table: Table) -> dict[tuple[int, int], str]:
    """Every place of the drawn table, covered exactly once."""
    taken: dict[tuple[int, int], str] = {}
    for y, row in enumerate(table.rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            for down in range(cell.rows):
                for right in range(cell.columns):
                    place = (y + down, x + right)
                    assert place not in taken, f"{table.title}: {place} is covered twice"
                    taken[place] = cell.cell or cell.text
    return taken


@pytest.mark.parametrize("form", VERSIONS.values(), ids=list(VERSIONS))
def test_drawn_tables_have_no_holes_and_show_every_cell_once(form: Form) -> None:
    drawn: list[str] = []
    for tables in form.tables.values():
        for table in tables:
            places = grid(table)
            height, width = max(y for y, _ in places) + 1, max(x for _, x in places) + 1
            assert len(places) == height * width
            drawn += [cell.cell for row in table.rows for cell in row if cell.cell]
    assert sorted(drawn) == sorted(form.cells)
