"""The kind of record of complaints (投诉、举报的记录种类): what is sealed, what a finding asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.foundation.kinds import Choice, Column, Finding, Kind
from gongkai.foundation.records import Entry, RowRefused
from gongkai.remedies.models import Complaint
from gongkai.rules.provision import Provision
from gongkai.rules.remedies.complaints import FINDINGS, MEASURES, asks_correction, wrong_measure

_LATER = (
    ("told_on", "告知投诉人的日期"),
    ("corrected_on", "整改到位的日期"),
    ("measure_due_on", "整改期限"),
    ("closed_on", "办结日期"),
)


def _check(values: Mapping[str, Any]) -> list[Finding]:
    received, closed, finding = values.get("received_on"), values.get("closed_on"), values.get("finding")
    found = [
        Finding(code, f"{words} {day} 早于收到日期 {received}，核对两个日期。")
        for code, words in _LATER
        if (day := values.get(code)) is not None and received is not None and day < received
    ]
    if closed is not None and not finding:
        found.append(Finding("finding", "办结以前先认定：属实、部分属实或者不属实。"))
    if values.get("told_on") is not None and not finding:
        found.append(Finding("finding", "先认定是不是属实，再告知投诉人。"))
    if values.get("measure_due_on") and not asks_correction(values.get("measure") or ""):
        found.append(Finding("measure_due_on", "没有要求整改的，整改期限空着。"))
    return found


def _prepare(entry: Entry, attributes: dict[str, Any]) -> dict[str, Any]:
    superior = entry.organ.kind == "government"
    wrong = wrong_measure(attributes["finding"], attributes["measure"], superior=superior)
    if wrong:
        raise RowRefused(Finding("measure", wrong))
    return attributes


def _closed_for_good(record: Complaint) -> str:
    return "个人信息已经删除，这条登记不能再改。" if record.erased else ""


COMPLAINTS = Kind(
    code="complaints",
    label="投诉举报",
    model="remedies.Complaint",
    provision=Provision("regulation-2019", 47, 2),
    purpose="向主管部门或者上一级行政机关提出的、关于政府信息公开的投诉、举报；不计入年报表四。投诉人和内容加密保存",
    columns=(
        Column("received_on", "收到日期", "date", example="2021-05-10"),
        Column("how", "怎样提出的", "choice", choices=tuple(Choice(c, str(n)) for c, n in Complaint.How.choices)),
        Column("about", "被投诉的机关", "text", max_length=100),
        Column("request_number", "有关的申请编号", "text", required=False, max_length=48),
        Column("complainant", "投诉人", "text", required=False, max_length=100, personal=True, masked=True, listed=False,
               help="加密保存，页面上遮住；匿名的空着"),
        Column("content", "投诉的内容", "long_text", max_length=4000, personal=True, listed=False, help="加密保存"),
        Column("finding", "认定", "choice", required=False, choices=tuple(Choice(c, n) for c, n in FINDINGS.items())),
        Column("measure", "处理", "choice", required=False, choices=tuple(Choice(c, n) for c, n in MEASURES.items()),
               help="属实、部分属实的，应当督促整改或者通报批评；责令改正由上一级行政机关作出"),
        Column("measure_number", "处理文书文号", "text", required=False, max_length=100, listed=False),
        Column("measure_due_on", "整改期限", "date", required=False, listed=False, future=True),
        Column("corrected_on", "整改到位的日期", "date", required=False, listed=False),
        Column("told_on", "告知投诉人的日期", "date", required=False, listed=False),
        Column("closed_on", "办结日期", "date", required=False),
    ),
    title=lambda r: r.title,
    date_column="received_on",
    validate=_check,
    prepare=_prepare,
    public=False,
    search=("about", "request_number"),
    kept_elsewhere=_closed_for_good,
)  # fmt: skip
