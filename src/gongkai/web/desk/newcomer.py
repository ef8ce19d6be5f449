"""The newcomer's path (新手五步): five first tasks, each read off the ledger; nothing of it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

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
    """The five first tasks of somebody who came to the desk ``days`` days ago."""

    steps: tuple[FirstStep, ...]
    days: int

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(step.done for step in self.steps)


def path_of(account: Account, organ: Organ | None, *, may_enter: bool, now: datetime) -> Path | None:
    """The path of somebody who enters records; None once it is walked, or after sixty days."""
    if organ is None or not may_enter:
        return None
    acts = LedgerEvent.objects.filter(actor=account.ref)
    first = acts.filter(kind=SIGNED_IN).order_by("seq").values_list("recorded_at", flat=True).first()
    days = (legal_day(now) - legal_day(first)).days + 1 if first is not None else 1
    if days > _DAYS:
        return None
    entered = acts.filter(kind=ENTERED)
    steps = (
        FirstStep("改掉纸上的第一个密码", "1 分钟", reverse("desk:password"), not account.must_change),
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
    )
    return None if all(step.done for step in steps) else Path(steps, days)
