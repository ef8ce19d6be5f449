"""Golden stories 9 and 10: a petition in disguise; the same information asked for again."""

from __future__ import annotations

from gongkai.casework.drafting import save_draft
from gongkai.casework.letter_numbers import next_number
from tests.apps.casework_support import People, actor, at, told
from tests.apps.golden.support import letter, letters_of, proven, rows, tables


def test_petition_in_disguise(people: People) -> None:
    words = "公开对学校食堂承包人的投诉为什么一直不处理的原因"
    story = told(people, "2024-06-03", description=words).registered("2024-06-03")
    reason = "申请的内容是对投诉处理的质询和要求，不是请求获取已经制作或者获取的政府信息"
    story.answered("2024-06-06", {"outcome": "r16", "grounds": ("petition",), "reason": reason})
    assert letters_of(story.case) == [("reply-petition", "示教公复〔2024〕1号", "2024-06-06")]
    letter(
        story.case, "reply-petition",
        "申请人甲：", f"“{words}”", reason, "第三十九条第一款", "不作为政府信息公开申请处理",
        "可以通过信访、投诉、举报等相应渠道提出", "六十日内，向示范区人民政府申请行政复议", "六个月内",
        without=("应当先申请行政复议", "不予公开"),
    )  # fmt: skip
    assert tables(people.organ, 2024) == rows("r1", "r16", "r24")
    proven(story.case, "register decide submit sign send prove_service")


def test_repeated_names_the_earlier_answer(people: People) -> None:
    first = told(people, "2024-06-03").registered("2024-06-03").answered("2024-06-11")
    story = told(people, "2024-07-01").registered("2024-07-01")
    repeated = {"outcome": "r17", "grounds": ("repeated",), "reason": "申请人相同，内容相同，已经答复"}
    story.do("decide", "2024-07-03", **repeated)
    assert "缺此前的答复" in str(story.refused("缺此前的答复", "submit"))
    earlier = "示教公复〔2024〕1号《政府信息公开申请答复书》（2024年6月11日）"
    save_draft(story.case, None, {"earlier": earlier}, by=actor(people.clerk), now=at("2024-07-03"))
    story.do("submit").do("sign", number=next_number(people.organ, "示教公复", 2024))
    story.do("send", method="post").do("prove_service", "2024-07-05", proof="挂号单 0003")

    assert letters_of(first.case) == [("reply-provided", "示教公复〔2024〕1号", "2024-06-11")]
    assert letters_of(story.case) == [("reply-repeated", "示教公复〔2024〕2号", "2024-07-03")]
    letter(
        story.case, "reply-repeated",
        "申请人甲：", earlier, "第三十六条第（六）项", "本机关不予重复处理", "六个月内", "2024年7月3日",
        without=("应当先申请行政复议",),
    )  # fmt: skip
    assert tables(people.organ, 2024) == rows("r1", "r24", number=2) | rows("r3", "r17")
    proven(story.case, "register decide submit sign send prove_service")


def test_repeated_names_the_answer_chosen_among_the_applicants_own(people: People) -> None:
    first = told(people, "2024-06-03").registered("2024-06-03").answered("2024-06-11")
    story = told(people, "2024-07-01").registered("2024-07-01")
    repeated = {"outcome": "r17", "grounds": ("repeated",), "reason": "申请人相同，内容相同，已经答复"}
    story.answered("2024-07-03", {**repeated, "earlier": first.case.number})
    letter(
        story.case, "reply-repeated",
        "示教公复〔2024〕1号《政府信息公开申请答复书》（2024年6月11日）", "本机关不予重复处理",
    )  # fmt: skip
    assert tables(people.organ, 2024) == rows("r1", "r24", number=2) | rows("r3", "r17")
    proven(story.case, "register decide submit sign send prove_service")
