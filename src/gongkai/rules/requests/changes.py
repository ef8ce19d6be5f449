"""What each act adds to the facts while a request is received and handled (动作怎样改变事实)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.postponements import check_extension, delayed_due
from gongkai.rules.requests.conditions import untold
from gongkai.rules.requests.facts import (
    PARTIES,
    Consultation,
    Delay,
    Extension,
    FeeNotice,
    Forward,
    Lapse,
    Life,
    Order,
    Part,
    Reasons,
    Search,
    Supplement,
)
from gongkai.rules.requests.given import Given
from gongkai.rules.requests.law import RESPONSIBLE_ORGAN
from gongkai.rules.requests.reply_clock import due_before_extension, known, term_end
from gongkai.rules.rule import implements
from gongkai.rules.supplements import CaseRefused, abandoned

Change = Callable[[Life, date, Given, WorkingCalendar], Life]
# No term the office sets reaches further; a later day is a slip of the pen.
MOST_YEARS = 3


def _confirm(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    return replace(life, confirmed_on=on)


def _unreachable(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    return replace(life, contact_tries=(*life.contact_tries, on))


def _register(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    return replace(life, registered_on=on)


def _term(given: Given, on: date, words: str) -> date:
    """A last day that lies after the act's own. Raises CaseRefused."""
    term = _near(given.day("term_on"), on)
    if term <= on:
        raise CaseRefused(f"{words}的期限 {term} 不晚于 {on}；填写之后的一个日期。")
    return term


def _near(day: date, on: date) -> date:
    """The day, if the year is not mistyped. Raises CaseRefused."""
    if (day - on).days > MOST_YEARS * 366:
        raise CaseRefused(f"{day} 在 {MOST_YEARS} 年以后，核对年份。")
    return day


