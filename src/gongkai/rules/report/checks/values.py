"""K7, K8, M1–M3: what stands in the cells (格中的值)."""

from __future__ import annotations

from gongkai.rules.provision import Provision
from gongkai.rules.report.checks.model import Evidence, Finding, Report, check, few, shown

_FORM = Provision("report-format-2021")


@check(
    "K7",
    "error",
    "每格都有数",
    "各格都填数：件数是不小于0的整数，收费金额不小于0；没有发生写0，不空着，不写“/”“-”“无”。",
    _FORM,
    passing="没有行政复议，五格都写 0。",
    failing="没有行政复议，五格空着。",
    level_2019="warning",
)
def k7(report: Report) -> Finding:
    """No blank, no negative, no fraction where a count stands, nothing that is no number."""
    found = Finding(good=f"{len(report.form.cells)} 格都有数。")
    for name, cell in report.form.cells.items():
        if cell.kind == "text":
            continue
        found.compared += 1
        if name in report.bad:
            found.fail(f"“{cell.name}”{report.bad[name]}".rstrip("。"), name)
        elif name in report.blank_parts:
            names = few(report.blank_parts[name])
            found.fail(f"“{cell.name}”还有单位没有报：{names}；登记申报统计就补上，没有发生的写 0", name)
        elif report.values.get(name) is None:
            found.fail(f"“{cell.name}”空着；没有发生写 0", name)
    return found


@check(
    "K8",
    "warning",
    "区县和部门没有规章",
    "规章由国务院部门和省、自治区、直辖市、设区的市、自治州的人民政府制定；区县及其部门的规章三格应当为0。",
    Provision("rulemaking-2017", 12),
    passing="规章三格都是 0。",
    failing="规章的本年制发件数写 1。",
    note="由制定权限推出。",
)
def k8(report: Report) -> Finding:
    """t2.rule.* is 0 where there is no power to make rules."""
    found = Finding(good="规章各格都是 0。")
    cells = [name for name in report.form.cells if name.startswith("t2.rule.")]
    if report.rule_power:
        found.missing("本机关有规章制定权")
        return found
    for name in cells:
        value = report.values.get(name)
        if value is None:
            found.missing(f"“{report.form.cells[name].name}”空着")
            continue
        found.compared += 1
        if value != 0:
            text = f"“{report.form.cells[name].name}”写 {shown(value)}；核对是不是行政规范性文件"
            found.failures.append(Evidence(text, (name,), value, value - value))
    return found


@check(
    "M1",
    "warning",
    "申报统计月份齐全",
    "行政许可、行政处罚、行政强制、行政事业性收费由各单位逐月申报，没有发生的月份也申报0。",
    Provision("regulation-2019", 20, item=5),
    Provision("regulation-2019", 50, item=1),
    passing="十二个月都有申报，其中三个月为 0。",
    failing="九月没有申报。",
    note="逐月申报是本系统的做法，格式只要全年的数。",
)
def m1(report: Report) -> Finding:
    """Every month of a declared number was declared."""
    found = Finding(good="各单位十二个月的申报统计齐全。")
    if report.missing_months is None:
        found.missing("没有申报统计的登记")
        return found
    found.compared += 1
    for part, label, months in report.missing_months:
        names = "、".join(f"{month}" for month in months)
        found.fail(f"{part}的{label}缺 {names} 月")
    return found


@check(
    "M2",
    "warning",
    "各单位都已报送",
    "各单位在规定时间内提交本机关上一年度政府信息公开工作年度报告，汇总的报告在各单位报送之后发布。",
    Provision("regulation-2019", 49, paragraph=1),
    passing="四十个单位都已报送。",
    failing="东河镇还没有报送。",
    note="没有报送的单位，它的记录已经计入；报送表示它核对过。",
)
def m2(report: Report) -> Finding:
    """Every unit of a government's report has handed in its own."""
    found = Finding(good="各单位都已报送。")
    if report.unfiled is None:
        found.missing("没有所属单位")
        return found
    found.compared += 1
    if report.unfiled:
        found.fail(f"还有 {len(report.unfiled)} 个单位没有报送：{few(report.unfiled)}；催办，核对后报送")
    return found


@check(
    "M3",
    "notice",
    "同月同项申报一次以上",
    "同一单位同一月份同一项目登记一次以上的，各次相加；是重复申报的，撤销其中一次。",
    Provision("regulation-2019", 50, item=1),
    passing="每月每项申报一次。",
    failing="三月的行政许可登记了两次。",
    note="补报和重复申报只有申报单位分得清。",
)
def m3(report: Report) -> Finding:
    """A month of a declared number that was declared more than once is pointed out."""
    found = Finding(good="没有一个月份申报一次以上。")
    if report.repeated is None:
        found.missing("没有申报统计的登记")
        return found
    found.compared += 1
    for part, label, months in report.repeated:
        names = "、".join(f"{month}" for month in months)
        found.fail(f"{part}的{label} {names} 月登记了一次以上，核对是补报还是重复")
    return found
