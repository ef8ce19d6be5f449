"""``gongkai fee`` (信息处理费): how much, and how it was reckoned. Needs no database."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction

from gongkai.cli.output import DONE, CouldNot, result, result_json
from gongkai.cli.parser import whole


def configure(commands: _SubParsersAction) -> None:  # type: ignore[type-arg]
    """Declare the arguments."""
    parser = commands.add_parser(
        "fee",
        help="算信息处理费",
        description="按国办函〔2020〕109号算信息处理费：按件或按量，只能用一种。",
        example="gongkai fee --method case --count 35",
    )
    parser.add_argument(
        "--method", choices=["case", "page"], required=True, help="case 按件，page 按量（页）"
    )
    parser.add_argument(
        "--count", type=whole(0, 100_000_000), required=True, metavar="数", help="当月件数，或页数"
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(arguments: Namespace) -> int:
    """Print the fee in yuan with its steps."""
    from gongkai.rules.fees import FeeRefused, in_yuan, information_fee

    try:
        fee = information_fee(arguments.method, arguments.count)
    except FeeRefused as error:
        raise CouldNot(str(error)) from error
    yuan = in_yuan(fee.amount_fen).removesuffix(".00")
    if arguments.json:
        result_json({"amount": yuan, "steps": list(fee.steps), "provision": fee.provision})
        return DONE
    result(f"{yuan} 元")
    for step in fee.steps:
        result(f"  {step}")
    result(f"依据：{fee.provision}")
    return DONE
