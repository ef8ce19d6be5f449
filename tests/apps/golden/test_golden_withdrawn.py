"""Golden story 8: withdrawn before receipt, which counts nowhere, and after it, which is 其他处理."""

from __future__ import annotations

from gongkai.casework import letters
from gongkai.casework.readers import applicant_of
from tests.apps.casework_support import People, actor, day, told
from tests.apps.golden.support import letter, letters_of, proven, rows, tables


def test_withdrawn_before_receipt_counts_nowhere(people: People) -> None:
    story = told(people, "2024-05-06", channel="online")
    story.do("withdraw", "2024-05-07", as_=applicant_of(story.case))
    assert (story.case.state, story.case.received_on, story.case.due_on, story.row) == (
        "withdrawn", None, None, None,
    )  # fmt: skip
    assert letters_of(story.case) == [], "nothing was received that a letter could confirm"
    assert letters.missing(story.case) == (), "and nobody is told to write one"
    assert tables(people.organ, 2024) == {}
    proven(story.case, "withdraw")


def test_withdrawn_after_receipt_is_other(people: People) -> None:
    story = told(people, "2024-05-06").registered("2024-05-06")
    story.do("withdraw", "2024-05-10", reason="已经在网站上找到")
    assert story.row is not None and (story.row.outcome, story.row.closed_on) == ("r23", day("2024-05-10"))
    assert letters_of(story.case) == [("reply-withdrawn", "示教公复〔2024〕1号", "2024-05-10")]
    letter(
        story.case, "reply-withdrawn",
        "申请人甲：", "本机关于2024年5月6日收到", "现您撤回该申请，本机关予以确认", "本机关不再办理", "2024年5月10日",
        without=("行政复议", "已经在网站上找到"),
    )  # fmt: skip
    assert tables(people.organ, 2024) == rows("r1", "r23", "r24")
    assert letters.letters_of(actor(people.clerk), story.case)[0].gone
    proven(story.case, "register withdraw")
