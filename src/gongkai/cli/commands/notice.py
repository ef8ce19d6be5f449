"""``gongkai notice`` (放假通知): the operator loads the next notice from a file."""

from __future__ import annotations

import json
from argparse import Namespace, _SubParsersAction
from pathlib import Path

from gongkai.cli import bootstrap
from gongkai.cli.output import DONE, CouldNot, result, say
from gongkai.cli.parser import Parser
from gongkai.foundation.intake.errors import reason

_LARGEST = 1_000_000


def configure(commands: _SubParsersAction) -> None:  # type: ignore[type-arg]
    """Declare the arguments."""
    parser = commands.add_parser(
        "notice",
        help="载入、列出放假通知",
        description="放假安排来自国务院办公厅的通知（地区的来自地区通知）。新通知公布后由运行维护人员载入。",
        example="gongkai notice load 2027.json\ngongkai notice list",
    )
    acts = parser.add_subparsers(dest="act", metavar="做什么", required=True, parser_class=Parser)
    loading = acts.add_parser(
        "load",
        help="载入一份通知",
        description=(
            '文件是 JSON：{"year": 2027, "region": "national", "notice": "国办发明电〔2026〕×号",\n'
            ' "holidays": ["2027-01-01", …], "workdays": ["2027-02-06", …]}'
        ),
        example="gongkai notice load 2027.json",
    )
    loading.add_argument("file", type=Path, metavar="文件")
    loading.set_defaults(run=run_load)
    listing = acts.add_parser("list", help="列出现有通知", example="gongkai notice list")
    listing.set_defaults(run=run_list)


def run_load(arguments: Namespace) -> int:
    """Load one notice through its action."""
    bootstrap.open_installation()
    from gongkai.crossings.notices import load_and_recount, told
    from gongkai.foundation.actors import COMMAND_LINE
    from gongkai.rules.calendar import CalendarRefused, notice_warnings

    notice = _read(arguments.file)
    try:
        loaded, moved = load_and_recount(notice, by=COMMAND_LINE, now=arguments.now)
    except CalendarRefused as error:
        raise CouldNot(str(error)) from error
    say(
        f"已载入 {loaded.year} 年放假安排（{loaded.number}）：放假 {len(loaded.holidays)} 天，调休上班 {len(loaded.workdays)} 天。"
    )
    if moved:
        say(told(moved))
    for warning in notice_warnings(loaded):
        say(f"注意：{warning}")
    return DONE


def _read(path: Path) -> object:
    try:
        if path.stat().st_size > _LARGEST:
            raise CouldNot(f"{path} 太大，不像一份放假通知。核对文件。")
        return json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise CouldNot(f"读不了 {path}（{reason(error)}）。核对文件名。") from error
    except (ValueError, RecursionError) as error:
        raise CouldNot(f"{path} 不是 JSON。格式见 gongkai notice load --help。") from error


def run_list(arguments: Namespace) -> int:
    """Print the notices in force, built in and loaded."""
    bootstrap.open_installation()
    from gongkai.foundation.calendars import loaded_notices
    from gongkai.rules.calendar import built_in_notices

    for origin, notices in (("内置", built_in_notices()), ("载入", loaded_notices(None, every_region=True))):
        for notice in notices:
            result(f"{notice.year}  {notice.region}  {notice.number}（{origin}）")
    return DONE
