"""K9–K13, K17: the words beside the tables and the registers (文字与表格、台账)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.rules.provision import Provision
from gongkai.rules.report.checks.model import Evidence, Finding, Report, check, shown, total
from gongkai.rules.report.lint import (
    BY_NAME,
    CELL_CLAIMS,
    CLASSES,
    NEW_MEDIA,
    OTHER,
    PORTAL,
    PUBLISHED,
    REGISTER_CLAIMS,
    Said,
    said,
    squeezed,
)
from gongkai.rules.report.values import printed

_FORM = Provision("report-format-2021")
_FOUR = Provision("regulation-2019", 50, item=4)


@check(
    "K9",
    "warning",
    "文字与表格一致",
    "总体情况中写的收到、结转、办结申请件数，行政复议、行政诉讼件数，规范性文件件数，与表格一致。",
    _FORM,
    passing="文字写收到申请 3 件，表三新收总计 3。",
    failing="文字写收到申请 5 件，表三新收总计 3。",
)
def k9(report: Report) -> Finding:
    """Numbers in words equal the cells they speak of."""
    found = Finding(good="文字中的件数与表格一致。")
    if report.narrative is None:
        found.missing("没有文字部分")
        return found
    for one in said(report.narrative, CELL_CLAIMS, report.rows):
        if any(code not in report.form.cells for code in one.codes):
            continue
        _hold(found, one, total(report.values, one.codes), "表格")
    if not found.compared and not found.absent:
        found.missing("文字中没有写这些件数")
    return found


def _hold(found: Finding, one: Said, right: Decimal | None, against: str) -> None:
    text = f"{one.where}写“{one.quote}”，{against}为 {shown(right)}"
    cells = tuple(code for code in one.codes if code.startswith("t"))
    cells = tuple(code for code in cells if re.match(r"t\d\.", code))
    if right is not None and one.agrees(right):
        found.compared += 1
        return
    found.compare(text, cells, one.number, right)


@check(
    "K10",
    "warning",
    "文字中的数相互一致、与台账一致",
    "文字中各渠道之和等于公开总数，各类别之和等于网站发布数，同一个数前后写得一样，各数与台账一致。",
    _FORM,
    passing="网站 2213 条、新媒体 2723 条，合计 4936 条。",
    failing="网站 2213 条、新媒体 2723 条，合计写成 4939 条。",
)
def k10(report: Report) -> Finding:
    """Sums in the text hold, repeated numbers agree, and each equals its register."""
    found = Finding(good="文字中的数相互一致，与台账一致。")
    if report.narrative is None:
        found.missing("没有文字部分")
        return found
    claims = list(said(report.narrative, REGISTER_CLAIMS, report.rows))
    first: dict[str, Said] = {}
    for one in claims:
        code = one.codes[0]
        known = first.setdefault(code, one)
        if known is not one:
            text = f"“{known.quote}”与“{one.quote}”说的是同一个数，前后不一"
            found.compare(text, (), known.number, one.number)
        if report.source is not None:
            _hold(found, one, Decimal(report.source.counts.get(code, 0)), "台账")
    for text, whole, parts in _sums({code: one.number for code, one in first.items()}):
        found.compare(text, (), whole, parts)
    _named_are_among_documents(found, {code: one.number for code, one in first.items()})
    if not found.compared:
        found.missing("文字中没有写这些数")
    return found


def _named_are_among_documents(found: Finding, numbers: dict[str, Decimal]) -> None:
    """What went out under the government's name or its office's is among the documents published."""
    named = [numbers[code] for code in BY_NAME if code in numbers]
    documents = numbers.get(CLASSES[0])
    if len(named) < len(BY_NAME) or documents is None:
        return
    found.compared += 1
    if sum(named) > documents:
        text = (
            f"以政府和办公室名义印发 {shown(sum(named, Decimal(0)))} 件，多于公开文件 {shown(documents)} 件"
        )
        found.failures.append(Evidence(text, (), sum(named, Decimal(0)), documents))


def _sums(numbers: dict[str, Decimal]) -> Iterator[tuple[str, Decimal, Decimal]]:
    whole, portal = numbers.get(PUBLISHED), numbers.get(PORTAL)
    if whole is not None and portal is not None and NEW_MEDIA in numbers:
        parts = portal + numbers[NEW_MEDIA] + numbers.get(OTHER, Decimal(0))
        yield f"公开总数写 {shown(whole)} 条，各渠道之和为 {shown(parts)} 条", whole, parts
    if portal is not None and all(code in numbers for code in CLASSES[:6]):
        parts = sum((numbers[code] for code in CLASSES if code in numbers), Decimal(0))
        yield f"网站发布写 {shown(portal)} 条，各类别之和为 {shown(parts)} 条", portal, parts


_EMPTY = {"", "无", "暂无", "没有", "无。", "不存在"}
_SHORTEST = 20
_SHINGLE = 8
_ALIKE = 0.8


@check(
    "K11",
    "warning",
    "存在问题写得具体、不雷同",
    "第五部分写明存在的主要问题及改进情况，不写“无”，不与上年或者其他单位雷同。",
    Provision("regulation-2019", 47),
    _FOUR,
    passing="写明三个问题和四项改进，与上年、与各单位都不相同。",
    failing="第五部分写“无”。",
    note="雷同以连续八字相同的比例计，八成以上提示；界限由本系统设定。",
)
def k11(report: Report) -> Finding:
    """Section five says something, and something of its own."""
    found = Finding(good="第五部分有具体内容，没有雷同。")
    if report.narrative is None:
        found.missing("没有文字部分")
        return found
    found.compared += 1
    text = squeezed(report.narrative.problems)
    if text in _EMPTY or len(text) < _SHORTEST:
        found.fail(f"第五部分{'空着' if not text else f'只写“{text}”'}；写明本年的问题和改进")
        return found
    own = _shingles(text)
    for name, other in report.others.items():
        theirs = _shingles(squeezed(other))
        if not theirs:
            continue
        share = len(own & theirs) / min(len(own), len(theirs))
        if share >= _ALIKE:
            found.fail(f"第五部分与{name}有 {share:.0%} 雷同；写本单位自己的情况")
    return found


def _shingles(text: str) -> frozenset[str]:
    return frozenset(text[i : i + _SHINGLE] for i in range(len(text) - _SHINGLE + 1))


_FEE = re.compile(r"(?:信息处理费|处理费)")
_NO_FEE = re.compile(
    r"(?:没有|未|无|不)[^。；]{0,14}处理费|处理费[^。；]{0,10}(?:为0|0元|零|未发生|没有发生|未收取)"
)
_FEE_AMOUNT = re.compile(r"处理费[^。；\d]{0,12}(\d+(?:\.\d{1,2})?)(万)?元")


@check(
    "K12",
    "error",
    "报告信息处理费",
    "行政机关收取信息处理费的总体情况，在年度报告第六部分“其他需要报告的事项”中报告，没有收取也写明。",
    Provision("fee-2020"),
    passing="写明“本年度没有产生信息公开处理费”。",
    failing="第六部分没有提到信息处理费。",
)
def k12(report: Report) -> Finding:
    """Section six says what processing fee was collected, also when none was."""
    found = Finding(good="第六部分写明了信息处理费情况。")
    if report.narrative is None:
        found.missing("没有文字部分")
        return found
    found.compared += 1
    text = squeezed(report.narrative.other)
    if not _FEE.search(text):
        found.fail("第六部分没有写信息处理费；没有收取的写“本年度没有收取信息处理费”")
    elif not _NO_FEE.search(text) and not _FEE_AMOUNT.search(text):
        found.fail("第六部分提到信息处理费，没有写收了多少；写金额，或写没有收取")
    return found


_RESULTS = (
    ("工作考核", re.compile(r"考核|考评")),
    ("社会评议", re.compile(r"评议")),
    ("责任追究", re.compile(r"追究|追责|问责")),
)
_OUTCOME = re.compile(
    r"结果|等次|优秀|良好|合格|得分|分值|满意|排名|通报|没有发生|未发生|没有需要|\d+(?:人|个|家|起|名|次)"
)


@check(
    "K13",
    "warning",
    "报告考核、评议、追责的结果",
    "政府的年度报告写明工作考核、社会评议和责任追究的结果，不只写建立了制度。",
    _FOUR,
    passing="写明考核的等次、评议的满意度、没有发生追责。",
    failing="只写“建立健全考核制度、社会评议制度和责任追究制度”。",
    note="以结果用语判断，可能误判。",
)
def k13(report: Report) -> Finding:
    """A government's report says the results of assessment, review and accountability."""
    found = Finding(good="写明了考核、评议、追责的结果。")
    if report.narrative is None or report.government is False:
        found.missing("没有文字部分" if report.narrative is None else "不是政府的报告")
        return found
    found.compared += 1
    sentences = [
        sentence
        for _, text in report.narrative.overview
        for sentence in re.split(r"[。；]", squeezed(text))
        if "制度" not in sentence
    ]
    for name, pattern in _RESULTS:
        if not any(pattern.search(s) and _OUTCOME.search(s) for s in sentences):
            found.fail(f"没有写{name}的结果")
    return found


