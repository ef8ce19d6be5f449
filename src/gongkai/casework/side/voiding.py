"""Striking out a correction or a proposal that was entered by mistake (撤销登记), as a case is."""

from __future__ import annotations

from datetime import datetime

from gongkai.casework.models import SideRequest
from gongkai.casework.refusals import refused
from gongkai.foundation import ledger
from gongkai.foundation.actors import Actor, NotAllowed, require
from gongkai.foundation.locks import write_transaction
from gongkai.rules.roles import Permission

VOIDED = "side.voided"
_MOST_REASON = 300
_BY_ANOTHER = "自己登记的不能自己撤销。由另一位审核的人办理。"
# What may have been done without anything reaching the person.
_INSIDE = ("confirm", "note_unreachable", "register", "reassign")


def void_side(side: SideRequest, *, reason: str, by: Actor, now: datetime) -> SideRequest:
    """Strike out what a clerk entered by mistake (撤销登记): twice, at the wrong organ, or of the wrong kind.

    By somebody else than who entered it, and only while nothing has gone to the person; what the person filed is
    never struck out. The number stays used. Raises CaseworkRefused, NotAllowed.
    """
    require(by, Permission.CASE_APPROVE, side.organ, "撤销登记")
    if _own(side, by):
        raise NotAllowed(_BY_ANOTHER)
    if not reason.strip():
        raise refused("reason", "写明撤销登记的原因，例如“与另一件重复登记”。")
    if len(reason) > _MOST_REASON:
        raise refused("reason", f"原因最多 {_MOST_REASON} 个字，写短一些。")
    with write_transaction():
        side = SideRequest.objects.select_related("organ__parent", "handler", "about").get(pk=side.pk)
        obstacle = why_not_void(side, by)
        if obstacle:
            raise refused("", obstacle)
        side.voided_seq = side.latest_seq = ledger.next_seq()
        side.save(update_fields=["voided_seq", "latest_seq"])
        ledger.append(
            VOIDED, subject=side.ref, actor=by.ref, now=now, organ_code=side.organ.code,
            payload={}, personal={"reason": reason.strip()},
        )  # fmt: skip
    return side


def why_not_void(side: SideRequest, by: Actor) -> str:
    """Why this person cannot strike it out, with the cure; "" where they can. The permission is asked apart."""
    if side.voided_seq is not None:
        return "这件已经撤销登记。"
    if not side.filed_by.startswith("account:"):
        return "网上提交的不能撤销登记。照常办理、告知；提出的人要撤回的，用“撤回”。"
    if _own(side, by):
        return _BY_ANOTHER
    if side.acts.exclude(act__in=_INSIDE).exists():
        return "这件已经办过后面的步骤，不能撤销登记；继续办理，或者由提出的人撤回。"
    return ""


def _own(side: SideRequest, by: Actor) -> bool:
    return by.ref == side.filed_by and not by.server
