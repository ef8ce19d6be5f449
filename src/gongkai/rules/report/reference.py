"""The reference pages of forms and checks (表样、检查一览), drawn from this code; never written by hand."""

from __future__ import annotations

from gongkai.rules.citations import cite
from gongkai.rules.report.checks.model import CHECKS
from gongkai.rules.report.form import Form, LayoutCell, Table
from gongkai.rules.report.forms import VERSIONS
from gongkai.rules.report.lint import CELL_CLAIMS, REGISTER_CLAIMS

_LEVELS = {"error": "错误", "warning": "提醒", "notice": "提示"}


def pages() -> dict[str, str]:
    """Every page by file name."""
    found = {f"form-{version}.md": form_page(form) for version, form in VERSIONS.items()}
    return {**found, "checks.md": checks_page()}


def form_page(form: Form) -> str:
    """A form: its six headings, its tables as drawn, and every cell with its id."""
    parts = [
        f"# 年度报告表样（{form.version}）",
        f"依据：{form.notice.citation()}。共 {len(form.cells)} 格。"
        + (f"\n\n{form.note}" if form.note else ""),
        "## 六个部分\n\n" + "\n".join(f"- {heading}" for heading in form.section_headings()),
    ]
    for number, tables in form.tables.items():
        for table in tables:
            parts.append(f"## 第{'一二三四'[number - 1]}部分表格：{table.title}\n\n{table_html(table)}")
    rows = [f"| `{c.id}` | {c.label} | {c.unit or '—'} | {_KINDS[c.kind]} |" for c in form.cells.values()]
    parts.append("## 各格\n\n| 代号 | 名称 | 单位 | 填什么 |\n| --- | --- | --- | --- |\n" + "\n".join(rows))
    return "\n\n".join(parts)


_KINDS = {
    "count": "不小于 0 的整数",
    "decimal": "不小于 0 的数",
    "signed": "整数，可以为负",
    "text": "文字，带单位",
}


def table_html(table: Table) -> str:
    """The table as the annex draws it; a value's box shows the cell's id."""
    rows = ["<tr>" + "".join(_box(cell) for cell in row) + "</tr>" for row in table.rows]
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def _box(cell: LayoutCell) -> str:
    tag = "th" if cell.header or cell.row_header else "td"
    spans = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (
        f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    )
    return f"<{tag}{spans}>{cell.text or f'<code>{cell.cell}</code>'}</{tag}>"


def checks_page() -> str:
    """Every check with level, sentence, basis and examples; then the sentences the text checks read."""
    parts = ["# 年度报告检查一览", f"共 {len(CHECKS)} 项。错误必须改正才能发布；提醒由经办人核对。"]
    ordered = sorted(CHECKS.items(), key=lambda item: (item[0][0], int(item[0][1:])))
    for code, one in ordered:
        lines = [f"- 级别：{_LEVELS[one.level]}"]
        if one.level_2019 != one.level:
            lines.append(f"- 2019、2020 年度的报告：{_LEVELS[one.level_2019]}")
        lines.append(f"- 依据：{cite(one.rule.provisions)}")
        if one.rule.note:
            lines.append(f"- 说明：{one.rule.note}")
        lines += [f"- {example}" for example in one.rule.examples]
        parts.append(f"## {code} {one.rule.title}\n\n> {one.rule.sentence}\n\n" + "\n".join(lines))
    said = [
        f"| {claim.label} | `{claim.pattern.pattern.replace('|', chr(92) + '|')}` | "
        + "；".join(" + ".join(f"`{code}`" for code in codes) for codes in claim.codes)
        + " |"
        for claim in (*CELL_CLAIMS, *REGISTER_CLAIMS)
    ]
    head = "## K9、K10 认得的说法\n\n| 说的是 | 写法（正则表达式） | 对照 |\n| --- | --- | --- |\n"
    return "\n\n".join([*parts, head + "\n".join(said)])
