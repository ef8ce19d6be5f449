"""K5, K6, K14: a report beside last year's and beside the calendar (跨年、时限)."""

from __future__ import annotations

import re

from gongkai.rules.provision import Provision
from gongkai.rules.report.checks.identities import ALL_COLUMNS
from gongkai.rules.report.checks.model import Finding, Report, check, shown
from gongkai.rules.report.filing_states import due_on
from gongkai.rules.report.forms import VERSIONS
from gongkai.rules.report.lint import squeezed

_TABLE_2 = Provision("report-format-2021", place="第二部分表格")
_TABLE_3 = Provision("report-format-2021", place="第三部分表格")


@check(
    "K5",
    "error",
    "上年结转等于上年报告的结转下年",
    "本年的上年结转，逐列等于上年已发布报告的结转下年度继续办理。",
    _TABLE_3,
    passing="上年报告结转下年 2 件，本年上年结转 2 件。",
    failing="上年报告结转下年 2 件，本年上年结转写 0。",
    note="比照对象是已发布的上年报告；确有例外的，在第六部分说明。",
)
def k5(report: Report) -> Finding:
    """r2 of this year = the carried row of last year's published report."""
    found = Finding(good="上年结转与上年已发布的报告一致。")
    if report.previous is None:
        found.missing("没有上年已发布的报告")
        return found
    carried = VERSIONS[report.previous_form or report.form.version].carried_row
    for column in ALL_COLUMNS:
        cell = f"t3.r2.{column}"
        left, right = report.values.get(cell), report.previous.get(f"t3.{carried}.{column}")
        text = f"上年结转写 {shown(left)}，上年报告的结转下年为 {shown(right)}（{column}）"
        found.compare(text, [cell], left, right)
    return found


@check(
    "K6",
    "warning",
    "现行有效件数与上年衔接",
    "现行有效件数等于上年现行有效件数加本年制发件数减本年废止件数。",
    _TABLE_2,
    passing="上年 213 件，制发 9 件，废止 173 件，现行有效 49 件。",
    failing="上年 213 件，制发 9 件，废止 173 件，现行有效写 50 件。",
    note="不是格式规定的勾稽，各地核查工具使用；有效期届满、单位划转时可以不等，应当说明。",
)
def k6(report: Report) -> Finding:
    """in_force = last year's in_force + made − repealed, for rules and normative documents."""
    found = Finding(good="规章和行政规范性文件的现行有效件数与上年衔接。")
    if report.form.version != "2021" or report.previous is None or report.previous_form == "2019":
        found.missing("没有上年已发布的报告" if report.previous is None else "上年的表没有现行有效件数")
        return found
    for rank, name in (("rule", "规章"), ("norm", "行政规范性文件")):
        left = report.values.get(f"t2.{rank}.in_force")
        before = report.previous.get(f"t2.{rank}.in_force")
        made, gone = report.values.get(f"t2.{rank}.made"), report.values.get(f"t2.{rank}.repealed")
        known = before is not None and made is not None and gone is not None
        right = before + made - gone if known else None  # type: ignore[operator]
        text = (
            f"{name}：现行有效写 {shown(left)}，上年 {shown(before)} 加制发 {shown(made)} "
            f"减废止 {shown(gone)} 为 {shown(right)}"
        )
        cells = [f"t2.{rank}.{event}" for event in ("in_force", "made", "repealed")]
        found.compare(text, cells, left, right)
    return found


_PERIOD = re.compile(r"1月1日.{0,12}?12月31日")


@check(
    "K14",
    "error",
    "统计期限和发布时限",
    "报告的统计期限为1月1日至12月31日；行政机关于每年1月31日前公布，县级以上地方人民政府政府信息公开工作"
    "主管部门于每年3月31日前公布。",
    Provision("regulation-2019", 49),
    passing="统计期限写 1 月 1 日到 12 月 31 日，区政府 3 月 18 日发布。",
    failing="部门 2 月 15 日才发布。",
)
def k14(report: Report) -> Finding:
    """The period is the calendar year, and the day of publication is in time."""
    found = Finding(good="统计期限为全年，发布没有逾期。")
    if report.narrative is not None and report.narrative.preface.strip():
        found.compared += 1
        if not _PERIOD.search(squeezed(report.narrative.preface)):
            found.fail("前言没有写明统计期限“1 月 1 日到 12 月 31 日”，补上")
    if report.published_on is None:
        found.missing("还没有发布日期")
    elif report.government is None:
        found.missing("不知道是政府还是部门的报告，不能定时限")
    else:
        found.compared += 1
        last = due_on(report.year, government=report.government)
        if report.published_on > last:
            # The day cannot be mended afterwards: it is told, and blocks nothing.
            found.level = "warning" if not found.failures else None
            found.fail(f"发布日期晚于 {last}；在第六部分说明原因")
    return found
