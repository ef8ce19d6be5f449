"""What comes next in a remedy (救济的下一步): who, what, by when, counted how, under which provision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.citations import cite
from gongkai.rules.clocks import CLOCKS, SINCE
from gongkai.rules.deadlines import Deadline, compute
from gongkai.rules.periods import PeriodEnd, period_end
from gongkai.rules.remedies import complaints, law
from gongkai.rules.remedies.facts import Complaint, Proceeding
from gongkai.rules.remedy_notice import FIFTEEN_DAYS
from gongkai.rules.requests.reply_clock import known
from gongkai.rules.rule import Rule, implements

WHOSE: dict[str, str] = {
    "organ": "本机关",
    "authority": "行政复议机关",
    "court": "人民法院",
    "applicant": "申请人",
    "complained": "被投诉的机关",
}


@dataclass(frozen=True, slots=True)
class Due:
    """A last day with its account (最后一日和算法). ``day`` None with ``note`` where it cannot be said."""

    day: date | None
    rule: Rule
    why: str = ""
    account: Deadline | None = None
    note: str = ""

    @property
    def provision(self) -> str:
        """The citation of what it rests on."""
        return cite(self.rule.provisions)


@dataclass(frozen=True, slots=True)
class RemedyStep:
    """The next step (下一步). ``act``: the id of the act on the page, "" where somebody else is awaited."""

    act: str
    sentence: str
    whose: str
    due: Due | None = None
    note: str = ""

    @property
    def day(self) -> date | None:
        """The last day, where one can be said."""
        return self.due.day if self.due is not None else None


def answer_due(one: Proceeding, calendar: WorkingCalendar) -> Due | None:
    """The last day to answer and hand in the evidence (答复、答辩的最后一日); None before the notice came."""
    if one.notice_on is None:
        return None
    if one.track == "suit":
        second = one.instance == "second"
        return _period(law.APPEAL_ANSWER if second else law.DEFENCE, one.notice_on, calendar, days=15)
    if not one.revised:
        return _period(law.ANSWER_BEFORE, one.notice_on, calendar, days=10)
    # Nobody noted the procedure: the shorter term is on the safe side.
    code = "review-answer" if one.procedure == "ordinary" else "review-answer-simple"
    note = "" if one.procedure else "适用普通程序还是简易程序没有登记，先按简易程序的五日算。"
    return _working(code, one.notice_on, calendar, note)


def decision_due(one: Proceeding, calendar: WorkingCalendar) -> Due | None:
    """By when the authority or the first instance decides (审理期限，供参考); None where the start is not known."""
    if one.accepted_on is None or one.instance == "second":
        return None
    simple = one.procedure == "simple"
    if one.track == "suit":
        if simple:
            return _period(law.JUDGMENT_SIMPLE, one.accepted_on, calendar, days=45)
        return _period(law.JUDGMENT, one.accepted_on, calendar, months=6)
    rule = law.REVIEW_DECISION if one.revised else law.REVIEW_DECISION_BEFORE
    days = 30 if simple and one.revised else 60
    return _period(rule, one.accepted_on, calendar, days=days)


@implements(law.APPEAL)
def appeal_due(one: Proceeding, calendar: WorkingCalendar) -> Due | None:
    """The last day to appeal a first instance (上诉期的最后一日); None where there is nothing to appeal."""
    form = one.decided
    if one.track != "suit" or one.instance == "second" or form is None or one.decision_received_on is None:
        return None
    if form.ruling and form.code not in ("not_filed", "case_dismissed"):
        return None
    if form.code == "mediated":
        return None
    return _period(law.APPEAL, one.decision_received_on, calendar, days=10 if form.ruling else 15)


def suit_due(one: Proceeding, calendar: WorkingCalendar) -> Due | None:
    """Until when the applicant may sue after a reconsideration (申请人起诉的最后一日), from the organ's own receipt."""
    if one.track != "review" or one.closed_on is None or one.decision_received_on is None:
        return None
    return _period(FIFTEEN_DAYS, one.decision_received_on, calendar, days=15)


