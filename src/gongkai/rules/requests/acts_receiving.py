"""Acts from arrival to registration, the supplement, withdrawal (收到、登记、补正、撤回)."""

from __future__ import annotations

from gongkai.rules.requests.act import Act, ClockEffect, act
from gongkai.rules.requests.law import CONTENT, WITHDRAWAL, at
from gongkai.rules.roles import Permission as P

OPEN = (
    "awaiting_confirmation received handling awaiting_supplement awaiting_reasons consulting_third_party "
    "consulting_organ awaiting_payment delayed drafting in_review signed"
)

RECEIVING: tuple[Act, ...] = (
    act(
        "confirm", "确认收到", "awaiting_confirmation", "received", P.CASE_HANDLE,
        (at(31),), "confirmed_how",
        citizen="申请已经确认收到，确认之日为收到申请之日，期限从次日起算。",
        what_next="收到之日已定。登记，分给经办人。",
        clock=ClockEffect.STARTS, letters="receipt",
    ),
    act(
        "note_unreachable", "登记联系不上", "awaiting_confirmation", "", P.CASE_HANDLE,
        (at(31),), "tried_how",
        citizen="我们联系过您，没有联系上。联系上的那一天为收到申请之日，您可以来电确认。",
        what_next="已登记这次联系。期限没有起算，换个时间再联系。",
    ),
    act(
        "register", "登记", "received", "handling", P.CASE_HANDLE,
        (at(45), at(29, 2)), "handler applicant_class",
        citizen="申请已经登记，正在办理。",
        what_next="已登记。看内容是否清楚，不清楚的在 7 个工作日内一次告知补正。",
        letters="registration",
    ),
    act(
        "ask_supplement", "告知补正", "handling", "awaiting_supplement", P.CASE_HANDLE,
        (at(30), *CONTENT.provisions), "matters term_on",
        citizen="申请内容不够清楚，需要您补正。在写明的日期以前补上，答复期限从收到补正之日重新起算。",
        what_next="补正告知书已发出，只能告知这一次。等申请人补正。",
        clock=ClockEffect.WAITS, letters="supplement",
    ),
    act(
        "receive_supplement", "收到补正", "awaiting_supplement lapsed", "handling", P.CASE_HANDLE,
        (at(30),), "", also="justified reason",
        citizen="已收到您的补正，答复期限从今天的次日重新起算。",
        what_next="答复期限从收到补正之日重新起算。",
        clock=ClockEffect.RESTARTS, applicant=True,
    ),
    act(
        "lapse_supplement", "认定逾期不补正", "awaiting_supplement", "lapsed", P.CASE_APPROVE,
        (at(30),), "reason",
        citizen="补正期限已过，没有收到补正，按规定视为放弃申请。有正当理由的，可以说明并补正。",
        what_next="已按“逾期不补正、不再处理”结案。告知申请人，再归档。",
        clock=ClockEffect.ENDS, letters="reply-not-supplemented",
    ),
    act(
        "withdraw", "撤回申请", OPEN, "withdrawn", P.CASE_HANDLE,
        WITHDRAWAL.provisions, "", also="reason",
        citizen="您已撤回申请，不再办理。以后可以再申请。",
        what_next="申请人已撤回，记为“其他处理”。归档。",
        clock=ClockEffect.ENDS, letters="reply-withdrawn", applicant=True,
    ),
)  # fmt: skip
