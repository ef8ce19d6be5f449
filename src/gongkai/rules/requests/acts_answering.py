"""Acts from the decision to the archive (决定、审核、签发、送达、更正、重新办理、归档)."""

from __future__ import annotations

from gongkai.rules.requests.act import Act, ClockEffect, act
from gongkai.rules.requests.law import CORRECTION, ORDERED, at
from gongkai.rules.roles import Permission as P
from gongkai.rules.service import SERVICE

CLOSED = "served lapsed withdrawn archived"

ANSWERING: tuple[Act, ...] = (
    act(
        "decide", "作出决定", "handling delayed", "drafting", P.CASE_HANDLE,
        (at(36), at(37), at(33, 1)), "outcome grounds reason", also="passages override",
        citizen="正在起草答复。",
        what_next="答复书已按决定生成。改好后送审，审核人与经办人不是同一人。",
        letters="reply approval",
    ),
    act(
        "reconsider_decision", "改变决定", "drafting", "handling delayed consulting_third_party "
        "consulting_organ served", P.CASE_HANDLE,
        (at(36),), "reason",
        citizen="",
        what_next="草稿已收回，旧稿留存。重新作出决定。",
    ),
    act(
        "submit", "送审", "drafting", "in_review", P.CASE_HANDLE,
        (at(45),), "",
        citizen="答复已起草，正在审核。",
        what_next="已送审。审核人签发或者退回后，会出现在“今日”。",
        letters="approval",
    ),
    act(
        "return", "退回并写原因", "in_review", "drafting", P.CASE_APPROVE,
        (at(45),), "reason",
        citizen="",
        what_next="已退回，原因写给经办人；改好后再送审。",
    ),
    act(
        "sign", "签发", "in_review", "signed", P.CASE_APPROVE,
        (at(45),), "number",
        citizen="答复已签发，即将送达。",
        what_next="已签发，文号和内容固定下来。在期限内送达。",
        letters="reply",
    ),
    act(
        "withdraw_signature", "撤回签发", "signed", "drafting", P.CASE_APPROVE,
        (at(45),), "reason",
        citizen="",
        what_next="已撤回签发，文号注销、不再使用。改好后重新送审。",
    ),
    act(
        "send", "送达", "signed", "sent", P.CASE_HANDLE,
        SERVICE.provisions, "method", also="consent",
        citizen="答复已发出。",
        what_next="已发出。登记签收日期或者送达凭据。",
        clock=ClockEffect.STOPS,
    ),
    act(
        "prove_service", "登记送达凭据", "sent", "served", P.CASE_HANDLE,
        SERVICE.provisions, "proof", also="signed_for_on",
        citizen="答复已送达。不服的，答复里写明向谁、几天内申请复议或者起诉。",
        what_next="已送达。材料齐了就归档。",
        clock=ClockEffect.STOPS,
    ),
    act(
        "service_failed", "登记没有送到", "sent", "signed", P.CASE_HANDLE,
        SERVICE.provisions, "reason",
        citizen="答复没有送到，正在换一种方式送达。",
        what_next="换一种方式送达。邮寄退回的，原交邮凭据留存。",
    ),
    act(
        "correct", "更正答复", "served archived", "drafting", P.CASE_HANDLE,
        CORRECTION.provisions, "outcome grounds reason", also="passages override",
        citizen="答复有需要更正的地方，更正后的答复会再送给您。",
        what_next="原答复留存。更正的答复重新审核、签发、送达。",
        letters="reply-correction",
    ),
    act(
        "reopen", "责令后重新办理", CLOSED, "handling", P.CASE_HANDLE,
        ORDERED.provisions, "order_kind order_number", also="term_on bars_same",
        citizen="按判决（决定），这件申请重新办理。",
        what_next="重新办理。按文书写明的日期答复；没有写明的，重新计算 20 个工作日。",
        clock=ClockEffect.RESTARTS,
    ),
    act(
        "tell_lapse", "告知不再处理", "lapsed", "", P.CASE_HANDLE,
        (at(30), *CORRECTION.provisions), "method proof",
        citizen="已告知您申请不再处理的原因和救济办法。",
        what_next="已告知申请人。归档。",
        letters="reply-not-supplemented reply-fee-unpaid",
    ),
    act(
        "archive", "归档", "served lapsed withdrawn", "archived", P.CASE_HANDLE,
        (at(45),), "retention_class",
        citizen="这件申请已经办结、归档。",
        what_next="已归档，清单和指纹固定下来。",
        letters="archive-index",
    ),
)  # fmt: skip