def _ask_supplement(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    term = _term(given, on, "补正")
    return life.with_round(supplement=Supplement(notified_on=on, due_on=term, matters=given.text("matters")))


def _receive_supplement(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    supplement = life.round.supplement
    if supplement is None:
        raise CaseRefused("没有告知过补正。")
    justified = given.flag("justified")
    late = abandoned(supplement.due_on, supplement_received_on=on, justified=justified, today=on)
    if late and life.round.lapse is not None:
        raise CaseRefused(
            f"补正期限到 {supplement.due_on}，{on} 才收到，已经按逾期结案；有正当理由的选“逾期有正当理由”，"
            "没有的，按新的申请登记。"
        )
    # Late, not yet closed: whether to take it is a person's judgement, and taking it is that judgement.
    received = replace(supplement, received_on=on, justified=justified)
    return life.with_round(supplement=received, lapse=None)


def _lapse_supplement(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    return life.with_round(lapse=Lapse(outcome="r21", on=on))


def _withdraw(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    return life.with_round(withdrawn_on=on)


def _consult(kind: str) -> Change:
    def change(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
        jointly = kind == "third-party" or given.values.get("jointly", True) is True
        party = _party(given) if kind == "third-party" else ""
        one = Consultation(kind=kind, whom=given.text("whom"), sent_on=on, jointly=jointly, party=party)
        return life.with_round(consultations=(*life.round.consultations, one))

    return change


def _party(given: Given) -> str:
    """What the third party is; "" in an act from before it was asked for. Raises CaseRefused for anything else."""
    party = given.text("party")
    if party and party not in PARTIES:
        known = "、".join(f"{code}（{label}）" for code, label in PARTIES.items())
        raise CaseRefused(f"“第三方是”写的是“{party}”，应为：{known}。")
    return party


def _pick(life: Life, given: Given) -> tuple[int, Consultation]:
    place = given.index("consultation", len(life.round.consultations))
    return place, life.round.consultations[place]


def _put(life: Life, place: int, one: Consultation) -> Life:
    before = life.round.consultations
    return life.with_round(consultations=(*before[:place], one, *before[place + 1 :]))


def _reached(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    place, one = _waited_for(life, given)
    if on < one.sent_on:
        raise CaseRefused(f"对方收到的日期 {on} 早于发出日期 {one.sent_on}，核对两个日期。")
    if one.reached_on is not None:
        raise CaseRefused(f"{one.whom} 收到的日期已经登记为 {one.reached_on}。")
    return _put(life, place, replace(one, reached_on=on))


def _waited_for(life: Life, given: Given) -> tuple[int, Consultation]:
    place, one = _pick(life, given)
    if not one.open:
        raise CaseRefused(f"{one.whom} 的意见已经登记过；选另一份征求意见书。")
    return place, one


def _opinion(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    place, one = _waited_for(life, given)
    if on < (one.reached_on or one.sent_on):
        raise CaseRefused(f"收到意见的日期 {on} 早于征求意见书送到的日期，核对两个日期。")
    agrees = given.flag("agrees")
    return _put(
        life,
        place,
        replace(one, opinion_on=on, agrees=agrees, reasonable=not agrees and given.flag("reasonable")),
    )


def _silence(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    place, one = _waited_for(life, given)
    end, note = term_end(one, calendar)
    if end is None or on <= end:
        raise CaseRefused(note or f"{one.whom} 提出意见的期限到 {end}，还没有过；等对方的意见。")
    return _put(life, place, replace(one, silent_on=on))


def _tell(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    place, one = _pick(life, given)
    if one not in untold(life):
        raise CaseRefused(f"{one.whom} 不用告知；选不同意公开、还没有告知的第三方。")
    return _put(life, place, replace(one, told_on=on))


def _propose(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    days = given.number("days")
    due, _ = due_before_extension(life, calendar, on)
    check_extension(days, base_due=due or on, notified_on=on, approved=True)
    return life.with_round(extension=Extension(days=days, reason=given.text("reason"), proposed_on=on))


def _extension(life: Life) -> Extension:
    if life.round.extension is None:
        raise CaseRefused("没有报请过延期。")
    return life.round.extension


def _approve(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    return life.with_round(extension=replace(_extension(life), approved_on=on))


def _decline(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    return life.with_round(extension=None)


def _tell_extension(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    return life.with_round(extension=replace(_extension(life), notified_on=on))


def _ask_reasons(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    return life.with_round(reasons=Reasons(asked_on=on, due_on=_term(given, on, "说明理由")))


def _reasons(life: Life) -> Reasons:
    if life.round.reasons is None:
        raise CaseRefused("没有要求过说明理由。")
    return life.round.reasons


def _state_reasons(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    return life.with_round(reasons=replace(_reasons(life), stated_on=on))


def _receive_reasons(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    reasonable = given.flag("reasonable")
    heard = replace(_reasons(life), answered_on=on, closed_on=on, reasonable=reasonable)
    return life.with_round(reasons=heard)


def _no_reasons(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    return life.with_round(reasons=replace(_reasons(life), closed_on=on, reasonable=False))


def _delay(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    until = _near(given.day("until"), on)
    due, _ = due_before_extension(life, calendar, on)
    delayed_due(due or on, until, reasons_given=True, notified_on=on)
    working, _ = known(lambda: calendar.first_working_day_from(until))
    if working is not None and working != until:
        raise CaseRefused(f"{until} 是休息日，答复不能在这天到期；改为 {working}。")
    return life.with_round(delay=Delay(until=until, notified_on=on))


@implements(RESPONSIBLE_ORGAN)
def _forward(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    if not given.flag("consent"):
        raise CaseRefused("代转须经申请人同意；没有同意的，答复时告知那个机关的名称、联系方式。")
    one = Forward(organ=given.text("organ"), contact=given.text("contact"), on=on, consent=True)
    return life.with_round(forwards=(*life.round.forwards, one))


def _assign(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    term = _term(given, on, "协办")
    part = Part(organ=given.text("organ"), what=given.text("what"), sent_on=on, due_on=term)
    return life.with_round(parts=(*life.round.parts, part))


def _part(**changes: str) -> Change:
    def change(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
        parts = life.round.parts
        place = given.index("part", len(parts))
        if not parts[place].open:
            raise CaseRefused(f"{parts[place].organ}的这一部分已经办完；选另一部分。")
        day = {changes["field"]: on}
        changed = replace(parts[place], **day)  # type: ignore[arg-type]
        return life.with_round(parts=(*parts[:place], changed, *parts[place + 1 :]))

    return change


def order_of(given: Given, on: date) -> Order:
    """The order as it was filled in (判决、决定)."""
    kind = given.text("order_kind")
    if kind not in ("reconsideration", "court", "superior"):
        raise CaseRefused(
            "作出文书的应为 reconsideration（行政复议机关）、court（人民法院）或者 superior（上级机关）。"
        )
    term = given.day_or_none("term_on")
    if term is not None and _near(term, on) <= on:
        raise CaseRefused(f"限定的日期 {term} 不晚于收到文书的日期 {on}，核对两个日期。")
    same = given.values.get("bars_same", True) is True
    return Order(kind=kind, number=given.text("order_number"), received_on=on, due_on=term, bars_same=same)


def _note_order(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    return life.with_round(order=order_of(given, on))


def _search(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    one = Search(
        on=on,
        where=given.text("where"),
        by=given.text("by"),
        words=given.text("words"),
        found=given.number("found"),
    )
    return life.with_round(searches=(*life.round.searches, one))


def _issue_fee(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
    notice = FeeNotice(method=given.text("method"), count=given.number("count"), issued_on=on)
    if notice.fee.amount_fen == 0:
        raise CaseRefused("按这个数量不收费，不用发收费通知；直接答复。")
    return life.with_round(fees=(*life.round.fees, notice))


def _fee(field: str) -> Change:
    def change(life: Life, on: date, given: Given, calendar: WorkingCalendar) -> Life:
        notice = life.round.fee_notice
        if notice is None:
            raise CaseRefused("没有发过收费通知。")
        if on < notice.issued_on:
            raise CaseRefused(f"日期 {on} 早于发出收费通知的日期 {notice.issued_on}，核对两个日期。")
        day = {field: on}
        changed = replace(notice, **day)  # type: ignore[arg-type]
        lapse = Lapse(outcome="r22", on=on) if field == "lapsed_on" else None
        return life.with_round(fees=(*life.round.fees[:-1], changed), lapse=lapse)

    return change


CHANGES: dict[str, Change] = {
    "confirm": _confirm,
    "note_unreachable": _unreachable,
    "register": _register,
    "ask_supplement": _ask_supplement,
    "receive_supplement": _receive_supplement,
    "lapse_supplement": _lapse_supplement,
    "withdraw": _withdraw,
    "consult_third_party": _consult("third-party"),
    "consult_organ": _consult("joint-organ"),
    "record_reached": _reached,
    "record_opinion": _opinion,
    "record_silence": _silence,
    "tell_third_party": _tell,
    "propose_extension": _propose,
    "approve_extension": _approve,
    "decline_extension": _decline,
    "tell_extension": _tell_extension,
    "ask_reasons": _ask_reasons,
    "state_reasons": _state_reasons,
    "receive_reasons": _receive_reasons,
    "note_no_reasons": _no_reasons,
    "delay": _delay,
    "forward": _forward,
    "assign_part": _assign,
    "part_answered": _part(field="answered_on"),
    "take_back_part": _part(field="taken_back_on"),
    "note_order": _note_order,
    "record_search": _search,
    "issue_fee": _issue_fee,
    "fee_reached": _fee("received_on"),
    "claim_payment": _fee("claimed_on"),
    "record_payment": _fee("paid_on"),
    "cancel_fee": _fee("cancelled_on"),
    "lapse_fee": _fee("lapsed_on"),
}
