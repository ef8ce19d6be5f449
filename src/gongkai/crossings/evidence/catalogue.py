"""The list of evidence (证据目录): numbered, what each piece proves, its file and pages, its day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongkai.casework.dossier.pieces import Entry
from gongkai.casework.dossier.sheets import sheet
from gongkai.casework.queries import View
from gongkai.foundation import organs
from gongkai.rules.citations import cite
from gongkai.rules.documents import Cell, Form, OfficialDocument, Paragraph, printed
from gongkai.rules.remedies.evidence import BASES, PARTS
from gongkai.rules.remedies.law import NO_COLLECTING


def catalogue(found: View, entries: Sequence[Entry], day: date) -> OfficialDocument:
    """The list of evidence of the pack (证据目录)."""
    head = tuple(Cell(words, label=True) for words in ("编号", "证据名称", "证明目的", "文件、页数", "日期"))
    rows: list[tuple[Cell, ...]] = [head]
    number = 0
    for part in PARTS.values():
        own = [one for one in entries if one.part == part.code]
        rows.append((Cell(f"{part.folder[:2]}　{part.title}：{part.proves}", columns=5, label=True),))
        for one in own:
            number += 1
            where = f"{one.path}，{one.sheets} 页" if one.sheets else one.path
            on = one.day.isoformat() if one.day else ""
            rows.append((Cell(str(number)), Cell(one.name), Cell(one.proves), Cell(where), Cell(on)))
        if not own:
            rows.append((Cell("案卷里没有这类材料。", columns=5),))
    blocks = (
        Paragraph(
            f"就申请人提出的政府信息公开申请（编号 {found.case.number}），{organs.current_name(found.case.organ)}"
            f"提交以下证据 {number} 份。依据：{cite(BASES)}。"
        ),
        Form((14, 34, 40, 42, 26), tuple(rows), heads=1),
        Paragraph(f"{NO_COLLECTING.note}材料含个人信息，供案件审理使用。", "note"),
        Paragraph(f"提交机关（盖章）：{organs.current_name(found.case.organ)}　{printed(day)}"),
    )
    return sheet(found.case, "evidence-catalogue", "证据目录", blocks, day)
