"""``gongkai background`` (后台): the process beside the web workers, begun by ``serve``; it may run alone as well."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import threading
from argparse import SUPPRESS, Namespace, _SubParsersAction

from gongkai.cli import bootstrap
from gongkai.cli.output import DONE, say
from gongkai.cli.parser import whole

# How often it looks whether its parent still lives, in seconds.
_LOOK = 1.0


def configure(commands: _SubParsersAction) -> None:  # type: ignore[type-arg]
    """Declare the arguments."""
    parser = commands.add_parser(
        "background",
        help="后台工作：发通知、清理；gongkai serve 会自己带上它",
        description="发送通知、清理过期的登录。gongkai serve 已经带着它，一般不用单独运行；"
        "几台机器共用一个数据库时，只有一处在做，其余的等着接替。",
        example="gongkai background",
    )
    parser.add_argument("--holder", default="", help=SUPPRESS)
    parser.add_argument("--parent", type=whole(1, 2**31), default=None, help=SUPPRESS)
    parser.set_defaults(run=run)


def run(arguments: Namespace) -> int:
    """Do what is due until told to stop, or until the parent is gone."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if arguments.parent is not None:
        threading.Thread(target=_watch, args=(arguments.parent, stop), daemon=True).start()
    bootstrap.open_installation()
    from gongkai.foundation.background import Runner

    if arguments.parent is None:
        say("后台在运行，按 Ctrl+C 停止。")
    Runner(arguments.holder or new_holder(), stop).run()
    return DONE


def new_holder() -> str:
    """A name for the lease that nobody else has."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"


def _watch(parent: int, stop: threading.Event) -> None:
    """End with the parent, however it ended: a killed one can tell nobody."""
    while not stop.wait(_LOOK):
        if os.getppid() != parent:
            stop.set()
