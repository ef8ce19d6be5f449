"""``gongkai serve`` with its background process: begun, begun again, ended with it; mail that really leaves."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.installation import Installation, fresh_installation
from tests.mail_server import free_port, mail_server

_ROOT = Path(__file__).parents[2]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Installation]:
    """A district with nothing in it."""
    with fresh_installation(tmp_path) as installation:
        assert installation.run("init", "--district", "示范区", "--area-code", "999000").status == 0
        yield installation


def inside(town: Installation, code: str) -> Any:
    """What some Python says inside the installation, as JSON."""
    script = f"import django, json, sys; django.setup(); from django.utils import timezone\n{code}"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=_ROOT,
        env={**os.environ, **town.environment, "DJANGO_SETTINGS_MODULE": "gongkai.config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout or "null")


def put(town: Installation, port: int, count: int = 1) -> None:
    """Switch mail on, and put so many letters in."""
    inside(
        town,
        "from gongkai.foundation import message_settings, outbox\n"
        "from gongkai.foundation.actors import COMMAND_LINE\n"
        "from gongkai.foundation.locks import write_transaction\n"
        f"values = dict(email_on=True, smtp_host='localhost', smtp_port={port}, smtp_tls='none', sender='g@example.cn')\n"
        "row = message_settings.configure('email', values, by=COMMAND_LINE, now=timezone.now())\n"
        f"for n in range({count}):\n"
        "    with write_transaction():\n"
        "        written = outbox.Written(channel='email', to=f'{n}@example.cn', text='x', about='x', dedupe_key=str(n))\n"
        "        outbox.put(written, row, now=timezone.now())\n",
    )


def soon(found: Callable[[], Any], seconds: float = 30) -> Any:
    """What is found before long."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        one = found()
        if one:
            return one
        time.sleep(0.1)
    raise AssertionError("it did not come about")


@contextmanager
def serving(town: Installation) -> Iterator[tuple[psutil.Process, str]]:
    """The server in a process of its own, with its address."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "gongkai.cli.main", "serve", "--port", str(port), "--workers", "1"],
        env={**os.environ, **town.environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    watched = psutil.Process(server.pid)
    try:
        yield watched, f"http://127.0.0.1:{port}"
    finally:
        children = watched.children(recursive=True) if server.poll() is None else []
        server.terminate()
        server.wait(30)
        for child in children:
            if child.is_running():
                child.kill()


def child_of(server: psutil.Process) -> psutil.Process | None:
    """The background process of a server."""
    found = [one for one in server.children() if "background" in _command(one)]
    return found[0] if found else None


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def gone(process: psutil.Process) -> bool:
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def ready(address: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{address}/readyz", timeout=10) as answer:
        found: dict[str, Any] = json.loads(answer.read())
    return found


def ready_again(address: str) -> dict[str, Any] | None:
    try:
        return ready(address)
    except OSError:
        return None


def answers(process: psutil.Process) -> bool:
    """Whether it is a worker that serves, not a helper of the parent's."""
    return "resource_tracker" not in " ".join(_command(process))


def test_it_is_begun_begun_again_and_ended_with_the_server(town: Installation) -> None:
    with mail_server() as (taken, port):
        put(town, port)
        with serving(town) as (server, address):
            first = soon(lambda: child_of(server))
            soon(lambda: taken.letters)
            assert ready(address)["background"]["ok"] and ready(address)["messages"]["waiting"] == 0
            first.kill()
            second = soon(lambda: child_of(server) if gone(first) else None)
            assert second.pid != first.pid
            inside(
                town,
                "from gongkai.foundation.models import OutboxMessage\nOutboxMessage.objects.all().delete()",
            )
            put(town, port)
            # Without waiting for the lease of the one that was killed to lapse.
            soon(lambda: len(taken.letters) == 2, 40)
        soon(lambda: gone(second))
        assert (
            inside(
                town,
                "from gongkai.foundation.models import Lease\nprint(json.dumps(Lease.objects.get().holder))",
            )
            == ""
        ), "it gave the lease back"


def test_a_web_worker_that_is_killed_is_put_up_again(town: Installation) -> None:
    with serving(town) as (server, address):
        background = soon(lambda: child_of(server))
        first = next(one for one in server.children() if one.pid != background.pid and answers(one))
        first.kill()
        soon(lambda: gone(first))
        assert soon(lambda: ready_again(address))["database"]["ok"]
        assert child_of(server).pid == background.pid, "the one beside it goes on"


def test_it_ends_when_the_server_is_killed(town: Installation) -> None:
    with serving(town) as (server, _):
        child = soon(lambda: child_of(server))
        workers = server.children()
        server.kill()
        soon(lambda: gone(child), 15)
        for one in workers:
            if not gone(one):
                one.kill()


def test_of_two_only_one_works(town: Installation) -> None:
    with mail_server() as (taken, port):
        with serving(town) as (one, _), serving(town) as (two, _):
            soon(lambda: child_of(one) and child_of(two))
            put(town, port, 12)
            soon(lambda: len(taken.letters) >= 12, 60)
            time.sleep(4)
        assert sorted(taken.to) == sorted(f"{n}@example.cn" for n in range(12)), "each once"
        assert inside(
            town, "from gongkai.foundation.models import Lease\nprint(json.dumps(Lease.objects.get().fence))"
        ) <= 2  # fmt: skip


def test_killed_in_the_middle_of_a_letter_it_is_told_and_sent_again(town: Installation) -> None:
    command = [sys.executable, "-m", "gongkai.cli.main", "background"]
    environment = {**os.environ, **town.environment}
    claimed = (
        "from gongkai.foundation.models import OutboxMessage\n"
        "one = OutboxMessage.objects.get()\n"
        "print(json.dumps([one.claimed_at is not None, one.doubts, one.sent_at is not None]))"
    )
    with mail_server() as (taken, port):
        taken.slow = 15
        put(town, port)
        with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
            soon(lambda: inside(town, claimed)[0])
            process.send_signal(signal.SIGKILL)
        assert inside(town, claimed) == [True, 0, False], "nobody knows yet"
        taken.slow = 0
        # The claim and the lease of the dead lapse by themselves; the test need not wait for them.
        inside(
            town,
            "from gongkai.foundation.models import Lease, OutboxMessage\n"
            "OutboxMessage.objects.update(next_try_at=timezone.now())\nLease.objects.update(until=timezone.now())",
        )
        with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
            soon(lambda: inside(town, claimed)[2], 40)
            process.terminate()
            assert process.wait(15) == 0
        assert inside(town, claimed) == [False, 1, True]
        assert len({one["Message-ID"] for one in taken.letters}) == 1
