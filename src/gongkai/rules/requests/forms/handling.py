"""The forms of handling (办理用表): registration, search, approval."""

from __future__ import annotations

from gongkai.rules.documents import Block, Form
from gongkai.rules.requests.forms.boxes import DAY, Filled, Row, Rows, box, label, signing

SIGNING = "签发意见"
SEARCH_COLUMNS = ("检索日期", "检索的地方", "检索词", "检索人", "找到")
STEP_COLUMNS = ("步骤", "意见", "谁", "日期")
_CASE = {"case_number": "登记编号", "applicant": "申请人", "received": "收到申请之日", "due": "答复期限"}
REGISTRATION_DETAILS = {
    **_CASE, "contact": "联系方式", "channel": "收到方式", "form_wanted": "形式要求", "materials": "所附材料",
    "registrar": "登记人", "handler": "经办人", "remark": "备注",
}  # fmt: skip
SEARCH_DETAILS = {"case_number": "登记编号", "conclusion": "检索结论"}
APPROVAL_DETAILS = {**_CASE, "letter": "拟发文书", "attached": "所附材料"}
_WIDTHS = (30, 48, 30, 48)
_SEARCH_WIDTHS = (28, 22, 28, 30, 28, 20)
_STEPS = ("经办人意见", "审核意见", "保密审查意见", SIGNING)


def registration(filled: Filled) -> tuple[Block, ...]:
    """The registration form (登记表)."""
    get = filled.get
    rows = (
        _pairs("登记编号", get("case_number"), "收到申请之日", get("received")),
        _pairs("申请人", get("applicant"), "联系方式", get("contact")),
        _pairs("收到方式", get("channel"), "答复期限", get("due")),
        (label("申请内容\n（原文）"), box(get("request"), 3, height=62)),
        (label("形式要求"), box(get("form_wanted"), 3, height=16)),
        (label("所附材料"), box(get("materials"), 3, height=16)),
        _pairs("登记人", get("registrar"), "经办人", get("handler")),
        _pairs("登记机关", filled.organ, "登记日期", filled.day),
        (label("备注"), box(get("remark"), 3, height=20)),
    )
    return (Form(_WIDTHS, rows),)


def search_record(filled: Filled) -> tuple[Block, ...]:
    """The record of a search (检索记录): where, with what words, by whom, what was found."""
    get = filled.get
    listing = search_rows(filled.rows)
    rows: list[Row] = [
        (label("登记编号"), box(get("case_number"), 2), label("填表日期"), box(filled.day, 2)),
        (label("申请内容\n（原文）"), box(get("request"), 5, height=40)),
    ]
    if listing:
        heads = (label("检索日期"), label("检索的地方", 2), label("检索词"), label("检索人"), label("找到"))
        rows += [heads, *listing]
    else:
        rows.append((label("检索情况"), box(get("search"), 5, height=70)))
    rows += [
        (label("检索结论"), box(get("conclusion"), 5, height=24)),
        (
            label("检索人\n签名"),
            box("", 2, height=18, foot=DAY),
            label("复核人\n签名"),
            box("", 2, height=18, foot=DAY),
        ),
    ]
    return (Form(_SEARCH_WIDTHS, tuple(rows)),)


def search_rows(rows: Rows) -> tuple[Row, ...]:
    """The searches, a line for each."""
    return tuple(
        tuple(box(text, 2 if place == 1 else 1) for place, text in enumerate(_five(row))) for row in rows
    )


def _five(row: tuple[str, ...]) -> tuple[str, ...]:
    return (*row, *("",) * (len(SEARCH_COLUMNS) - len(row)))


def approval(filled: Filled) -> tuple[Block, ...]:
    """The approval form (审查呈批单): what is proposed, and who agreed to it."""
    get = filled.get
    rows: list[Row] = [
        _pairs("登记编号", get("case_number"), "收到申请之日", get("received")),
        _pairs("申请人", get("applicant"), "答复期限", get("due")),
        (label("申请内容\n（原文）"), box(get("request"), 3, height=30)),
        (label("拟作的答复"), box(get("decision"), 3, height=12)),
        (label("法律依据"), box(get("basis"), 3, height=12)),
        (label("理由"), box(get("reason"), 3, height=24)),
        _pairs("拟发文书", get("letter"), "所附材料", get("attached")),
    ]
    if filled.rows:
        rows += step_rows(filled.rows)
    elif get("signatures"):
        rows.append((label(SIGNING), box(get("signatures"), 3, height=24)))
    else:
        rows += [(label(step), box("", 3, height=21, foot=signing())) for step in _STEPS]
    return (Form(_WIDTHS, tuple(rows)),)


def step_rows(rows: Rows) -> tuple[Row, ...]:
    """The steps that were taken: opinion, by whom, when."""
    made = []
    for row in rows:
        step, opinion, *by = (*row, "", "")[: max(len(row), 2)]
        made.append((label(step), box(opinion, 3, height=18, foot="　　".join(filter(None, by)))))
    return tuple(made)


def _pairs(first: str, value: str, second: str, other: str) -> Row:
    return label(first), box(value), label(second), box(other)
