"""How long a closed request is kept (保管期限): classes as first values, to be confirmed by the archives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.rules.outcomes import OUTCOMES
from gongkai.rules.provision import Provision
from gongkai.rules.requests.facts import Life
from gongkai.rules.requests.life import outcome
from gongkai.rules.rule import Rule, implements

RETENTION = Rule(
    id="ARC-14-retention",
    title="申请材料的保管期限",
    sentence="应当归档的材料，按照国家有关规定定期向本单位档案机构或者档案工作人员移交，集中管理，任何个人不得拒绝归档或者据为己有。",
    provisions=(Provision("archives-law-2020", 14),),
    since=date(2021, 1, 1),
    confirmed=False,
    note="没有文件写明依申请公开材料保管多少年：不予公开、有争议、收费的 30 年，其他 10 年，是初始值，"
    "以同级档案主管部门批准的保管期限表为准，可以在设置里改。",
)
NEVER_SILENT = Rule(
    id="ARC-14-never-silent",
    title="到期的不自动销毁",
    sentence="应当归档的材料，按照国家有关规定定期向本单位档案机构或者档案工作人员移交，集中管理，任何个人不得拒绝归档或者据为己有。",
    provisions=(Provision("archives-law-2020", 14),),
    since=date(2021, 1, 1),
    confirmed=False,
    note="期满的列出清单，两人鉴定，写成销毁证明，才能销毁，是本程序的做法。",
)


class RetentionRefused(ValueError):
    """A class nobody defined; the message names those there are."""


@dataclass(frozen=True, slots=True)
class RetentionClass:
    """One class (保管期限类别). ``years`` is a first value; an installation may set another."""

    code: str
    label: str
    years: int
    why: str


CLASSES: dict[str, RetentionClass] = {
    c.code: c
    for c in (
        RetentionClass("disputed", "不予公开、有争议、收费的", 30, "涉及不公开决定、复议诉讼或者收费"),
        RetentionClass("ordinary", "其他", 10, "已经公开或者没有争议"),
    )
}


def check_class(code: str) -> RetentionClass:
    """The class of that code. Raises RetentionRefused."""
    if code not in CLASSES:
        known = "、".join(f"{c.code}（{c.label}，{c.years} 年）" for c in CLASSES.values())
        raise RetentionRefused(f"没有“{code}”这个保管期限类别，应为：{known}。")
    return CLASSES[code]


@implements(RETENTION)
def retention_class(life: Life, *, disputed: bool = False) -> RetentionClass:
    """The class a closed request falls into (应归哪一类). ``disputed``: reconsideration, suit or complaint."""
    row = outcome(life)
    refused = row is not None and row != "r3" and OUTCOMES[row].group != "（六）其他处理"
    charged = any(notice.cancelled_on is None for r in life.rounds for notice in r.fees)
    ordered = any(r.order is not None for r in life.rounds)
    return CLASSES["disputed" if disputed or refused or charged or ordered else "ordinary"]


def expires_on(archived_on: date, years: int) -> date:
    """The last day of the term (保管到哪一天): full calendar years after the year of archiving."""
    return date(archived_on.year + years, 12, 31)


@dataclass(frozen=True, slots=True)
class Held:
    """One archived request (已归档的一件) with the years its class is kept."""

    ref: str
    archived_on: date
    years: int


def expired(held: Iterable[Held], today: date) -> tuple[Held, ...]:
    """Those whose term is over (期满清单), the oldest first; a list for people, nothing is destroyed by it."""
    over = [one for one in held if expires_on(one.archived_on, one.years) < today]
    return tuple(sorted(over, key=lambda one: (one.archived_on, one.ref)))


@implements(NEVER_SILENT)
def check_destruction(one: Held, *, first: str, second: str, reason: str, today: date) -> None:
    """Whether a file may be destroyed (销毁鉴定): over its term, by two people. Raises RetentionRefused."""
    last = expires_on(one.archived_on, one.years)
    if today <= last:
        raise RetentionRefused(f"{one.ref} 保管到 {last}，还没有期满，不能销毁。")
    if not first.strip() or not second.strip() or first.strip() == second.strip():
        raise RetentionRefused("销毁要由两个不同的人鉴定；由另一人再鉴定一次。")
    if not reason.strip():
        raise RetentionRefused("写明鉴定意见，再销毁。")
