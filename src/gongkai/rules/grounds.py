"""Grounds of an answer (答复理由): the closed list, each with its provision."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.rules.provision import Provision

REGULATION = "regulation-2019"
_FORM = Provision("report-format-2021", place="第三部分表格")


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground (理由), with what the case must hold for it (keys of ``NEEDS``).

    ``withholds``: information exists and is kept back under arts 14 to 16.
    """

    code: str
    label: str
    provision: Provision
    needs: tuple[str, ...] = ()
    withholds: bool = False


NEEDS: dict[str, str] = {
    "access-route": "获取的方式、途径",
    "earlier-answer": "此前的答复",
    "explanation": "情形的说明，有书面材料的附上",
    "fee-notice": "收费通知及送达日期",
    "reasons-asked": "要求申请人说明理由的告知书和申请人的说明",
    "responsible-organ": "能够确定的，负责公开的行政机关的名称、联系方式",
    "search-record": "检索记录：检索的范围、方式、关键词和结果",
    "secrecy-basis": "国家秘密的定密依据",
    "supplement-notice": "补正告知书，一次性告知，写明补正期限",
    "third-party-opinion": "第三方意见，或者征求意见书和期限届满的记录",
    "withheld-reason": "不予公开的理由",
}


_REASON = ("withheld-reason",)
_SECRET = ("withheld-reason", "secrecy-basis")
_CONSULTED = ("withheld-reason", "third-party-opinion")


def _at(article: int, paragraph: int | None = None, item: int | None = None) -> Provision:
    return Provision(REGULATION, article, paragraph, item)


_WITHHOLDING = (
    Ground("state-secret", "依法确定为国家秘密", _at(14), _SECRET, True),
    Ground("forbidden-by-law", "法律、行政法规禁止公开", _at(14), _REASON, True),
    Ground("national-security", "公开后可能危及国家安全", _at(14), _REASON, True),
    Ground("public-security", "公开后可能危及公共安全", _at(14), _REASON, True),
    Ground("economic-security", "公开后可能危及经济安全", _at(14), _REASON, True),
    Ground("social-stability", "公开后可能危及社会稳定", _at(14), _REASON, True),
    Ground("trade-secret", "涉及商业秘密，公开会对第三方合法权益造成损害", _at(15), _CONSULTED, True),
    Ground("privacy", "涉及个人隐私，公开会对第三方合法权益造成损害", _at(15), _CONSULTED, True),
    Ground("third-party-other", "公开会对第三方其他合法权益造成损害", _at(15), _CONSULTED, True),
    Ground("personnel", "内部事务信息：人事管理", _at(16, 1), _REASON, True),
    Ground("logistics", "内部事务信息：后勤管理", _at(16, 1), _REASON, True),
    Ground("internal-workflow", "内部事务信息：内部工作流程", _at(16, 1), _REASON, True),
    Ground("discussion-record", "过程性信息：讨论记录", _at(16, 2), _REASON, True),
    Ground("draft", "过程性信息：过程稿", _at(16, 2), _REASON, True),
    Ground("consultation-letter", "过程性信息：磋商信函", _at(16, 2), _REASON, True),
    Ground("report-for-instruction", "过程性信息：请示报告", _at(16, 2), _REASON, True),
    Ground("enforcement-file", "行政执法案卷信息", _at(16, 2), _REASON, True),
)
_OTHERS = (
    Ground("already-public", "已经主动公开，告知获取的方式、途径", _at(36, item=1), ("access-route",)),
    Ground("provided", "可以公开，提供或者告知获取的方式、途径和时间", _at(36, item=2), ("access-route",)),
    Ground("not-government-information", "含有不属于政府信息的内容，作区分处理", _at(37)),
    Ground("special-access", "工商、不动产登记资料等，获取有特别规定", _at(36, item=7), ("access-route",)),
    Ground("not-found", "经检索没有所申请公开信息", _at(36, item=4), ("search-record",)),
    Ground("other-organ", "不属于本行政机关负责公开", _at(36, item=5), ("responsible-organ",)),
    Ground("needs-processing", "需要对现有政府信息进行加工、分析", _at(38)),
    Ground("still-unclear", "补正后申请内容仍不明确", _at(30), ("supplement-notice",)),
    Ground("petition", "以政府信息公开申请的形式进行信访、投诉、举报等活动", _at(39, 1)),
    Ground("repeated", "已经答复，申请人重复申请公开相同政府信息", _at(36, item=6), ("earlier-answer",)),
    Ground("public-publication", "要求提供政府公报、报刊、书籍等公开出版物", _at(39, 2)),
    Ground("excessive", "数量、频次明显超过合理范围，理由不合理", _at(35), ("reasons-asked",)),
    Ground("reconfirm", "要求行政机关确认或者重新出具已获取信息", _FORM, ("earlier-answer",)),
    Ground("not-supplemented", "无正当理由逾期不补正，视为放弃申请", _at(30), ("supplement-notice",)),
    Ground("fee-unpaid", "逾期未按收费通知要求缴纳费用", Provision("fee-2020", 6), ("fee-notice",)),
    Ground("withdrawn", "申请人撤回申请", _FORM, ("explanation",)),
    Ground("other", "其他情形（写明）", _FORM, ("explanation",)),
)

GROUNDS: dict[str, Ground] = {g.code: g for g in _WITHHOLDING + _OTHERS}
WITHHOLDING: tuple[str, ...] = tuple(g.code for g in _WITHHOLDING)
