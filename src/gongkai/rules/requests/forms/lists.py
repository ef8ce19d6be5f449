"""Lists (清单): what goes to the archives and the library, what is in the file."""

from __future__ import annotations

from gongkai.rules.documents import Block, Form, Paragraph
from gongkai.rules.requests.forms.boxes import DAY, Filled, Row, Rows, box, label

TRANSFER_COLUMNS = ("政府信息名称", "文号或者索引号", "生成日期", "数量", "备注")
INDEX_COLUMNS = ("责任者", "文号", "题名", "日期", "页数", "指纹")
INDEX_DETAILS = {"case_number": "登记编号", "applicant": "申请人", "retention": "保管期限"}
_TRANSFER_WIDTHS = (10, 54, 34, 22, 18, 18)
_INDEX_WIDTHS = (10, 20, 26, 30, 22, 10, 38)
_PLAIN_WIDTHS = (10, 28, 32, 50, 24, 12)
# A fingerprint is printed whole, in pieces of so many characters.
_PIECE = 16


def transfer_list(filled: Filled) -> tuple[Block, ...]:
    """What is handed over to the archives and the library (移送明细表, 条例 art 25)."""
    form = _list(TRANSFER_COLUMNS, _TRANSFER_WIDTHS, filled, transfer_rows(filled.rows))
    foot: tuple[Row, ...] = (
        (label("移送机关", 2), box(filled.organ, 4, height=22, foot=f"经办人：　　　　　　{filled.day}")),
        (
            label("接收单位", 2),
            box(filled.get("addressee"), 4, height=22, foot=f"经办人：　　　　　　{DAY}"),
        ),
    )
    return (Form(form.widths, (*form.rows, *foot), heads=1),)


def transfer_rows(rows: Rows) -> tuple[Row, ...]:
    """The lines, numbered."""
    return _numbered(rows, len(TRANSFER_COLUMNS))


def archive_index(filled: Filled) -> tuple[Block, ...]:
    """What is in the file (卷内文件目录); fingerprints have a column where any is given."""
    said = (f"{name}：{filled.get(code)}" for code, name in INDEX_DETAILS.items() if filled.get(code))
    above = "　　".join(said)
    whole = _has_fingerprints(filled.rows)
    columns = INDEX_COLUMNS if whole else INDEX_COLUMNS[:-1]
    table = _list(columns, _INDEX_WIDTHS if whole else _PLAIN_WIDTHS, filled, index_rows(filled.rows))
    below = (Paragraph(f"共 {len(filled.rows)} 件。", "note"),) if filled.rows else ()
    return (*((Paragraph(above, "note"),) if above else ()), table, *below)


def index_rows(rows: Rows) -> tuple[Row, ...]:
    """The lines, numbered, with whole fingerprints."""
    if not _has_fingerprints(rows):
        return _numbered(rows, len(INDEX_COLUMNS) - 1)
    pieces = tuple((*row[:5], *map(_pieces, row[5:])) for row in rows)
    return _numbered(pieces, len(INDEX_COLUMNS))


def _has_fingerprints(rows: Rows) -> bool:
    return any(len(row) == len(INDEX_COLUMNS) and row[-1] for row in rows)


def _pieces(fingerprint: str) -> str:
    return "\n".join(fingerprint[at : at + _PIECE] for at in range(0, len(fingerprint), _PIECE))


def _numbered(rows: Rows, columns: int) -> tuple[Row, ...]:
    return tuple(
        (box(str(place)), *(box(text) for text in (*row, *("",) * columns)[:columns]))
        for place, row in enumerate(rows, start=1)
    )


def _list(columns: tuple[str, ...], widths: tuple[int, ...], filled: Filled, lines: tuple[Row, ...]) -> Form:
    heads = (label("序号"), *map(label, columns))
    said = filled.get("index").splitlines()
    plain = tuple((box(line.strip(), len(widths)),) for line in said if line.strip())
    blank = tuple(tuple(box("", height=9) for _ in widths) for _ in range(12))
    return Form(widths, (heads, *(lines or plain or blank)), heads=1)
