"""K1–K18 and M1–M3: each with a report that passes and one that fails, and what the failure says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from gongkai.rules.report.checks import CheckResult, NotAReport, Report, Source, report_from_json, run_checks
from gongkai.rules.report.facts import FeeFact, OrganFacts, RequestFact
from gongkai.rules.report.forms import form_for
from gongkai.rules.report.narrative import Narrative

FORM = form_for(2021)
ZEROS = {name: Decimal(0) for name in FORM.cells}
# The numbers of a published report: 3 received, 2 given, 1 a petition.
THREE = ZEROS | {
    f"t3.{row}.{column}": Decimal(n)
    for row, n in (("r1", 3), ("r3", 2), ("r16", 1), ("r24", 3))
    for column in ("c1", "c7")
}
WORDS = Narrative(
    preface="本报告所列数据统计期限从 2021 年 1 月 1 日到 12 月 31 日。",
    overview=(
        (
            "（一）主动公开情况",
            "全年主动公开政府信息 4936 条，其中，通过政府网站发布政府信息 2213 条、政务新媒体发布政府信息 2723 条。",
        ),
        ("（二）依申请公开情况", "2021 年收到政府信息公开申请 3 件，上年结转 0 件，均已办结。"),
        ("（五）监督保障", "工作考核中 12 个单位为优秀等次。社会评议满意度 96%。没有发生责任追究情形。"),
    ),
    problems="一是政策解读形式单一，图解、视频解读偏少。二是乡镇经办人每年更换，业务不熟。",
    other="本年度没有产生信息公开处理费。",
)
SOURCE = Source(counts={}, facts=OrganFacts(), fees_fen=0, reviews_decided=0)


def report(values: Mapping[str, Decimal | None] = THREE, **more: object) -> Report:
    return Report(2021, FORM, values, **more)  # type: ignore[arg-type]


def found(one: Report, code: str) -> CheckResult:
    return next(result for result in run_checks(one) if result.id == code)


def holds(one: Report, code: str) -> None:
    assert found(one, code).status == "pass", found(one, code)


def fails(one: Report, code: str, said: str, level: str = "error") -> CheckResult:
    result = found(one, code)
    assert (result.status, result.level) == ("fail", level), result
    assert said in result.message, result.message
    return result


def open_(one: Report, code: str) -> None:
    assert found(one, code).status == "not_assessable", found(one, code)


def changed(cell: str, value: int | None) -> Report:
    return report(THREE | {cell: None if value is None else Decimal(value)})


def test_K1() -> None:
    holds(report(), "K1")
    result = fails(changed("t3.r1.c1", 4), "K1", "自然人列：新收加结转为 4，办理加结转下年为 3")
    assert result.evidence[0].difference == 1
    assert set(result.cells) == {"t3.r1.c1", "t3.r2.c1", "t3.r24.c1", "t3.r25.c1"}
    open_(changed("t3.r2.c1", None), "K1")


def test_K2() -> None:
    holds(report(), "K2")
    fails(changed("t3.r24.c1", 2), "K2", "自然人列：总计为 2，各项结果之和为 3")


def test_K3() -> None:
    holds(report(), "K3")
    fails(changed("t3.r1.c2", 1), "K3", "总计为 3，各类之和为 4")


def test_K4() -> None:
    holds(report(), "K4")
    fails(changed("t4.review.upheld", 1), "K4", "行政复议：总计为 0，四种情形之和为 1")
    open_(changed("t4.review.upheld", None), "K4")


def test_K5() -> None:
    open_(report(), "K5")
    holds(report(previous=ZEROS, previous_form="2021"), "K5")
    fails(
        report(previous=ZEROS | {"t3.r25.c1": Decimal(2)}, previous_form="2021"),
        "K5",
        "上年报告的结转下年为 2",
    )
    old = {name: Decimal(0) for name in form_for(2020).cells} | {"t3.r23.c1": Decimal(1)}
    fails(report(previous=old, previous_form="2019"), "K5", "结转下年为 1")


def test_K6() -> None:
    now = {"t2.norm.made": Decimal(9), "t2.norm.repealed": Decimal(173), "t2.norm.in_force": Decimal(49)}
    before = ZEROS | {"t2.norm.in_force": Decimal(213)}
    holds(report(ZEROS | now, previous=before, previous_form="2021"), "K6")
    wrong = ZEROS | now | {"t2.norm.in_force": Decimal(50)}
    fails(report(wrong, previous=before, previous_form="2021"), "K6", "现行有效写 50", "warning")
    open_(report(ZEROS | now, previous=ZEROS, previous_form="2019"), "K6")


def test_K7() -> None:
    holds(report(), "K7")
    result = fails(changed("t2.coercion.decisions", None), "K7", "空着；没有发生写 0")
    assert result.cells == ("t2.coercion.decisions",)
    blank = report(blank_parts={"t2.licence.decisions": ("区教育局",)})
    fails(blank, "K7", "还有单位没有报：区教育局")


def test_K8() -> None:
    holds(report(), "K8")
    fails(changed("t2.rule.made", 1), "K8", "写 1", "warning")
    open_(report(rule_power=True), "K8")


def worded(**parts: object) -> Report:
    return report(narrative=replace(WORDS, **parts))  # type: ignore[arg-type]


def said_in_requests(text: str) -> Report:
    return worded(overview=(("（二）依申请公开情况", text),))


def test_K9() -> None:
    holds(worded(), "K9")
    result = fails(
        said_in_requests("本年新收政府信息公开申请５件。"), "K9", "收政府信息公开申请5件", "warning"
    )
    assert result.cells == ("t3.r1.c7",) and result.evidence[0].difference == 2
    fails(said_in_requests("上年结转申请 1 件，结转下年度继续办理 0 件。"), "K9", "表格为 0", "warning")
    fails(said_in_requests("引发行政复议 2 件。"), "K9", "行政复议2件", "warning")
    fails(said_in_requests("制发行政规范性文件9件。"), "K9", "制发行政规范性文件9件", "warning")
    open_(said_in_requests("没有需要说明的。"), "K9")


def published(text: str, counts: dict[str, int] | None = None) -> Report:
    words = replace(WORDS, overview=(("（一）主动公开情况", text),))
    return report(narrative=words, source=replace(SOURCE, counts=counts) if counts is not None else None)


def test_K10() -> None:
    holds(worded(), "K10")
    text = "主动公开政府信息 {} 条，其中政府网站发布政府信息 2213 条、政务新媒体发布政府信息 2723 条。"
    fails(published(text.format(4939)), "K10", "公开总数写 4939 条，各渠道之和为 4936 条", "warning")
    fails(published("政策解读 32 件。政策解读 33 篇。"), "K10", "前后不一", "warning")
    counts = {"publications.class.interpretation": 31}
    fails(published("政策解读 32 件。", counts), "K10", "台账为 31", "warning")
    classes = (
        "政府网站发布政府信息 2213 条。公开文件数量 939 件，政策解读 32 件，财政预决算信息 349 条；"
        "社会公益事业建设栏目公开教育、环境保护等信息 {} 条；重大项目建设和实施领域公开征地土地信息 120 条；"
        "政府信息公开年报、社会保障、食品药品等领域公开信息 301 条。"
    )
    holds(published(classes.format(472)), "K10")
    fails(published(classes.format(470)), "K10", "各类别之和为 2211 条", "warning")


def test_K10_documents_by_name_are_among_the_documents() -> None:
    text = "公开文件 {} 件。区政府名义下发文件 3 个，区政府办公室名义下发文件 54 个。"
    holds(published(text.format(939)), "K10")
    fails(published(text.format(56)), "K10", "印发 57 件，多于公开文件 56 件", "warning")


def test_K10_about_a_number() -> None:
    text = "印发《政府公报》4 期 1400 余本。"
    holds(published(text, {"gazette.issues": 4, "gazette.copies": 1400}), "K10")
    holds(published(text, {"gazette.issues": 4, "gazette.copies": 1499}), "K10")
    for copies in (1399, 1500):
        fails(published(text, {"gazette.issues": 4, "gazette.copies": copies}), "K10", "1400余本", "warning")


def test_K11() -> None:
    holds(worded(), "K11")
    fails(worded(problems="无"), "K11", "只写“无”", "warning")
    fails(worded(problems=""), "K11", "空着", "warning")
    alike = report(narrative=WORDS, others={"上年的报告": WORDS.problems + "三是互动不够。"})
    fails(alike, "K11", "与上年的报告有 100% 雷同", "warning")


def test_K12() -> None:
    holds(worded(), "K12")
    holds(worded(other="本年度收取信息处理费 400 元。"), "K12")
    holds(worded(other="未收取信息处理费。"), "K12")
    fails(worded(other="没有其他需要报告的事项。"), "K12", "没有写信息处理费")
    fails(worded(other="按规定执行信息处理费收费标准。"), "K12", "没有写收了多少")


def test_K13() -> None:
    holds(report(narrative=WORDS, government=True), "K13")
    system = "建立健全政务公开考核制度、社会评议制度和责任追究制度，定期对各单位进行考核、评议。"
    words = replace(WORDS, overview=(("（五）监督保障", system),))
    result = fails(report(narrative=words, government=True), "K13", "没有写工作考核的结果", "warning")
    assert len(result.evidence) == 3
    open_(report(narrative=words, government=False), "K13")


def test_K14() -> None:
    in_time = report(narrative=WORDS, government=True, published_on=date(2022, 3, 31))
    holds(in_time, "K14")
    fails(replace(in_time, published_on=date(2022, 4, 1)), "K14", "晚于 2022-03-31", "warning")
    fails(
        replace(in_time, government=False, published_on=date(2022, 2, 1)), "K14", "晚于 2022-01-31", "warning"
    )
    fails(worded(preface="本报告由办公室编制。"), "K14", "没有写明统计期限")
    open_(worded(), "K14")


def test_K15() -> None:
    parts = (("本级", ZEROS), ("区教育局", THREE))
    holds(report(parts=parts), "K15")
    fails(report(ZEROS, parts=parts), "K15", "汇总为 0，各单位之和为 3")
    open_(report(), "K15")


def test_K16() -> None:
    def case(outcome: str, due: date | None, notice: date | None) -> Report:
        fact = RequestFact(
            "requests:1", "一件申请", date(2021, 3, 1), date(2021, 4, 1), "natural", outcome, due, notice
        )
        values = ZEROS | {f"t3.{row}.{c}": Decimal(1) for row in ("r1", outcome, "r24") for c in ("c1", "c7")}
        return report(values, source=replace(SOURCE, facts=OrganFacts(requests=(fact,))))

    holds(case("r21", date(2021, 3, 31), None), "K16")
    fails(case("r21", None, None), "K16", "补正期限没有登记")
    fails(case("r21", date(2021, 4, 1), None), "K16", "还没有届满")
    holds(case("r22", None, date(2021, 3, 5)), "K16")
    fails(case("r22", None, None), "K16", "收费通知没有登记")
    fails(report(source=SOURCE), "K16", "登记的申请有 0 件")
    open_(report(), "K16")


def test_K17() -> None:
    def case(other: str, fen: int, fees: str = "1") -> Report:
        facts = OrganFacts(fees=(FeeFact("processing-fees:1", "收费", date(2021, 5, 1), fen),))
        values = THREE | {"t2.fee.amount": Decimal(fees)}
        source = replace(SOURCE, facts=facts, fees_fen=fen)
        return report(values, narrative=replace(WORDS, other=other), source=source)

    holds(case("本年度收取信息处理费 400 元。", 40_000), "K17")
    holds(case("未收取信息处理费。", 0), "K17")
    fails(case("未收取信息处理费。", 40_000), "K17", "写信息处理费 0 元，登记收取 400 元", "warning")
    fails(case("收取信息处理费 0.04 万元。", 40_000, "0"), "K17", "多于第二部分的收费", "warning")


def test_K18() -> None:
    one = ZEROS | {"t4.after_review.upheld": Decimal(1), "t4.after_review.total": Decimal(1)}
    holds(report(one, source=replace(SOURCE, reviews_decided=1)), "K18")
    fails(report(one, source=SOURCE), "K18", "作出的复议决定只有 0 件", "warning")
    holds(report(ZEROS), "K18")
    open_(report(one), "K18")


def test_M1() -> None:
    open_(report(), "M1")
    holds(report(missing_months=()), "M1")
    fails(
        report(missing_months=(("区教育局", "行政许可", (9, 10)),)),
        "M1",
        "区教育局的行政许可缺 9、10 月",
        "warning",
    )


def test_M2() -> None:
    open_(report(), "M2")
    holds(report(unfiled=()), "M2")
    fails(report(unfiled=("东河镇",)), "M2", "还有 1 个单位没有报送：东河镇", "warning")


def test_M3() -> None:
    open_(report(), "M3")
    holds(report(repeated=()), "M3")
    fails(
        report(repeated=(("区教育局", "行政许可", (3,)),)),
        "M3",
        "区教育局的行政许可 3 月登记了一次以上",
        "notice",
    )


# Files -------------------------------------------------------------------------------------------


def as_json(**changes: object) -> str:
    cells = {name: str(value) for name, value in THREE.items()}
    return json.dumps({"year": 2021, "form": "2021", "cells": cells} | changes, ensure_ascii=False)


def test_a_file_with_cells_alone_is_checked() -> None:
    results = run_checks(report_from_json(as_json()))
    assert {r.id for r in results if r.status == "fail"} == set()
    assert [r.id for r in results][:3] == ["K1", "K2", "K3"] and len(results) == 21


@pytest.mark.parametrize("blank", [None, "", "absent"])
def test_a_blank_in_a_file_fails_K7_alone(blank: str | None) -> None:
    cells = {name: str(value) for name, value in THREE.items()} | {"t4.review.total": blank}
    if blank == "absent":
        del cells["t4.review.total"]
    failed = {r.id for r in run_checks(report_from_json(as_json(cells=cells))) if r.status == "fail"}
    assert failed == {"K7"}


@pytest.mark.parametrize("bad", ["-1", "1.5", "/", -3, True, [2]])
def test_what_is_no_count_fails_K7_and_enters_no_sum(bad: object) -> None:
    cells: dict[str, object] = {name: str(value) for name, value in THREE.items()}
    cells["t3.r3.c1"] = bad
    results = {r.id: r for r in run_checks(report_from_json(as_json(cells=cells)))}
    assert results["K7"].status == "fail" and results["K7"].cells == ("t3.r3.c1",)
    assert results["K2"].status == "not_assessable"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (as_json(cells={"t9.x": "1"}), "没有这些格：t9.x"),
        (as_json(cells={}), "没有 cells"),
        (as_json(cells=[1]), "没有 cells"),
        (as_json(form="1999"), "不认识 form"),
        (as_json(year="today"), "年份"),
        (as_json(narrative=7), "narrative"),
        (as_json(published_on="昨天"), "published_on"),
        ('{"year": 2018, "cells": {"t2.norm.made": "1"}}', "没有 2018 年的年度报告格式"),
        ('{"cells": {"t2.norm.made": "1"}}', "没有 year"),
        (as_json()[:-40], "不是完整的 JSON"),
        ("[1, 2]", "最外层"),
        ("[" * 200_000, "嵌套太深"),
        ('{"year": 2021, "cells": {"t2.norm.made": NaN}}', "NaN"),
        ('{"year": 2021, "cells": {"t2.norm.made": "1", "t2.norm.made": "2"}}', "写了两次"),
    ],
)
def test_what_is_no_report_is_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(NotAReport, match=said):
        report_from_json(text)
