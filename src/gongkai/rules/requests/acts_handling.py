"""Acts while a request is handled (办理): consulting others, later answers, other organs, fees, search."""

from __future__ import annotations

from gongkai.rules.consultations import OVERRIDE
from gongkai.rules.fees import ONE_METHOD
from gongkai.rules.requests.act import Act, ClockEffect, act
from gongkai.rules.requests.law import FEE_NOTICE, ORDERED, OTHER_ORGAN, PARTS, at
from gongkai.rules.roles import Permission as P

WORKING = "handling delayed consulting_third_party consulting_organ"
CONSULTING = "consulting_third_party consulting_organ"
# Where the request goes on once nobody is waited for.
ON = WORKING
# The reply clock runs here, so an extension may become necessary.
EXTENDABLE = f"{WORKING} awaiting_reasons drafting in_review signed"

CONSULTATION: tuple[Act, ...] = (
    act(
        "consult_third_party", "征求第三方意见", WORKING, "consulting_third_party", P.CASE_HANDLE,
        (at(32), at(33, 3)), "whom party",
        citizen="您要的信息涉及第三方的权益，正在书面征求意见。征求意见的时间不计入答复期限。",
        what_next="征求意见书已发出，期限自次日起暂停。登记对方收到的日期，从那天起 15 个工作日；不答不等于同意。",
        clock=ClockEffect.PAUSES, letters="consult-third-party consult-confirmation consult-applicant",
    ),
    act(
        "consult_organ", "征求其他机关意见", WORKING, "consulting_organ consulting_third_party",
        P.CASE_HANDLE, (at(34), *OTHER_ORGAN.provisions), "whom", also="jointly",
        citizen="您要的信息涉及其他机关，正在征求意见。征求意见的时间不计入答复期限。",
        what_next="征求意见书已发出，期限自次日起暂停。登记对方收到的日期，从那天起 15 个工作日；逾期视为同意公开。",
        clock=ClockEffect.PAUSES, letters="consult-joint-organ consult-applicant",
    ),
    act(
        "record_reached", "登记对方收到", CONSULTING, "", P.CASE_HANDLE,
        (at(32), at(34)), "consultation",
        citizen="征求意见书已送到对方。",
        what_next="从这天起 15 个工作日内提出意见。",
    ),
    act(
        "record_opinion", "登记意见", CONSULTING, ON, P.CASE_HANDLE,
        (at(32), at(34)), "consultation agrees", also="reasonable opinion",
        citizen="对方已经提出意见，答复期限从次日接着计算。",
        what_next="意见已登记。没有别的意见要等的，期限自次日接着计算。",
        clock=ClockEffect.RESUMES,
    ),
    act(
        "record_silence", "登记逾期未提意见", CONSULTING, ON, P.CASE_HANDLE,
        (at(32), at(34)), "consultation",
        citizen="对方没有在期限内提出意见，答复期限接着计算。",
        what_next="已登记。第三方不答不等于同意，由本机关决定；共同制作机关不答视为同意公开。",
        clock=ClockEffect.RESUMES,
    ),
    act(
        "tell_third_party", "公开前告知第三方", "drafting in_review signed", "", P.CASE_HANDLE,
        OVERRIDE.provisions, "consultation",
        citizen="已把决定公开的内容和理由书面告知第三方。",
        what_next="告知书已发出。都告知了，才能把信息交给申请人。",
        letters="third-party-notice",
    ),
)  # fmt: skip

LATER: tuple[Act, ...] = (
    act(
        "propose_extension", "报请延期", EXTENDABLE, "", P.CASE_HANDLE,
        (at(33, 2),), "days reason",
        citizen="",
        what_next="已报政府信息公开工作机构负责人。同意并在原期限内告知申请人，延期才成立。",
    ),
    act(
        "approve_extension", "同意延期", EXTENDABLE, "", P.CASE_EXTEND,
        (at(33, 2),), "",
        citizen="",
        what_next="已同意。在原期限届满以前告知申请人，延期才成立。",
        letters="extension",
    ),
    act(
        "decline_extension", "不同意延期", EXTENDABLE, "", P.CASE_EXTEND,
        (at(33, 2),), "reason",
        citizen="",
        what_next="不延期。在原期限内答复。",
    ),
    act(
        "tell_extension", "告知申请人延期", EXTENDABLE, "", P.CASE_HANDLE,
        (at(33, 2),), "", also="proof",
        citizen="答复要延期，经工作机构负责人同意，只延这一次。新的日期和原因在告知书里。",
        what_next="延期成立，只有这一次。按新的日期答复。",
        clock=ClockEffect.EXTENDS, letters="extension",
    ),
    act(
        "ask_reasons", "要求说明理由", "handling", "awaiting_reasons", P.CASE_HANDLE,
        (at(35),), "matters term_on",
        citizen="您申请的数量、频次明显超过合理范围，需要说明理由。答复期限照常计算。",
        what_next="说明理由告知书已发出。答复期限照常计算。",
        letters="reasons",
    ),
    act(
        "state_reasons", "申请人说明理由", "awaiting_reasons", "", P.CASE_HANDLE,
        (at(35),), "opinion",
        citizen="已收到您说明的理由，由我们判断是否合理。答复期限照常计算。",
        what_next="申请人的说明已放进案卷。看过以后判断理由是否合理。",
        applicant=True,
    ),
    act(
        "receive_reasons", "判断说明的理由", "awaiting_reasons", "handling delayed", P.CASE_HANDLE,
        (at(35),), "reasonable", also="opinion",
        citizen="您说明的理由已经看过。",
        what_next="理由合理、期限内答不完的，确定延迟答复的日期；不合理的，决定不予处理。",
    ),
    act(
        "note_no_reasons", "登记逾期未说明理由", "awaiting_reasons", "handling delayed", P.CASE_HANDLE,
        (at(35),), "",
        citizen="没有收到您说明的理由，由我们决定怎样答复。",
        what_next="已登记。由人判断是否不予处理，系统不替人决定。",
    ),
    act(
        "delay", "确定延迟答复的期限", "handling", "delayed", P.CASE_EXTEND,
        (at(35),), "until reason",
        citizen="您申请的量大，答复要延迟到告知书写明的日期。",
        what_next="延迟答复已告知申请人。按确定的日期答复。",
        clock=ClockEffect.DELAYS, letters="delay",
    ),
)  # fmt: skip

