"""``gongkai``: parse, run one command, answer with its exit status."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module

from gongkai import __version__
from gongkai.cli.output import COULD_NOT, CouldNot, say
from gongkai.cli.parser import Parser

# Each module declares its arguments in configure() and is only fully imported when it runs:
# a due date must not wait for the database layer.
COMMANDS = (
    "init",
    "demo",
    "serve",
    "background",
    "upgrade",
    "template",
    "import_",
    "report",
    "deadline",
    "fee",
    "verify",
    "organ",
    "account",
    "notice",
    "keys",
)


def build_parser() -> Parser:
    """The whole command line."""
    parser = Parser(
        prog="gongkai",
        description="公开：区县政府信息公开工作平台",
        example="gongkai demo\ngongkai report compile --organ 利通区人民政府 --year 2021 --format json",
    )
    parser.add_argument("--version", action="version", version=f"gongkai {__version__}", help="显示版本")
    commands = parser.add_subparsers(dest="command", metavar="命令", required=True, parser_class=Parser)
    for name in COMMANDS:
        import_module(f"gongkai.cli.commands.{name}").configure(commands)
    return parser


def main(argv: Sequence[str] | None = None, *, now: datetime | None = None) -> int:
    """Run one command. ``now`` is handed in by tests; on the real command line it is the moment."""
    arguments = build_parser().parse_args(argv)
    arguments.now = now or datetime.now(UTC)
    try:
        return int(arguments.run(arguments))
    except CouldNot as error:
        say(str(error))
        return COULD_NOT
    except KeyboardInterrupt:
        say("已中断；没有写完的都没有写入。")
        return COULD_NOT
    except BrokenPipeError:
        # The reader of our output (head, less) has seen enough.
        sys.stderr.close()
        return COULD_NOT


if __name__ == "__main__":
    sys.exit(main())
