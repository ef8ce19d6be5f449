"""When an act the state allows is still not lawful (还不能这样做的原因), by the facts alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.postponements import check_extension
from gongkai.rules.requests.facts import Consultation, Life
from gongkai.rules.requests.law import ASK_REASONS, FEE_NOTICE, PARTS, TOLD_FIRST, WITHDRAWAL
from gongkai.rules.requests.life import receipt
from gongkai.rules.requests.reply_clock import (
    due_before_extension,
    notice_due,
    payment_due,
    reply_clock,
    term_end,
)
from gongkai.rules.rule import implements
from gongkai.rules.supplements import ABANDONED, CaseRefused, abandoned, check_notice

Condition = Callable[[Life, date, WorkingCalendar], str]


def why_not(act: str, life: Life, on: date, calendar: WorkingCalendar) -> str:
    """Why the act cannot be done on that day, with the cure; "" where it can."""
    condition = CONDITIONS.get(act)
    return condition(life, on, calendar) if condition else ""


def _said(check: Callable[[], object]) -> str:
    """The words of a refusal, "" where there was none."""
    try:
        check()
    except CaseRefused as refused:
        return str(refused)
    return ""


def _supplement(life: Life, on: date, calendar: WorkingCalendar) -> str:
    due, _ = notice_due(life, calendar)
    return _said(
        lambda: check_notice(
            notified_on=on,
            notice_due=due or on,
            supplement_due_on=on + timedelta(days=1),
            notified_before=life.supplemented is not None,
        )
    )


def _supplement_lapsed(life: Life, on: date, calendar: WorkingCalendar) -> str:
    supplement = life.round.supplement
    if supplement is None:
        return "没有告知过补正。"
    if abandoned(supplement.due_on, supplement_received_on=None, justified=False, today=on):
        return ""
    return f"补正期限到 {supplement.due_on}，还没有过（{ABANDONED.citation()}）；等申请人补正。"


def _supplement_received(life: Life, on: date, calendar: WorkingCalendar) -> str:
    supplement = life.round.supplement
    if life.round.lapse is not None and (life.round.lapse.outcome != "r21" or supplement is None):
        return "这件申请不是因为逾期不补正结案的，收到的材料按新的申请登记。"
    if supplement is not None and on < supplement.notified_on:
        return f"收到补正的日期 {on} 早于告知补正的日期 {supplement.notified_on}，核对两个日期。"
    return ""


@implements(WITHDRAWAL)
def _withdrawal(life: Life, on: date, calendar: WorkingCalendar) -> str:
    answer = life.round.answer
    corrects = answer is not None and answer.corrects
    return "答复已经送达，不能撤回申请；正在更正的答复照常办理。" if corrects else ""


def _reached(life: Life, on: date, calendar: WorkingCalendar) -> str:
    waiting = any(c.open and c.reached_on is None for c in life.round.consultations)
    return "" if waiting else "对方收到的日期都登记过了。"


def _silence(life: Life, on: date, calendar: WorkingCalendar) -> str:
    ends = [term_end(c, calendar) for c in life.round.consultations if c.open]
    if any(day is not None and day < on for day, _ in ends):
        return ""
    known_days = [day for day, _ in ends if day is not None]
    if known_days:
        return f"提出意见的期限到 {min(known_days)}，还没有过；等对方的意见。"
    return next((note for _, note in ends if note), "没有在等的意见。")


def untold(life: Life) -> tuple[Consultation, ...]:
    """The third parties who object and are not yet told of the disclosure (还没有告知的第三方)."""
    answer = life.round.answer
    if answer is None or not (answer.outcome == "r3" or answer.override):
        return ()
    return tuple(c for c in life.round.consultations if c.objects and c.told_on is None)


def _tell(life: Life, on: date, calendar: WorkingCalendar) -> str:
    return "" if untold(life) else "没有要告知的第三方：没有人不同意公开，或者都告知过了。"


@implements(TOLD_FIRST)
def _send(life: Life, on: date, calendar: WorkingCalendar) -> str:
    left = untold(life)
    if not left:
        return ""
    return f"决定公开而第三方不同意的，先书面告知第三方：{'、'.join(c.whom for c in left)}。先“公开前告知第三方”。"


def _propose(life: Life, on: date, calendar: WorkingCalendar) -> str:
    if life.round.delay is not None:
        return "已经确定了延迟答复的日期，不再延期；在那一天以前答复。"
    if life.round.order is not None and life.round.order.due_on is not None:
        return "判决、决定写明了答复的日期，不能延期。"
    extension = life.round.extension
    if extension is not None and extension.notified_on is None:
        return "已经报请过延期，还没有办完。"
    return _extension(life, on, calendar, extended_before=extension is not None)


def _extension(life: Life, on: date, calendar: WorkingCalendar, *, extended_before: bool = False) -> str:
    due, _ = due_before_extension(life, calendar, on)
    return _said(
        lambda: check_extension(
            1, base_due=due or on, notified_on=on, approved=True, extended_before=extended_before
        )
    )


def _approve(life: Life, on: date, calendar: WorkingCalendar) -> str:
    extension = life.round.extension
    if extension is None or extension.approved_on is not None:
        return "没有待批准的延期；先“报请延期”。"
    return _extension(life, on, calendar)


def _decline(life: Life, on: date, calendar: WorkingCalendar) -> str:
    extension = life.round.extension
    return "" if extension and extension.approved_on is None else "没有待批准的延期。"


def _tell_extension(life: Life, on: date, calendar: WorkingCalendar) -> str:
    extension = life.round.extension
    if extension is None or extension.approved_on is None:
        return "延长要经政府信息公开工作机构负责人同意；先报请同意。"
    return "已经告知过。" if extension.notified_on else _extension(life, on, calendar)


@implements(ASK_REASONS)
def _reasons(life: Life, on: date, calendar: WorkingCalendar) -> str:
    return "已经要求说明过理由，按申请人的说明决定。" if life.round.reasons else ""


def _no_reasons(life: Life, on: date, calendar: WorkingCalendar) -> str:
    reasons = life.round.reasons
    if reasons is not None and reasons.stated_on is not None:
        return f"申请人已于 {reasons.stated_on} 说明了理由；看过以后，判断是否合理。"
    if reasons is None or on > reasons.due_on:
        return ""
    return f"说明理由的期限到 {reasons.due_on}，还没有过；等申请人说明。"


def _delay(life: Life, on: date, calendar: WorkingCalendar) -> str:
    reasons = life.round.reasons
    if reasons is None or reasons.answered_on is None or not reasons.reasonable:
        return "延迟答复要先请申请人说明理由，并认为理由合理；先“要求说明理由”。"
    if life.round.order is not None and life.round.order.due_on is not None:
        return "判决、决定写明了答复的日期，不能延迟。"
    return ""


def _part(life: Life, on: date, calendar: WorkingCalendar) -> str:
    return "" if any(part.open for part in life.round.parts) else "没有分给别的机关的部分。"


@implements(FEE_NOTICE)
def _fee(life: Life, on: date, calendar: WorkingCalendar) -> str:
    if life.round.fee_notice is not None:
        return "这件申请已经发过收费通知，按件、按量只能用一种，不能再收。"
    clock = reply_clock(life, calendar, on)
    if clock.due is not None and on > clock.due:
        return f"收费通知要在答复期限 {clock.due} 以前发出，已经超过；直接答复，不收费。"
    return ""


def _fee_reached(life: Life, on: date, calendar: WorkingCalendar) -> str:
    notice = life.round.fee_notice
    return "收到的日期已经登记过。" if notice and notice.received_on else ""


def _fee_lapsed(life: Life, on: date, calendar: WorkingCalendar) -> str:
    due, note = payment_due(life, calendar)
    if due is None:
        return note
    return "" if on > due else f"缴费期限到 {due}，还没有过；等申请人缴费。"


@implements(PARTS)
def _decide(life: Life, on: date, calendar: WorkingCalendar) -> str:
    waiting = [part.organ for part in life.round.parts if part.open]
    if not waiting:
        return ""
    return f"{'、'.join(waiting)}还没有回复协办的部分；收到后登记，或者“收回自办”，再合并答复。"


def _correct(life: Life, on: date, calendar: WorkingCalendar) -> str:
    round_ = life.round
    served = any(answer.served_on is not None for answer in round_.answers)
    if served and round_.lapse is None and round_.withdrawn_on is None:
        return ""
    return "这件申请没有送达过答复，没有可以更正的。"


def _reopen(life: Life, on: date, calendar: WorkingCalendar) -> str:
    if receipt(life).day is not None:
        return ""
    return "收到之日未定就撤回了，没有作过决定，不能按判决、决定重新办理；作为新的申请登记。"


CONDITIONS: dict[str, Condition] = {
    "ask_supplement": _supplement,
    "lapse_supplement": _supplement_lapsed,
    "receive_supplement": _supplement_received,
    "withdraw": _withdrawal,
    "record_reached": _reached,
    "record_silence": _silence,
    "tell_third_party": _tell,
    "send": _send,
    "propose_extension": _propose,
    "approve_extension": _approve,
    "decline_extension": _decline,
    "tell_extension": _tell_extension,
    "ask_reasons": _reasons,
    "note_no_reasons": _no_reasons,
    "delay": _delay,
    "part_answered": _part,
    "take_back_part": _part,
    "issue_fee": _fee,
    "fee_reached": _fee_reached,
    "lapse_fee": _fee_lapsed,
    "decide": _decide,
    "reopen": _reopen,
    "correct": _correct,
}
