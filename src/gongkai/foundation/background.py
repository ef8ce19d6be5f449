"""The background process (后台进程): the one that holds the lease does what is due; all others wait.

One thing after another in one thread, so that a piece of work that hangs lets the lease lapse.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from traceback import extract_tb

from django.conf import settings
from django.db import Error, connection
from django.utils.module_loading import autodiscover_modules

from gongkai.foundation import lease
from gongkai.foundation.lease import BACKGROUND as NAME

# A piece of work must end well within the lease: it is renewed before each, when a quarter is used up.
LASTS = timedelta(seconds=120)
PAUSE = timedelta(seconds=3)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """One kind of work (一项后台工作). ``work`` is told the moment, ends within a minute, and says if more waits."""

    name: str
    every: timedelta
    work: Callable[[datetime], bool]


_jobs: dict[str, Job] = {}


def register(job: Job) -> None:
    """Add what an app wants done regularly; called in the app's module ``jobs``."""
    _jobs[job.name] = job


def jobs() -> tuple[Job, ...]:
    """Everything that is to be done: what the modules ``jobs`` of the apps register."""
    autodiscover_modules("jobs")
    return tuple(_jobs.values())


class Runner:
    """Does the jobs while it holds the lease (后台循环), until ``stop`` is set.

    ``clock``: the moment, by default the database's. ``lasts``: how long the lease runs without renewal.
    """

    def __init__(
        self,
        holder: str,
        stop: threading.Event,
        *,
        todo: Sequence[Job] | None = None,
        clock: Callable[[], datetime] = lease.database_clock,
        lasts: timedelta = LASTS,
    ) -> None:
        self.holder, self.stop, self.clock, self.lasts = holder, stop, clock, lasts
        self.todo = jobs() if todo is None else tuple(todo)
        self.held: lease.Held | None = None
        self._due: dict[str, datetime] = {}

    def run(self) -> None:
        """Until told to stop; a database that is away is waited for."""
        pause = PAUSE
        while not self.stop.is_set():
            try:
                more, pause = self.turn(), PAUSE
            except lease.LeaseLost:
                self.held, more = None, False
            except Error as error:
                _log.error("后台：数据库没有回应（%s），%d 秒后再试", type(error).__name__, pause.seconds)
                connection.close()
                self.held, more = None, False
                pause = min(pause * 2, timedelta(minutes=1))
            if not more:
                self.stop.wait(pause.total_seconds())
        self._give_back()

    def turn(self) -> bool:
        """Everything that is due now, once; whether more waits. Raises LeaseLost, django.db.Error."""
        more = False
        settings.GONGKAI_DATA_KEYS.follow()
        for job in self.todo:
            now = self._keep()
            if now is None or self.stop.is_set():
                return False
            if now >= self._due.get(job.name, now):
                again = self._do(job, now)
                self._due[job.name] = now if again else now + job.every
                more |= again
        return more

    def _keep(self) -> datetime | None:
        """The moment, with the lease good for the next piece of work; None while it is another's."""
        now = self.clock()
        if self.held is None:
            self.held = lease.take(NAME, self.holder, now=now, lasts=self.lasts)
        elif now > self.held.until - self.lasts * 3 / 4:
            self.held = lease.renew(self.held, now=now, lasts=self.lasts)
        return now if self.held is not None else None

    def _do(self, job: Job, now: datetime) -> bool:
        try:
            return job.work(now)
        except (Error, lease.LeaseLost):
            raise
        except Exception as error:
            # The place alone: the message of an error may quote a person.
            where = extract_tb(error.__traceback__)[-1]
            _log.error(
                "后台：%s没有做成（%s，%s:%d）", job.name, type(error).__name__, where.name, where.lineno or 0
            )
            return False

    def _give_back(self) -> None:
        if self.held is None:
            return
        try:
            lease.release(self.held, now=self.clock())
        except Error:
            # It lapses by itself.
            connection.close()
