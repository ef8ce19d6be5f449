"""The letters of a request (依申请公开文书): which there are, when each is written, what each must hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.rules.fees import ONE_METHOD
from gongkai.rules.grounds import GROUNDS
from gongkai.rules.outcomes import OUTCOMES, check_grounds
from gongkai.rules.provision import Provision
from gongkai.rules.requests.law import CORRECTION, FEE_NOTICE, OTHER_ORGAN, PARTS, WITHDRAWAL, at
from gongkai.rules.rule import Rule, implements
from gongkai.rules.service import SERVICE

LETTERS_RULE = Rule(
    id="DOC-letters",
    title="依申请公开文书",
    sentence="行政机关应当建立健全政府信息公开申请登记、审核、办理、答复、归档的工作制度，加强工作规范。",
    provisions=(at(45),),
    confirmed=False,
    note="全国没有统一文书；种类按宿政办函〔2021〕21号的一套。宁夏回族自治区有《政府信息公开申请办理规范》"
    "（宁政公开办发〔2020〕23号），全文未收，由各地取得后按它核对。",
)


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter (文书). ``to``: applicant, third-party, organ or file (入卷); ``elements``: what it must hold.

    ``numbered``: it bears a number of the organ's series.
    """

    code: str
    title: str
    when: str
    to: str
    elements: tuple[str, ...]
    provisions: tuple[Provision, ...]
    numbered: bool = True

    @property
    def is_form(self) -> bool:
        """A form or a list (表格): its boxes are given, nobody words it."""
        return self.code in FORM_CODES


TO: dict[str, str] = {"applicant": "申请人", "third-party": "第三方", "organ": "其他机关", "file": "入卷"}
FORM_CODES = (
    "application", "registration", "consult-confirmation", "search-record", "approval", "service-proof",
    "transfer-list", "archive-index",
)  # fmt: skip
_HEAD, _FOOT = "number addressee", "seal date"
_ASKED = "received request"


def _letter(
    code: str, title: str, when: str, to: str, own: str, *provisions: Provision, numbered: bool = True
) -> Letter:
    head = _HEAD if numbered else "addressee"
    elements = own if to == "file" else f"{head} {own} {_FOOT}"
    return Letter(code, title, when, to, tuple(elements.split()), provisions, numbered)


def _reply(code: str, title: str, when: str, own: str, *provisions: Provision) -> Letter:
    elements = f"{_ASKED} basis decision {own} remedy"
    return _letter(code, title, when, "applicant", elements, *provisions)


