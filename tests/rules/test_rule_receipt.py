"""The day of receipt by channel, supplements, consultations, postponements and service."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.rules.calendar import announced
from gongkai.rules.consultations import ConsultationRefused, consequence, pause_of
from gongkai.rules.postponements import check_extension, delayed_due
from gongkai.rules.receipt import CHANNELS, ReceiptRefused, receipt_date
from gongkai.rules.service import ServiceRefused, service_date
from gongkai.rules.supplements import CaseRefused, abandoned, check_notice

ARRIVED, CONFIRMED = date(2021, 9, 10), date(2021, 9, 13)


def test_REQ_31_receipt() -> None:
    """行政机关收到政府信息公开申请的时间，按照下列规定确定：
    (一)申请人当面提交政府信息公开申请的，以提交之日为收到申请之日；
    (二)申请人以邮寄方式提交政府信息公开申请的，以行政机关签收之日为收到申请之日；以平常信函等无需签收
    的邮寄方式提交政府信息公开申请的，政府信息公开工作机构应当于收到申请的当日与申请人确认，确认之日为
    收到申请之日；
    (三)申请人通过互联网渠道或者政府信息公开工作机构的传真提交政府信息公开申请的，以双方确认之日为收到
    申请之日。
    """
    assert receipt_date("counter", ARRIVED).day == ARRIVED
    assert receipt_date("registered_mail", ARRIVED, CONFIRMED).day == ARRIVED
    for channel in ("ordinary_mail", "online", "fax"):
        assert receipt_date(channel, ARRIVED, CONFIRMED).day == CONFIRMED
        still_open = receipt_date(channel, ARRIVED)
        assert still_open.day is None and "尚未与申请人确认" in still_open.why
    assert receipt_date("fax", ARRIVED).provision.endswith("第三十一条第（三）项")
    assert "条例要求收到的当日确认" in receipt_date("ordinary_mail", ARRIVED, CONFIRMED).why


def test_REQ_31_misdirected() -> None:
    """申请人以平信等无需签收的邮寄方式提交信息公开申请的，或者将信息公开申请寄送至行政机关政府信息公开工
    作机构以外的机构或个人的，政府信息公开工作机构应当在实际收到信息公开申请的当日电话联系申请人予以确
    认，并以确认之日为收到申请之日，申请人没有提供联系电话或提供的联系电话无法接通的，行政机关政府信息
    公开工作机构应当做好登记，自恢复与申请人的联络之日启动处理程序并起算期限。
    """
    found = receipt_date("misdirected", ARRIVED, CONFIRMED)
    assert (found.day, found.rule) == (CONFIRMED, "REQ-31-misdirected")
    assert "国办公开办函〔2015〕207号" in found.provision
    assert "恢复联络之日" in receipt_date("misdirected", ARRIVED).why


def test_receipts_that_cannot_be() -> None:
    with pytest.raises(ReceiptRefused, match="应为：counter（当面提交）"):
        receipt_date("pigeon", ARRIVED)
    for channel in CHANNELS:
        with pytest.raises(ReceiptRefused, match="早于收到日期"):
            receipt_date(channel, CONFIRMED, ARRIVED)


def test_REQ_30_once() -> None:
    """政府信息公开申请内容不明确的，行政机关应当给予指导和释明，并自收到申请之日起7个工作日内一次性告知
    申请人作出补正
    """
    due = date(2021, 9, 23)
    check_notice(notified_on=due, notice_due=due, supplement_due_on=date(2021, 10, 20), notified_before=False)
    for change, message in (
        ({"notified_before": True}, "只能告知一次"),
        ({"notified_on": date(2021, 9, 24)}, "已经超过"),
        ({"supplement_due_on": None}, "合理的补正期限"),
        ({"supplement_due_on": due}, "合理的补正期限"),
    ):
        facts = {"notified_on": due, "notice_due": due, "supplement_due_on": date(2021, 10, 20)}
        with pytest.raises(CaseRefused, match=message):
            check_notice(**{"notified_before": False, **facts, **change})  # type: ignore[arg-type]


def test_REQ_30_abandoned() -> None:
    """申请人无正当理由逾期不补正的，视为放弃申请，行政机关不再处理该政府信息公开申请。"""
    term = date(2021, 10, 20)

    def given_up(received: date | None, today: date, justified: bool = False) -> bool:
        return abandoned(term, supplement_received_on=received, justified=justified, today=today)

    assert not given_up(None, term)
    assert given_up(None, date(2021, 10, 21))
    assert not given_up(term, date(2021, 12, 1))
    assert given_up(date(2021, 10, 21), date(2021, 12, 1))
    assert not given_up(date(2021, 10, 21), date(2021, 12, 1), justified=True)


def test_REQ_32_silence() -> None:
    """第三方逾期未提出意见的，由行政机关依照本条例的规定决定是否公开。"""
    found = consequence("third-party", None)
    assert (found.decision, found.rule) == ("organ-decides", "REQ-32-silence")
    with pytest.raises(ConsultationRefused, match="应为 third-party"):
        consequence("neighbour", None)


def test_REQ_34_silence() -> None:
    """逾期未提出意见的视为同意公开。"""
    found = consequence("joint-organ", None)
    assert (found.decision, found.rule) == ("consents", "REQ-34-silence")
    assert consequence("joint-organ", False).decision == "organ-decides"


def test_REQ_32_override() -> None:
    """行政机关认为不公开可能对公共利益造成重大影响的，可以决定予以公开，并将决定公开的政府信息内容和理由
    书面告知第三方。
    """
    found = consequence("third-party", False)
    assert (found.decision, found.rule) == ("withholds-unless-public-interest", "REQ-32-override")
    assert "书面告知第三方" in found.words
    assert consequence("third-party", True).decision == "consents"


def test_a_consultation_pauses_until_the_opinion_or_the_end_of_its_term() -> None:
    calendar, sent = announced(), date(2021, 9, 22)
    assert pause_of("third-party", sent, calendar) is None
    reached = date(2021, 9, 23)
    assert pause_of("third-party", sent, calendar, reached_on=reached) == (sent, date(2021, 10, 19))
    opinion = date(2021, 10, 12)
    assert pause_of("joint-organ", sent, calendar, reached_on=reached, opinion_on=opinion) == (sent, opinion)
    late = date(2021, 11, 30)
    assert pause_of("third-party", sent, calendar, reached_on=reached, opinion_on=late) == (
        sent,
        date(2021, 10, 19),
    )
    with pytest.raises(ConsultationRefused, match="早于发出日期"):
        pause_of("third-party", sent, calendar, opinion_on=date(2021, 9, 1))


def test_an_extension_needs_approval_and_notice_in_time() -> None:
    due = date(2021, 10, 15)
    check_extension(20, base_due=due, notified_on=due, approved=True)
    for days, notified, approved, before, message in (
        (21, due, True, False, "应在 1 到 20 之间"),
        (5, due, True, True, "已经延长过一次"),
        (5, due, False, False, "负责人同意"),
        (5, None, True, False, "填写告知日期"),
        (5, date(2021, 10, 18), True, False, "期限届满后不能再延长"),
    ):
        with pytest.raises(CaseRefused, match=message):
            check_extension(
                days, base_due=due, notified_on=notified, approved=approved, extended_before=before
            )


def test_REQ_35_delay() -> None:
    """行政机关认为申请理由合理，但是无法在本条例第三十三条规定的期限内答复申请人的，可以确定延迟答复的合
    理期限并告知申请人。
    """
    due, later = date(2021, 10, 15), date(2021, 12, 31)
    assert delayed_due(due, later, reasons_given=True, notified_on=due) == later
    for until, reasons, notified, message in (
        (later, False, due, "说明理由"),
        (later, True, None, "告知申请人"),
        (later, True, later, "告知申请人"),
        (due, True, due, "不必延迟"),
    ):
        with pytest.raises(CaseRefused, match=message):
            delayed_due(due, until, reasons_given=reasons, notified_on=notified)


def test_SRV_235_service() -> None:
    """采取直接送达、委托其他行政机关代为送达等方式送达的，以申请人及其法定代理人签收之日当日为期限计算时
    点。采取邮寄送达方式送达的，以交邮之日当日为期限计算时点。
    """
    assert service_date("direct", signed_on=ARRIVED).day == ARRIVED
    assert service_date("entrusted", sent_on=ARRIVED).day is None
    assert service_date("post", sent_on=ARRIVED, signed_on=CONFIRMED).day == ARRIVED
    with pytest.raises(ServiceRefused, match="应为：direct"):
        service_date("drone")


def test_SRV_235_postal() -> None:
    """应当通过邮政企业送达，不得通过不具有国家公文寄递资格的其他快递企业送达。"""
    with pytest.raises(ServiceRefused, match="改由邮政企业寄送"):
        service_date("courier", sent_on=ARRIVED)


def test_SRV_electronic() -> None:
    """数据电文进入发件人控制之外的某个信息系统的时间，视为该数据电文的发送时间。"""
    with pytest.raises(ServiceRefused, match="没有同意电子送达"):
        service_date("electronic", sent_on=ARRIVED)
    assert service_date("electronic", sent_on=ARRIVED, consent=True).day == ARRIVED
    assert service_date("electronic", consent=True).day is None
