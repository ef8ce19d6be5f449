"""By which rule a cell is counted (格的计数口径), also where nothing was counted and no record says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gongkai.rules.report.form import Form
from gongkai.rules.rule import RULES, Rule

_TABLE_2 = {
    "made": "CNT-made",
    "repealed": "CNT-repealed",
    "in_force": "CNT-in-force",
    "decisions": "CNT-declared",
    "amount": "CNT-declared",
}


def rules_of(cell_id: str, form: Form, leaves: Iterable[Mapping[str, str]]) -> list[Rule]:
    """The rules its records name; for a cell of 0 the rule that would have counted."""
    named = dict.fromkeys(leaf["rule"] for leaf in leaves) or dict.fromkeys([_expected(cell_id, form)])
    return [RULES[code] for code in named if code in RULES]


def _expected(cell_id: str, form: Form) -> str:
    table, _, place = cell_id.partition(".")
    if table == "t2":
        return _TABLE_2.get(place.rpartition(".")[2], "")
    if table == "t4":
        return "CNT-remedy"
    row = place.partition(".")[0]
    rows = {"r1": "CNT-received", "r2": "CNT-carried-in", form.carried_row: "CNT-carried-out"}
    return rows.get(row, "CNT-outcome")