_PROCEEDING = (
    _letter(
        "application", "政府信息公开申请表", "申请人填写；书写确有困难的，由工作机构代填",
        "file", "applicant request form_wanted date", at(29), numbered=False,
    ),
    _letter(
        "registration", "政府信息公开申请登记表", "登记时", "file", "received request seal date", at(45), numbered=False
    ),
    _letter(
        "receipt", "政府信息公开申请接收回执", "确认收到时", "applicant", f"{_ASKED} query due", at(31), numbered=False
    ),
    _letter(
        "supplement", "政府信息公开申请补正告知书", "内容不明确，收到之日起 7 个工作日内，一次",
        "applicant", f"{_ASKED} basis matters term consequence", at(30),
    ),
    _letter(
        "reasons", "政府信息公开申请说明理由告知书", "数量、频次明显超过合理范围",
        "applicant", f"{_ASKED} basis matters term", at(35),
    ),
    _letter(
        "extension", "政府信息公开延期答复告知书", "延期经工作机构负责人同意，原期限届满以前",
        "applicant", f"{_ASKED} basis reason new_due approved", at(33, 2),
    ),
    _letter(
        "delay", "政府信息公开延迟答复告知书", "申请理由合理而期限内答不完",
        "applicant", f"{_ASKED} basis reason new_due", at(35),
    ),
    _letter(
        "consult-third-party", "政府信息公开征求意见书（第三方）", "公开会损害第三方合法权益",
        "third-party", "basis content term consequence", at(32),
    ),
    _letter(
        "consult-confirmation", "政府信息公开征求意见确认函", "随征求意见书，由对方填回",
        "third-party", "content opinion", at(32), at(34), numbered=False,
    ),
    _letter(
        "consult-applicant", "政府信息公开征求意见告知书（申请人）", "发出征求意见书时",
        "applicant", f"{_ASKED} basis", at(33, 3),
    ),
    _letter(
        "third-party-notice", "政府信息公开告知书（第三方）", "第三方不同意而决定公开，交给申请人以前",
        "third-party", "basis content decision reason remedy", at(32),
    ),
    _letter(
        "consult-joint-organ", "政府信息公开征求意见书（共同制作机关、其他机关）", "由两个以上机关共同制作，或者涉及其他机关",
        "organ", "request basis content term consequence", at(34), *OTHER_ORGAN.provisions,
    ),
    _letter("co-handling", "政府信息公开申请协办函", "一部分由其他机关协办", "organ", "request part term", *PARTS.provisions),
    _letter(
        "forward", "政府信息公开申请代转告知书", "经申请人同意，代为转交",
        "applicant", f"{_ASKED} basis responsible", at(36, item=5),
    ),
    _letter(
        "fee-notice", "政府信息公开信息处理费收费通知书", "答复期限内，按件或者按量择一",
        "applicant", f"{_ASKED} basis standard amount payment term consequence",
        at(42), *ONE_METHOD.provisions, *FEE_NOTICE.provisions,
    ),
    _letter(
        "fee-cancelled", "信息处理费收费通知撤销告知书", "撤销收费通知时",
        "applicant", f"{_ASKED} reason original", *FEE_NOTICE.provisions,
    ),
    _letter(
        "search-record", "政府信息检索记录", "每次检索", "file", "request search date", at(36, item=4), numbered=False
    ),
    _letter(
        "approval", "政府信息公开申请审查呈批单", "送审、签发",
        "file", "request basis decision reason signatures", at(45), numbered=False,
    ),
    _letter(
        "service-proof", "送达回证", "直接送达、委托送达", "applicant", "document signed_for", *SERVICE.provisions,
        numbered=False,
    ),
    _letter(
        "transfer-list", "主动公开政府信息移送明细表", "依申请公开的信息转为主动公开，移送档案馆、图书馆",
        "organ", "index", at(25), at(44), numbered=False,
    ),
    _letter("archive-index", "卷内文件目录", "归档时", "file", "index", at(45), numbered=False),
)  # fmt: skip
_T = "政府信息公开申请答复书"
_REPLIES = (
    _reply("reply-provided", f"{_T}（予以公开）", "可以公开，提供", "access", at(36, item=2)),
    _reply("reply-already-public", f"{_T}（已主动公开）", "已经主动公开，告知途径", "access", at(36, item=1)),
    _reply("reply-partial", f"{_T}（部分公开）", "区分处理", "access passages reason", at(37)),
    _reply("reply-withheld-14", f"{_T}（不予公开，第十四条）", "国家秘密、法律禁止、三安全一稳定", "reason", at(14)),
    _reply("reply-withheld-15", f"{_T}（不予公开，第十五条）", "损害第三方合法权益", "reason", at(15)),
    _reply("reply-withheld-16", f"{_T}（不予公开，第十六条）", "内部事务、过程性信息、执法案卷", "reason", at(16)),
    _reply("reply-special-access", f"{_T}（依照特别规定办理）", "工商、不动产登记资料等", "special", at(36, item=7)),
    _reply("reply-not-held", f"{_T}（信息不存在）", "经检索没有", "search reason", at(36, item=4)),
    _reply("reply-other-organ", f"{_T}（不归本机关公开）", "由别的机关负责公开", "reason responsible", at(36, item=5)),
    _reply("reply-needs-processing", f"{_T}（需要加工、分析）", "没有现成信息", "reason", at(38)),
    _reply("reply-still-unclear", f"{_T}（补正后仍不明确）", "补正后仍不明确", "reason", at(30)),
    _reply("reply-petition", f"{_T}（不作为申请处理）", "信访、投诉、举报", "reason", at(39, 1)),
    _reply("reply-repeated", f"{_T}（不予重复处理）", "已就相同信息答复", "earlier", at(36, item=6)),
    _reply("reply-publication", f"{_T}（公开出版物）", "要求提供公开出版物", "access", at(39, 2)),
    _reply("reply-excessive", f"{_T}（不予处理，大量反复）", "理由不合理", "reason", at(35)),
    _reply("reply-reconfirm", f"{_T}（不予处理，确认已获取信息）", "要求确认或者重新出具", "reason earlier",
           GROUNDS["reconfirm"].provision),
    _reply("reply-other", f"{_T}（其他）", "其他情形", "reason", GROUNDS["other"].provision),
    _reply("reply-correction", "政府信息公开申请答复更正书", "更正已送达的答复", "original reason", *CORRECTION.provisions),
    _reply("reply-not-supplemented", "政府信息公开申请不再处理告知书（逾期不补正）", "逾期不补正，人认定以后", "reason", at(30)),
    _reply(
        "reply-fee-unpaid", "政府信息公开申请不再处理告知书（逾期不缴费）", "逾期不缴费，人认定以后", "reason",
        *OUTCOMES["r22"].provisions,
    ),
    _letter(
        "reply-withdrawn", "政府信息公开申请撤回确认书", "申请人撤回", "applicant", f"{_ASKED} decision",
        *WITHDRAWAL.provisions,
    ),
)  # fmt: skip
LETTERS: dict[str, Letter] = {letter.code: letter for letter in _PROCEEDING + _REPLIES}