OTHERS: tuple[Act, ...] = (
    act(
        "forward", "代转负责公开的机关", WORKING, "", P.CASE_HANDLE,
        (at(36, item=5),), "organ contact consent",
        citizen="您要的信息由别的机关负责公开，经您同意，申请已代为转交；那里另行答复。",
        what_next="已代转。那里另算一件；本机关仍要按第三十六条第五项告知申请人。",
        letters="forward",
    ),
    act(
        "assign_part", "分给其他机关协办", WORKING, "", P.CASE_HANDLE,
        PARTS.provisions, "organ what term_on",
        citizen="申请的一部分由别的机关协助办理，由我们合并答复您。",
        what_next="协办函已发出。协办的时间计入期限；收齐后合并成一份答复。",
        letters="co-handling",
    ),
    act(
        "part_answered", "收到协办意见", WORKING, "", P.CASE_HANDLE,
        PARTS.provisions, "part", also="opinion",
        citizen="协助办理的机关已经回复。",
        what_next="已收到。收齐后合并成一份答复。",
    ),
    act(
        "take_back_part", "收回自办", WORKING, "", P.CASE_HANDLE,
        PARTS.provisions, "part reason",
        citizen="这一部分改由我们自己办理。",
        what_next="已收回，由本机关办理。",
    ),
    act(
        "note_order", "登记责令答复", f"{WORKING} awaiting_supplement awaiting_reasons awaiting_payment "
        "drafting in_review signed", "", P.CASE_HANDLE,
        ORDERED.provisions, "order_kind order_number", also="term_on",
        citizen="已收到责令答复的文书，按写明的日期答复您。",
        what_next="按文书写明的日期答复。",
        clock=ClockEffect.DELAYS,
    ),
    act(
        "record_search", "登记检索", WORKING, "", P.CASE_HANDLE,
        (at(36, item=4),), "where by words found",
        citizen="正在检索您要的信息。",
        what_next="检索已登记。答复“信息不存在”的，至少要有一条检索记录。",
        letters="search-record",
    ),
)  # fmt: skip

FEES: tuple[Act, ...] = (
    act(
        "issue_fee", "发收费通知", "handling delayed", "awaiting_payment", P.CASE_HANDLE,
        (*FEE_NOTICE.provisions, *ONE_METHOD.provisions, at(42)), "method count",
        citizen="这件申请要收信息处理费。标准、数额和缴纳办法在通知里，收到次日起 20 个工作日内缴纳。",
        what_next="收费通知书已发出，按件、按量只用一种。登记申请人收到的日期。",
        clock=ClockEffect.WAITS, letters="fee-notice",
    ),
    act(
        "fee_reached", "登记收到收费通知", "awaiting_payment", "", P.CASE_HANDLE,
        FEE_NOTICE.provisions, "",
        citizen="您已收到收费通知，次日起 20 个工作日内缴纳。",
        what_next="从次日起 20 个工作日内缴纳；逾期由人认定。",
    ),
    act(
        "claim_payment", "申请人交来缴费凭证", "awaiting_payment", "", P.CASE_HANDLE,
        FEE_NOTICE.provisions, "",
        citizen="已收到您交来的缴费凭证，核对到账以后登记缴费。",
        what_next="缴费凭证已放进案卷。核对到账，登记缴费。",
        applicant=True,
    ),
    act(
        "record_payment", "登记缴费", "awaiting_payment", "handling delayed", P.CASE_HANDLE,
        FEE_NOTICE.provisions, "", also="proof",
        citizen="已收到您缴的费用，答复期限从缴费次日重新起算。",
        what_next="答复期限从缴费次日重新起算。",
        clock=ClockEffect.RESTARTS,
    ),
    act(
        "cancel_fee", "撤销收费通知", "awaiting_payment", "handling delayed", P.CASE_HANDLE,
        FEE_NOTICE.provisions, "reason",
        citizen="收费通知已经撤销，不用缴费。",
        what_next="收费通知已撤销，期限按没有发过通知计算。",
        clock=ClockEffect.RESUMES, letters="fee-cancelled",
    ),
    act(
        "lapse_fee", "认定逾期不缴费", "awaiting_payment", "lapsed", P.CASE_APPROVE,
        FEE_NOTICE.provisions, "reason",
        citizen="缴费期限已过，没有收到费用，按规定视为放弃申请。",
        what_next="已按“逾期不缴费、不再处理”结案。告知申请人，再归档。",
        clock=ClockEffect.ENDS, letters="reply-fee-unpaid",
    ),
)  # fmt: skip

HANDLING: tuple[Act, ...] = CONSULTATION + LATER + OTHERS + FEES
