"""Corrections and proposals for tests: filed and carried on through the actions."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from gongkai.casework.models import SideRequest
from gongkai.casework.side import acts
from gongkai.casework.side.filing import SideFiling, SideReceipt, file_side
from gongkai.foundation.actors import PUBLIC, Actor
from gongkai.foundation.clock import SHANGHAI
from tests.apps.casework_support import CARD, People, actor, at, day

HEADS = frozenset({"approve", "return"})
VERIFIED = {"where": "学籍档案", "found": "登记时把汪写成王", "result": "inaccurate"}
ASSESSED = {"found": "涉及公众利益调整", "result": "public", "criteria": ("interest",), "clear": True}


def correction(**changes: Any) -> SideFiling:
    """A whole correction, as the form sends it."""
    values: dict[str, Any] = {
        "kind": "correction", "name": "申请人甲", "id_type": "identity-card", "id_number": CARD, "phone": "13800000000",
        "record": "学籍卡", "wrong": "姓名写作王某", "right": "姓名应为汪某", "evidence": "户口簿复印件",
    }  # fmt: skip
    return SideFiling(**{**values, **changes})


def proposal(**changes: Any) -> SideFiling:
    """A whole proposal of somebody who leaves no name."""
    values: dict[str, Any] = {"kind": "conversion", "information": "校车线路表", "criteria": ("known",)}
    return SideFiling(**{**values, **changes})


def filed(organ: Any, filing: SideFiling, on: str = "2021-07-01", **given: Any) -> SideReceipt:
    """Its receipt; by the public unless somebody else files."""
    return file_side(organ, filing, **{"by": PUBLIC, "now": at(on), **given})


class SideTold:
    """One, act by act, by those whose it is."""

    def __init__(self, people: People, side: SideRequest) -> None:
        self.people, self.side, self.today = people, side, side.arrived_on

    def by(self, act: str) -> Actor:
        chosen = self.people.head if act in HEADS else self.people.clerk
        return actor(chosen, self.today.isoformat())

    def do(self, act: str, on: str | None = None, /, *, as_: Actor | None = None, **given: Any) -> SideTold:
        self.today = day(on) if on else self.today
        now = datetime.combine(self.today, time(15), SHANGHAI)
        self.side = acts.act(self.side, act, given, by=as_ or self.by(act), now=now, on=self.today)
        return self

    def registered(self, on: str | None = None) -> SideTold:
        if self.side.state == "awaiting_confirmation":
            self.do("confirm", on, confirmed_how="电话，本人接听")
        return self.do("register", on, handler=self.people.clerk.ref)

    def approved(self) -> SideTold:
        """Registered, checked, decided and approved: corrected, or made public."""
        self.registered()
        if self.side.kind == "correction":
            self.do("verify", **VERIFIED).do(
                "decide", outcome="corrected", reason="户口簿与档案不符，以户口簿为准。"
            )
        else:
            self.do("assess", **ASSESSED).do("decide", outcome="public", reason="校车线路涉及学生家长。")
        return self.do("approve")

    def finished(self) -> SideTold:
        """Carried out and told."""
        self.approved()
        if self.side.kind == "correction":
            self.do("correct_record", done="学籍卡姓名由王某改为汪某")
        else:
            self.do("publish", title="校车线路表", access="https://example.cn/lines")
        return self.do("tell", method="online")
