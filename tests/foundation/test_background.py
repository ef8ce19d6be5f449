"""The runner: it works while it holds the lease, stops when it loses it, and outlives a job that fails."""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError

from gongkai.foundation import background, lease, leftovers
from gongkai.foundation.background import Job, Runner
from gongkai.foundation.lease import pulse
from gongkai.foundation.models import FailedSignIn, Lease
from tests.conftest import NOW


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def runner(holder: str, clock: Clock, *todo: Job) -> Runner:
    return Runner(holder, threading.Event(), todo=todo, clock=clock)


def job(done: list[str], name: str = "work", every: int = 60, more: int = 0) -> Job:
    left = [more]

    def work(now: datetime) -> bool:
        done.append(name)
        left[0] -= 1
        return left[0] >= 0

    return Job(name, timedelta(seconds=every), work)


def test_each_job_is_done_when_it_is_due(db: None) -> None:
    clock, done = Clock(), list[str]()
    one = runner("a", clock, job(done, "often", 60), job(done, "seldom", 3600))
    for _ in range(3):
        one.turn()
        clock.forward(61)
    assert done == ["often", "seldom", "often", "often"]


def test_a_job_with_more_to_do_comes_again_at_once(db: None) -> None:
    clock, done = Clock(), list[str]()
    one = runner("a", clock, job(done, more=2))
    assert [one.turn() for _ in range(4)] == [True, True, False, False]
    assert len(done) == 3


def test_only_the_holder_works(db: None) -> None:
    clock, done = Clock(), list[str]()
    first, second = runner("a", clock, job(done, "a", 0)), runner("b", clock, job(done, "b", 0))
    for _ in range(5):
        first.turn()
        second.turn()
        clock.forward(40)
    assert set(done) == {"a"}, "and it keeps the lease by renewing it"
    clock.forward(121)
    second.turn()
    with pytest.raises(lease.LeaseLost):
        first.turn()
    assert done[-1] == "b"


def test_a_holder_that_cannot_renew_stops(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, done = Clock(), list[str]()
    one = runner("a", clock, job(done, every=0))
    one.turn()
    clock.forward(100)

    def away(*_: object, **__: object) -> None:
        one.stop.set()
        raise OperationalError

    monkeypatch.setattr(lease, "renew", away)
    monkeypatch.setattr(background.connection, "close", lambda: None)
    one.run()
    assert done == ["work"] and one.held is None


def test_a_job_that_fails_says_where_and_not_whom(db: None, caplog: pytest.LogCaptureFixture) -> None:
    def fails(now: datetime) -> bool:
        raise ValueError("申请人甲")

    clock, done = Clock(), list[str]()
    with caplog.at_level(logging.ERROR):
        runner("a", clock, Job("bad", timedelta(0), fails), job(done)).turn()
    assert done == ["work"]
    assert "bad" in caplog.text and "ValueError" in caplog.text and "申请人" not in caplog.text


def test_it_gives_the_lease_back_when_told_to_stop(db: None) -> None:
    clock = Clock()
    one = runner("a", clock)
    one.todo = (Job("stop", timedelta(0), lambda now: bool(one.stop.set())),)
    one.run()
    assert Lease.objects.get().holder == ""
    assert not pulse(clock.now).silent
    assert pulse(clock.now + timedelta(minutes=6)).silent


def test_before_it_ever_ran(db: None) -> None:
    assert pulse(NOW).silent and pulse(NOW).last_beat is None


def test_what_nobody_needs_is_deleted(db: None) -> None:
    for hours in (-2, 2):
        moment = NOW + timedelta(hours=hours)
        Session.objects.create(session_key=f"s{hours}", session_data="", expire_date=moment)
        FailedSignIn.objects.create(address=str(hours), at=moment)
    for one in background.jobs():
        one.work(NOW)
    assert [s.session_key for s in Session.objects.all()] == ["s2"]
    assert [f.address for f in FailedSignIn.objects.all()] == ["2"]
    assert leftovers.forget_sessions(NOW) is False
    assert {one.name for one in background.jobs()} == {
        "outbox",
        "sessions",
        "destroyed-files",
        "failed-sign-ins",
        "idempotency-keys",
    }
