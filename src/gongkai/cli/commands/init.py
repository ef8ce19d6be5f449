"""``gongkai init`` (建立真实的区): codes, keys, organs, the first operator account."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from pathlib import Path

from gongkai.cli import bootstrap
from gongkai.cli.output import DONE, CouldNot, result, say
from gongkai.config.environment import Environment


def configure(commands: _SubParsersAction) -> None:  # type: ignore[type-arg]
    """Declare the arguments."""
    parser = commands.add_parser(
        "init",
        help="建立一个真实的区",
        description="在空的 GONGKAI_HOME 里建立一个真实的区：密钥、数据库、机关、第一个运行维护账号。",
        example="gongkai init --district 示范区 --organs 机关.xlsx\ngongkai init --organs-template 机关.xlsx",
    )
    parser.add_argument(
        "--district", metavar="名称", help="区县名称，如“利通区”；人民政府和办公室的全称由它得来"
    )
    parser.add_argument("--region", default="", metavar="地区", help="另有放假通知的地区，如 ningxia")
    parser.add_argument("--area-code", default="", metavar="代码", help="六位行政区划代码，机关代码以它开头")
    parser.add_argument("--organs", type=Path, metavar="文件", help="各单位的 xlsx、csv 或 json")
    parser.add_argument("--organs-template", type=Path, metavar="文件", help="只写出一份空的机关表，不建立区")
    parser.set_defaults(run=run)


def run(arguments: Namespace) -> int:
    """Begin a district, or write the empty table of organs."""
    if arguments.organs_template is not None:
        return _write_template(arguments.organs_template)
    if not arguments.district or not arguments.district.strip():
        raise CouldNot("写明区县名称，例如 gongkai init --district 利通区。")
    environment = Environment.read()
    _refuse_existing(environment)
    if arguments.organs is not None and not arguments.organs.is_file():
        raise CouldNot(
            f"没有找到 {arguments.organs}。核对文件名；空表用 gongkai init --organs-template 机关.xlsx 得到。"
        )
    bootstrap.create_database()
    from gongkai.cli.district import BeginningRefused, begin_district

    if not bootstrap.is_empty() and _has_organs():
        raise CouldNot("这个数据库里已经有一个区。换一个空的 GONGKAI_HOME 或数据库。")
    try:
        begun = begin_district(
            name=arguments.district.strip(),
            region=arguments.region.strip(),
            area_code=arguments.area_code.strip(),
            organs_file=arguments.organs,
            now=arguments.now,
        )
    except BeginningRefused as error:
        raise CouldNot(str(error)) from error
    say(f"{arguments.district}已建立：{begun.organs} 个机关。数据在 {environment.home}。")
    result("运行维护账号（只显示这一次，记在纸上交给本人）：")
    result(f"  账号 {begun.username}")
    result(f"  密码 {begun.password}")
    say("下一步：gongkai serve，在浏览器里打开 http://127.0.0.1:8000/desk/ ，用这个账号登录，先改密码。")
    say("登记机关、开立账号都在那里做，页面上写着还差哪几步。")
    return DONE


def _refuse_existing(environment: Environment) -> None:
    if environment.database_url or not environment.sqlite_path.exists():
        return
    bootstrap.start_django()
    if not bootstrap.is_empty() and _has_organs():
        raise CouldNot(f"{environment.home} 里已经有数据。换一个空的 GONGKAI_HOME 再建立。")


def _has_organs() -> bool:
    from gongkai.foundation.models import Organ

    return Organ.objects.exists()


def _write_template(path: Path) -> int:
    bootstrap.start_django()
    from gongkai.foundation.intake.template import write_template
    from gongkai.foundation.organ_table import ORGAN_TABLE

    write_template(ORGAN_TABLE, path)
    say(f"已写出 {path}。填好各单位后：gongkai init --district 名称 --organs {path}")
    return DONE
