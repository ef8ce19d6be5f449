"""``gongkai organs`` (机关): list them, add some, rename, end."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from pathlib import Path

from gongkai.cli import bootstrap
from gongkai.cli.named import organ_of
from gongkai.cli.output import DONE, CouldNot, result, result_json, say
from gongkai.cli.parser import Parser, day


def configure(commands: _SubParsersAction) -> None:  # type: ignore[type-arg]
    """Declare the arguments."""
    parser = commands.add_parser(
        "organs",
        help="列出机关，登记机关沿革",
        description="列出机关；登记新设、更名、撤销与合并，往年的年报仍按当年的机关汇总。",
        example="gongkai organs list\ngongkai organs rename 利通区扶贫开发办公室 --to 利通区乡村振兴局 --on 2021-06-01",
    )
    acts = parser.add_subparsers(dest="act", metavar="做什么", required=True, parser_class=Parser)
    listing = acts.add_parser("list", help="列出机关", example="gongkai organs list --json")
    listing.add_argument("--json", action="store_true", help="输出 JSON")
    listing.set_defaults(run=run_list)
    adding = acts.add_parser("add", help="从机关表增加", example="gongkai organs add 新设机关.xlsx")
    adding.add_argument("file", type=Path, metavar="文件")
    adding.set_defaults(run=run_add)
    renaming = acts.add_parser(
        "rename", help="更名", example="gongkai organs rename 640302021 --to 利通区乡村振兴局 --on 2021-06-01"
    )
    renaming.add_argument("organ", metavar="机关")
    renaming.add_argument("--to", required=True, metavar="新全称")
    renaming.add_argument("--short", default="", metavar="新简称")
    renaming.add_argument("--on", type=day, required=True, metavar="日期", help="新名启用的第一天")
    renaming.set_defaults(run=run_rename)
    ending = acts.add_parser(
        "end", help="撤销或并入", example="gongkai organs end 640302021 --on 2024-03-31 --into 640302013"
    )
    ending.add_argument("organ", metavar="机关")
    ending.add_argument("--on", type=day, required=True, metavar="日期", help="存续的最后一天")
    ending.add_argument("--into", metavar="机关", help="并入的机关")
    ending.set_defaults(run=run_end)


def run_list(arguments: Namespace) -> int:
    """Print every organ with its code."""
    bootstrap.open_installation()
    from gongkai.foundation import organs
    from gongkai.foundation.models import Organ

    rows = [
        {"code": o.code, "name": organs.current_name(o), "kind": o.kind, "ended_on": o.ended_on}
        for o in Organ.objects.prefetch_related("names")
    ]
    if arguments.json:
        result_json([{**row, "ended_on": row["ended_on"] and str(row["ended_on"])} for row in rows])
        return DONE
    for row in rows:
        ended = f"（{row['ended_on']} 止）" if row["ended_on"] else ""
        result(f"{row['code']}  {row['name']}{ended}")
    return DONE


def run_add(arguments: Namespace) -> int:
    """Enter the organs of a table below the district's government."""
    bootstrap.open_installation()
    from gongkai.foundation.actors import COMMAND_LINE
    from gongkai.foundation.intake.errors import FileRefused
    from gongkai.foundation.locks import write_transaction
    from gongkai.foundation.models import Organ
    from gongkai.foundation.organ_table import OrganTableRefused, read_organs

    government = Organ.objects.get(kind="government", parent=None)
    try:
        with write_transaction():
            count = read_organs(arguments.file, government=government, by=COMMAND_LINE, now=arguments.now)
    except (FileRefused, OrganTableRefused) as error:
        raise CouldNot(f"{error}\n没有写入任何机关；改好后再运行一次。") from error
    say(f"已登记 {count} 个机关。")
    return DONE


def run_rename(arguments: Namespace) -> int:
    """Give an organ another name."""
    bootstrap.open_installation()
    from gongkai.foundation import organs
    from gongkai.foundation.actors import COMMAND_LINE

    organ = organ_of(arguments.organ, arguments.on.year)
    try:
        organs.rename(
            organ,
            name=arguments.to,
            short_name=arguments.short,
            on=arguments.on,
            by=COMMAND_LINE,
            now=arguments.now,
        )
    except organs.OrganRefused as error:
        raise CouldNot(str(error)) from error
    say(f"{organ.code} 从 {arguments.on} 起称{arguments.to}。")
    return DONE


def run_end(arguments: Namespace) -> int:
    """Abolish an organ or merge it into another."""
    bootstrap.open_installation()
    from gongkai.foundation import organs
    from gongkai.foundation.actors import COMMAND_LINE

    organ = organ_of(arguments.organ, arguments.on.year)
    into = organ_of(arguments.into, arguments.on.year) if arguments.into else None
    try:
        organs.end(organ, on=arguments.on, into=into, by=COMMAND_LINE, now=arguments.now)
    except organs.OrganRefused as error:
        raise CouldNot(str(error)) from error
    say(f"{organs.current_name(organ)} 存续到 {arguments.on}。")
    return DONE
