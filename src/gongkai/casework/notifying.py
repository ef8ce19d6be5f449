"""Telling the applicant by mail or text message (通知申请人): at every step, the number and the step alone.

A notice is a courtesy. It serves nothing, starts no term, and says nothing of what was asked for. One alone
carries more: the reply itself, to who wants it by mail and agreed to be served so.
"""

from __future__ import annotations

from datetime import date, datetime

from gongkai.casework import keeping
from gongkai.casework.codes import grouped
from gongkai.casework.lives import calendar_for, life_of, texts_of_many
from gongkai.casework.models import Case, CaseAct
from gongkai.casework.readers import is_applicant
from gongkai.casework.sending import reply_letter_of
from gongkai.casework.tracking import FILED, FILED_RECEIVED, Awaited, awaited_of
from gongkai.foundation import ledger, message_settings, organs, outbox
from gongkai.foundation.actors import Actor, NotAllowed
from gongkai.foundation.clock import legal_day
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Channel, MessageSettings, MessageStop
from gongkai.rules.identifiers import is_mobile
from gongkai.rules.requests.letters import LETTERS
from gongkai.rules.requests.states import ACTS, STATES
from gongkai.rules.requests.steps import next_step

# The portal's page that asks for code and secret; a test of the web holds the two together.
TRACK = "track/"
STOPPED, RESUMED = "case.notices_stopped", "case.notices_resumed"
_WEEKDAYS = "一二三四五六日"
_FOOT = "这封邮件由系统自动发出，只是提醒，不能代替送达，不用回复。不想再收到的，在进度页里停掉。"
_FOOT_REPLY = "这封邮件由系统自动发出，不用回复。要纸质原件的，向办理单位提出。"
_ENCLOSED = "答复书的原件附在后面，按您要的方式发给您。"


def filed(case: Case, *, now: datetime) -> None:
    """Tell that the request has come in; call at the end of the filing, in its transaction."""
    words = FILED_RECEIVED if case.received_on is not None else FILED
    _tell(case, words, "申请到达", case.entered_seq, now)


def acted(case: Case, row: CaseAct) -> None:
    """Tell of an act that has words for the applicant; call at the end of the act, in its transaction."""
    act = ACTS[row.act]
    if act.citizen:
        _tell(case, act.citizen, act.label, row.seq, row.at, _reply(case) if row.act == "send" else ())


def moved(case: Case, before: date | None, *, seq: int, now: datetime) -> None:
    """Tell that a holiday notice moved the day of the answer (放假通知改变期限), with the old day and the new."""
    if case.due_on is None or case.due_on == before or not STATES[case.state].open:
        return
    was = f"由 {_day(before)} 改为" if before is not None else "定为"
    _tell(case, f"放假安排有了新的通知，答复期限{was} {_day(case.due_on)}。", "期限随放假通知改变", seq, now)


def told_of(case: Case) -> bool:
    """Whether anything would be sent about the case now (会不会通知)."""
    settings = message_settings.current()
    on = settings.email_on or settings.sms_on
    return on and not stopped(case) and _way(case, settings)[0] is not None


def stopped(case: Case) -> bool:
    """Whether the applicant wants no notices (不再通知)."""
    return MessageStop.objects.filter(subject_ref=case.ref).exists()


def set_stopped(case: Case, stop: bool, *, by: Actor, now: datetime) -> None:
    """The applicant wants no more notices, or wants them again (停止、恢复通知). Raises NotAllowed."""
    if not is_applicant(by, case):
        raise NotAllowed("要不要通知，由申请人在进度页里选。")
    with write_transaction():
        if stopped(case) == stop:
            return
        event = ledger.append(
            STOPPED if stop else RESUMED,
            subject=case.ref,
            actor=by.ref,
            now=now,
            organ_code=case.organ.code,
            payload={},
        )
        if stop:
            MessageStop.objects.create(subject_ref=case.ref, seq=event.seq)
        else:
            MessageStop.objects.filter(subject_ref=case.ref).delete()


