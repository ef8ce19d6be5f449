"""Remedies around today (复议诉讼): a refusal upheld in reconsideration and now before the court; a complaint found true."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from gongkai.demonstration.cases import Step, Story, answered, live
from gongkai.demonstration.units import OFFICE, unit
from gongkai.foundation import kinds, records
from gongkai.foundation.actors import Actor
from gongkai.foundation.clock import SHANGHAI
from gongkai.foundation.models import Organ
from gongkai.remedies import acts
from gongkai.remedies.queries import AnyRemedy

Actors = Callable[[str, date], Actor]
_CLERK = "office-clerk"
_REFUSED: Mapping[str, Any] = {
    "outcome": "r10",
    "grounds": ("draft",),
    "reason": "所申请的是方案的征求意见稿，属于过程稿，予以不公开；方案印发后主动公开。",
}


def live_remedies(today: date, places: Mapping[str, Organ], actors: Actors) -> None:
    """The disputed request from its filing to the lawsuit that runs, and the complaint; each act on its day."""
    _Disputed(today, places, actors).live()
    _complain(today, places[OFFICE], actors)


class _Disputed:
    """One request, refused; its reconsideration, upheld; the lawsuit after it, still to be answered."""

    def __init__(self, today: date, places: Mapping[str, Organ], actors: Actors) -> None:
        self.today, self.places, self.actors = today, places, actors
        self.organ = places[unit("住房城乡建设和交通局").code]

    def back(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def live(self) -> None:
        filed, answer = self.back(200), self.back(182)
        story = Story(
            self.organ.code, "counter", filed, "公交线路优化调整方案的征求意见稿",
            (Step("register", filed), *answered(answer, _REFUSED, self.back(181)),
             Step("archive", self.back(170), {"retention_class": "disputed"})),
            code="利住建公复", person=1,
        )  # fmt: skip
        number = live(story, self.places, self.actors).number
        decided = self.back(92)
        review_number = f"利政复〔{self.back(150).year}〕12号"
        review = self.enter(
            "reconsiderations", self.back(144), filed_on=self.back(150), case_number=review_number,
            request_number=number, review_organ="吴忠市利通区人民政府", accepted_on=self.back(148),
            procedure="ordinary", notice_on=self.back(144),
        )  # fmt: skip
        self.go_on(review, "answer", self.back(136), answered_on=self.back(136))
        self.go_on(
            review, "decision", self.back(90), decision_form="maintained", closed_on=decided,
            decision_number=f"利政复决〔{decided.year}〕9号", decision_received_on=self.back(90),
        )  # fmt: skip
        self.enter(
            "lawsuits", self.back(6), track="after_review", filed_on=self.back(80), request_number=number,
            review_number=review_number, court="吴忠市利通区人民法院", accepted_on=self.back(10), notice_on=self.back(6),
            case_number=f"（{self.back(10).year}）宁0302行初8号", procedure="simple", instance="first",
        )  # fmt: skip

    def enter(self, kind: str, on: date, **values: Any) -> AnyRemedy:
        by = self.actors(_CLERK, on)
        made = records.enter(kinds.get(kind), self.organ, values, by=by, now=_at(on))
        assert isinstance(made, AnyRemedy)
        return made

    def go_on(self, record: AnyRemedy, act: str, on: date, **values: Any) -> None:
        acts.go_on(record, act, values, by=self.actors(_CLERK, on), now=_at(on))


def _complain(today: date, office: Organ, actors: Actors) -> None:
    """A complaint about a missing answer, found true; the town has a few days left to put it right."""
    came, found = today - timedelta(days=24), today - timedelta(days=14)
    values = {
        "received_on": came, "how": "phone", "about": "高闸镇人民政府", "complainant": "投诉人甲",
        "content": "当面提出的政府信息公开申请，过了一个多月没有答复，打电话也没有人说明原因。",
    }  # fmt: skip
    record = records.enter(kinds.get("complaints"), office, values, by=actors(_CLERK, came), now=_at(came))
    assert isinstance(record, AnyRemedy)
    finding = {
        "finding": "founded", "measure": "rectify", "measure_number": f"利政办督〔{found.year}〕3号",
        "measure_due_on": today + timedelta(days=4),
    }  # fmt: skip
    acts.go_on(record, "find", finding, by=actors(_CLERK, found), now=_at(found))
    told = today - timedelta(days=12)
    acts.go_on(record, "tell", {"told_on": told}, by=actors(_CLERK, told), now=_at(told))


def _at(day: date) -> datetime:
    return datetime.combine(day, time(16), SHANGHAI)
