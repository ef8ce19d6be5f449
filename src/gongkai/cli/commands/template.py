"""``gongkai template`` (导入模板): the columns of an import."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from pathlib import Path

from gongkai.cli import bootstrap
from gongkai.cli.named import kind_of
from gongkai.cli.output import DONE, CouldNot, result_json, say
from gongkai.foundation.intake.errors import reason


def configure(commands: _SubParsersAction) -> None:  # type: ignore[type-arg]
    """Declare the arguments."""
    parser = commands.add_parser(
        "template",
        help="写出一种记录的导入模板",
        description="写出一种记录的导入模板（xlsx），或用 --json 列出各列。",
        example="gongkai template statistics -o 申报统计.xlsx\ngongkai template requests --json",
    )
    parser.add_argument("kind", metavar="种类", help="如 statistics；写错时列出全部种类")
    parser.add_argument("--json", action="store_true", help="输出各列的 JSON")
    parser.add_argument("-o", "--output", type=Path, metavar="文件", help="写到哪个 xlsx")
    parser.set_defaults(run=run)


def run(arguments: Namespace) -> int:
    """Write the template or print its columns."""
    bootstrap.start_django()
    from gongkai.foundation.intake.template import template_columns, write_template

    kind = kind_of(arguments.kind)
    if arguments.json:
        result_json(template_columns(kind))
        return DONE
    if arguments.output is None:
        raise CouldNot(f"写明模板存到哪里：gongkai template {kind.code} -o {kind.label}.xlsx")
    try:
        write_template(kind, arguments.output)
    except OSError as error:
        raise CouldNot(f"写不了 {arguments.output}（{reason(error)}）。换一个能写的位置。") from error
    say(f"已写出 {arguments.output}。填好后：gongkai import {kind.code} {arguments.output} --organ 单位")
    return DONE
