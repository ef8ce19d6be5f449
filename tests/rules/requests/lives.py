"""Lives of requests for tests: one act after another, each on its day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from gongkai.rules.calendar import WorkingCalendar, announced
from gongkai.rules.requests.facts import Life
from gongkai.rules.requests.life import begin, state
from gongkai.rules.requests.perform import perform
from gongkai.rules.requests.reply_clock import ReplyClock, reply_clock
from gongkai.rules.requests.states import ActRefused
from gongkai.rules.requests.steps import NextStep, next_step
from gongkai.rules.requests.tasks import tasks

CALENDAR = announced()
GRANT = {"outcome": "r3", "grounds": ("provided",), "reason": "可以公开。"}
REFUSAL = {"outcome": "r6", "grounds": ("forbidden-by-law",), "reason": "统计法禁止公开单个调查对象的资料。"}
SEARCH = {"where": "档案室", "by": "经办人", "words": "危房改造、2020", "found": 1}


def day(text: str) -> date:
    return date.fromisoformat(text)


class Story:
    """A request told act by act; ``at`` moves the day, ``do`` does an act on it."""

    def __init__(
        self,
        channel: str,
        arrived: str,
        *,
        confirmed: bool = False,
        calendar: WorkingCalendar = CALENDAR,
    ) -> None:
        self.calendar = calendar
        self.today = day(arrived)
        self.life: Life = begin(channel, self.today, confirmed=confirmed)

    def do(self, act: str, on: str | None = None, /, **given: Any) -> Story:
        self.today = day(on) if on else self.today
        self.life = perform(
            self.life, act, on=self.today, today=self.today, calendar=self.calendar, given=given
        )
        return self

    def refused(self, match: str, act: str, on: str | None = None, /, **given: Any) -> ActRefused:
        before = self.life
        with pytest.raises(ActRefused, match=match) as refusal:
            Story.do(self, act, on, **given)
        assert self.life is before, "a refusal changes nothing"
        return refusal.value

    def registered(self, on: str) -> Story:
        return self.do("register", on, handler="经办人", applicant_class="natural")

    def answered(self, on: str, number: str, decision: Mapping[str, Any] = GRANT) -> Story:
        """Decide, review, sign and serve on one day."""
        return self.do("decide", on, **decision).do("submit").do("sign", number=number).served(on)

    def served(self, on: str) -> Story:
        return self.do("send", on, method="electronic", consent=True).do("prove_service", proof="发送记录")

    @property
    def state(self) -> str:
        return state(self.life)

    def clock(self, on: str | None = None) -> ReplyClock:
        return reply_clock(self.life, self.calendar, day(on) if on else self.today)

    def due(self, on: str | None = None) -> date | None:
        return self.clock(on).due

    def step(self, on: str | None = None) -> NextStep:
        found = next_step(self.life, day(on) if on else self.today, self.calendar)
        assert found is not None
        return found

    def tasks(self, on: str) -> list[str]:
        return [task.code for task in tasks(self.life, day(on), self.calendar)]