# The reply that a ground asks for; an outcome of several articles has one for each.
_BY_GROUND: dict[str, str] = {
    "already-public": "reply-already-public",
    "provided": "reply-provided",
    "special-access": "reply-special-access",
    "not-found": "reply-not-held",
    "other-organ": "reply-other-organ",
    "needs-processing": "reply-needs-processing",
    "still-unclear": "reply-still-unclear",
    "petition": "reply-petition",
    "repeated": "reply-repeated",
    "public-publication": "reply-publication",
    "excessive": "reply-excessive",
    "reconfirm": "reply-reconfirm",
    "not-supplemented": "reply-not-supplemented",
    "fee-unpaid": "reply-fee-unpaid",
    "withdrawn": "reply-withdrawn",
    "other": "reply-other",
}


@implements(LETTERS_RULE)
def reply_letter(outcome: str, grounds: Iterable[str]) -> Letter:
    """The letter of a decision (答复书的种类). Raises OutcomeRefused for a choice that is not in the list."""
    chosen = check_grounds(outcome, grounds)
    if outcome == "r4":
        return LETTERS["reply-partial"]
    withholding = [GROUNDS[code].provision.article for code in chosen if GROUNDS[code].withholds]
    if withholding:
        return LETTERS[f"reply-withheld-{withholding[0]}"]
    return LETTERS[_BY_GROUND[chosen[0]]]


def ground_letter(ground: str) -> str:
    """The reply a ground asks for when it stands alone (理由对应的答复书); "" for those that withhold."""
    return _BY_GROUND.get(ground, "")


def must_hold(letter: Letter, grounds: Iterable[str] = ()) -> tuple[str, ...]:
    """The elements of a letter with those that further grounds bring (几种理由合在一份里)."""
    extra = (e for code in grounds if code in _BY_GROUND for e in LETTERS[_BY_GROUND[code]].elements)
    return tuple(dict.fromkeys((*letter.elements, *extra)))
