"""What the law wants next of whom and by when (下一步): one step for one request on one day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.citations import cite
from gongkai.rules.requests.conditions import untold
from gongkai.rules.requests.facts import Consultation, Life
from gongkai.rules.requests.life import receipt, state
from gongkai.rules.requests.reply_clock import (
    due_before_extension,
    known,
    notice_due,
    payment_due,
    reply_clock,
    term_end,
)
from gongkai.rules.requests.states import ACTS
from gongkai.rules.requests.terms import DEFAULT, Terms, Whose, confirmation_due


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next step (下一步). ``sentence`` says the act without its day; ``due`` None has a ``note`` or no term.

    ``act`` is an id of the table; ``overdue``: its day has passed.
    """

    sentence: str
    provision: str
    due: date | None
    act: str
    whose: Whose
    note: str = ""
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class _Now:
    """The facts with the day and the calendar they are read by."""

    life: Life
    today: date
    calendar: WorkingCalendar
    terms: Terms

    def step(
        self,
        sentence: str,
        act: str,
        due: tuple[date | None, str] = (None, ""),
        whose: Whose = Whose.HANDLER,
    ) -> NextStep:
        day, note = due
        late = day is not None and self.today > day
        return NextStep(sentence, cite(ACTS[act].provisions), day, act, whose, note, late)

    def reply(self) -> tuple[date | None, str]:
        clock = reply_clock(self.life, self.calendar, self.today)
        return clock.due, clock.note

    def after(self, day: date, days: int) -> tuple[date | None, str]:
        return known(lambda: self.calendar.add_working_days(day, days))


def next_step(life: Life, today: date, calendar: WorkingCalendar, terms: Terms = DEFAULT) -> NextStep | None:
    """The one step that comes next; None where nothing is left to do (已归档)."""
    now = _Now(life, today, calendar, terms)
    where = state(life)
    if where in _EXTENDING and life.round.extension is not None:
        pending = _extension(now)
        if pending is not None:
            return pending
    found = _STEPS.get(where)
    return found(now) if found else None


def _confirming(now: _Now) -> NextStep:
    due = confirmation_due(now.life, now.calendar, now.terms)
    if due[0] is not None and now.today > due[0]:
        words = "还没有与申请人确认收到，期限没有起算；督促确认，联系不上的做好登记"
        return now.step(words, "confirm", due, Whose.OFFICE)
    return now.step("与申请人确认收到，确认之日为收到申请之日", "confirm", due)


def _registering(now: _Now) -> NextStep:
    day = receipt(now.life).day or now.life.arrived_on
    return now.step("登记，分给经办人", "register", now.after(day, now.terms.registration))


def _extension(now: _Now) -> NextStep | None:
    extension = now.life.round.extension
    if extension is None or extension.notified_on is not None:
        return None
    due = due_before_extension(now.life, now.calendar, now.today)
    if due[0] is not None and now.today > due[0]:
        return None
    if extension.approved_on is None:
        return now.step(
            "批准或者不批准延期；同意了还要在原期限内告知申请人", "approve_extension", due, Whose.LEAD
        )
    return now.step("把延期告知申请人，原期限届满以前告知才成立", "tell_extension", due)


def _handling(now: _Now) -> NextStep:
    round_ = now.life.round
    waiting = sorted((p for p in round_.parts if p.open), key=lambda p: p.due_on)
    if waiting:
        first = waiting[0]
        return now.step(
            f"等{first.organ}回复协办的部分", "part_answered", (first.due_on, ""), Whose.OTHER_ORGAN
        )
    if round_.reasons is not None and round_.reasons.closed_on is not None and round_.delay is None:
        return _after_reasons(now)
    notice = notice_due(now.life, now.calendar)
    begun = round_.searches or round_.consultations or round_.forwards or round_.order or round_.fees
    if now.life.supplemented is None and not begun and notice[0] is not None and now.today <= notice[0]:
        return now.step("看申请内容是否清楚；不清楚的一次告知补正，清楚的开始检索", "ask_supplement", notice)
    if not round_.searches:
        return now.step("检索，作出决定，起草答复", "decide", now.reply())
    return now.step("作出决定，起草答复", "decide", now.reply())


def _after_reasons(now: _Now) -> NextStep:
    reasons = now.life.round.reasons
    if reasons is not None and reasons.reasonable:
        return now.step(
            "理由合理：期限内答不完的，确定延迟答复的日期；答得完的，作出决定", "delay", now.reply()
        )
    return now.step("判断是否不予处理，作出决定，起草答复", "decide", now.reply())


def _supplementing(now: _Now) -> NextStep | None:
    supplement = now.life.round.supplement
    if supplement is None:
        return None
    due = (supplement.due_on, "")
    if now.today > supplement.due_on:
        words = "补正期限已过，没有收到补正；由人认定是否视为放弃申请"
        return now.step(words, "lapse_supplement", due, Whose.APPROVER)
    return now.step("等申请人补正", "receive_supplement", due, Whose.APPLICANT)


