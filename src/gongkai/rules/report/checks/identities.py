"""K1–K4: the identities of tables three and four (勾稽关系)."""

from __future__ import annotations

from gongkai.rules.applicants import APPLICANT_CLASSES
from gongkai.rules.provision import Provision
from gongkai.rules.report.checks.model import Finding, Report, check, shown, total
from gongkai.rules.report.form import COLUMNS, RESULTS, TOTAL_COLUMN, TRACKS

_TABLE_3 = Provision("report-format-2021", place="第三部分表格")
_TABLE_4 = Provision("report-format-2021", place="第四部分表格")
_NAMES = {c.column: c.label for c in APPLICANT_CLASSES.values()} | {TOTAL_COLUMN: "总计"}
_TRACK_NAMES = {"review": "行政复议", "direct": "未经复议直接起诉", "after_review": "复议后起诉"}
ALL_COLUMNS = (*COLUMNS, TOTAL_COLUMN)


@check(
    "K1",
    "error",
    "来件等于去件",
    "本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和。",
    _TABLE_3,
    passing="新收 3 加结转 0，等于办理 3 加结转下年 0。",
    failing="新收 3 加结转 0，办理只有 2，结转下年 0，差 1。",
)
def k1(report: Report) -> Finding:
    """r1 + r2 = r24 + r25, per column."""
    found = Finding(good="七列的新收加上年结转，都等于本年办理加结转下年。")
    for column in ALL_COLUMNS:
        coming = [f"t3.r1.{column}", f"t3.r2.{column}"]
        going = [f"t3.{report.form.total_row}.{column}", f"t3.{report.form.carried_row}.{column}"]
        left, right = total(report.values, coming), total(report.values, going)
        text = f"{_NAMES[column]}列：新收加结转为 {shown(left)}，办理加结转下年为 {shown(right)}"
        found.compare(text, [*coming, *going], left, right)
    return found


@check(
    "K2",
    "error",
    "办理结果之和等于总计",
    "本年度办理结果的总计等于各项结果之和。",
    _TABLE_3,
    passing="予以公开 2、信访类 1，总计 3。",
    failing="予以公开 2、信访类 1，总计写成 2。",
)
def k2(report: Report) -> Finding:
    """The total row is the sum of the leaf rows, per column."""
    found = Finding(good="七列的办理结果总计，都等于各项结果之和。")
    for column in ALL_COLUMNS:
        leaves = [f"t3.{row}.{column}" for row in report.form.leaf_rows]
        whole = f"t3.{report.form.total_row}.{column}"
        left, right = report.values.get(whole), total(report.values, leaves)
        text = f"{_NAMES[column]}列：总计为 {shown(left)}，各项结果之和为 {shown(right)}"
        cells = [cell for cell in leaves if report.values.get(cell) != 0]
        found.compare(text, [whole, *cells], left, right)
    return found


@check(
    "K3",
    "error",
    "各类申请人之和等于总计",
    "每一行的总计等于自然人、商业企业、科研机构、社会公益组织、法律服务机构、其他之和。",
    _TABLE_3,
    passing="自然人 3，其余为 0，总计 3。",
    failing="自然人 3、商业企业 1，总计写成 3。",
    level_2019="warning",
)
def k3(report: Report) -> Finding:
    """c7 = c1 + … + c6, per row."""
    found = Finding(good="每一行的总计，都等于六类申请人之和。")
    for row in report.form.rows:
        parts = [f"t3.{row}.{column}" for column in COLUMNS]
        whole = f"t3.{row}.{TOTAL_COLUMN}"
        left, right = report.values.get(whole), total(report.values, parts)
        name = report.form.cells[whole].label.partition(" × ")[0].rpartition("/")[2]
        text = f"“{name}”：总计为 {shown(left)}，各类之和为 {shown(right)}"
        found.compare(text, [whole, *parts], left, right)
    return found


@check(
    "K4",
    "error",
    "复议诉讼的总计",
    "行政复议、未经复议直接起诉、复议后起诉的总计，各等于结果维持、结果纠正、其他结果、尚未审结之和。",
    _TABLE_4,
    passing="维持 1、尚未审结 1，总计 2。",
    failing="维持 1、尚未审结 1，总计写成 1。",
)
def k4(report: Report) -> Finding:
    """Each group of table four adds up."""
    found = Finding(good="行政复议和两类诉讼的总计，都等于四种情形之和。")
    for track in TRACKS:
        parts = [f"t4.{track}.{result}" for result in RESULTS]
        whole = f"t4.{track}.total"
        left, right = report.values.get(whole), total(report.values, parts)
        text = f"{_TRACK_NAMES[track]}：总计为 {shown(left)}，四种情形之和为 {shown(right)}"
        found.compare(text, [whole, *parts], left, right)
    return found
