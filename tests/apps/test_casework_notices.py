"""The applicant is told of every step: number and step, never the content, the secret or a name."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.casework import erasing, notifying
from gongkai.casework.codes import grouped, secret_of
from gongkai.casework.letter_numbers import next_number
from gongkai.casework.models import Case
from gongkai.casework.readers import applicant_of
from gongkai.casework.refusals import CaseworkRefused
from gongkai.foundation import files, message_settings, outbox, personal, verification
from gongkai.foundation.actors import COMMAND_LINE, PUBLIC, NotAllowed
from gongkai.foundation.models import OutboxMessage
from gongkai.rules.requests.states import ACTS
from tests.apps.casework_support import (
    CARD,
    GRANT,
    WORDS,
    People,
    at,
    day,
    filed,
    letter_needs,
    natural,
    told,
)
from tests.conftest import District

ADDRESS = "applicant@example.cn"


def configure(part: str, **values: Any) -> None:
    message_settings.configure(part, values, by=COMMAND_LINE, now=at("2021-06-01"))


@pytest.fixture
def mail(district: District) -> District:
    """A district that sends mail."""
    configure("portal", portal_url="https://www.example.cn")
    configure("email", email_on=True, smtp_host="smtp.example.cn", sender="gongkai@example.cn")
    return district


def part(message: OutboxMessage, name: str) -> str:
    return personal.open_sealed(getattr(message, name), place=message.place(name))


def about(case: Case) -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(subject_ref=case.ref).order_by("pk"))


def test_every_step_is_told_and_nothing_more(mail: District) -> None:
    case = told(People(mail.education), "2021-07-01", applicant=natural(email=ADDRESS))
    case.registered("2021-07-02")
    case.do("ask_supplement", "2021-07-05", matters="写明哪一年", term_on=day("2021-07-12"))
    messages = about(case.case)
    assert [one.about for one in messages] == [
        "申请到达",
        ACTS["register"].label,
        ACTS["ask_supplement"].label,
    ]
    for one in messages:
        words = part(one, "subject") + part(one, "body")
        assert part(one, "recipient") == ADDRESS and one.reference == case.case.number in words
        for kept in (
            WORDS,
            "农村",
            "申请人甲",
            CARD,
            "13800000000",
            secret_of(case.case),
            "写明哪一年",
            ADDRESS,
        ):
            assert kept not in words
    last = part(messages[-1], "body")
    assert (
        ACTS["ask_supplement"].citizen in last and "由您补正申请内容，最迟 2021 年 7 月 12 日（周一）" in last
    )
    assert f"https://www.example.cn/track/?code={grouped(case.case.query_code)}" in last
    assert "答复期限到 2021 年" in part(messages[1], "body")
    assert not verification.verify().breaks


def test_a_step_that_concerns_the_house_alone_is_not_told(mail: District) -> None:
    case = told(People(mail.education), "2021-07-01", applicant=natural(email=ADDRESS)).registered(
        "2021-07-01"
    )
    before = len(about(case.case))
    assert not ACTS["propose_extension"].citizen
    case.do("propose_extension", "2021-07-12", days=5, reason="数量多")
    assert len(about(case.case)) == before


def test_an_act_that_is_refused_or_repeated_tells_nobody_again(mail: District) -> None:
    case = told(People(mail.education), "2021-07-01", applicant=natural(email=ADDRESS))
    with pytest.raises(CaseworkRefused):
        case.do("send", "2021-07-01", method="post")
    assert len(about(case.case)) == 1


def test_off_or_without_an_address_nothing_is_put_in(district: District) -> None:
    people = People(district.education)
    told(people, "2021-07-01", applicant=natural(email=ADDRESS))
    configure("email", email_on=True, smtp_host="smtp.example.cn", sender="gongkai@example.cn")
    told(people, "2021-07-01")
    assert not OutboxMessage.objects.exists()


def test_a_text_message_where_there_is_no_mail(mail: District) -> None:
    configure("sms", sms_on=True, sms_url="https://sms.example.cn/", sms_body='["{{phone}}", "{{text}}"]')
    filed(mail.education)
    filed(mail.education, applicant=natural(phone="0953-2012345", address="示范区东河镇"))
    filed(mail.education, applicant=natural(email=ADDRESS))
    assert [one.channel for one in OutboxMessage.objects.order_by("pk")] == ["sms", "email"]
    text = part(OutboxMessage.objects.get(channel="sms"), "body")
    assert "999002-2021-0001" in text and len(text) < 140 and "申请人" not in text


def test_the_applicant_stops_it_and_takes_it_up_again(mail: District) -> None:
    case = told(People(mail.education), "2021-07-01", applicant=natural(email=ADDRESS))
    me = applicant_of(case.case)
    assert notifying.told_of(case.case)
    for _ in range(2):
        notifying.set_stopped(case.case, True, by=me, now=at("2021-07-01"))
    case.registered("2021-07-02")
    assert len(about(case.case)) == 1 and not notifying.told_of(case.case)
    notifying.set_stopped(case.case, False, by=me, now=at("2021-07-03"))
    case.do("withdraw", "2021-07-03", reason="不要了")
    assert len(about(case.case)) == 2
    for other in (PUBLIC, COMMAND_LINE):
        with pytest.raises(NotAllowed):
            notifying.set_stopped(case.case, True, by=other, now=at("2021-07-03"))
    assert not verification.verify().breaks


def test_erasing_the_person_empties_the_messages(mail: District) -> None:
    case = told(People(mail.education), "2021-07-01", applicant=natural(email=ADDRESS))
    case.registered("2021-07-01").do("withdraw", reason="不要了")
    Case.objects.update(state="archived")
    erasing.erase_person(Case.objects.get(), reason="保管期满", by=COMMAND_LINE, now=at("2021-07-04"))
    assert {(one.recipient, one.body) for one in OutboxMessage.objects.all()} == {("", "")}
    assert outbox.backlog().waiting == 0


def test_the_reply_goes_by_mail_to_who_wants_it_so(mail: District) -> None:
    people = People(mail.education)
    letter_needs(mail.education, review_channel="https://fy.example.cn")
    case = told(people, "2024-07-01", applicant=natural(email=ADDRESS), delivery="email").registered(
        "2024-07-01"
    )
    case.do("decide", "2024-07-03", **GRANT).do("submit")
    case.do("sign", number=next_number(people.organ, "示教公复", 2024))
    case.do("send", method="electronic", consent=True)
    (sent,) = [one for one in about(case.case) if one.about == ACTS["send"].label]
    (enclosed,) = sent.attachments.select_related("file")
    letter = case.case.letters.get(code="reply-provided")
    assert enclosed.file == letter.pdf and "答复书的原件附在后面" in part(sent, "body")
    content = personal.open_bytes(files.read(enclosed.file.digest), place=enclosed.opens_at)
    assert content.startswith(b"%PDF")
    by_post = told(
        people, "2024-07-01", applicant=natural(email=ADDRESS, address="示范区东河镇"), delivery="post"
    ).registered("2024-07-01")
    by_post.answered("2024-07-03")
    assert all(not one.attachments.exists() for one in about(by_post.case))
