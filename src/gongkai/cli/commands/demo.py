"""``gongkai demo`` (演示区): builds the demonstration district in an empty home, then serves it."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction

from gongkai.cli import bootstrap
from gongkai.cli import demo_home as state
from gongkai.cli.commands.serve import require_free_port, serve
from gongkai.cli.output import DONE, CouldNot, progress, result, say
from gongkai.cli.parser import whole
from gongkai.config.environment import Environment
from gongkai.config.key_file import make_keys
from gongkai.rules.roles import ROLES


def configure(commands: _SubParsersAction) -> None:  # type: ignore[type-arg]
    """Declare the arguments."""
    parser = commands.add_parser(
        "demo",
        help="建立并打开演示区",
        description="在空的 GONGKAI_HOME 里建立演示区，然后运行；建好的直接运行；中断的重新建立。",
        example="gongkai demo\ngongkai demo --no-serve",
    )
    parser.add_argument("--no-serve", action="store_true", help="只建立，不运行")
    parser.add_argument("--port", type=whole(1, 65535), default=8000, metavar="端口", help="默认 8000")
    parser.set_defaults(run=run)


def run(arguments: Namespace) -> int:
    """Build what is not there, print the addresses and accounts, serve."""
    environment = Environment.read()
    if not arguments.no_serve:
        require_free_port("127.0.0.1", arguments.port)
    condition = state.condition(environment)
    if condition == state.FOREIGN:
        raise CouldNot(
            f"{environment.home} 里有别的数据，演示区不动它。换一个空的 GONGKAI_HOME，例如 GONGKAI_HOME=演示 gongkai demo。"
        )
    if condition == state.FINISHED:
        bootstrap.open_installation()
    else:
        _build(environment, arguments, again=condition == state.INTERRUPTED)
    _print(state.read_card(environment), arguments.port)
    if arguments.no_serve:
        return DONE
    serve("127.0.0.1", arguments.port, None)
    return DONE


def _build(environment: Environment, arguments: Namespace, *, again: bool) -> None:
    ours = again and state.database_is_ours(environment)
    if again:
        say("上次没有建完，重新建立。")
        state.clear(environment)
    state.begin(environment)
    make_keys(environment)
    bootstrap.start_django()
    if environment.database_url:
        _claim_database(environment, ours)
    bootstrap.migrate()
    from gongkai.demonstration.build import build_demonstration

    say("建立演示区……")
    accounts, token = build_demonstration(now=arguments.now, progress=progress("登记"))
    state.finish(environment, url=f"http://127.0.0.1:{arguments.port}/", accounts=accounts, token=token)


def _claim_database(environment: Environment, ours: bool) -> None:
    """An empty database on the server, or one this demonstration had begun to fill. Raises CouldNot."""
    if ours:
        bootstrap.drop_tables()
    elif not bootstrap.is_empty():
        state.clear(environment)
        raise CouldNot("DATABASE_URL 指的数据库里已经有数据，演示区不动它。换一个空的数据库。")
    state.claim_database(environment)


def _print(card: dict, port: int) -> None:  # type: ignore[type-arg]
    address = f"http://127.0.0.1:{port}/"
    result(f"演示区：{address}")
    result(f"2021 年度报告：{address}reports/640302000/2021/")
    result(f"数据接口：{address}api/v1/docs")
    for organ, year in _mistaken():
        result(f"有一份报送后对不上的年报，找找看：gongkai report check --organ {organ} --year {year}")
    result(f"演示账号（在 {address}desk/ 登录；审签的账号还要验证码，登录时会显示）：")
    for account in card["accounts"]:
        result(
            f"  {account['user']:<18}{account['password']}  {ROLES[account['role']].label}　{account['organ']}"
        )


def _mistaken() -> list[tuple[str, int]]:
    """The return of the running year that was filled in wrongly: (organ, year)."""
    from gongkai.annual_report.models import Filing
    from gongkai.foundation import organs

    rows = Filing.objects.filter(texts__isnull=False).select_related("organ").distinct()
    return [(organs.current_name(row.organ), row.year) for row in rows]