@implements(law.CARRY_OUT)
def order_due(one: Proceeding, calendar: WorkingCalendar) -> Due | None:
    """The last day to answer as ordered (重新答复的最后一日); None where nothing was ordered."""
    form = one.binding
    if form is None or not form.redo or one.closed_on is None:
        return None
    if one.order_due_on is not None:
        day, note = known(lambda: calendar.first_working_day_from(one.order_due_on))  # type: ignore[arg-type]
        return Due(day or one.order_due_on, law.CARRY_OUT, f"文书写明 {one.order_due_on} 前答复。", note=note)
    if one.decision_received_on is None:
        return Due(None, law.CARRY_OUT, note="收到文书的日期还没有登记，算不出期限。")
    return _working(
        "reply", one.decision_received_on, calendar, "文书没有写明期限的，按 20 个工作日算。", law.CARRY_OUT
    )


def next_step(one: Proceeding, today: date, calendar: WorkingCalendar) -> RemedyStep | None:
    """What comes next; None where nothing does any more."""
    if one.closed_on is not None:
        return _after(one, today, calendar)
    if one.notice_on is None:
        paper = "应诉通知和起诉状副本" if one.track == "suit" else "答复通知和申请书副本"
        return RemedyStep("notice", f"登记收到{paper}的日期", "organ", note="期限从收到之日的次日起算。")
    if one.answered_on is None:
        return RemedyStep("answer", answer_words(one), "organ", answer_due(one, calendar))
    whose = "court" if one.track == "suit" else "authority"
    return RemedyStep("decision", "等裁判，收到后登记" if one.track == "suit" else "等复议决定，收到后登记", whose,
                      decision_due(one, calendar))  # fmt: skip


def answer_words(one: Proceeding) -> str:
    """What is to be handed in, in the words of the law (要提交什么)."""
    if one.track == "review":
        return "提出书面答复，提交证据、依据和有关材料"
    return "提出上诉答辩状" if one.instance == "second" else "提交证据和规范性文件，提出答辩状"


def _after(one: Proceeding, today: date, calendar: WorkingCalendar) -> RemedyStep | None:
    appeal, order = appeal_due(one, calendar), order_due(one, calendar)
    waits = appeal is not None and appeal.day is not None and today <= appeal.day
    if waits and appeal is not None:
        note = "期满没有人上诉，判决、裁定生效。" + ("生效后按判决重新办理。" if order else "")
        return RemedyStep("appeal", "决定是否上诉；对方上诉的也登记", "organ", appeal, note)
    if order is not None and one.carried_out_on is None:
        return RemedyStep("redo", "按文书重新答复", "organ", order)
    suit = suit_due(one, calendar)
    if suit is not None and suit.day is not None and today <= suit.day:
        return RemedyStep(
            "", "申请人可以起诉", "applicant", suit, "从本机关收到决定书之日算，申请人收到的日期可能不同。"
        )
    return None


def complaint_step(one: Complaint, today: date, calendar: WorkingCalendar) -> RemedyStep | None:
    """What comes next with a complaint; None where it is closed or nothing does."""
    if one.closed_on is not None:
        return None
    day, note = complaints.finding_due(one.received_on, calendar)
    due = Due(
        day,
        complaints.COMPLAINT_TERM,
        f"自 {one.received_on} 的次日起 20 个工作日，待主管部门确认。",
        note=note,
    )
    if not one.finding:
        return RemedyStep("find", "查证，认定是不是属实", "organ", due)
    if one.told_on is None:
        return RemedyStep("tell", "把处理结果告知投诉人", "organ", due)
    if complaints.asks_correction(one.measure) and one.corrected_on is None:
        last = Due(
            one.measure_due_on, complaints.COMPLAINT, note="" if one.measure_due_on else "没有写整改期限。"
        )
        return RemedyStep("correct", "等整改情况，核实后登记", "complained", last)
    return RemedyStep("close", "办结", "organ")


def _working(code: str, start: date, calendar: WorkingCalendar, note: str, rule: Rule | None = None) -> Due:
    account, missing = known(lambda: compute(code, start, calendar))
    clock = CLOCKS[code]
    why = f"自 {start} 的次日起 {clock.days} 个工作日。{note}"
    return Due(account.due if account else None, rule or clock.rule, why, account, missing)


def _period(rule: Rule, start: date, calendar: WorkingCalendar, *, days: int = 0, months: int = 0) -> Due:
    found, missing = known(lambda: period_end(start, calendar, days=days, months=months))
    if found is None:
        return Due(None, rule, note=missing)
    return Due(found.due, rule, _said(found, start))


def _said(found: PeriodEnd, start: date) -> str:
    early = f"{start} 早于条例施行之日，当时的期限按当时的规定。" if start < SINCE else ""
    return found.why + early
