"""Golden story 5: a request split over three organs, one of them late; counted once, at the organ asked."""

from __future__ import annotations

from gongkai.annual_report.compile import compile_report
from gongkai.casework.lives import calendar_for, life_of
from gongkai.foundation.actors import COMMAND_LINE
from gongkai.rules.requests.tasks import tasks
from tests.apps.casework_support import People, day, told
from tests.apps.golden.support import letter, letters_of, proven, rows, tables

PARTS = (
    ("示范区民政局", "享受补助的低保户数", "2024-03-15"),
    ("示范区东河镇人民政府", "东河镇的分户明细", "2024-03-15"),
    ("示范区人民政府办公室", "资金下达的会议纪要", "2024-03-18"),
)


def test_split_over_three_organs_one_late(people: People, district) -> None:  # type: ignore[no-untyped-def]
    story = told(people, "2024-03-01").registered("2024-03-01")
    for organ, what, term in PARTS:
        story.do("assign_part", "2024-03-04", organ=organ, what=what, term_on=day(term))
    assert story.case.due_on == day("2024-03-29"), "the time of the others counts"
    story.do("part_answered", "2024-03-12", part=0).do("part_answered", "2024-03-18", part=2)
    story.refused(
        "东河镇人民政府还没有回复协办的部分", "decide", outcome="r3", grounds=("provided",), reason="可以"
    )

    calendar = calendar_for(people.organ)
    assert not [t for t in tasks(life_of(story.case), day("2024-03-15"), calendar) if t.code == "part-late"]
    late = [t for t in tasks(life_of(story.case), day("2024-03-18"), calendar) if t.code == "part-late"]
    assert [(t.since, t.sentence.partition("逾期")[0]) for t in late] == [
        (day("2024-03-16"), "示范区东河镇人民政府")
    ], "who is late is named, the others are not"
    story.do("part_answered", "2024-03-21", part=1)
    parts = life_of(story.case).round.parts
    assert [one.organ for one in parts if one.answered_on and one.answered_on > one.due_on] == [PARTS[1][0]]
    story.answered("2024-03-26")

    assert letters_of(story.case) == [
        ("co-handling", "示教公复〔2024〕1号", "2024-03-04"),
        ("co-handling", "示教公复〔2024〕2号", "2024-03-04"),
        ("co-handling", "示教公复〔2024〕3号", "2024-03-04"),
        ("reply-provided", "示教公复〔2024〕4号", "2024-03-26"),
    ], "one merged reply"
    letter(
        story.case, "co-handling",
        "示范区人民政府办公室：", "资金下达的会议纪要", "2024年3月18日以前（含当日）", "由本机关合并答复申请人",
        "协办所用时间计算在本机关的答复期限内", without=("申请人甲", "示范区民政局", "东河镇", "行政复议"),
    )  # fmt: skip
    letter(story.case, "reply-provided", "示范区教育局", "2024年3月26日")
    assert tables(people.organ, 2024) == rows("r1", "r3", "r24")
    for other in (district.civil, district.town, district.office):
        cells = compile_report(other, 2024, reader=COMMAND_LINE, today=day("2025-01-20")).tables.cells
        assert not [name for name, cell in cells.items() if name.startswith("t3.") and cell.value]
    acts = "assign_part assign_part assign_part part_answered part_answered part_answered"
    proven(story.case, f"register {acts} decide submit sign send prove_service")
