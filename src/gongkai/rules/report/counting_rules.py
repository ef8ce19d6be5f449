"""The rules of counting (计数口径): what each number of the report counts, with what it rests on."""

from __future__ import annotations

from datetime import date

from gongkai.rules.provision import Provision
from gongkai.rules.rule import Rule, register

_FORM = "report-format-2021"
_SINCE = date(2019, 1, 1)
_OPEN = "格式没有规定口径；本条由格式的栏目名称和条例推出，区县可以在设置里改。"


def _rule(code: str, title: str, sentence: str, *provisions: Provision, note: str = _OPEN) -> Rule:
    return register(
        Rule(f"CNT-{code}", title, sentence, provisions, since=_SINCE, confirmed=not note, note=note)
    )


_TABLE_2 = Provision(_FORM, place="第二部分表格")
_TABLE_3 = Provision(_FORM, place="第三部分表格")
_TABLE_4 = Provision(_FORM, place="第四部分表格")
_NORMATIVE = Provision("regulation-2019", 20, item=1)

MADE = _rule(
    "made", "本年制发件数", "成文日期在本年的规章、行政规范性文件，一件计一次。", _NORMATIVE, _TABLE_2
)
REPEALED = _rule(
    "repealed",
    "本年废止件数",
    "在本年废止或者宣布失效的规章、行政规范性文件，一件计一次；有效期届满失效不计入废止。",
    _NORMATIVE,
    _TABLE_2,
)
IN_FORCE = _rule(
    "in-force",
    "现行有效件数",
    "本年12月31日终了时有效的规章、行政规范性文件：已经制发，没有废止、宣布失效或者有效期届满。",
    _NORMATIVE,
    _TABLE_2,
)
DECLARED = _rule(
    "declared",
    "申报的数量和金额",
    "各单位逐月申报的行政许可、行政处罚、行政强制处理决定数量和行政事业性收费金额之和；没有申报不等于0。",
    Provision("regulation-2019", 50, item=1),
    _TABLE_2,
)
RECEIVED = _rule(
    "received",
    "本年新收",
    "收到之日在本年的政府信息公开申请，收到之日按条例第三十一条确定。",
    Provision("regulation-2019", 31),
    _TABLE_3,
)
CARRIED_IN = _rule(
    "carried-in",
    "上年结转",
    "收到之日在本年以前、上年12月31日终了时没有办结的申请。",
    Provision("regulation-2019", 50, item=2),
    _TABLE_3,
)
OUTCOME = _rule(
    "outcome",
    "本年度办理结果",
    "办结之日在本年的申请，一件申请只计一种结果、一类申请人。",
    Provision("regulation-2019", 50, item=2),
    _TABLE_3,
)
CARRIED_OUT = _rule(
    "carried-out",
    "结转下年度继续办理",
    "本年12月31日终了时没有办结的申请。",
    Provision("regulation-2019", 50, item=2),
    _TABLE_3,
)
REMEDY = _rule(
    "remedy",
    "行政复议、行政诉讼",
    "本年审结的计入结果；本年12月31日终了时没有审结的计入尚未审结，不论哪年提起。",
    Provision("regulation-2019", 50, item=3),
    _TABLE_4,
)
