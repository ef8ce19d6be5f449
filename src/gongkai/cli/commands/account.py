"""``gongkai accounts`` (账号): open one, give and list roles, reset a password; the desk does all of it and more."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction

from gongkai.cli import bootstrap
from gongkai.cli.named import organ_of
from gongkai.cli.output import DONE, CouldNot, result, say
from gongkai.cli.parser import Parser, day


def configure(commands: _SubParsersAction) -> None:  # type: ignore[type-arg]
    """Declare the arguments."""
    parser = commands.add_parser(
        "accounts",
        help="开立账号，登记任职",
        description="开立账号，登记在哪个机关承担什么职责、任期到哪天。",
        example="gongkai accounts open clerk01 --name 经办人 --role unit_clerk --organ 利通区教育局",
    )
    acts = parser.add_subparsers(dest="act", metavar="做什么", required=True, parser_class=Parser)
    listing = acts.add_parser("list", help="列出账号和任职", example="gongkai accounts list")
    listing.set_defaults(run=run_list)
    resetting = acts.add_parser("reset", help="重置密码", example="gongkai accounts reset operator")
    resetting.add_argument("username", metavar="账号")
    resetting.set_defaults(run=run_reset)
    for name, help_, run_ in (("open", "开立账号", run_open), ("role", "增加任职", run_role)):
        act = acts.add_parser(
            name,
            help=help_,
            example=f"gongkai accounts {name} clerk01 --role unit_clerk --organ 利通区教育局",
        )
        act.add_argument("username", metavar="账号")
        if name == "open":
            act.add_argument("--name", default="", metavar="称呼", help="显示的称呼，如“经办人”")
        act.add_argument("--role", required=True, metavar="职责", help="写错时列出全部职责")
        act.add_argument("--organ", required=True, metavar="机关")
        act.add_argument("--from", dest="from_on", type=day, metavar="日期", help="任期第一天，默认今天")
        act.add_argument("--until", dest="until_on", type=day, metavar="日期", help="任期最后一天")
        act.set_defaults(run=run_)


def run_list(arguments: Namespace) -> int:
    """Print the accounts and what each may do where."""
    bootstrap.open_installation()
    from gongkai.foundation import organs
    from gongkai.foundation.models import Account
    from gongkai.rules import roles

    for account in Account.objects.prefetch_related("roles__organ").order_by("username"):
        result(f"{account.username}  {account.display_name}")
        for held in account.roles.all():
            until = f"，至 {held.until_on}" if held.until_on else ""
            label = roles.ROLES[held.role].label
            result(f"    {label}（{organs.current_name(held.organ)}，自 {held.from_on}{until}）")
    return DONE


def run_open(arguments: Namespace) -> int:
    """Open an account with its first role; the password is shown once."""
    bootstrap.open_installation()
    from gongkai.foundation import accounts
    from gongkai.foundation.actors import COMMAND_LINE
    from gongkai.foundation.locks import write_transaction

    password = accounts.paper_password()
    try:
        with write_transaction():
            account = accounts.open_account(
                username=arguments.username,
                display_name=arguments.name or arguments.username,
                password=password,
                must_change=True,
                by=COMMAND_LINE,
                now=arguments.now,
            )
            _give(account, arguments)
    except accounts.AccountRefused as error:
        raise CouldNot(str(error)) from error
    result("初始密码（只显示这一次，记在纸上交给本人）：")
    result(f"  账号 {arguments.username}")
    result(f"  密码 {password}")
    return DONE


def run_reset(arguments: Namespace) -> int:
    """Give a new first password: the way back in when nobody is left who could do it on the desk."""
    bootstrap.open_installation()
    from gongkai.foundation import accounts
    from gongkai.foundation.actors import COMMAND_LINE

    password = accounts.reset_password(_account(arguments.username), by=COMMAND_LINE, now=arguments.now)
    result("新的首次密码（只显示这一次，记在纸上交给本人）：")
    result(f"  账号 {arguments.username}")
    result(f"  密码 {password}")
    return DONE


def run_role(arguments: Namespace) -> int:
    """Give an existing account one more role."""
    bootstrap.open_installation()
    from gongkai.foundation import accounts

    try:
        _give(_account(arguments.username), arguments)
    except accounts.AccountRefused as error:
        raise CouldNot(str(error)) from error
    say("已登记任职。")
    return DONE


def _account(username: str):  # type: ignore[no-untyped-def]
    from gongkai.foundation.models import Account

    account = Account.objects.filter(username=username).first()
    if account is None:
        raise CouldNot(f"没有账号 {username}。gongkai accounts list 列出全部账号。")
    return account


def _give(account, arguments: Namespace) -> None:  # type: ignore[no-untyped-def]
    from gongkai.foundation import accounts
    from gongkai.foundation.actors import COMMAND_LINE
    from gongkai.foundation.clock import legal_day

    start = arguments.from_on or legal_day(arguments.now)
    accounts.give_role(
        account,
        role=arguments.role,
        organ=organ_of(arguments.organ, start.year),
        by=COMMAND_LINE,
        now=arguments.now,
        from_on=start,
        until_on=arguments.until_on,
    )
