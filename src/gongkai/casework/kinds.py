"""The kinds of record of requests, declared once each (依申请公开的记录种类)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.casework.models import InformationRequest, ProcessingFee
from gongkai.casework.registering import by_hand
from gongkai.foundation.kinds import Choice, Column, Finding, Kind
from gongkai.foundation.records import Entry
from gongkai.rules.applicants import APPLICANT_CLASSES
from gongkai.rules.outcomes import OUTCOMES
from gongkai.rules.provision import Provision

REGULATION = "regulation-2019"


def _check_request(values: Mapping[str, Any]) -> list[Finding]:
    received, closed, outcome = values.get("received_on"), values.get("closed_on"), values.get("outcome")
    findings = []
    if closed is not None and received is not None and closed < received:
        findings.append(Finding("closed_on", f"办结日期 {closed} 早于收到日期 {received}，核对两个日期。"))
    if closed is not None and not outcome:
        findings.append(Finding("outcome", "已经办结的申请要选办理结果（r3 到 r23 之一）。"))
    if outcome and closed is None:
        findings.append(Finding("closed_on", "选了办理结果，还要写办结日期；没有办结的两项都空着。"))
    if outcome == "r21" and not values.get("supplement_due_on"):
        findings.append(Finding("supplement_due_on", "按逾期不补正处理的，写明补正期限的最后一天。"))
    if outcome == "r22" and not values.get("fee_notice_on"):
        findings.append(Finding("fee_notice_on", "按逾期不缴费处理的，写明收费通知送达的日期。"))
    return findings


def _prepare_fee(entry: Entry, attributes: dict[str, Any]) -> dict[str, Any]:
    yuan = attributes.pop("amount")
    return {**attributes, "amount_fen": int(yuan * 100)}


def _class_choices() -> tuple[Choice, ...]:
    return tuple(Choice(c.code, c.label) for c in APPLICANT_CLASSES.values())


def _outcome_choices() -> tuple[Choice, ...]:
    """As the form prints them; the bare label too, where only one outcome has it."""
    labels = [o.label for o in OUTCOMES.values()]
    return tuple(
        Choice(row, o.printed, (o.label,) if labels.count(o.label) == 1 else ())
        for row, o in OUTCOMES.items()
    )


REQUESTS = Kind(
    code="requests",
    label="政府信息公开申请",
    model="casework.InformationRequest",
    provision=Provision(REGULATION, 27),
    purpose="收到日期按条例第三十一条确定；没有办结的，结果和办结日期空着",
    columns=(
        Column("received_on", "收到日期", "date", example="2021-09-13"),
        Column("class", "申请人类别", "choice", attribute="applicant_class", choices=_class_choices()),
        Column("outcome", "办理结果", "choice", required=False, choices=_outcome_choices()),
        Column("closed_on", "办结日期", "date", required=False),
        Column(
            "channel",
            "收到渠道",
            "choice",
            required=False,
            choices=tuple(Choice(code, str(label)) for code, label in InformationRequest.Channel.choices),
        ),
        Column(
            "subject",
            "申请内容概述",
            "text",
            required=False,
            personal=True,
            listed=False,
            help="不写姓名、证件号码、电话和住址",
        ),
        Column("supplement_due_on", "补正期限", "date", future=True, required=False, listed=False),
        Column("fee_notice_on", "收费通知送达日期", "date", required=False, listed=False),
    ),
    title=lambda r: r.title,
    date_column="received_on",
    validate=_check_request,
    public=False,
    search=("subject",),
    kept_elsewhere=by_hand,
)

PROCESSING_FEES = Kind(
    code="processing-fees",
    label="信息处理费",
    model="casework.ProcessingFee",
    provision=Provision(REGULATION, 42),
    columns=(
        Column("charged_on", "收取日期", "date"),
        Column(
            "method",
            "计收方式",
            "choice",
            choices=tuple(Choice(code, str(label)) for code, label in ProcessingFee.Method.choices),
        ),
        Column("units", "件数或页数", "integer", minimum=1),
        Column("amount", "金额（元）", "decimal", decimals=2, minimum=0),
    ),
    title=lambda r: r.title,
    date_column="charged_on",
    prepare=_prepare_fee,
    search=(),
    kept_elsewhere=by_hand,
)

KINDS = (REQUESTS, PROCESSING_FEES)
