"""Each rule of remedies by its name (救济规则)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gongkai.rules.calendar import announced
from gongkai.rules.remedies import law
from gongkai.rules.remedies.complaints import (
    FINDINGS,
    MEASURES,
    ComplaintTerms,
    asks_correction,
    finding_due,
    wrong_measure,
)
from gongkai.rules.remedies.evidence import PAPERS, PARTS, place_of
from gongkai.rules.remedies.facts import Complaint, Proceeding
from gongkai.rules.remedies.forms import COLUMNS, FORMS, FormRefused, column_of, form_of, known_on, standing
from gongkai.rules.remedies.steps import (
    answer_due,
    appeal_due,
    complaint_step,
    decision_due,
    next_step,
    order_due,
    suit_due,
)

CALENDAR = announced("ningxia")


def day(text: str) -> date:
    return date.fromisoformat(text)


def review(filed: str, **values: object) -> Proceeding:
    return Proceeding(track="review", filed_on=day(filed), **values)  # type: ignore[arg-type]


def suit(filed: str, **values: object) -> Proceeding:
    return Proceeding(track="suit", filed_on=day(filed), **values)  # type: ignore[arg-type]


def test_REM_23_answer_before() -> None:
    """被申请人应当自收到申请书副本或者申请笔录复印件之日起十日内，提出书面答复（2023年以前，日历日）"""
    due = answer_due(review("2021-09-01", notice_on=day("2021-09-13"), procedure="simple"), CALENDAR)
    assert due is not None and (due.day, due.rule) == (day("2021-09-23"), law.ANSWER_BEFORE)
    over = answer_due(review("2021-09-01", notice_on=day("2021-09-24")), CALENDAR)
    assert over is not None and over.day == day("2021-10-08"), (
        "the tenth day is in the National Day's holiday"
    )
    old = answer_due(review("2023-12-29", notice_on=day("2024-01-08"), procedure="ordinary"), CALENDAR)
    new = answer_due(
        review(
            "2023-12-29", accepted_on=day("2024-01-03"), notice_on=day("2024-01-08"), procedure="ordinary"
        ),
        CALENDAR,
    )
    assert old is not None and new is not None
    assert (old.day, new.day) == (day("2024-01-18"), day("2024-01-22")), (
        "the day of acceptance decides the law"
    )


def test_the_answer_since_2024_is_counted_in_working_days() -> None:
    """被申请人应当自收到之日起十日内、简易程序五日内提出书面答复，“五日”“十日”是指工作日"""
    one = review("2024-01-20", notice_on=day("2024-02-05"), procedure="ordinary")
    ordinary, simple = answer_due(one, CALENDAR), answer_due(replace(one, procedure="simple"), CALENDAR)
    unknown = answer_due(replace(one, procedure=""), CALENDAR)
    assert ordinary is not None and simple is not None and unknown is not None
    assert (ordinary.day, simple.day, unknown.day) == (
        day("2024-02-23"),
        day("2024-02-18"),
        day("2024-02-18"),
    )
    assert ordinary.account is not None and "没有登记" in unknown.why and "没有登记" not in simple.why
    assert ordinary.provision == "《中华人民共和国行政复议法》第四十八条、第八十八条第二款"
    assert answer_due(review("2024-01-20"), CALENDAR) is None


def test_REM_67_defence() -> None:
    """被告应当在收到起诉状副本之日起十五日内提交证据和规范性文件，并提出答辩状"""
    due = answer_due(suit("2024-03-10", notice_on=day("2024-03-15")), CALENDAR)
    assert due is not None and (due.day, due.rule) == (day("2024-04-01"), law.DEFENCE)
    assert "2024-03-30" in due.why and "顺延" in due.why
    plain = answer_due(suit("2024-03-01", notice_on=day("2024-03-04")), CALENDAR)
    assert plain is not None and plain.day == day("2024-03-19")


def test_REM_174_appeal_answer() -> None:
    """对方当事人在收到之日起十五日内提出答辩状"""
    due = answer_due(suit("2024-03-01", instance="second", notice_on=day("2024-11-04")), CALENDAR)
    assert due is not None and (due.day, due.rule) == (day("2024-11-19"), law.APPEAL_ANSWER)


def test_a_term_into_a_year_without_a_notice_is_left_open() -> None:
    due = answer_due(suit("2026-12-01", notice_on=day("2026-12-20")), CALENDAR)
    assert due is not None and due.day is None and "2027 年放假安排还没有公布" in due.note


def test_REM_62_review_decision() -> None:
    """行政复议机关应当自受理申请之日起六十日内作出行政复议决定；简易程序三十日"""
    one = review("2024-03-01", accepted_on=day("2024-03-04"), procedure="ordinary")
    ordinary, simple = decision_due(one, CALENDAR), decision_due(replace(one, procedure="simple"), CALENDAR)
    assert ordinary is not None and simple is not None
    assert (ordinary.day, simple.day) == (day("2024-05-06"), day("2024-04-03"))
    assert decision_due(review("2024-03-01"), CALENDAR) is None


def test_REM_31_review_decision_before() -> None:
    """修订前：自受理申请之日起六十日内作出行政复议决定"""
    due = decision_due(review("2021-03-01", accepted_on=day("2021-03-03"), procedure="simple"), CALENDAR)
    assert due is not None and (due.day, due.rule) == (day("2021-05-06"), law.REVIEW_DECISION_BEFORE)


def test_REM_81_judgment() -> None:
    """人民法院应当在立案之日起六个月内作出第一审判决"""
    due = decision_due(suit("2024-03-01", accepted_on=day("2024-03-04")), CALENDAR)
    assert due is not None and (due.day, due.rule) == (day("2024-09-04"), law.JUDGMENT)
    assert (
        decision_due(suit("2024-03-01", accepted_on=day("2024-03-04"), instance="second"), CALENDAR) is None
    )


def test_REM_83_judgment_simple() -> None:
    """适用简易程序的，应当在立案之日起四十五日内审结"""
    due = decision_due(suit("2024-03-01", accepted_on=day("2024-03-04"), procedure="simple"), CALENDAR)
    assert due is not None and (due.day, due.rule) == (day("2024-04-18"), law.JUDGMENT_SIMPLE)


def judged(form: str, **values: object) -> Proceeding:
    given = {
        "closed_on": day("2024-06-03"),
        "decision_received_on": day("2024-06-05"),
        "form": form,
        **values,
    }
    return suit("2024-03-01", notice_on=day("2024-03-15"), answered_on=day("2024-03-28"), **given)


def test_REM_85_appeal() -> None:
    """不服第一审判决的十五日内、裁定的十日内上诉"""
    judgment, ruling = (
        appeal_due(judged("annulled"), CALENDAR),
        appeal_due(judged("case_dismissed"), CALENDAR),
    )
    assert judgment is not None and ruling is not None
    assert (judgment.day, ruling.day) == (day("2024-06-20"), day("2024-06-17"))
    for form in ("withdrawn", "mediated", "ended"):
        assert appeal_due(judged(form), CALENDAR) is None, form
    assert appeal_due(judged("annulled", instance="second"), CALENDAR) is None
    assert appeal_due(replace(judged("annulled"), decision_received_on=None), CALENDAR) is None


def test_REM_77_carry_out() -> None:
    """履行复议决定和判决：写明期限的按所写日期，没有写明的重新计算 20 个工作日"""
    set_ = order_due(judged("annulled_redo", order_due_on=day("2024-07-06")), CALENDAR)
    free = order_due(judged("annulled_redo"), CALENDAR)
    assert set_ is not None and free is not None
    assert (set_.day, free.day) == (day("2024-07-08"), day("2024-07-04")), "a Saturday, moved to Monday"
    assert order_due(judged("annulled"), CALENDAR) is None
    waits = next_step(judged("annulled_redo"), day("2024-06-20"), CALENDAR)
    then = next_step(judged("annulled_redo"), day("2024-06-21"), CALENDAR)
    assert waits is not None and then is not None
    assert (waits.act, then.act) == ("appeal", "redo"), "a judgment binds once the term to appeal is over"
    done = judged("annulled_redo", carried_out_on=day("2024-06-28"))
    assert next_step(done, day("2024-06-29"), CALENDAR) is None


def test_after_a_reconsideration_the_applicant_may_sue() -> None:
    one = review(
        "2024-03-01", form="maintained", closed_on=day("2024-04-22"), decision_received_on=day("2024-04-24")
    )
    due = suit_due(one, CALENDAR)
    assert due is not None and due.day == day("2024-05-09")
    step = next_step(one, day("2024-05-09"), CALENDAR)
    assert step is not None and step.whose == "applicant"
    assert next_step(one, day("2024-05-10"), CALENDAR) is None
    old = replace(one, form="", decision_received_on=None)
    assert next_step(old, day("2024-05-01"), CALENDAR) is None, "an old entry names its result alone"


def test_REM_forms() -> None:
    """裁决形式计入表四：结果维持、结果纠正、其他结果"""
    expected = {
        "review": {
            "upheld": "maintained claim_dismissed",
            "corrected": "modified annulled annulled_redo annulled_redo_procedure unlawful unlawful_redo perform invalid",
            "other": "not_accepted abandoned dismissed ended settled mediated",
        },
        "suit": {
            "upheld": "claim_dismissed",
            "corrected": "annulled annulled_redo annulled_redo_procedure perform payment unlawful invalid modified",
            "other": "not_filed case_dismissed withdrawn mediated ended",
            "": "appeal_dismissed remanded",
        },
    }
    for track, columns in expected.items():
        assert {
            c: " ".join(f.code for f in FORMS[track].values() if f.column == c) for c in columns
        } == columns  # type: ignore[index]
        assert all(f.column in ("", *COLUMNS) for f in FORMS[track].values())  # type: ignore[index]
    assert column_of("suit", "appeal_dismissed", "annulled") == "corrected"
    assert (column_of("suit", "appeal_dismissed"), column_of("suit", "remanded")) == ("", "")
    assert standing("suit", "appeal_dismissed", "annulled_redo").redo
    redo = {t: sorted(f.code for f in FORMS[t].values() if f.redo) for t in FORMS}
    assert redo == {
        "review": ["annulled_redo", "annulled_redo_procedure", "perform", "unlawful_redo"],
        "suit": ["annulled_redo", "annulled_redo_procedure", "perform"],
    }
    assert (
        not form_of("suit", "annulled_redo_procedure").bars_same
        and form_of("suit", "annulled_redo").bars_same
    )
    with pytest.raises(FormRefused, match="没有“变成”这种裁决形式"):
        form_of("review", "变成")


def test_every_form_rests_on_an_article_that_is_there() -> None:
    for forms in FORMS.values():
        for form in forms.values():
            for place in (form.now, form.before):
                if place is not None and place.source.file:
                    assert place.text(), (form.code, place)
    before = {form.code for form in known_on("review", day("2023-12-31"))}
    now = {form.code for form in known_on("review", day("2024-01-01"))}
    assert before - now == {"unlawful_redo"} and now - before == {"annulled_redo_procedure", "invalid"}


def test_REM_34_evidence() -> None:
    """被告对作出的行政行为负有举证责任，应当提供作出该行政行为的证据和所依据的规范性文件"""
    assert [part.folder[:2] for part in PARTS.values()] == ["01", "02", "03", "04", "05", "06"]
    assert all(part in PARTS and proves for part, proves in PAPERS.values())
    assert place_of("letter")[0].title == "文书"


def test_REM_35_no_collecting() -> None:
    """在诉讼过程中，被告及其诉讼代理人不得自行向原告、第三人和证人收集证据"""
    assert "第三十五条" in law.NO_COLLECTING.citation() and "第四十六条第一款" in law.NO_COLLECTING.citation()


def test_REM_47_complaint() -> None:
    """查证属实的，应当予以督促整改或者通报批评"""
    for finding in FINDINGS:
        for measure in ("", *MEASURES):
            wrong = wrong_measure(finding, measure, superior=False)
            fits = not measure if finding == "unfounded" else measure not in ("", "correct")
            assert (wrong == "") == fits, (finding, measure)
    assert wrong_measure("", "rectify", superior=False) and not wrong_measure("", "", superior=False)
    assert asks_correction("both") and not asks_correction("criticism")


def test_REM_51_complaint_where() -> None:
    """向上一级行政机关或者政府信息公开工作主管部门投诉、举报；不计入表四"""
    one = Complaint(received_on=day("2024-03-01"))
    today = day("2024-03-10")
    steps = []
    for change in (
        {}, {"finding": "founded", "measure": "rectify", "measure_due_on": day("2024-04-01")}, {"told_on": today},
        {"corrected_on": today}, {"closed_on": today},
    ):  # fmt: skip
        one = replace(one, **change)  # type: ignore[arg-type]
        step = complaint_step(one, today, CALENDAR)
        steps.append(step.act if step is not None else None)
    assert steps == ["find", "tell", "correct", "close", None]


def test_REM_53_correction_order() -> None:
    """由上一级行政机关责令改正"""
    assert "上一级行政机关" in wrong_measure("founded", "correct", superior=False)
    assert wrong_measure("founded", "correct", superior=True) == ""


def test_REM_complaint_term() -> None:
    """投诉、举报的办理期限：条例没有写，先定 20 个工作日"""
    assert finding_due(day("2024-03-01"), CALENDAR) == (day("2024-03-29"), "")
    assert finding_due(day("2024-03-01"), CALENDAR, ComplaintTerms(finding=5)) == (day("2024-03-08"), "")
    assert finding_due(day("2026-12-20"), CALENDAR)[0] is None
