"""Terms of the house (内部期限), where the law sets none: first values, an installation may set others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.receipt import CHANNELS
from gongkai.rules.requests.facts import Life
from gongkai.rules.requests.law import CONFIRMATION
from gongkai.rules.requests.reply_clock import known
from gongkai.rules.rule import implements


@dataclass(frozen=True, slots=True)
class Terms:
    """Working days the office allows itself (内部期限，工作日).

    ``reached``: to learn that a letter arrived; ``proof``: to have the proof of service.
    """

    confirmation: int = 1
    registration: int = 1
    reached: int = 5
    proof: int = 15


DEFAULT = Terms()


class Whose(StrEnum):
    """Whose turn it is (该谁做)."""

    HANDLER = "handler"
    APPROVER = "approver"
    LEAD = "lead"
    OFFICE = "office"
    APPLICANT = "applicant"
    THIRD_PARTY = "third-party"
    OTHER_ORGAN = "other-organ"


WHOSE: dict[Whose, str] = {
    Whose.HANDLER: "经办人",
    Whose.APPROVER: "审核人",
    Whose.LEAD: "政府信息公开工作机构负责人",
    Whose.OFFICE: "政府信息公开工作主管部门",
    Whose.APPLICANT: "申请人",
    Whose.THIRD_PARTY: "第三方",
    Whose.OTHER_ORGAN: "其他机关",
}


@implements(CONFIRMATION)
def confirmation_due(
    life: Life, calendar: WorkingCalendar, terms: Terms = DEFAULT
) -> tuple[date | None, str]:
    """The day to confirm by (与申请人确认的最后一日): the same day for letters, else the office's term."""
    if CHANNELS[life.channel].item in (2, None):
        return life.arrived_on, ""
    return known(lambda: calendar.add_working_days(life.arrived_on, terms.confirmation))
