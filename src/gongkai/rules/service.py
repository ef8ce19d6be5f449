"""When a decision counts as sent (送达): the day that stops the reply clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.rules.provision import Provision
from gongkai.rules.rule import Rule, implements, register

SERVICE = Rule(
    id="SRV-235-service",
    title="答复的期限计算时点",
    sentence="采取直接送达、委托其他行政机关代为送达等方式送达的，以申请人及其法定代理人签收之日当日为期限计算时点。"
    "采取邮寄送达方式送达的，以交邮之日当日为期限计算时点。",
    provisions=(Provision("service-2016", place="第四项"),),
    since=date(2016, 12, 7),
)
POSTAL = Rule(
    id="SRV-235-postal",
    title="邮寄送达只能通过邮政企业",
    sentence="应当通过邮政企业送达，不得通过不具有国家公文寄递资格的其他快递企业送达。",
    provisions=(Provision("service-2016", place="第二项"),),
    since=date(2016, 12, 7),
)
ELECTRONIC = Rule(
    id="SRV-electronic",
    title="电子送达",
    sentence="数据电文进入发件人控制之外的某个信息系统的时间，视为该数据电文的发送时间。",
    provisions=(Provision("esign-law", 11),),
    confirmed=False,
    note="国办公开办函〔2016〕235号没有规定电子送达；以申请人同意为前提、以发出之日为准，是参照诉讼法和电子签名法的做法，"
    "由各地设定。电子签名法未收全文，引文待核对。",
)
register(POSTAL)
register(ELECTRONIC)

METHODS: dict[str, str] = {
    "direct": "直接送达",
    "entrusted": "委托其他行政机关代为送达",
    "post": "邮寄（邮政企业）",
    "electronic": "电子送达",
}


class ServiceRefused(ValueError):
    """A way of service that is not allowed, or days that are missing; the message names the cure."""


@dataclass(frozen=True, slots=True)
class ServiceDate:
    """The day that counts (期限计算时点); None while it stands open."""

    day: date | None
    why: str
    provision: str


@implements(SERVICE)
def service_date(
    method: str,
    *,
    sent_on: date | None = None,
    signed_on: date | None = None,
    consent: bool = False,
) -> ServiceDate:
    """The day on which an answer counts as given, by the way it was served. Raises ServiceRefused."""
    if method == "courier":
        raise ServiceRefused(f"答复不能交快递企业寄送（{POSTAL.citation()}）。改由邮政企业寄送。")
    if method not in METHODS:
        known = "、".join(f"{code}（{label}）" for code, label in METHODS.items())
        raise ServiceRefused(f"没有“{method}”这种送达方式，应为：{known}。")
    if method in ("direct", "entrusted"):
        if signed_on is None:
            return ServiceDate(None, "申请人还没有签收；签收后填写签收日期。", SERVICE.citation())
        return ServiceDate(signed_on, f"{signed_on} 签收，以签收之日为准。", SERVICE.citation())
    if method == "electronic" and not consent:
        raise ServiceRefused("申请人没有同意电子送达。先取得同意，或者改用直接送达、邮寄送达。")
    rule = SERVICE if method == "post" else ELECTRONIC
    words = "交邮" if method == "post" else "发出"
    if sent_on is None:
        return ServiceDate(None, f"还没有{words}；{words}后填写日期。", rule.citation())
    return ServiceDate(sent_on, f"{sent_on} {words}，以{words}之日为准。", rule.citation())
