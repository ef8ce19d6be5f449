"""What the citizen is told (申请人看到的): every step, the clock with its account, what is awaited of whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from gongkai.casework.house import house_terms
from gongkai.casework.letters import letters_of
from gongkai.casework.lives import calendar_for, full_life, life_of, texts_of
from gongkai.casework.models import Case, CaseAct
from gongkai.casework.readers import applicant_of
from gongkai.rules.documents import printed
from gongkai.rules.requests.facts import Answer, Life
from gongkai.rules.requests.life import days_of_delay, receipt
from gongkai.rules.requests.open_remedies import OpenRemedies, open_remedies
from gongkai.rules.requests.perform import offers
from gongkai.rules.requests.reply_clock import ReplyClock, reply_clock
from gongkai.rules.requests.states import ACTS, STATES, State
from gongkai.rules.requests.steps import NextStep, next_step
from gongkai.rules.requests.terms import WHOSE, Whose
from gongkai.rules.service import METHODS

FILED = "申请已经提交，我们会与您确认收到。确认收到之日为收到申请之日，答复期限从次日起算。"
FILED_RECEIVED = "申请已经收到，答复期限从次日起算。"
# An entry made by mistake is no state of the law's table.
VOIDED = State("voided", "登记已经撤销", "登记已经撤销，不再办理", "", open=False)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened (一步), in the words for the applicant. ``at``: when it was entered."""

    on: date
    at: datetime
    words: str
    act: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Awaited:
    """Who is waited for (在等谁), what for and until when; ``note`` where no day can be said."""

    whose: str
    who: str
    what: str
    until: date | None
    note: str = ""
    overdue: bool = False
    act: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter to the applicant that has left (给申请人的文书). ``served``: how and when a reply was served."""

    place: int
    code: str
    title: str
    number: str
    dated: date
    served: str = ""


@dataclass(frozen=True, slots=True)
class Tracking:
    """Everything the applicant may see of the course of a case. ``may``: the acts that are the applicant's."""

    case: Case
    life: Life
    state: State
    steps: tuple[Step, ...]
    clock: ReplyClock
    awaited: Awaited | None
    may: tuple[str, ...]
    remedies: OpenRemedies | None
    delay_days: int
    receipt_why: str
    letters: tuple[Sent, ...] = ()

    @property
    def now(self) -> str:
        """Where it stands, in a few words; whoever has done their part is not told to do it."""
        step = self.awaited
        done = step is not None and step.whose == Whose.HANDLER and step.act in _OURS
        return _OURS[step.act][0] if step is not None and done else self.state.citizen


def tracking(case: Case, today: date) -> Tracking:
    """The course of a case for its applicant, after ``by_query_code`` let them in."""
    calendar, life = calendar_for(case.organ), life_of(case)
    voided = case.voided_seq is not None
    step = next_step(life, today, calendar, house_terms())
    may = tuple(o.act.id for o in offers(life, today, calendar) if o.act.applicant and not o.reason)
    return Tracking(
        case=case,
        life=life,
        state=VOIDED if voided else STATES[case.state],
        steps=_steps(case),
        clock=ReplyClock("ended") if voided else reply_clock(life, calendar, today),
        awaited=None if voided else awaited_of(step, life),
        may=() if voided else may,
        remedies=None if voided else open_remedies(life, calendar, today),
        delay_days=days_of_delay(life, today),
        receipt_why=receipt(life).why,
        letters=_letters(case),
    )


def _letters(case: Case) -> tuple[Sent, ...]:
    """The letters the applicant may fetch, the first first, each reply with its proof of service."""
    texts = texts_of(case)
    answers = {a.number: a for r in full_life(case, texts).rounds for a in r.answers if a.number}
    return tuple(
        Sent(
            one.row.place,
            one.row.code,
            one.title.partition("（")[0],
            one.number,
            one.row.dated,
            _service(answers[one.number]) if one.number in answers else "",
        )
        for one in letters_of(applicant_of(case), case)
    )


def _service(answer: Answer) -> str:
    """How a reply was served and by what it is proven (送达情况)."""
    if answer.sent_on is None:
        return ""
    parts = [f"{METHODS.get(answer.method, answer.method)}，{printed(answer.sent_on)}发出"]
    if answer.signed_for_on is not None:
        parts.append(f"{printed(answer.signed_for_on)}签收")
    if answer.served_on is not None and answer.proof:
        parts.append(f"凭据：{answer.proof}")
    return "；".join(parts)


def _steps(case: Case) -> tuple[Step, ...]:
    """The filing and every act that has words for the applicant; a forward of no concern has none."""
    first = FILED if life_began_unconfirmed(case) else FILED_RECEIVED
    told = [Step(case.arrived_on, case.filed_at, first, seq=case.entered_seq)]
    told += [_step(row) for row in case.acts.all() if ACTS[row.act].citizen]
    return tuple(told)


def life_began_unconfirmed(case: Case) -> bool:
    """Whether receipt had to be confirmed after the filing (art 31)."""
    life = life_of(case)
    received = receipt(life).day
    return received is None or received != life.arrived_on or case.acts.filter(act="confirm").exists()


def _step(row: CaseAct) -> Step:
    return Step(row.on, row.at, ACTS[row.act].citizen, row.act, row.seq)


# What the applicant reads for a step of the office; the clerk's sentence names acts and people of the house.
_PUBLIC: dict[str, str] = {
    "confirm": "与您确认收到申请",
    "register": "登记申请",
    "ask_supplement": "看申请内容是否清楚",
    "decide": "查找信息，作出答复",
    "part_answered": "等协助办理的机关回复",
    "delay": "确定答复的日期",
    "approve_extension": "办理延期",
    "tell_extension": "告知您延期",
    "receive_supplement": "补正申请内容",
    "lapse_supplement": "补正期限已过，等我们认定",
    "receive_reasons": "说明申请数量较多的理由",
    "state_reasons": "说明申请数量较多的理由",
    "note_no_reasons": "说明理由的期限已过，由我们判断怎样答复",
    "record_reached": "等对方收到征求意见书",
    "record_opinion": "等对方的意见",
    "record_silence": "对方的意见期限已过，由我们判断",
    "fee_reached": "等您收到收费通知",
    "record_payment": "缴纳信息处理费",
    "lapse_fee": "缴费期限已过，等我们认定",
    "submit": "起草答复",
    "sign": "审核答复",
    "tell_third_party": "公开以前告知第三方",
    "send": "送达答复",
    "prove_service": "等送达凭据",
    "tell_lapse": "告知您不再处理的原因",
}
# Acts that end a wait for the applicant: what is said once the applicant has done their part.
_OURS: dict[str, tuple[str, str]] = {
    "receive_reasons": ("您的说明已收到", "判断理由是否合理"),
    "record_payment": ("您的缴费凭证已收到", "核对到账，登记缴费"),
}
_THEM = (Whose.HANDLER, Whose.APPROVER, Whose.LEAD, Whose.OFFICE)


def awaited_of(step: NextStep | None, life: Life) -> Awaited | None:
    """Who is waited for, in the words for the applicant; None where nobody is."""
    if step is None or step.act == "archive":
        return None
    who = "我们" if step.whose in _THEM else "您" if step.whose is Whose.APPLICANT else WHOSE[step.whose]
    what = _PUBLIC.get(step.act, ACTS[step.act].label)
    if step.whose is Whose.HANDLER and step.act in _OURS:
        what = _OURS[step.act][1]
    return Awaited(step.whose.value, who, what, step.due, step.note, step.overdue, step.act)
