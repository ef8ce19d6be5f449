"""What a page says of a message (通知的措辞): its state, why it has not left, when it will be tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from gongkai.foundation.clock import SHANGHAI
from gongkai.foundation.gateways import FAILURES
from gongkai.foundation.models import OutboxMessage

STATES: dict[str, str] = {
    "unsent": "没发出的",
    "waiting": "等着发",
    "failed": "发不出去",
    "dismissed": "不再发",
    "sent": "已发出",
}


@dataclass(frozen=True, slots=True)
class State:
    """The state of one message: its word, the tone of its chip, and what there is to know."""

    code: str
    word: str
    tone: str
    note: str


def state(message: OutboxMessage, now: datetime) -> State:
    """How far a message is."""
    twice = "，对方可能收到两次" if message.doubts else ""
    if message.sent_at is not None:
        return State("sent", "已发出", "ok", f"{short(message.sent_at, now)}{twice}")
    if message.dismissed_at is not None:
        return State("dismissed", "不再发", "gone", f"{short(message.dismissed_at, now)} 起")
    if message.failed_at is not None:
        return State("failed", "发不出去", "bad", "不再自动发")
    if message.claimed_at is not None:
        if message.next_try_at > now:
            return State("waiting", "正在发", "info", f"{short(message.claimed_at, now)} 开始")
        return State("waiting", "发送中断", "near", "不知道对方收到没有，会再发一次，编号相同")
    when = "马上" if message.next_try_at <= now else short(message.next_try_at, now)
    return State("waiting", "等着发", "near" if message.failure else "info", f"下次 {when}{twice}")


def reason(message: OutboxMessage) -> str:
    """Why it has not left, with the other side's number; "" where nothing went wrong."""
    known = FAILURES.get(message.failure)
    if known is None:
        return ""
    return f"{known.words}（{message.answer}）" if message.answer else known.words


def cure(message: OutboxMessage) -> str:
    """What helps."""
    known = FAILURES.get(message.failure)
    return known.cure if known is not None else ""


def short(moment: datetime, now: datetime) -> str:
    """A moment, without the year where it is this one."""
    here, today = moment.astimezone(SHANGHAI), now.astimezone(SHANGHAI)
    if here.date() == today.date():
        return f"今天 {here:%H:%M}"
    return (
        f"{here.month} 月 {here.day} 日 {here:%H:%M}" if here.year == today.year else f"{here:%Y-%m-%d %H:%M}"
    )


@dataclass(frozen=True, slots=True)
class Notified:
    """What became of the notices of one case (通知情况): what left, what has not and why."""

    sent: str
    unsent: str
    doubtful: bool


def notified(rows: list[OutboxMessage], today: date) -> Notified | None:
    """One line for the page of a case; None where there was none."""
    if not rows:
        return None
    sent = [one for one in rows if one.sent_at is not None]
    unsent = [one for one in rows if one.sent_at is None and one.dismissed_at is None]
    last = max((one.sent_at for one in sent if one.sent_at), default=None)
    said = ""
    if last is not None:
        day = last.astimezone(SHANGHAI).date()
        when = f"{day.month} 月 {day.day} 日" if day.year == today.year else day.isoformat()
        newest = max(sent, key=lambda one: one.sent_at or last)
        said = f"{when} 已发{newest.get_channel_display()}，共 {len(sent)} 次"
    why = next((FAILURES[one.failure].words for one in reversed(unsent) if one.failure in FAILURES), "")
    what = "还没发出" if any(one.open for one in unsent) else "发不出去"
    waits = f"{len(unsent)} 次{what}{'（' + why + '）' if why else ''}" if unsent else ""
    if not said and not waits:
        return Notified("停发了", "", False)
    return Notified(said, waits, any(one.doubts for one in sent))