def _giving_reasons(now: _Now) -> NextStep | None:
    reasons = now.life.round.reasons
    if reasons is None:
        return None
    if reasons.stated_on is not None:
        return now.step("看申请人说明的理由，判断是否合理；答复期限照常计算", "receive_reasons", now.reply())
    if now.today > reasons.due_on:
        return now.step("说明理由的期限已过；登记，由人判断怎样答复", "note_no_reasons", (reasons.due_on, ""))
    return now.step(
        "等申请人说明理由；答复期限照常计算", "receive_reasons", (reasons.due_on, ""), Whose.APPLICANT
    )


def _consulting(now: _Now) -> NextStep | None:
    """Silence that wants recording, then letters whose arrival is not known, then whom to wait for."""
    steps = [_consultation(now, one) for one in now.life.round.consultations if one.open]
    order = {"record_silence": 0, "record_reached": 1, "record_opinion": 2}
    steps.sort(key=lambda s: (order[s.act], s.due or date.max))
    return steps[0] if steps else None


def _consultation(now: _Now, one: Consultation) -> NextStep:
    if one.reached_on is None:
        due = now.after(one.sent_on, now.terms.reached)
        return now.step(f"登记{one.whom}收到征求意见书的日期", "record_reached", due)
    end = term_end(one, now.calendar)
    if end[0] is not None and now.today > end[0]:
        return now.step(f"{one.whom}逾期没有提出意见；登记，由人判断", "record_silence", end)
    whose = Whose.THIRD_PARTY if one.kind == "third-party" else Whose.OTHER_ORGAN
    return now.step(f"等{one.whom}的意见", "record_opinion", end, whose)


def _paying(now: _Now) -> NextStep | None:
    notice = now.life.round.fee_notice
    if notice is None:
        return None
    if notice.received_on is None and notice.claimed_on is None:
        due = now.after(notice.issued_on, now.terms.reached)
        return now.step("登记申请人收到收费通知的日期", "fee_reached", due)
    if notice.claimed_on is not None:
        due = now.after(notice.claimed_on, now.terms.registration)
        return now.step("核对申请人交来的缴费凭证，到账的登记缴费", "record_payment", due)
    end = payment_due(now.life, now.calendar)
    if end[0] is not None and now.today > end[0]:
        return now.step(
            "缴费期限已过，没有收到费用；由人认定是否视为放弃申请", "lapse_fee", end, Whose.APPROVER
        )
    return now.step("等申请人缴费", "record_payment", end, Whose.APPLICANT)


def _owed(now: _Now) -> tuple[date | None, str]:
    """The reply's day; a correction of an answer already given has none."""
    answer = now.life.round.answer
    return (None, "") if answer is not None and answer.corrects else now.reply()


def _drafting(now: _Now) -> NextStep:
    return now.step("改好答复，送审", "submit", _owed(now))


def _reviewing(now: _Now) -> NextStep:
    return now.step("审核，签发或者退回", "sign", _owed(now), Whose.APPROVER)


def _sending(now: _Now) -> NextStep:
    if untold(now.life):
        return now.step("公开以前，把内容和理由书面告知第三方", "tell_third_party", _owed(now))
    return now.step("送达答复", "send", _owed(now))


def _proving(now: _Now) -> NextStep | None:
    answer = now.life.round.answer
    if answer is None or answer.sent_on is None:
        return None
    if answer.method in ("direct", "entrusted"):
        return now.step("登记申请人签收的日期，签收之日为准", "prove_service", _owed(now))
    return now.step("登记送达凭据", "prove_service", now.after(answer.sent_on, now.terms.proof))


def _lapsed(now: _Now) -> NextStep:
    lapse = now.life.round.lapse
    if lapse is not None and lapse.told_on is None:
        return now.step("告知申请人不再处理的原因和救济办法", "tell_lapse")
    return _closed(now)


def _closed(now: _Now) -> NextStep:
    return now.step("核对材料，归档", "archive")


_EXTENDING = frozenset(ACTS["approve_extension"].sources)
_STEPS: dict[str, Callable[[_Now], NextStep | None]] = {
    "awaiting_confirmation": _confirming,
    "received": _registering,
    "handling": _handling,
    "delayed": _handling,
    "awaiting_supplement": _supplementing,
    "awaiting_reasons": _giving_reasons,
    "consulting_third_party": _consulting,
    "consulting_organ": _consulting,
    "awaiting_payment": _paying,
    "drafting": _drafting,
    "in_review": _reviewing,
    "signed": _sending,
    "sent": _proving,
    "served": _closed,
    "withdrawn": _closed,
    "lapsed": _lapsed,
}
