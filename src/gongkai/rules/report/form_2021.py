"""The form since 2021 (国办公开办函〔2021〕30号): 10 + 175 + 15 = 200 cells."""

from __future__ import annotations

from gongkai.rules.outcomes import OUTCOMES
from gongkai.rules.provision import Provision
from gongkai.rules.report.form import Cell, Form, Table
from gongkai.rules.report.tables import (
    CARRIED_IN,
    CARRIED_OUT,
    NEW,
    RESULT_HEADING,
    TOTAL,
    head,
    outcome_label,
    outcome_leaves,
    remedy_cells,
    remedy_table,
    request_cells,
    request_table,
    side,
    value,
)

_EVENTS = (("made", "本年制发件数"), ("repealed", "本年废止件数"), ("in_force", "现行有效件数"))
_RANKS = (("rule", "规章"), ("norm", "行政规范性文件"))
_DECISIONS = "本年处理决定数量"
_FEE = "本年收费金额（单位：万元）"
# Item of article 20, item code, label; the amount of fees stands apart.
_ACTS = ((5, "licence", "行政许可"), (6, "penalty", "行政处罚"), (6, "coercion", "行政强制"))
_ITEMS = {1: "第二十条第（一）项", 5: "第二十条第（五）项", 6: "第二十条第（六）项", 8: "第二十条第（八）项"}


def _disclosure_cells() -> dict[str, Cell]:
    cells = [
        Cell(f"t2.{rank}.{event}", f"{_ITEMS[1]}/{name}/{heading}", "件", "count")
        for rank, name in _RANKS
        for event, heading in _EVENTS
    ]
    cells += [
        Cell(f"t2.{code}.decisions", f"{_ITEMS[item]}/{name}/{_DECISIONS}", "件", "count")
        for item, code, name in _ACTS
    ]
    cells.append(Cell("t2.fee.amount", f"{_ITEMS[8]}/行政事业性收费/{_FEE}", "万元", "decimal"))
    return {cell.id: cell for cell in cells}


def _disclosure_table() -> Table:
    rows = [(head(_ITEMS[1], columns=4),), (head("信息内容"), *(head(heading) for _, heading in _EVENTS))]
    rows += [(side(name), *(value(f"t2.{rank}.{event}") for event, _ in _EVENTS)) for rank, name in _RANKS]
    for item in (5, 6):
        rows += [(head(_ITEMS[item], columns=4),), (head("信息内容"), head(_DECISIONS, columns=3))]
        rows += [
            (side(name), value(f"t2.{code}.decisions", columns=3)) for at, code, name in _ACTS if at == item
        ]
    rows += [
        (head(_ITEMS[8], columns=4),),
        (head("信息内容"), head(_FEE, columns=3)),
        (side("行政事业性收费"), value("t2.fee.amount", columns=3)),
    ]
    return Table("主动公开政府信息情况", tuple(rows))


def _request_rows() -> dict[str, str]:
    rows = {"r1": NEW, "r2": CARRIED_IN}
    rows |= {row: outcome_label(outcome) for row, outcome in OUTCOMES.items()}
    return rows | {"r24": f"{RESULT_HEADING}/{TOTAL}", "r25": CARRIED_OUT}


FORM = Form(
    version="2021",
    notice=Provision("report-format-2021"),
    cells=_disclosure_cells() | request_cells(_request_rows()) | remedy_cells(),
    tables={
        2: (_disclosure_table(),),
        3: (request_table(outcome_leaves(OUTCOMES), "r24", "r25"),),
        4: (remedy_table(),),
    },
    outcome_rows={row: row for row in OUTCOMES},
    leaf_rows=tuple(OUTCOMES),
    total_row="r24",
    carried_row="r25",
    section_five="五、存在的主要问题及改进情况",
)