@check(
    "K17",
    "warning",
    "信息处理费与台账一致",
    "第六部分写的信息处理费与收费登记一致；信息处理费属于行政事业性收费，不超过第二部分的收费金额。",
    Provision("fee-2020"),
    Provision("regulation-2019", 42),
    passing="登记收取 400 元，第六部分写 400 元。",
    failing="登记收取 400 元，第六部分写没有收取。",
    note="信息处理费计入行政事业性收费，由109号文推出。",
)
def k17(report: Report) -> Finding:
    """The fee said equals the fee register, and is within the fees of all kinds."""
    found = Finding(good="信息处理费与收费登记一致。")
    if report.narrative is None or report.source is None:
        found.missing("没有文字部分" if report.narrative is None else "没有收费登记")
        return found
    amount = Decimal(report.source.fees_fen) / 100
    stated = _stated_fee(squeezed(report.narrative.other))
    if stated is None:
        found.missing("第六部分没有写信息处理费")
    else:
        text = f"第六部分写信息处理费 {printed(stated)} 元，登记收取 {printed(amount)} 元"
        found.compare(text, (), stated, amount)
    fees = report.values.get("t2.fee.amount")
    if fees is not None and amount > fees * 10_000:
        text = f"信息处理费 {printed(amount)} 元，多于第二部分的收费 {printed(fees)} 万元；核对收费申报"
        found.failures.append(Evidence(text, ("t2.fee.amount",), amount, fees * 10_000))
    return found


def _stated_fee(text: str) -> Decimal | None:
    """The fee section six states, in yuan; None where it states none."""
    amount = _FEE_AMOUNT.search(text)
    if amount is not None:
        return Decimal(amount.group(1)) * (10_000 if amount.group(2) else 1)
    return Decimal(0) if _NO_FEE.search(text) else None
