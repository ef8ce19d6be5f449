"""Asking others for their opinion (征求意见): what silence means, and how long the clock stands still."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.clocks import CLOCKS
from gongkai.rules.provision import Provision
from gongkai.rules.rule import Rule, implements, register

REGULATION = "regulation-2019"
_SINCE = date(2019, 5, 15)

SILENCE_THIRD_PARTY = Rule(
    id="REQ-32-silence",
    title="第三方逾期未提出意见",
    sentence="第三方逾期未提出意见的，由行政机关依照本条例的规定决定是否公开。",
    provisions=(Provision(REGULATION, 32),),
    since=_SINCE,
)
SILENCE_JOINT = Rule(
    id="REQ-34-silence",
    title="共同制作机关逾期未提出意见",
    sentence="逾期未提出意见的视为同意公开。",
    provisions=(Provision(REGULATION, 34),),
    since=_SINCE,
)
OVERRIDE = Rule(
    id="REQ-32-override",
    title="第三方不同意而决定公开",
    sentence="行政机关认为不公开可能对公共利益造成重大影响的，可以决定予以公开，"
    "并将决定公开的政府信息内容和理由书面告知第三方。",
    provisions=(Provision(REGULATION, 32), Provision(REGULATION, 15)),
    since=_SINCE,
)
register(SILENCE_JOINT)
register(OVERRIDE)


class ConsultationRefused(ValueError):
    """A consultation whose days or kind cannot be; the message names the cure."""


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows from an answer or from silence (意见的效力).

    ``decision``: ``organ-decides``, ``consents`` or ``withholds-unless-public-interest``.
    """

    decision: str
    words: str
    rule: str


def _check_kind(kind: str) -> None:
    if kind not in ("third-party", "joint-organ"):
        raise ConsultationRefused(
            f"没有“{kind}”这类征求意见，应为 third-party（第三方）或者 joint-organ（共同制作机关）。"
        )


@implements(SILENCE_THIRD_PARTY)
def consequence(kind: str, agrees: bool | None) -> Consequence:
    """What the opinion of a third party or a joint organ entails; ``None`` is silence at the term's end."""
    _check_kind(kind)
    if agrees:
        return Consequence("consents", "同意公开。", CLOCKS[kind].rule.id)
    if agrees is None and kind == "joint-organ":
        return Consequence("consents", "逾期未提出意见，视为同意公开。", SILENCE_JOINT.id)
    if agrees is None:
        return Consequence("organ-decides", "逾期未提出意见，由行政机关决定。", SILENCE_THIRD_PARTY.id)
    if kind == "joint-organ":
        return Consequence("organ-decides", "不同意公开，由牵头制作的行政机关决定。", CLOCKS[kind].rule.id)
    words = (
        "不同意公开且有合理理由的，不予公开；不公开可能对公共利益造成重大影响的，"
        "可以决定公开，并将内容和理由书面告知第三方。"
    )
    return Consequence("withholds-unless-public-interest", words, OVERRIDE.id)


def pause_of(
    kind: str,
    sent_on: date,
    calendar: WorkingCalendar,
    *,
    reached_on: date | None = None,
    opinion_on: date | None = None,
) -> tuple[date, date] | None:
    """The pause a consultation makes (不计算在内的时间): from sending to the opinion or the term's end.

    None while neither the opinion nor the day the letter reached the other side is known.
    """
    _check_kind(kind)
    for day, words in ((reached_on, "对方收到征求意见书"), (opinion_on, "收到意见")):
        if day is not None and day < sent_on:
            raise ConsultationRefused(f"{words}的日期 {day} 早于发出日期 {sent_on}，核对两个日期。")
    term_end = calendar.add_working_days(reached_on, CLOCKS[kind].days) if reached_on else None
    ends = [day for day in (opinion_on, term_end) if day is not None]
    return (sent_on, min(ends)) if ends else None
