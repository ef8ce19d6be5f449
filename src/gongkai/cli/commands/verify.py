"""``gongkai verify`` (验证): proves ledger, seals and files, and names the place of a break."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction

from gongkai.cli import bootstrap
from gongkai.cli.output import DONE, FOUND_WRONG, result, result_json


def configure(commands: _SubParsersAction) -> None:  # type: ignore[type-arg]
    """Declare the arguments."""
    parser = commands.add_parser(
        "verify",
        help="验证底账、封存和文件没有被改过",
        description="逐号重算底账，核对账外锚点、每条记录、公开日志、封存的年报和全部文件。",
        example="gongkai verify\ngongkai verify --json",
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(arguments: Namespace) -> int:
    """Print the proof; 1 where anything does not hold."""
    bootstrap.open_installation()
    from gongkai.foundation.verification import verify

    proof = verify()
    if arguments.json:
        breaks = [{"place": b.place, "message": b.message} for b in proof.breaks]
        result_json(
            {
                "ok": not breaks,
                "events": proof.events,
                "head": proof.head,
                "records": proof.records,
                "files": proof.files,
                "breaks": breaks,
            }
        )
        return FOUND_WRONG if breaks else DONE
    for found in proof.breaks:
        result(f"{found.place}：{found.message}")
    if proof.breaks:
        result(f"共 {len(proof.breaks)} 处不符。")
        return FOUND_WRONG
    result(f"底账 {proof.events} 号事件首尾相接，{proof.records} 条记录、{proof.files} 个文件与底账一致。")
    result(f"底账末号指纹 {proof.head}")
    return DONE
