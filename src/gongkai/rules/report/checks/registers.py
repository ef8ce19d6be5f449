"""K15, K16, K18: a report beside what it was counted from (与台账核对)."""

from __future__ import annotations

from decimal import Decimal

from gongkai.rules.provision import Provision
from gongkai.rules.report.checks.model import Evidence, Finding, Report, check, shown, total
from gongkai.rules.report.counting import count
from gongkai.rules.report.facts import RequestFact

_TABLE_3 = Provision("report-format-2021", place="第三部分表格")


@check(
    "K15",
    "error",
    "汇总等于各单位之和",
    "政府的报告汇总所属单位的，第二、三、四部分各格等于本级与各单位之和。",
    Provision("regulation-2019", 49, paragraph=2),
    passing="本级 2 件、教育局 1 件，汇总 3 件。",
    failing="本级 2 件、教育局 1 件，汇总写 2 件。",
)
def k15(report: Report) -> Finding:
    """Each cell is the sum of its parts; a blank part is K7's."""
    found = Finding(good="各格都等于本级与各单位之和。")
    if not report.parts:
        found.missing("没有各单位的数")
        return found
    for name, cell in report.form.cells.items():
        known = [v for v in (values.get(name) for _, values in report.parts) if v is not None]
        left, right = report.values.get(name), sum(known, Decimal(0)) if known else None
        if left is None and right is None:
            continue
        text = f"“{cell.name}”汇总为 {shown(left)}，各单位之和为 {shown(right)}"
        found.compare(text, [name], left, right)
    return found


@check(
    "K16",
    "error",
    "办理结果都有案卷依据",
    "各项办理结果都能从申请登记逐件数出；按逾期不补正处理的有已经届满的补正期限，按逾期不缴费处理的有收费通知。",
    Provision("regulation-2019", 30),
    Provision("fee-2020", 6),
    _TABLE_3,
    passing="逾期不补正 1 件，登记的补正期限在办结之前届满。",
    failing="逾期不补正 1 件，没有登记补正期限。",
)
def k16(report: Report) -> Finding:
    """r21 needs expired supplements, r22 fee notices; every row is counted again from the requests."""
    found = Finding(good="各项办理结果都能从申请登记数出。")
    if report.source is None:
        found.missing("没有申请登记")
        return found
    closed = [
        fact
        for fact in report.source.facts.requests
        if fact.closed_on is not None and fact.closed_on.year == report.year
    ]
    again = count(report.source.facts, report.year, report.form)
    for row in report.form.rows:
        cell = f"t3.{row}.c7"
        left, right = report.values.get(cell), again[cell].value
        text = f"“{report.form.cells[cell].name}”写 {shown(left)}，登记的申请有 {shown(right)} 件"
        found.compare(text, [cell], left, right)
    found.failures += [one for one in map(_unfounded, closed) if one is not None]
    return found


def _unfounded(fact: RequestFact) -> Evidence | None:
    """What a request closed as unanswered or unpaid lacks; None where nothing."""
    assert fact.closed_on is not None
    due, notice = fact.supplement_due_on, fact.fee_notice_on
    if fact.outcome == "r21" and (due is None or due >= fact.closed_on):
        return Evidence(f"{fact.title}按逾期不补正处理，补正期限没有登记或还没有届满", ("t3.r21.c7",))
    if fact.outcome == "r22" and (notice is None or notice >= fact.closed_on):
        return Evidence(f"{fact.title}按逾期不缴费处理，收费通知没有登记或晚于办结", ("t3.r22.c7",))
    return None


@check(
    "K18",
    "warning",
    "复议后起诉不多于复议",
    "复议后起诉的件数，不多于本年和以前各年作出的行政复议决定数。",
    Provision("report-format-2021", place="第四部分表格"),
    passing="作出复议决定 2 件，复议后起诉 1 件。",
    failing="没有作出过复议决定，复议后起诉 1 件。",
    note="由诉讼与复议的先后推出。",
)
def k18(report: Report) -> Finding:
    """Lawsuits after reconsideration do not outnumber the reconsiderations decided so far."""
    found = Finding(good="复议后起诉不多于已经作出的复议决定。")
    after = total(report.values, ["t4.after_review.total"])
    if after is None:
        found.missing("复议后起诉的总计空着")
        return found
    if report.source is None and after > 0:
        found.missing("没有历年行政复议的登记")
        return found
    found.compared += 1
    decided = Decimal(report.source.reviews_decided) if report.source is not None else Decimal(0)
    if after > decided:
        text = f"复议后起诉 {shown(after)} 件，作出的复议决定只有 {shown(decided)} 件；核对起诉方式"
        found.failures.append(Evidence(text, ("t4.after_review.total",), after, decided))
    return found
