"""Complaints about disclosure (投诉、举报，条例 arts 47 and 51): who handles them, what a finding entails, the house term."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.clocks import SINCE
from gongkai.rules.legislation import article_text
from gongkai.rules.provision import Provision
from gongkai.rules.remedies.law import REGULATION
from gongkai.rules.requests.reply_clock import known
from gongkai.rules.rule import Rule, implements, register

COMPLAINT = Rule(
    id="REM-47-complaint",
    title="查证属实的，督促整改或者通报批评",
    sentence=article_text(REGULATION, 47, 2) or "",
    provisions=(Provision(REGULATION, 47, 2),),
    since=SINCE,
)
COMPLAINT_WHERE = Rule(
    id="REM-51-complaint-where",
    title="向谁投诉、举报",
    sentence=article_text(REGULATION, 51) or "",
    provisions=(Provision(REGULATION, 51),),
    since=SINCE,
    note="投诉、举报不是复议、诉讼，不计入表四。",
)
CORRECTION_ORDER = Rule(
    id="REM-53-correction-order",
    title="上一级行政机关责令改正",
    sentence="行政机关违反本条例的规定，有下列情形之一的，由上一级行政机关责令改正；",
    provisions=(Provision(REGULATION, 53), Provision(REGULATION, 52)),
    since=SINCE,
)
COMPLAINT_TERM = Rule(
    id="REM-complaint-term",
    title="投诉、举报的办理期限",
    sentence=article_text(REGULATION, 47, 2) or "",
    provisions=(Provision(REGULATION, 47, 2), Provision(REGULATION, 51)),
    since=SINCE,
    confirmed=False,
    note="条例没有写几日内查证、告知。本程序先定 20 个工作日，整改 10 个工作日，由主管部门确认后改。",
)
register(COMPLAINT_WHERE)
register(CORRECTION_ORDER)

FINDINGS: dict[str, str] = {"founded": "属实", "partly": "部分属实", "unfounded": "不属实"}
MEASURES: dict[str, str] = {
    "rectify": "督促整改",
    "criticism": "通报批评",
    "both": "督促整改并通报批评",
    "accountability": "督促整改并建议追究责任",
    "correct": "责令改正",
}
_TO_CORRECT = frozenset({"rectify", "both", "accountability", "correct"})


@dataclass(frozen=True, slots=True)
class ComplaintTerms:
    """Working days the office allows itself (内部期限，工作日); first values, to be confirmed."""

    finding: int = 20
    correction: int = 10


DEFAULT = ComplaintTerms()


@implements(COMPLAINT)
def wrong_measure(finding: str, measure: str, *, superior: bool) -> str:
    """What is wrong with a measure for a finding (处理与认定不合), with the cure; "" where it fits.

    ``superior``: the organ stands above the one complained of, and may order correction (arts 52, 53).
    """
    if not finding:
        return "先写明是不是属实，再写处理。" if measure else ""
    if finding == "unfounded":
        return "不属实的不采取措施；核对认定，或者空着。" if measure else ""
    if not measure:
        return "查证属实的，应当督促整改或者通报批评（条例第四十七条第二款）；选一种。"
    if measure == "correct" and not superior:
        return "责令改正由上一级行政机关作出（条例第五十三条）；主管部门督促整改或者通报批评。"
    return ""


def asks_correction(measure: str) -> bool:
    """Whether the organ complained of has something to put right (要整改)."""
    return measure in _TO_CORRECT


@implements(COMPLAINT_TERM)
def finding_due(
    received_on: date, calendar: WorkingCalendar, terms: ComplaintTerms = DEFAULT
) -> tuple[date | None, str]:
    """The last day to find and tell (查证、告知的最后一日), or None with a note."""
    return known(lambda: calendar.add_working_days(received_on, terms.finding))
