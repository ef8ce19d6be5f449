"""Handing cases from one person to another (案件交接): all of a leaving clerk's in one act, or chosen ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from gongkai.casework.models import Case
from gongkai.casework.refusals import refused
from gongkai.foundation import ledger
from gongkai.foundation.actors import Actor, actor_for, require
from gongkai.foundation.clock import legal_day
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Account
from gongkai.rules.roles import Permission

HANDED_OVER = "cases.handed_over"
_MOST_REASON = 300


def open_cases_of(giver: Account) -> list[Case]:
    """What a person still has in hand (在办的申请): everything not archived."""
    rows = Case.objects.filter(handler=giver, voided_seq=None).exclude(state="archived")
    return list(rows.select_related("organ__parent").order_by("order_key", "id"))


def hand_over_cases(
    giver: Account | None,
    taker: Account,
    *,
    by: Actor,
    now: datetime,
    cases: Sequence[Case] | None = None,
    from_on: date | None = None,
    reason: str = "",
) -> int:
    """Give cases to another handler (交接、改派): all of ``giver``'s, or ``cases``. Returns how many went over.

    ``reason``: why, for the one who takes them; it may name a person and is kept sealed.
    ``from_on``: the day from which the taker handles them, by whose roles it is judged; today by default.
    Whoever may register the organ's cases may do it. Raises CaseworkRefused, NotAllowed.
    """
    if giver is not None and giver.pk == taker.pk:
        raise refused("taker", "交出和接手的是同一个账号，选另一个人接手。")
    if len(reason) > _MOST_REASON:
        raise refused("reason", f"原因最多 {_MOST_REASON} 个字，写短一些。")
    if not taker.is_active:
        raise refused("taker", "接手的账号已经停用，先启用它，或者选另一个人。")
    with write_transaction():
        moving = _moving(giver, cases)
        if not moving:
            raise refused("giver", "没有在办的申请，没有什么可交接。")
        _check_hands(moving, taker, by, from_on or legal_day(now))
        seq = ledger.next_seq()
        for case in moving:
            case.handler, case.latest_seq = taker, seq
            case.save(update_fields=["handler", "latest_seq"])
        ledger.append(
            HANDED_OVER,
            subject=_subject(giver, taker, moving),
            actor=by.ref,
            now=now,
            organ_code=moving[0].organ.code if len(moving) == 1 else "",
            payload={"to": taker.ref, "cases": [case.ref for case in moving]},
            personal={"reason": reason.strip()} if reason.strip() else None,
        )
    return len(moving)


def _subject(giver: Account | None, taker: Account, moving: list[Case]) -> str:
    """Whose event it is: the leaving person's, else the one case's."""
    if giver is not None:
        return giver.ref
    return moving[0].ref if len(moving) == 1 else taker.ref


def _check_hands(moving: list[Case], taker: Account, by: Actor, day: date) -> None:
    """Who hands over may, and who takes them may handle them. Raises CaseworkRefused, NotAllowed."""
    receiver = actor_for(taker, today=day)
    for case in moving:
        if not by.may(Permission.ACCOUNT_MANAGE, case.organ):
            require(by, Permission.CASE_HANDLE, case.organ, "交接申请")
        if not receiver.may(Permission.CASE_HANDLE, case.organ):
            where = f"{taker.display_name}现在不承担 {case.number} 所在单位的办理"
            raise refused("taker", f"{where}；先加上职责，或者选另一个人。")


def _moving(giver: Account | None, cases: Sequence[Case] | None) -> list[Case]:
    rows = Case.objects.filter(voided_seq=None).exclude(state="archived").select_related("organ__parent")
    if cases is not None:
        rows = rows.filter(pk__in=[case.pk for case in cases])
    if giver is not None:
        rows = rows.filter(handler=giver)
    elif cases is None:
        return []
    return list(rows.order_by("id"))
