"""Golden story 4: an extension over the National Day holiday with its make-up days."""

from __future__ import annotations

from gongkai.casework.lives import calendar_for, life_of
from gongkai.rules.requests.reply_clock import reply_clock
from tests.apps.casework_support import People, day, told
from tests.apps.golden.support import letter, letters_of, proven, rows, tables


def test_extension_over_national_day_with_make_up_days(people: People) -> None:
    story = told(people, "2021-09-13").registered("2021-09-13")
    # 14–17, the made-up Saturday 18th; 22–24, the made-up Sunday 26th, 27–30; 8, 9 (made up), 11–15 October.
    assert story.case.due_on == day("2021-10-15")
    story.do("propose_extension", "2021-09-24", days=20, reason="要查的年份多，材料分在三处档案室")
    assert story.case.extension_pending
    story.do("approve_extension", "2021-09-26").refused(
        "已经报请过延期", "propose_extension", days=5, reason="再延"
    )
    assert story.case.due_on == day("2021-10-15"), "an extension holds only once it is told"
    story.do("tell_extension", "2021-09-27")
    assert not story.case.extension_pending
    # 18–22, 25–29 October; 1–5, 8–12 November.
    assert story.case.due_on == day("2021-11-12")
    account = reply_clock(life_of(story.case), calendar_for(people.organ), story.today).account
    assert account is not None
    counted = {one.date: one.counted for one in account.trace}
    assert not any(counted[day(f"2021-10-0{n}")] for n in range(1, 8)), "the holiday counts not one day"
    assert all(counted[day(one)] for one in ("2021-09-18", "2021-09-26", "2021-10-09")), "made up, counted"
    story.refused("延长过一次", "propose_extension", days=5, reason="再延")
    story.answered("2021-11-12")
    assert story.row is not None and story.row.closed_on == day("2021-11-12")
    assert reply_clock(life_of(story.case), calendar_for(people.organ), story.today).late_by == 0

    assert letters_of(story.case) == [
        ("extension", "示教公复〔2021〕1号", "2021-09-27"),
        ("reply-provided", "示教公复〔2021〕2号", "2021-11-12"),
    ]
    letter(
        story.case, "extension",
        "申请人甲：", "不能在原答复期限内作出答复：要查的年份多，材料分在三处档案室", "第三十三条第二款",
        "延长20个工作日，至2021年11月12日", "政府信息公开工作机构负责人同意（2021年9月26日）", "2021年9月27日",
        without=("行政复议",),
    )  # fmt: skip
    assert tables(people.organ, 2021) == rows("r1", "r3", "r24")
    acts = "register propose_extension approve_extension tell_extension"
    proven(story.case, f"{acts} decide submit sign send prove_service")
