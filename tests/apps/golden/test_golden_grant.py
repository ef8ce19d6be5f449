"""Golden story 1: a plain grant, from the counter to the archive."""

from __future__ import annotations

from gongkai.casework.files import add_file
from tests.apps.casework_support import GRANT, People, actor, at, day, told
from tests.apps.golden.support import letter, letters_of, proven, rows, tables


def test_plain_grant(people: People) -> None:
    story = told(people, "2021-07-01")
    assert (story.case.state, story.case.received_on) == ("received", day("2021-07-01"))
    # Twenty working days from the 2nd; the region's two days of 古尔邦节, 20 and 21 July, lie between.
    assert story.case.due_on == day("2021-08-02")
    assert story.row is not None and story.row.outcome == ""
    story.registered("2021-07-01").do(
        "record_search", "2021-07-05", where="档案室", by="档案岗", words="危房改造", found=1
    )
    add_file(
        story.case,
        b"%PDF-1.7",
        name="2020 年农村危房改造补助资金分配表.pdf",
        purpose="information",
        by=actor(people.clerk),
        now=at("2021-07-09"),
        to_applicant=True,
    )
    story.answered("2021-07-12")
    assert (story.case.state, story.row.outcome, story.row.closed_on) == ("served", "r3", day("2021-07-12"))
    story.do("archive", "2021-07-20", retention_class="ordinary")
    assert story.case.order_key == "9"

    assert letters_of(story.case) == [("reply-provided", "示教公复〔2021〕1号", "2021-07-12")]
    letter(
        story.case, "reply-provided",
        "示教公复〔2021〕1号", "申请人甲：", "本机关于2021年7月1日收到您提出的政府信息公开申请",
        "“2020 年农村危房改造补助资金的分配表”", "《中华人民共和国政府信息公开条例》第三十六条第（二）项",
        "本机关决定予以公开", GRANT["access"].rstrip("。"), "附件：2020 年农村危房改造补助资金分配表",
        "六十日内，向示范区人民政府或者上一级主管部门申请行政复议", "六个月内", "示范区教育局", "2021年7月12日",
        without=("应当先申请行政复议",),
    )  # fmt: skip
    assert tables(people.organ, 2021) == rows("r1", "r3", "r24")
    proven(story.case, "register record_search decide submit sign send prove_service archive")
