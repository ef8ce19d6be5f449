"""Sealed contents made by hand: every cell another number, so that none can stand for another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gongkai.rules.report.form import Form, Table
from gongkai.rules.report.forms import VERSIONS
from gongkai.rules.report.narrative import OVERVIEW_HEADINGS

DIGEST = "ab" * 32
HEAD = "cd" * 32
ORGAN = "示范区人民政府"


def cells_of(form: Form) -> dict[str, str | None]:
    """A number of its own for each cell; amounts with decimals, as they are."""
    special = {"decimal": "3056.81805", "text": "123.45万元"}
    return {
        name: special.get(cell.kind, str(20001 + place))
        for place, (name, cell) in enumerate(form.cells.items())
    }


def content(version: str = "2021", *, year: int = 2021, **changes: Any) -> dict[str, Any]:
    """A sealed content in the shape of ``sealing.sealed_content``."""
    form = VERSIONS[version]
    cells = cells_of(form)
    leaf = {
        "record": "requests:7",
        "kind": "requests",
        "title": "=1+1",
        "date": "2021-09-13",
        "rule": "CNT-received",
        "provision": "条例",
        "value": "1",
        "organ": ORGAN,
    }
    own = {
        "organ": "示范区人民政府办公室",
        "organ_code": "1",
        "kind": "office",
        "filed": True,
        "cells": cells,
    }
    report = {
        "organ": ORGAN,
        "organ_code": "999000",
        "year": year,
        "form": version,
        "cells": cells,
        "narrative": {
            "preface": "现发布年度报告。\n第二段。",
            "lead": "总的情况。",
            "overview": [{"heading": heading, "text": f"{heading}的文字。"} for heading in OVERVIEW_HEADINGS],
            "problems": "一是问题。\n二是措施。",
            "other": "没有收费。",
        },
        "checks": [
            {"id": "K9", "level": "warning", "status": "fail", "message": "差 1。", "cells": ["t3.r1.c1"]},
        ],
        "own": own,
        "units": [{**own, "organ": "示范区教育局", "cells": dict.fromkeys(cells, "0")}],
    }
    made = {
        "schema": 2,
        "version": 1,
        "report": report,
        "segments": {},
        "counts": {"publications.total": 4936, "publications.portal": 2213, "publications.new_media": 2723},
        "traces": {"t3.r1.c1": [leaf]},
        "numbers": {"letters.mailbox": [{**leaf, "kind": "letters", "title": "@SUM(A1)"}]},
        "bases": dict.fromkeys(cells, "summed"),
        "explanations": [],
        "reason": "",
        "sealed_by": "办公室负责人",
        "sealed_on": "2022-01-10",
        "ledger": {"seq": 10614, "head": HEAD},
    }
    return {**made, **changes}


def corrected() -> dict[str, Any]:
    """A second edition, with a warning that was explained."""
    said = {
        "check": "K9",
        "finding": "差 1。",
        "text": "一件按信访办理。",
        "by": "经办人",
        "organ": "示范区教育局",
        "on": "2022-01-12",
    }
    return content(version="2021") | {"version": 2, "reason": "漏计申请一件。", "explanations": [said]}


def zeros() -> dict[str, Any]:
    """A unit's year in which next to nothing happened."""
    made = content()
    cells = dict.fromkeys(made["report"]["cells"], "0")
    report = {**made["report"], "organ": "示范区信访局", "cells": cells, "units": []}
    return {**made, "report": report, "counts": {}, "traces": {}, "numbers": {}}


def placed(table: Table) -> Iterator[tuple[int, int, str]]:
    """(row, column, cell) of each value of a table, laid out as the form says."""
    taken: set[tuple[int, int]] = set()
    for down, row in enumerate(table.rows):
        column = 0
        for box in row:
            while (down, column) in taken:
                column += 1
            taken |= {(down + i, column + j) for i in range(box.rows) for j in range(box.columns)}
            if box.cell:
                yield down, column, box.cell
            column += box.columns
