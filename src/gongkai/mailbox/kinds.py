"""The kinds of record of the mailbox, declared once each (互动信箱的记录种类)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.foundation.kinds import Choice, Column, Finding, Kind
from gongkai.mailbox.models import Letter
from gongkai.rules.provision import Provision


def _check_letter(values: Mapping[str, Any]) -> list[Finding]:
    received, answered = values.get("received_on"), values.get("answered_on")
    if received is not None and answered is not None and answered < received:
        return [Finding("answered_on", f"答复日期 {answered} 早于收到日期 {received}，核对两个日期。")]
    return []


LETTERS = Kind(
    code="letters",
    label="来信和投诉",
    model="mailbox.Letter",
    provision=Provision("regulation-2019", 9),
    columns=(
        Column("received_on", "收到日期", "date", example="2021-04-06"),
        Column(
            "category",
            "类别",
            "choice",
            choices=tuple(Choice(code, str(label)) for code, label in Letter.Category.choices),
        ),
        Column(
            "subject",
            "内容概述",
            "text",
            required=False,
            personal=True,
            listed=False,
            help="不写姓名、证件号码、电话和住址",
        ),
        Column("answered_on", "答复日期", "date", required=False),
    ),
    title=lambda r: r.title,
    date_column="received_on",
    validate=_check_letter,
    public=False,
    search=(),
)

KINDS = (LETTERS,)
