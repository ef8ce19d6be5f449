"""How a district begins (起步): the steps from an empty district to units that enter records."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from gongkai.foundation.actors import Actor
from gongkai.foundation.models import Account, Organ, RoleHolding, StoredNotice
from gongkai.foundation.organs import UNIT_KINDS
from gongkai.rules.calendar import built_in_notices

# Who the office needs at least, in the order in which they are opened.
_OFFICE = {"office_head": "负责人", "office_clerk": "经办人"}


@dataclass(frozen=True, slots=True)
class BeginningStep:
    """One step: what, why, where it is done, and whether it is."""

    title: str
    text: str
    href: str
    button: str
    done: bool


def path_of(actor: Actor) -> list[BeginningStep]:
    """The steps of somebody who founds organs and opens accounts; empty once all are done, or for others."""
    if not (actor.holds("organ.manage") and actor.holds("account.manage")):
        return []
    units = Organ.objects.filter(kind__in=UNIT_KINDS).count()
    clerks = RoleHolding.objects.filter(organ__kind__in=UNIT_KINDS).values("organ").distinct().count()
    waiting = Account.objects.filter(must_change=True, is_active=True).count()
    steps = [_organs(units), _office(), _units(units, clerks), _calendar(), _slips(clerks, waiting)]
    return [] if all(step.done for step in steps) else steps


def _organs(units: int) -> BeginningStep:
    if units:
        return BeginningStep("登记机关", f"已登记 {units} 个单位。", reverse("desk:organs"), "看机关", True)
    text = "把各部门、事业单位、乡镇（街道）填进一张表，一次导入；少的一个一个加。"
    return BeginningStep("登记机关", text, reverse("desk:organ-import"), "导入机关表", False)


def _office() -> BeginningStep:
    held = set(RoleHolding.objects.filter(role__in=_OFFICE).values_list("role", flat=True))
    missing = [role for role in _OFFICE if role not in held]
    office = Organ.objects.filter(kind="office").order_by("position").values_list("code", flat=True).first()
    where = reverse("desk:account-new")
    asked = f"?role={missing[0]}&organ={office or ''}" if missing else ""
    text = "经办人和负责人都有了账号。"
    if missing:
        text = f"还差{'、'.join(_OFFICE[role] for role in missing)}：经办人汇总，负责人审签、发布、管理账号。"
    return BeginningStep("给区政府办公室开账号", text, where + asked, "开账号", not missing)


def _units(units: int, clerks: int) -> BeginningStep:
    where = reverse("desk:account-new") + "?role=unit_clerk"
    text = (
        f"{clerks} 个单位有了账号，还差 {max(units - clerks, 0)} 个。"
        if units
        else "先登记机关，再给每个单位开账号。"
    )
    return BeginningStep(
        "给各单位开账号", text, where, "开账号" if units else "", bool(units) and clerks >= units
    )


def _calendar() -> BeginningStep:
    done = StoredNotice.objects.exists() or bool(built_in_notices())
    return BeginningStep("核对放假通知", _notices(), reverse("desk:notices"), "看放假通知", done)


def _slips(clerks: int, waiting: int) -> BeginningStep:
    text = f"还有 {waiting} 个账号没有用首次密码登录过。" if waiting else "开账号时打印密码条，当面交给本人。"
    if clerks and not waiting:
        text = "开过的账号都改了首次密码。"
    where = reverse("desk:accounts") + "?state=first"
    button = "看还没有登录的" if waiting else ""
    return BeginningStep("把密码条交给本人", text, where, button, bool(clerks) and not waiting)


def _notices() -> str:
    last = max((notice.year for notice in built_in_notices()), default=0)
    return f"程序自带到 {last} 年的国务院办公厅通知；以后每年公布后载入一次。"
