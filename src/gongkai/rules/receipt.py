"""When a request counts as received (收到申请之日, 条例 art 31), by channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from gongkai.rules.legislation import article_text
from gongkai.rules.provision import Provision
from gongkai.rules.rule import Rule, implements

REGULATION = "regulation-2019"
SINCE = date(2019, 5, 15)

RECEIPT = Rule(
    id="REQ-31-receipt",
    title="收到申请之日",
    sentence=article_text(REGULATION, 31) or "",
    provisions=(Provision(REGULATION, 31),),
    since=SINCE,
    examples=(
        "当面提交：提交之日。",
        "挂号信、特快专递：行政机关签收之日。",
        "平常信函：与申请人确认之日；互联网、传真：双方确认之日。",
    ),
)
MISDIRECTED = Rule(
    id="REQ-31-misdirected",
    title="寄错机构或者个人的申请",
    sentence="申请人以平信等无需签收的邮寄方式提交信息公开申请的，或者将信息公开申请寄送至行政机关政府信息公开工作机构以外的机构或个人的，"
    "政府信息公开工作机构应当在实际收到信息公开申请的当日电话联系申请人予以确认，并以确认之日为收到申请之日，"
    "申请人没有提供联系电话或提供的联系电话无法接通的，行政机关政府信息公开工作机构应当做好登记，"
    "自恢复与申请人的联络之日启动处理程序并起算期限。",
    provisions=(Provision("receipt-2015", place="第一部分第二项"), Provision(REGULATION, 31)),
    since=SINCE,
    confirmed=False,
    note="2019年修订的条例第三十一条没有写寄错的情形，按国办公开办函〔2015〕207号处理；该函现行有效与否待核对。"
    "该函关于电子邮件、传真的内容与条例第三十一条第（三）项不一致，按条例。",
)


@dataclass(frozen=True, slots=True)
class Channel:
    """How a request came (收到渠道). ``confirmation``: the day counts only once confirmed."""

    code: str
    label: str
    item: int | None
    confirmation: bool


CHANNELS: dict[str, Channel] = {
    c.code: c
    for c in (
        Channel("counter", "当面提交", 1, False),
        Channel("registered_mail", "邮寄（须签收）", 2, False),
        Channel("ordinary_mail", "平常信函（无需签收）", 2, True),
        Channel("misdirected", "寄至工作机构以外的机构或者个人", None, True),
        Channel("online", "互联网", 3, True),
        Channel("fax", "传真", 3, True),
    )
}


class ReceiptRefused(ValueError):
    """A channel or days that cannot be; the message names the cure."""


@dataclass(frozen=True, slots=True)
class ReceiptDate:
    """The day of receipt (收到申请之日); ``day`` is None while it stands open, ``why`` says what for."""

    day: date | None
    why: str
    provision: str
    rule: str


@implements(RECEIPT)
@lru_cache(maxsize=4096)  # Asked for again at every step of a case, and for each line of a list.
def receipt_date(channel: str, arrived_on: date, confirmed_on: date | None = None) -> ReceiptDate:
    """The day a request counts as received. Raises ReceiptRefused for an unknown channel or order of days.

    ``confirmed_on`` is the day on which the organ and the applicant confirmed; a misdirected letter
    whose sender could not be reached keeps None until contact is made.
    """
    known = CHANNELS.get(channel)
    if known is None:
        labels = "、".join(f"{c.code}（{c.label}）" for c in CHANNELS.values())
        raise ReceiptRefused(f"没有“{channel}”这个收到渠道，应为：{labels}。")
    if confirmed_on is not None and confirmed_on < arrived_on:
        raise ReceiptRefused(f"确认日期 {confirmed_on} 早于收到日期 {arrived_on}，核对两个日期。")
    rule = MISDIRECTED if known.item is None else RECEIPT
    provision = (
        rule.provisions[0] if known.item is None else Provision(REGULATION, 31, item=known.item)
    ).citation()
    day, why = _decide(known, arrived_on, confirmed_on)
    return ReceiptDate(day, why, provision, rule.id)


@implements(MISDIRECTED)
def _decide(channel: Channel, arrived_on: date, confirmed_on: date | None) -> tuple[date | None, str]:
    if not channel.confirmation:
        words = "申请人当面提交之日" if channel.code == "counter" else "行政机关签收之日"
        return arrived_on, f"{arrived_on} 是{words}，为收到申请之日。"
    if confirmed_on is None:
        cure = "与申请人确认后填写确认日期；联系不上的做好登记，恢复联络之日为确认之日。"
        return None, f"{arrived_on} 到达，尚未与申请人确认，收到申请之日未定，期限未起算。{cure}"
    late = (confirmed_on - arrived_on).days
    note = f"到达后第 {late} 日才确认，条例要求收到的当日确认。" if late and channel.item == 2 else ""
    return confirmed_on, f"{arrived_on} 到达，{confirmed_on} 与申请人确认，确认之日为收到申请之日。{note}"
