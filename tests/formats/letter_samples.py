"""A complete set of values for each letter, as an office would have it: synthetic, no person, no real place."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.rules.documents import OfficialDocument
from gongkai.rules.remedy_notice import remedy_paragraph
from gongkai.rules.requests.answer_words import basis_words, decision_words
from gongkai.rules.requests.forms import listed
from gongkai.rules.requests.letter_compose import compose
from gongkai.rules.requests.letters import LETTERS, must_hold

ORGAN = "示范区住房城乡建设和交通局"
DATED = date(2024, 9, 30)
REGULATION = "《中华人民共和国政府信息公开条例》"
REQUEST = "2023年农村危房改造补助资金分配到各乡镇的情况，包括乡镇名称、户数、金额和拨付日期"
CONTACT = "联系人：政府信息公开工作机构　联系电话：0000-1234567"

VALUES: dict[str, str] = {
    "number": "示建公复〔2024〕12号",
    "addressee": "申请人甲",
    "received": "2024年9月2日",
    "request": REQUEST,
    "basis": f"{REGULATION}第三十六条第（二）项",
    "decision": "本机关决定予以公开",
    "reason": "经核对，有关内容符合上述规定的情形",
    "seal": ORGAN,
    "date": "2024年9月30日",
    "access": "见附件，纸质件随本答复书邮寄",
    "search": "2024年9月9日至10日检索了本机关档案室、办公系统和村镇建设股台账，检索词为“危房改造”“补助资金”“乡镇”，找到0份",
    "responsible": "示范区财政局，地址：示范区示范路1号，电话：0000-7654321",
    "passages": "1．附件第3页至第5页“户主姓名、身份证件号码、银行账号”三栏：涉及个人隐私；\n"
    "2．附件第9页“会议讨论”一节：属于讨论记录",
    "earlier": "《政府信息公开申请答复书》（示建公复〔2024〕5号，2024年4月10日）",
    "special": "《不动产登记暂行条例》第二十七条，由不动产登记机构办理查询，地点：示范区政务服务大厅",
    "matters": "1．所称“补助资金”的年度；\n2．所称“有关乡镇”的名称；\n3．获取信息的方式、途径。",
    "term": "2024年10月18日以前",
    "consequence": "无正当理由逾期不补正的，视为放弃申请，本机关不再处理该政府信息公开申请",
    "new_due": "延长20个工作日，至2024年11月4日",
    "approved": "2024年9月27日",
    "content": "1．你单位承建的危房改造项目合同价款；\n2．你单位的结算清单第2页至第4页。",
    "part": "补助资金拨付到各乡镇的日期和凭证号",
    "standard": "按件计收。当月累计第1件至第10件，不收费；第11件至第30件，20件 × 100元 = 2000元；"
    "第31件至第35件，5件 × 200元 = 1000元。合计 3000元。",
    "amount": "3000元（大写：叁仟元整）",
    "payment": "按所附缴款通知书上的缴款码缴纳。",
    "query": "编号 2024-0012，查询码 7K3M-9QXA-2RTD",
    "due": "最迟于2024年9月30日答复",
    "document": "《政府信息公开申请答复书》（示建公复〔2024〕12号）",
    "applicant": "申请人甲",
    "form_wanted": "纸质件，邮寄",
    "original": "《政府信息公开申请答复书》（示建公复〔2024〕9号，2024年9月12日）",
    "index": "政府信息公开申请表",
}
GROUND_OF: dict[str, tuple[str, tuple[str, ...]]] = {
    "reply-provided": ("r3", ("provided",)),
    "reply-already-public": ("r3", ("already-public",)),
    "reply-partial": ("r4", ("privacy", "discussion-record")),
    "reply-withheld-14": ("r7", ("public-security",)),
    "reply-withheld-15": ("r8", ("trade-secret",)),
    "reply-withheld-16": ("r10", ("draft",)),
    "reply-special-access": ("r12", ("special-access",)),
    "reply-not-held": ("r13", ("not-found",)),
    "reply-other-organ": ("r13", ("other-organ",)),
    "reply-needs-processing": ("r14", ("needs-processing",)),
    "reply-still-unclear": ("r15", ("still-unclear",)),
    "reply-petition": ("r16", ("petition",)),
    "reply-repeated": ("r17", ("repeated",)),
    "reply-publication": ("r18", ("public-publication",)),
    "reply-excessive": ("r19", ("excessive",)),
    "reply-reconfirm": ("r20", ("reconfirm",)),
    "reply-not-supplemented": ("r21", ("not-supplemented",)),
    "reply-fee-unpaid": ("r22", ("fee-unpaid",)),
    "reply-other": ("r23", ("other",)),
    "reply-withdrawn": ("r23", ("withdrawn",)),
    "reply-correction": ("r3", ("provided",)),
}
OWN: dict[str, dict[str, str]] = {
    "supplement": {"basis": f"{REGULATION}第三十条"},
    "reasons": {
        "basis": f"{REGULATION}第三十五条",
        "matters": "1．多次申请的用意；\n2．各件申请之间的关系。",
    },
    "extension": {
        "basis": f"{REGULATION}第三十三条第二款",
        "reason": "涉及的材料分散在十二个乡镇，需要逐一核对",
    },
    "delay": {"basis": f"{REGULATION}第三十五条", "new_due": "延迟至2024年12月31日答复"},
    "consult-third-party": {
        "basis": f"{REGULATION}第三十二条",
        "addressee": "示范建筑公司",
        "term": "自收到本征求意见书之日起15个工作日内",
        "consequence": "逾期未提出意见的，由本机关依照条例的规定决定是否公开",
    },
    "consult-applicant": {"basis": f"{REGULATION}第三十三条第三款"},
    "third-party-notice": {"basis": f"{REGULATION}第三十二条、第十五条", "addressee": "示范建筑公司"},
    "consult-joint-organ": {
        "basis": f"{REGULATION}第三十四条",
        "addressee": "示范区财政局",
        "content": "补助资金分配表（示建发〔2023〕20号附件）",
        "term": "自收到本征求意见书之日起15个工作日内",
        "consequence": "逾期未提出意见的，视为同意公开",
    },
    "co-handling": {"addressee": "示范区财政局", "term": "2024年9月20日以前"},
    "forward": {"basis": f"{REGULATION}第三十六条第（五）项"},
    "fee-notice": {
        "basis": f"{REGULATION}第四十二条、《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）第四条、第六条",
        "term": "收到本通知次日起20个工作日内",
        "consequence": "逾期未缴纳的，视为放弃申请，本机关不再处理该政府信息公开申请",
    },
    "fee-cancelled": {
        "reason": "件数重复计算",
        "original": "《信息处理费收费通知书》（示建公费〔2024〕1号，2024年9月5日）",
    },
    "consult-confirmation": {"addressee": "示范建筑公司"},
    "approval": {},
    "transfer-list": {"addressee": "示范区档案馆、示范区图书馆"},
    "reply-other": {"decision": "所述事项不属于政府信息公开申请，本机关已转有关科室办理"},
    "reply-withheld-15": {
        "reason": "第三方不同意公开，其说明的理由是结算单价属于经营信息，本机关认为理由成立"
    },
}
ROWS: dict[str, tuple[tuple[str, ...], ...]] = {
    "search-record": (
        ("2024-09-09", "档案室", "危房改造", "档案管理岗", "0"),
        ("2024-09-10", "办公系统、村镇建设股台账", "补助资金、乡镇", "经办岗", "0"),
    ),
    "approval": (
        ("经办人意见", "拟按第三十六条第（二）项予以公开。", "经办岗", "2024年9月25日"),
        ("审核意见", "同意。", "政府信息公开工作机构负责人", "2024年9月27日"),
        ("签发意见", "同意，签发。", "分管负责人", "2024年9月30日"),
    ),
    "transfer-list": (
        ("2023年农村危房改造补助资金分配表", "示建发〔2023〕20号", "2023-11-20", "1份3页", ""),
        ("示范区农村危房改造实施方案", "示建发〔2023〕8号", "2023-05-11", "1份12页", "电子件一并移送"),
    ),
    "archive-index": tuple(
        ("示范区住房城乡建设和交通局", f"示建公复〔2024〕{n}号", name, "2024-09-30", str(n), f"{n:x}" * 64)
        for n, name in enumerate(
            ("政府信息公开申请表", "登记表", "检索记录", "审查呈批单", "答复书", "送达回证"), 1
        )
    ),
}
HELD_BY_ROWS = {
    "search-record": "search",
    "approval": "signatures",
    "transfer-list": "index",
    "archive-index": "index",
}
DETAILS: dict[str, dict[str, str]] = {
    "application": {
        "id_kind": "居民身份证",
        "id_number": "999000199001010017",
        "phone": "000-12345678",
        "address": "示范区示范路2号",
        "email": "a@example.org",
        "postcode": "000000",
    },
    "registration": {"case_number": "2024-0012", "channel": "邮寄（挂号）", "applicant": "申请人甲"},
    "approval": {
        "case_number": "2024-0012",
        "applicant": "申请人甲",
        "received": "2024年9月2日",
        "due": "2024年9月30日",
    },
    "archive-index": {"case_number": "2024-0012", "retention": "10年"},
}
ENCLOSURES: dict[str, tuple[str, ...]] = {
    "reply-provided": ("2023年农村危房改造补助资金分配表",),
    "reply-partial": ("2023年农村危房改造补助资金分配表（已作区分处理）", "补助资金拨付情况说明"),
    "consult-third-party": ("政府信息公开征求意见确认函",),
    "fee-notice": ("缴款通知书",),
}


def grounds_of(code: str) -> tuple[str, ...]:
    """The grounds a sample of this reply rests on."""
    return GROUND_OF[code][1] if code in GROUND_OF else ()


def values_of(code: str, grounds: tuple[str, ...] | None = None) -> dict[str, str]:
    """Every element of the letter with a value; what is left to a hand has none."""
    made = dict(VALUES)
    if code in GROUND_OF:
        row, own = GROUND_OF[code]
        made["basis"], made["decision"] = basis_words(row, own), decision_words(row, own)
        made["remedy"] = remedy(row, own)
    if code == "third-party-notice":
        made["remedy"] = remedy("r3", ("provided",), act="本决定")
    if code in HELD_BY_ROWS:
        made[HELD_BY_ROWS[code]] = listed(code, ROWS[code])
    made.update(OWN.get(code, {}))
    wanted = must_hold(LETTERS[code], grounds_of(code) if grounds is None else grounds)
    return {one: made[one] for one in wanted if one in made}


def remedy(row: str, grounds: tuple[str, ...], act: str = "本答复") -> str:
    """The paragraph the rules give."""
    return remedy_paragraph(
        DATED,
        row,
        grounds,
        organ_kind="department",
        government_name="示范区人民政府",
        higher_government_name="示范市人民政府",
        act=act,
    ).text


def sample(code: str, **changes: Any) -> OfficialDocument:
    """The letter with everything it must hold."""
    to_organisation = LETTERS[code].to == "third-party"
    given: dict[str, Any] = {
        "organ": ORGAN,
        "dated": DATED,
        "grounds": grounds_of(code),
        "rows": ROWS.get(code, ()),
        "details": DETAILS.get(code),
        "enclosures": ENCLOSURES.get(code, ()),
        "contact": "" if LETTERS[code].is_form else CONTACT,
        "to_organisation": to_organisation,
    }
    values = changes.pop("values", values_of(code))
    return compose(code, values, **{**given, **changes})
