"""The newcomer's path (新手的头几件事): first tasks, each read off the ledger; nothing of it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.casework.acts import ACTED
from gongkai.casework.models import CaseAct
from gongkai.foundation.clock import legal_day
from gongkai.foundation.models import Account, LedgerEvent, Organ
from gongkai.foundation.records import CORRECTED, ENTERED
from gongkai.foundation.sign_in import SIGNED_IN

_DAYS = 60


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One first task: what, how long it takes, where, and whether it is done."""

    title: str
    takes: str
    href: str
    done: bool


@dataclass(frozen=True, slots=True)
class Path:
    """The first tasks of somebody who came to the desk ``days`` days ago."""

    steps: tuple[FirstStep, ...]
    days: int

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(step.done for step in self.steps)


def path_of(
    account: Account, organ: Organ | None, *, may_enter: bool, may_sign: bool, now: datetime
) -> Path | None:
    """The path of somebody who enters records or signs replies; None once it is walked, or after sixty days."""
    if organ is None or not (may_enter or may_sign):
        return None
    acts = LedgerEvent.objects.filter(actor=account.ref)
    first = acts.filter(kind=SIGNED_IN).order_by("seq").values_list("recorded_at", flat=True).first()
    days = (legal_day(now) - legal_day(first)).days + 1 if first is not None else 1
    if days > _DAYS:
        return None
    if first is not None:
        # What was entered in somebody's name before they came, they have not tried yet.
        acts = acts.filter(recorded_at__gte=first)
    steps = [
        FirstStep("改掉纸上的第一个密码", "1 分钟", reverse("desk:password"), not account.must_change),
        *(_clerk(acts, organ) if may_enter else ()),
        *(_head(acts) if may_sign else ()),
    ]
    return None if all(step.done for step in steps) else Path(tuple(steps), days)


def _clerk(acts: QuerySet[LedgerEvent], organ: Organ) -> list[FirstStep]:
    entered = acts.filter(kind=ENTERED)
    return [
        FirstStep(
            "在待办里打开一件申请，办它的下一步",
            "5 分钟",
            reverse("desk:inbox"),
            acts.filter(kind=ACTED).exists(),
        ),
        FirstStep(
            "登记或导入一个月的申报统计",
            "6 分钟",
            reverse("desk:import", args=[organ.code, "statistics"]),
            entered.filter(subject__startswith="statistics:").exists(),
        ),
        FirstStep(
            "登记一份本单位印发的文件",
            "3 分钟",
            reverse("desk:record-new", args=[organ.code, "documents"]),
            entered.filter(subject__startswith="documents:").exists(),
        ),
        FirstStep(
            "更正一条登记，看底账怎么记",
            "3 分钟",
            reverse("desk:register", args=[organ.code, "documents"]),
            acts.filter(kind=CORRECTED).exists(),
        ),
        FirstStep(
            "打开本单位的年报，改一段文字",
            "10 分钟",
            reverse("desk:reports"),
            acts.filter(kind="filing.written").exists(),
        ),
    ]


def _head(acts: QuerySet[LedgerEvent]) -> list[FirstStep]:
    signed = CaseAct.objects.filter(act="sign", seq__in=acts.filter(kind=ACTED).values("seq"))
    return [FirstStep("在待办里打开一件送审的答复，签发", "5 分钟", reverse("desk:inbox"), signed.exists())]
