"""Golden story 11: not held, with the record of where, with what words and by whom it was searched for."""

from __future__ import annotations

from gongkai.casework.letters import make_form
from tests.apps.casework_support import People, actor, at, told
from tests.apps.golden.support import letter, letters_of, proven, rows, tables

NOT_HELD = {
    "outcome": "r13",
    "grounds": ("not-found",),
    "reason": "本机关没有制作该分配表，也没有从其他机关获取过",
}
SEARCHES = (
    {
        "where": "本机关档案室 2019 年至 2021 年案卷",
        "by": "档案岗",
        "words": "危房改造、补助资金",
        "found": 0,
    },
    {"where": "办公系统和村镇建设台账", "by": "村镇建设岗", "words": "危房、分配表", "found": 0},
)


def test_not_held_with_its_searches(people: People) -> None:
    story = told(people, "2024-09-02").registered("2024-09-02")
    story.refused("没有检索记录", "decide", "2024-09-03", **NOT_HELD)
    story.do("record_search", "2024-09-04", **{**SEARCHES[0], "found": 2})
    story.refused("与“信息不存在”不一致", "decide", "2024-09-04", **NOT_HELD)
    other = told(people, "2024-09-02").registered("2024-09-02")
    for on, search in zip(("2024-09-04", "2024-09-05"), SEARCHES, strict=True):
        other.do("record_search", on, **search)
    other.answered("2024-09-09", NOT_HELD)

    assert letters_of(other.case) == [("reply-not-held", "示教公复〔2024〕1号", "2024-09-09")]
    letter(
        other.case, "reply-not-held",
        "申请人甲：", "经检索，没有所申请公开的信息",
        "2024年9月4日由档案岗检索了本机关档案室 2019 年至 2021 年案卷，检索词为“危房改造、补助资金”，没有找到",
        "2024年9月5日由村镇建设岗检索了办公系统和村镇建设台账，检索词为“危房、分配表”，没有找到",
        NOT_HELD["reason"], "第三十六条第（四）项", "告知您该政府信息不存在", "六个月内",
        without=("应当先申请行政复议", "找到0份"),
    )  # fmt: skip
    form = make_form(other.case, "search-record", by=actor(people.clerk), now=at("2024-09-10")).text
    for search in SEARCHES:
        assert str(search["where"]) in form and str(search["by"]) in form and str(search["words"]) in form
    assert tables(people.organ, 2024) == rows("r1", number=2) | rows("r13", "r24", "r25")
    proven(other.case, "register record_search record_search decide submit sign send prove_service")
