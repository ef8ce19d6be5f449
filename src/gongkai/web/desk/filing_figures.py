"""The figures above a filing (年报页上的数): handed in, cells, errors, warnings, numbers in the words."""

from __future__ import annotations

from gongkai.annual_report.compile import CompiledReport
from gongkai.web.desk.filing_frame import Finding
from gongkai.web.desk.wall import Figure

_MOST_NAMES = 3


def filing_figures(compiled: CompiledReport, found: list[Finding]) -> list[Figure]:
    """What somebody looks at before anything else."""
    facts = sum(1 for draft in compiled.draft.sections.values() for one in draft if one.fact)
    return [
        *_handed_in(compiled),
        _cells(compiled),
        _errors(compiled, found),
        _warnings(compiled, found),
        Figure(facts, "个", "文字里由记录得出的数", "手写的部分另逐个核对", ""),
    ]


def _handed_in(compiled: CompiledReport) -> list[Figure]:
    units = compiled.tables.units
    if not units:
        return []
    missing = [part.short_name for part in units if not part.filed]
    more = f" 等 {len(missing)} 个" if len(missing) > _MOST_NAMES else ""
    note = f"缺{'、'.join(missing[:_MOST_NAMES])}{more}" if missing else "全部报送"
    tone = "amber" if missing else ""
    return [Figure(len(units) - len(missing), f"/ {len(units)}", "单位已报送", note, tone, "?part=units")]


def _cells(compiled: CompiledReport) -> Figure:
    cells = compiled.tables.cells.values()
    blank = sum(cell.value is None for cell in cells)
    note = f"{blank} 格未填" if blank else "数出、申报或相加"
    return Figure(len(cells) - blank, f"/ {len(cells)} 格", "格子有来源", note, "amber" if blank else "")


def _errors(compiled: CompiledReport, found: list[Finding]) -> Figure:
    errors = compiled.errors()
    note = "、".join(one.id for one in errors) or f"核对 {len(found)} 项"
    return Figure(len(errors), "", "错误", note, "red" if errors else "", "#checks" if errors else "")


def _warnings(compiled: CompiledReport, found: list[Finding]) -> Figure:
    waiting = compiled.unexplained()
    explained = sum(one.tone == "explained" for one in found)
    note = "、".join(one.id for one in waiting) or (f"已说明 {explained} 项" if explained else "没有")
    tone, href = ("amber", "#checks") if waiting else ("", "")
    return Figure(len(waiting), "", "提醒待说明", note, tone, href)
