"""Golden stories 12 and 13: mail without a signature; a filing in the last second of the year."""

from __future__ import annotations

from datetime import datetime

from gongkai.casework.filing import file_request
from gongkai.casework.models import Case
from gongkai.casework.tracking import tracking
from gongkai.foundation.actors import PUBLIC
from gongkai.foundation.clock import SHANGHAI
from tests.apps.casework_support import People, Told, day, filing, told
from tests.apps.golden.support import letter, letters_of, proven, publish, rows, tables


def test_mail_without_signature_is_received_on_the_day_of_confirmation(people: People) -> None:
    story = told(people, "2024-10-10", channel="ordinary_mail")
    assert (story.case.state, story.case.due_on, story.row) == ("awaiting_confirmation", None, None)
    story.do("note_unreachable", "2024-10-10", tried_how="拨打申请表上的电话，没有人接")
    assert tracking(story.case, day("2024-10-14")).delay_days == 4, "it grows while nobody confirms"
    story.do("confirm", "2024-10-15", confirmed_how="电话接通，尾号 0000")
    seen = tracking(story.case, day("2024-12-01"))
    assert seen.delay_days == 5 and "到达后第 5 日才确认，条例要求收到的当日确认" in seen.receipt_why
    assert story.case.received_on == day("2024-10-15")
    # 16–18, 21–25, 28–31 October; 1, 4–8, 11, 12 November.
    assert story.case.due_on == day("2024-11-12")
    story.registered("2024-10-15").answered("2024-11-12")

    assert letters_of(story.case) == [
        ("receipt", "", "2024-10-15"),
        ("reply-provided", "示教公复〔2024〕1号", "2024-11-12"),
    ]
    letter(story.case, "receipt", "本机关于2024年10月15日收到", "最迟于2024年11月12日答复")
    letter(story.case, "reply-provided", "本机关于2024年10月15日收到您提出的", without=("10月10日",))
    assert tables(people.organ, 2024) == rows("r1", "r3", "r24")
    proven(story.case, "note_unreachable confirm register decide submit sign send prove_service")


def test_filed_in_the_last_second_of_the_year(people: People) -> None:
    late = datetime(2021, 12, 31, 23, 59, 59, 999999, SHANGHAI)
    receipt = file_request(people.organ, filing(), by=PUBLIC, now=late)
    assert (receipt.number, receipt.serial) == ("999002-2021-0001", 1)
    after = file_request(people.organ, filing(), by=PUBLIC, now=datetime(2022, 1, 1, 0, 0, 0, 0, SHANGHAI))
    assert (after.number, after.serial) == ("999002-2022-0001", 1), "a series for each year"
    assert receipt.case.arrived_on == day("2021-12-31")
    story = Told(people, receipt.case).do("confirm", "2022-01-04", confirmed_how="电话，尾号 0000")
    # 5–7, 10–14, 17–21, 24–28 January, and the 29th and 30th, made up for the Spring Festival.
    assert (story.case.received_on, story.case.due_on) == (day("2022-01-04"), day("2022-01-30"))
    assert letters_of(story.case) == [("receipt", "", "2022-01-04")]
    letter(story.case, "receipt", "本机关于2022年1月4日收到", "申请编号999002-2021-0001", "2022年1月30日")

    assert tables(people.organ, 2021) == {}, "it counts in the year it was received"
    publish(people.organ, 2021)
    assert tables(people.organ, 2022, after=2021) == rows("r1", "r25")
    assert Case.objects.get(number=after.number).received_on is None
    proven(story.case, "confirm")
