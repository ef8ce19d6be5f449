"""Later answers (延期、延迟答复): the extension of art 33 and the reasonable later day of art 35."""

from __future__ import annotations

from datetime import date

from gongkai.rules.clocks import EXTENSION
from gongkai.rules.deadlines import MOST_EXTENSION
from gongkai.rules.provision import Provision
from gongkai.rules.rule import Rule, implements
from gongkai.rules.supplements import CaseRefused

DELAY = Rule(
    id="REQ-35-delay",
    title="延迟答复的合理期限",
    sentence="行政机关认为申请理由合理，但是无法在本条例第三十三条规定的期限内答复申请人的，"
    "可以确定延迟答复的合理期限并告知申请人。",
    provisions=(Provision("regulation-2019", 35),),
    since=date(2019, 5, 15),
    note="延迟到哪一天由行政机关确定，条例没有写明上限。",
)


@implements(EXTENSION)
def check_extension(
    days: int, *, base_due: date, notified_on: date | None, approved: bool, extended_before: bool = False
) -> None:
    """Whether an extension holds (延长答复期限). Raises CaseRefused with what is missing.

    ``approved``: by the head of the disclosure office (政府信息公开工作机构负责人).
    """
    if not 1 <= days <= MOST_EXTENSION:
        raise CaseRefused(f"延长 {days} 个工作日不行，应在 1 到 {MOST_EXTENSION} 之间。")
    if extended_before:
        raise CaseRefused("答复期限已经延长过一次，不能再延长；在期限内答复。")
    if not approved:
        raise CaseRefused("延长要经政府信息公开工作机构负责人同意；先报请同意。")
    if notified_on is None:
        raise CaseRefused("延长要告知申请人；填写告知日期。")
    if notified_on > base_due:
        raise CaseRefused(f"告知日期 {notified_on} 晚于答复期限 {base_due}，期限届满后不能再延长；核对日期。")


@implements(DELAY)
def delayed_due(base_due: date, until: date, *, reasons_given: bool, notified_on: date | None) -> date:
    """The later day an organ sets for excessive requests with good reason. Raises CaseRefused."""
    if not reasons_given:
        raise CaseRefused("延迟答复要先请申请人说明理由，并认为理由合理；登记申请人的说明。")
    if notified_on is None or notified_on > base_due:
        raise CaseRefused(f"延迟答复要在答复期限 {base_due} 以前告知申请人；填写或者核对告知日期。")
    if until <= base_due:
        raise CaseRefused(f"延迟到 {until} 不晚于答复期限 {base_due}，不必延迟；核对日期。")
    return until
