"""Correcting an unclear request (补正, 条例 art 30): one notice, and what follows from silence."""

from __future__ import annotations

from datetime import date

from gongkai.rules.provision import Provision
from gongkai.rules.rule import Rule, implements

REGULATION = "regulation-2019"

ONCE = Rule(
    id="REQ-30-once",
    title="一次性告知补正",
    sentence="政府信息公开申请内容不明确的，行政机关应当给予指导和释明，并自收到申请之日起7个工作日内一次性告知申请人作出补正",
    provisions=(Provision(REGULATION, 30),),
    since=date(2019, 5, 15),
)
ABANDONED = Rule(
    id="REQ-30-abandoned",
    title="逾期不补正视为放弃申请",
    sentence="申请人无正当理由逾期不补正的，视为放弃申请，行政机关不再处理该政府信息公开申请。",
    provisions=(Provision(REGULATION, 30),),
    since=date(2019, 5, 15),
)


class CaseRefused(ValueError):
    """A step the law does not allow in the case; the message names the cure."""


@implements(ONCE)
def check_notice(
    *, notified_on: date, notice_due: date, supplement_due_on: date | None, notified_before: bool
) -> None:
    """Whether a notice to supplement may go out (补正告知). Raises CaseRefused."""
    if notified_before:
        raise CaseRefused("补正只能告知一次，这件申请已经告知过；按现有内容答复。")
    if notified_on > notice_due:
        raise CaseRefused(f"补正告知的期限是 {notice_due}，{notified_on} 已经超过；按现有内容答复。")
    if supplement_due_on is None or supplement_due_on <= notified_on:
        raise CaseRefused("补正告知要写明合理的补正期限；填写告知之后的一个日期。")


@implements(ABANDONED)
def abandoned(
    supplement_due_on: date, *, supplement_received_on: date | None, justified: bool, today: date
) -> bool:
    """Whether the request counts as given up (视为放弃申请): the term has run out, without good reason."""
    late = (supplement_received_on or today) > supplement_due_on
    return late and not justified
