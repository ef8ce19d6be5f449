"""``gongkai import`` (导入): enters records through the same actions as the desk, all or nothing."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from pathlib import Path

from gongkai.cli import bootstrap
from gongkai.cli.named import kind_of, organ_of
from gongkai.cli.output import DONE, FOUND_WRONG, CouldNot, progress, result, result_json, say


def configure(commands: _SubParsersAction) -> None:  # type: ignore[type-arg]
    """Declare the arguments."""
    parser = commands.add_parser(
        "import",
        help="导入一种记录",
        description="从 xlsx、csv 或 json 导入一种记录。有一行不对就都不写入，并逐行说明。",
        example=(
            "gongkai import statistics 三月.xlsx --organ 利通区教育局\n"
            "gongkai import requests 申请.csv --organ 640302001 --dry-run"
        ),
    )
    parser.add_argument("kind", metavar="种类", help="如 statistics、requests、publications")
    parser.add_argument("file", type=Path, metavar="文件", help="xlsx、csv 或 json")
    parser.add_argument("--organ", required=True, metavar="机关", help="机关代码或全称")
    parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(arguments: Namespace) -> int:
    """Import a file; 1 where rows were wrong (and nothing was written), 2 where it could not be read."""
    bootstrap.open_installation()
    from gongkai.foundation.actors import COMMAND_LINE
    from gongkai.foundation.clock import legal_day
    from gongkai.foundation.importing import import_file
    from gongkai.foundation.intake.errors import FileRefused

    kind = kind_of(arguments.kind)
    organ = organ_of(arguments.organ, legal_day(arguments.now).year)
    try:
        outcome = import_file(
            kind,
            arguments.file,
            organ=organ,
            by=COMMAND_LINE,
            now=arguments.now,
            dry_run=arguments.dry_run,
            progress=progress(f"导入{kind.label}"),
        )
    except FileRefused as error:
        if arguments.json:
            result_json({"imported": 0, "errors": [{"row": None, "column": "", "message": str(error)}]})
        raise CouldNot(str(error)) from error
    for remark in outcome.remarks:
        say(remark)
    if arguments.json:
        errors = [{"row": e.row, "column": e.column, "message": e.message} for e in outcome.errors]
        result_json({"imported": outcome.imported, "errors": errors})
    else:
        for error_ in outcome.errors:
            where = f"第 {error_.row} 行" if error_.row else "整个文件"
            result(f"{where}{f'“{error_.column}”' if error_.column else ''}：{error_.message}")
        result(_summary(arguments.dry_run, outcome.imported, outcome.checked, len(outcome.errors)))
    return FOUND_WRONG if outcome.errors else DONE


def _summary(dry_run: bool, imported: int, checked: int, wrong: int) -> str:
    if wrong:
        return f"有 {wrong} 处要改，一行也没有写入。改好后再导入一次。"
    if dry_run:
        return f"{checked} 行都可以导入；这次只检查，没有写入。"
    return f"已导入 {imported} 行。"
