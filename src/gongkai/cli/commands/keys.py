"""``gongkai keys`` (密钥): a new data key, everything sealed again under it, the old one retired."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from datetime import UTC, datetime

from gongkai.cli import bootstrap
from gongkai.cli.output import DONE, FOUND_WRONG, CouldNot, progress, result, result_json, say
from gongkai.cli.parser import Parser, whole
from gongkai.config.environment import BadEnvironment, Environment
from gongkai.config.key_file import Keys


def configure(commands: _SubParsersAction) -> None:  # type: ignore[type-arg]
    """Declare the arguments."""
    parser = commands.add_parser(
        "keys",
        help="更换数据密钥，重新加密，停用旧密钥",
        description="依次：new 换上新密钥，网站照常运行；reseal 把已有的内容换成新密钥加密；"
        "满一天以后 retire 停用旧密钥。list 随时看每个密钥还有哪里用着。",
        example="gongkai keys list\ngongkai keys new\ngongkai keys reseal\ngongkai keys retire 1",
    )
    acts = parser.add_subparsers(dest="act", metavar="做什么", required=True, parser_class=Parser)
    listing = acts.add_parser("list", help="每个密钥还有哪里用着，各多少处", example="gongkai keys list")
    listing.add_argument("--json", action="store_true", help="输出 JSON")
    listing.set_defaults(run=run_list)
    new = acts.add_parser("new", help="加一个新的数据密钥，作为现用的", example="gongkai keys new")
    new.set_defaults(run=run_new)
    resealing = acts.add_parser(
        "reseal",
        help="把旧密钥加密的内容换成现用密钥加密",
        description="一批一批地换，网站照常运行；随时可以按 Ctrl+C 停下，再运行时接着换。",
        example="gongkai keys reseal",
    )
    resealing.set_defaults(run=run_reseal)
    retiring = acts.add_parser("retire", help="停用一个没有地方再用的旧密钥", example="gongkai keys retire 1")
    retiring.add_argument("number", type=whole(1, 999_999), metavar="编号")
    retiring.set_defaults(run=run_retire)


def run_list(arguments: Namespace) -> int:
    """Print the keys with what needs each."""
    bootstrap.open_installation()
    from gongkai.foundation.data_keys import held

    keys, unknown = held()
    if arguments.json:
        said = [{"number": one.number, "current": one.current, "needed": one.needed} for one in keys]
        result_json({"keys": said, "unknown": unknown})
        return DONE
    for one in keys:
        current = "，现用" if one.current else ""
        needed = f"{one.total} 处用着" if one.total else "没有地方用它"
        retire = f"，可以停用：gongkai keys retire {one.number}" if not (one.current or one.total) else ""
        result(f"第 {one.number} 号密钥{current}：{needed}{retire if not unknown else ''}")
        for label, many in one.needed.items():
            result(f"    {label}  {many}")
    if unknown:
        result(f"看不出用哪个密钥的：{unknown} 处。运行 gongkai keys reseal 看一遍。")
    return DONE


def run_new(arguments: Namespace) -> int:
    """Add a key to the key file and make it the current one."""
    bootstrap.open_installation()
    from gongkai.foundation import data_keys
    from gongkai.foundation.actors import COMMAND_LINE
    from gongkai.foundation.locks import write_transaction

    environment = Environment.read()
    with write_transaction():
        # Read under the lock: of two who change it, the second sees the first's.
        keys = _keys(environment).with_new()
        data_keys.added(keys.current, by=COMMAND_LINE, now=arguments.now)
        keys.replace(environment.keys)
    result(f"第 {keys.current} 号密钥已写入 {environment.keys}，从现在起用它加密，网站不用重新启动。")
    say("下一步：1. 立即把密钥文件另存一份在别处；2. 运行 gongkai keys reseal。")
    return DONE


def run_reseal(arguments: Namespace) -> int:
    """Seal everything anew, telling how much is left; 1 where something did not open."""
    bootstrap.open_installation()
    from gongkai.foundation.actors import COMMAND_LINE
    from gongkai.foundation.personal import Unreadable
    from gongkai.foundation.resealing import Resealed, reseal

    shown, stuck, last = progress("重新加密"), list[str](), Resealed(0, 0)
    try:
        for last in reseal(by=COMMAND_LINE, clock=lambda: datetime.now(UTC)):
            stuck += last.stuck
            shown(last.sealed, last.sealed + last.left)
    except Unreadable as lost:
        raise CouldNot(str(lost)) from lost
    for words in stuck:
        result(words)
    result(f"重新加密 {last.sealed} 处，还剩 {last.left} 处。")
    if last.left and not stuck:
        say("换的时候又加进来的，或者文件不在存档目录里的：再运行一次；还剩的用 gongkai verify 查。")
    return FOUND_WRONG if last.left else DONE


def run_retire(arguments: Namespace) -> int:
    """Take a key that nothing needs out of the key file."""
    bootstrap.open_installation()
    from gongkai.foundation import data_keys
    from gongkai.foundation.actors import COMMAND_LINE
    from gongkai.foundation.locks import write_transaction

    environment = Environment.read()
    with write_transaction():
        why_not = data_keys.why_not_retire(arguments.number, now=arguments.now)
        if why_not:
            raise CouldNot(why_not)
        data_keys.retired(arguments.number, by=COMMAND_LINE, now=arguments.now)
        _keys(environment).without(arguments.number).replace(environment.keys)
    result(f"第 {arguments.number} 号密钥已停用，不在密钥文件里了。")
    say("以前的备份还要用它才打得开：和那些备份一起的旧密钥文件不要丢。")
    return DONE


def _keys(environment: Environment) -> Keys:
    try:
        return Keys.load(environment.keys)
    except BadEnvironment as error:
        raise CouldNot(str(error)) from error
