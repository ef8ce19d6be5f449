"""Golden story 16: lost in court and redone; table four has the judgment, table three the request once."""

from __future__ import annotations

from gongkai.casework.letters import letters_of as listed
from gongkai.casework.readers import applicant_of
from gongkai.foundation import kinds, records
from gongkai.foundation.actors import COMMAND_LINE
from tests.apps.casework_support import People, at, day, told
from tests.apps.golden.support import letter, letters_of, proven, publish, remedy, rows, tables

REFUSAL = {"outcome": "r10", "grounds": ("draft",), "reason": "分配表是过程稿，还没有定稿"}
ORDER = "（2021）示01行初3号"


def test_lost_in_court_and_redone_counts_once(people: People) -> None:
    story = told(people, "2021-06-01").registered("2021-06-01").answered("2021-06-21", REFUSAL)
    story.do("archive", "2021-06-30", retention_class="disputed")
    lawsuit = remedy("lawsuits", people.organ, "2021-08-20", track="direct", filed_on=day("2021-08-18"))
    first = rows("r1", "r10", "r24")
    pending = {f"t4.direct.{one}": 1 for one in ("pending", "total")}
    assert tables(people.organ, 2021) == first | pending
    publish(people.organ, 2021)

    judged = {
        "track": "direct",
        "filed_on": day("2021-08-18"),
        "closed_on": day("2022-01-14"),
        "result": "corrected",
    }
    records.correct(
        kinds.get("lawsuits"), lawsuit, judged, by=COMMAND_LINE, now=at("2022-01-17"), reason="判决已经生效"
    )
    story.do("reopen", "2022-01-17", order_kind="court", order_number=ORDER)
    # From the 18th: 18–21, 24–28, the made-up 29th and 30th; 7–11, 14–17 February.
    assert (story.case.state, story.case.due_on) == ("handling", day("2022-02-17"))
    story.refused("基本相同", "decide", "2022-01-20", **REFUSAL)
    story.answered("2022-01-24")
    assert story.row is not None
    assert (story.row.outcome, story.row.closed_on) == ("r10", day("2021-06-21")), "counted in the first year"

    assert letters_of(story.case) == [
        ("reply-withheld-16", "示教公复〔2021〕1号", "2021-06-21"),
        ("reply-provided", "示教公复〔2022〕1号", "2022-01-24"),
    ]
    letter(
        story.case, "reply-withheld-16",
        "第十六条第二款", REFUSAL["reason"], "六十日内，向示范区人民政府或者上一级主管部门申请行政复议", "六个月内",
        without=("应当先申请行政复议", ORDER),
    )  # fmt: skip
    letter(
        story.case, "reply-provided",
        "本机关于2021年6月1日收到您提出的", f"依照人民法院{ORDER}文书，本机关对该申请重新作出答复", "决定予以公开",
        "六个月内", "2022年1月24日",
    )  # fmt: skip
    assert len(listed(applicant_of(story.case), story.case)) == 2, "the first answer stays with its applicant"
    corrected = {f"t4.direct.{one}": 1 for one in ("corrected", "total")}
    assert tables(people.organ, 2022, after=2021) == corrected, "table four alone"
    assert tables(people.organ, 2021) == first | pending
    served = "decide submit sign send prove_service"
    proven(story.case, f"register {served} archive reopen {served}")
