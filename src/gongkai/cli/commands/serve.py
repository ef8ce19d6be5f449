"""``gongkai serve`` (运行): parent of the web workers and of the background process."""

from __future__ import annotations

import os
import socket
from argparse import Namespace, _SubParsersAction

from gongkai.cli import bootstrap, demo_home
from gongkai.cli.output import DONE, CouldNot, say
from gongkai.cli.parser import whole
from gongkai.config.environment import Environment


def configure(commands: _SubParsersAction) -> None:  # type: ignore[type-arg]
    """Declare the arguments."""
    parser = commands.add_parser(
        "serve",
        help="运行网站",
        description="运行网站。数据目录是空的，或数据库是别的版本的，会说明该怎么办。",
        example="gongkai serve\ngongkai serve --host 0.0.0.0 --port 8080 --workers 4",
    )
    parser.add_argument("--host", default="127.0.0.1", metavar="地址", help="监听的地址，默认 127.0.0.1")
    parser.add_argument("--port", type=whole(1, 65535), default=8000, metavar="端口", help="默认 8000")
    parser.add_argument("--workers", type=whole(1, 64), default=None, metavar="个数", help="工作进程数")
    parser.set_defaults(run=run)


def run(arguments: Namespace) -> int:
    """Serve until told to stop."""
    if demo_home.condition(Environment.read()) == demo_home.INTERRUPTED:
        raise CouldNot("演示区上次没有建完。先运行 gongkai demo，它会重新建立。")
    bootstrap.require_installation()
    require_free_port(arguments.host, arguments.port)
    say(f"网站在 http://{arguments.host}:{arguments.port}/ ，按 Ctrl+C 停止。")
    serve(arguments.host, arguments.port, arguments.workers)
    return DONE


def require_free_port(host: str, port: int) -> None:
    """Say at once what the workers would say in a stack trace. Raises CouldNot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise CouldNot(
                f"{host}:{port} 不能用（{error}）。换一个端口（--port，make demo 用 PORT=），或停掉占用它的程序。"
            ) from error


def serve(host: str, port: int, workers: int | None) -> None:
    """Run the web workers and the background process as children of this process until it is told to stop."""
    from granian import Granian
    from granian.constants import Interfaces

    from gongkai.cli.beside import background

    # Two workers serve a district from one small machine; more is the operator's to ask for.
    count = workers or min(4, max(2, os.cpu_count() or 1))
    server = Granian(
        "gongkai.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        websockets=False,
        workers=count,
        blocking_threads=4,
        log_access=False,
        # A worker that is killed (no memory left) is put up again; one that dies again at once ends the site,
        # and whoever started it sees that.
        respawn_failed_workers=True,
    )
    with background(host, port):
        server.serve()
