"""``gongkai deadline`` (期限): a statutory due date and how it was counted. Needs no database."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction

from gongkai.cli.output import DONE, CouldNot, result, result_json
from gongkai.cli.parser import day, span, whole


def configure(commands: _SubParsersAction) -> None:  # type: ignore[type-arg]
    """Declare the arguments."""
    parser = commands.add_parser(
        "deadline",
        help="算法定期限",
        description="算一个法定期限的最后一天，并逐日说明是怎么数的。",
        example=(
            "gongkai deadline --received 2021-09-13\n"
            "gongkai deadline --received 2021-09-13 --pause 2021-09-22:2021-10-12 --json"
        ),
    )
    parser.add_argument("--received", type=day, required=True, metavar="日期", help="收到日期（不计入）")
    parser.add_argument(
        "--rule",
        default="reply",
        metavar="期限",
        help="reply 答复，supplement 补正告知，third-party 第三方意见，joint-organ 共同制作机关，"
        "publication 主动公开，payment 缴费；默认 reply",
    )
    parser.add_argument("--days", type=whole(1, 400), metavar="数", help="用别的工作日数")
    parser.add_argument(
        "--pause",
        type=span,
        action="append",
        default=[],
        metavar="起:止",
        help="暂停：起的次日到止，可写多次",
    )
    parser.add_argument("--extend", type=whole(1, 20), default=0, metavar="数", help="延长 1 到 20 个工作日")
    parser.add_argument(
        "--supplement-received", type=day, metavar="日期", help="收到补正的日期，从它重新起算"
    )
    parser.add_argument("--region", default=None, metavar="地区", help="加上地区放假通知，如 ningxia")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(arguments: Namespace) -> int:
    """Print the due date and its account."""
    from gongkai.rules.calendar import YearNotAnnounced
    from gongkai.rules.deadlines import DeadlineRefused, compute

    try:
        deadline = compute(
            arguments.rule,
            arguments.received,
            _calendar(arguments.region),
            days=arguments.days,
            pauses=arguments.pause,
            extend=arguments.extend,
            supplement_received=arguments.supplement_received,
        )
    except (YearNotAnnounced, DeadlineRefused) as error:
        raise CouldNot(str(error)) from error
    if arguments.json:
        trace = [
            {"date": d.date.isoformat(), "counted": d.counted, "n": d.n, "why": d.why} for d in deadline.trace
        ]
        answer = {"due": deadline.due.isoformat(), "trace": trace, "provision": deadline.provision}
        result_json({**answer, "rule": deadline.rule, "notes": list(deadline.notes)})
        return DONE
    result(f"{deadline.due} 前办结")
    for entry in deadline.trace:
        number = f"第 {entry.n} 日" if entry.counted else "不计"
        result(f"  {entry.date}  {number:　<6}{entry.why}")
    for note in deadline.notes:
        result(f"注意：{note}")
    result(f"依据：{deadline.provision}")
    return DONE


def _calendar(region: str | None):  # type: ignore[no-untyped-def]
    """The built-in notices, and those the operator loaded where there is an installation."""
    from gongkai.config.environment import Environment
    from gongkai.rules.calendar import CalendarRefused, announced

    try:
        calendar = announced(region)
    except CalendarRefused as error:
        raise CouldNot(str(error)) from error
    if not Environment.read().has_database:
        return calendar
    from gongkai.cli import bootstrap

    bootstrap.start_django()
    if bootstrap.version_problem():
        return calendar
    from gongkai.foundation.calendars import loaded_notices

    return calendar.with_notices(loaded_notices(region))