def _reply(case: Case) -> tuple[outbox.Enclosed, ...]:
    """The reply as it was kept, where the applicant wants it by mail and agreed to electronic service (电子送达)."""
    answer = life_of(case).round.answer
    if answer is None or answer.method != "electronic" or case.delivery != "email":
        return ()
    letter = reply_letter_of(case, answer.number)
    if letter is None or letter.pdf is None:
        return ()
    name = f"{LETTERS[letter.code].title.partition('（')[0]} {letter.number}.pdf"
    return (outbox.Enclosed(letter.pdf, name, keeping.KINDS["pdf"], keeping.place_of(letter, "pdf")),)


def _tell(
    case: Case,
    words: str,
    about: str,
    seq: int,
    now: datetime,
    reply: tuple[outbox.Enclosed, ...] = (),
) -> None:
    if not message_settings.any_on() or stopped(case):
        return
    settings = message_settings.current()
    channel, to = _way(case, settings)
    if channel is None:
        return
    awaited = _awaited(case, legal_day(now))
    by_mail = channel is Channel.EMAIL
    enclosed = reply if by_mail else ()
    said = f"{words}{_ENCLOSED}" if enclosed else words
    text = _mail(case, settings, said, awaited) if by_mail else _short(case, said, awaited)
    written = outbox.Written(
        channel=channel,
        to=to,
        subject=f"政府信息公开申请 {case.number} 有新进展",
        text=text,
        about=about,
        dedupe_key=f"{case.ref} {seq}",
        reference=case.number,
        subject_ref=case.ref,
        organ=case.organ,
        enclosed=enclosed,
    )
    outbox.put(written, settings, now=now)


def _way(case: Case, settings: MessageSettings) -> tuple[Channel | None, str]:
    """By mail where an address was given, else by text message to a mobile number."""
    given = texts_of_many([case], "applicant.email", "applicant.phone")[case.pk]
    email, phone = given.get("applicant.email", ""), given.get("applicant.phone", "")
    if settings.email_on and email:
        return Channel.EMAIL, email
    if settings.sms_on and is_mobile(phone):
        return Channel.SMS, phone
    return None, ""


def _awaited(case: Case, today: date) -> Awaited | None:
    life = life_of(case)
    return awaited_of(next_step(life, today, calendar_for(case.organ)), life)


def _mail(case: Case, settings: MessageSettings, words: str, awaited: Awaited | None) -> str:
    name = organs.current_name(case.organ)
    paragraphs = [
        "您好：",
        f"您向{name}提出的政府信息公开申请（编号 {case.number}）有新进展：",
        words,
        _waits(case, awaited),
        _where(case, settings),
        _FOOT_REPLY if _ENCLOSED in words else _FOOT,
        name,
    ]
    return "\n\n".join(filter(None, paragraphs)) + "\n"


def _short(case: Case, words: str, awaited: Awaited | None) -> str:
    """One message, as short as it can be; who tells stands in the gateway's own signature."""
    return f"您的政府信息公开申请 {case.number}：{words}{_waits(case, awaited)}详情凭查询码和口令在网上查。"


def _waits(case: Case, awaited: Awaited | None) -> str:
    """Of whom what is awaited until when, and by when the answer is due."""
    said = []
    if awaited is not None and awaited.until is not None:
        said.append(
            f"现在{'由您' if awaited.who == '您' else '由' + awaited.who}{awaited.what}，最迟 {_day(awaited.until)}。"
        )
    if (
        case.due_on is not None
        and STATES[case.state].open
        and (awaited is None or awaited.until != case.due_on)
    ):
        said.append(f"答复期限到 {_day(case.due_on)}。")
    return "".join(said)


def _where(case: Case, settings: MessageSettings) -> str:
    code = grouped(case.query_code)
    if not settings.portal_url:
        return f"经过和期限凭查询码 {code} 和回执上的口令在网上查。"
    address = f"{settings.portal_url.rstrip('/')}/{TRACK}?code={code}"
    return f"经过和期限在这里查，要用回执上的口令：\n{address}"


def _day(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日（周{_WEEKDAYS[day.weekday()]}）"
