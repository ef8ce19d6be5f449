"""The background process beside the web workers (后台进程): begun after them, begun again when it dies, ended with them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from gongkai.cli.output import say

_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0
# One that lived so long did not die of what it died of at its start.
_HEALTHY = 300.0
# It ends after the letter it is at; one that does not is killed, and the letter is tried again.
_GRACE = 8.0
_WORKERS_WAIT = 60.0


@contextmanager
def background(host: str, port: int) -> Iterator[None]:
    """Run the background process as long as the block runs, once a worker at host and port has answered."""
    from gongkai.cli.commands.background import new_holder

    ended = threading.Event()
    keeper = threading.Thread(target=_keep, args=(host, port, new_holder(), ended), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        ended.set()
        keeper.join(_GRACE + 2)


def _keep(host: str, port: int, holder: str, ended: threading.Event) -> None:
    """One child after the other, all of one holder: each begins only after the one before was seen dead."""
    _workers_first(host, port, ended)
    wait = _FIRST_WAIT
    while not ended.is_set():
        began = time.monotonic()
        child = _begin(holder)
        while child.poll() is None:
            if ended.wait(0.2):
                _end(child)
                return
        wait = _FIRST_WAIT if time.monotonic() - began > _HEALTHY else wait
        say(f"后台进程停了（{child.returncode}），{wait:.0f} 秒后再起。")
        ended.wait(wait)
        wait = min(wait * 2, _LONGEST_WAIT)


def _begin(holder: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "gongkai.cli.main", "background", "--holder", holder]
    return subprocess.Popen([*command, "--parent", str(os.getpid())], stdin=subprocess.DEVNULL)


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(_GRACE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _workers_first(host: str, port: int, ended: threading.Event) -> None:
    """Wait until a worker answers: a start is measured by that, and two processes would share the processors."""
    until = time.monotonic() + _WORKERS_WAIT
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    while not ended.is_set() and time.monotonic() < until:
        try:
            with socket.create_connection((here, port), timeout=5) as line:
                line.sendall(b"GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n")
                if line.recv(1):
                    return
        except OSError:
            pass
        ended.wait(0.2)
