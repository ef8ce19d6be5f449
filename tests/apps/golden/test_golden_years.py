"""Golden story 14: carried over two year-ends, each year's report beginning with what the last one left."""

from __future__ import annotations

from tests.apps.casework_support import People, day, told
from tests.apps.golden.support import letter, letters_of, proven, publish, rows, tables


def test_carried_over_two_year_ends(people: People) -> None:
    story = told(people, "2021-12-13").registered("2021-12-13")
    story.do("consult_organ", "2021-12-16", whom="示范区民政局", content="分户名单")
    story.do("record_reached", "2021-12-17", consultation=0)
    story.do("record_opinion", "2022-01-10", consultation=0, agrees=True)
    story.do("ask_reasons", "2022-01-11", matters="一个月内提出 60 件的用意", term_on=day("2022-01-25"))
    story.do("receive_reasons", "2022-01-20", reasonable=True)
    story.do("delay", "2022-01-21", until=day("2023-02-28"), reason="涉及十年的案卷，量大")
    assert (story.case.state, story.case.due_on) == ("delayed", day("2023-02-28"))

    assert tables(people.organ, 2021) == rows("r1", "r25")
    publish(people.organ, 2021)
    assert tables(people.organ, 2022, after=2021) == rows("r2", "r25"), "K5: last year's 结转下年"
    publish(people.organ, 2022)
    story.answered("2023-02-28")
    assert tables(people.organ, 2023, after=2022) == rows("r2", "r3", "r24")
    assert tables(people.organ, 2024) == {}
    assert tables(people.organ, 2021) == rows("r1", "r25"), "what was published stands"

    assert letters_of(story.case) == [
        ("consult-joint-organ", "示教公复〔2021〕1号", "2021-12-16"),
        ("consult-applicant", "示教公复〔2021〕2号", "2021-12-16"),
        ("reasons", "示教公复〔2022〕1号", "2022-01-11"),
        ("delay", "示教公复〔2022〕2号", "2022-01-21"),
        ("reply-provided", "示教公复〔2023〕1号", "2023-02-28"),
    ], "a series for each year"
    letter(
        story.case, "consult-joint-organ",
        "示范区民政局：", "分户名单", "第三十四条", "第三十三条第三款", "逾期未提出意见，视为同意公开",
        without=("申请人甲", "第十一条"),
    )  # fmt: skip
    letter(story.case, "reasons", "申请人甲：", "第三十五条", "一个月内提出 60 件的用意", "2022年1月25日以前")
    letter(story.case, "delay", "第三十五条", "涉及十年的案卷，量大", "延迟至2023年2月28日答复")
    letter(story.case, "reply-provided", "本机关于2021年12月13日收到您提出的", "2023年2月28日")
    acts = "register consult_organ record_reached record_opinion ask_reasons receive_reasons delay"
    proven(story.case, f"{acts} decide submit sign send prove_service")
