"""Whom to sign in as in a demonstration, and what to try (演示账号): by role, what is worth seeing first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongkai.rules import roles

# What each account of the demonstration is for, in the order in which a visitor should try them.
_TRY: dict[str, str] = {
    "edu-clerk": "在“待办”里打开等着确认收到的一件，按“确认收到”，再按“登记”；录入一件纸上来的申请，办到送审；"
    "登记一条申报统计，或导入一个月的表，看年报里的数怎样跟着变",
    "office-clerk": "在“待办”里接着办申请；一眼看四十个单位，找出报送后又对不上的一份，退回并写原因；催一个没有报的",
    "office-head": "在“待办”里打开“区政府大院对外开放停车位的安排”，看答复书全文，签发；"
    "核对全区的年报，说明提醒，封存、发布；发布后再更正一次",
    "supervisor": "全部都能看，什么都不能改；逐条核对底账",
    "edu-head": "经办人送审以后，签发本单位的答复；审签、发布本单位的年报",
    "edu-lead": "核对本单位的填报，再报送",
    "town-clerk": "接着填写乡镇没有填完的年报",
    "operator": "开账号、交接、设机关、载入放假通知",
}


@dataclass(frozen=True, slots=True)
class Hint:
    """One account of the demonstration: who it is, where, and what to try as it."""

    user: str
    password: str
    role: str
    organ: str
    text: str


def hints(accounts: Iterable[Mapping[str, str]]) -> tuple[Hint, ...]:
    """The accounts that have something to do on the desk, the ones to try first at the top."""
    order = list(_TRY)
    known = [one for one in accounts if one["user"] in _TRY]
    return tuple(
        Hint(one["user"], one["password"], _label(one["role"]), one["organ"], _TRY[one["user"]])
        for one in sorted(known, key=lambda one: order.index(one["user"]))
    )


def _label(role: str) -> str:
    known = roles.ROLES.get(role)
    return known.label if known is not None else role
