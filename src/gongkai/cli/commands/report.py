"""``gongkai report`` (年度报告): compile it, check it, trace a number to its records."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.cli import bootstrap
from gongkai.cli.named import organ_of
from gongkai.cli.output import DONE, FOUND_WRONG, CouldNot, result, result_json, say
from gongkai.cli.parser import Parser, whole
from gongkai.foundation.intake.errors import reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gongkai.annual_report.compile import CompiledReport
    from gongkai.rules.report.checks import CheckResult

_LARGEST = 64 * 1024 * 1024
_TEXTS, _DOCUMENTS = ("json", "html"), ("docx", "pdf", "xlsx")
_LEVELS = {"error": "错误", "warning": "提醒", "notice": "提示"}
_STATUSES = {"pass": "一致", "fail": "不符", "not_assessable": "无法核对"}


def configure(commands: _SubParsersAction) -> None:  # type: ignore[type-arg]
    """Declare the arguments."""
    parser = commands.add_parser(
        "report",
        help="编制、检查、追溯年度报告",
        description="由记录编制政府信息公开工作年度报告，逐项检查，追溯每个数的记录。",
        example="gongkai report compile --organ 利通区人民政府 --year 2021 --format json",
    )
    acts = parser.add_subparsers(dest="act", metavar="做什么", required=True, parser_class=Parser)
    _configure_compile(acts)
    _configure_check(acts)
    tracing = acts.add_parser(
        "trace",
        help="一个数由哪些记录得来",
        example="gongkai report trace --organ 利通区人民政府 --year 2021 t2.norm.made --json",
    )
    _organ_and_year(tracing, required=True)
    tracing.add_argument("cell", metavar="格", help="如 t3.r1.c1，或文字中的数，如 publications.portal")
    tracing.add_argument("--json", action="store_true", help="输出 JSON")
    tracing.set_defaults(run=run_trace)


def _configure_compile(acts: Any) -> None:
    compiling = acts.add_parser(
        "compile",
        help="由现在的记录编制",
        description="由现在的记录编制一个机关一年的报告。检查的结果在报告里，不影响编制。",
        example=(
            "gongkai report compile --organ 利通区人民政府 --year 2021 --format json\n"
            "gongkai report compile --organ 利通区教育局 --year 2021 --format html -o 教育局.html\n"
            "gongkai report compile --organ 利通区教育局 --year 2021 --format pdf -o 教育局.pdf"
        ),
    )
    _organ_and_year(compiling, required=True)
    compiling.add_argument(
        "--format", default="json", metavar="格式", help="json、html、docx、pdf 或 xlsx；默认 json"
    )
    compiling.add_argument(
        "-o", "--output", type=Path, metavar="文件", help="写到文件；docx、pdf、xlsx 必须写明"
    )
    compiling.set_defaults(run=run_compile)


def _configure_check(acts: Any) -> None:
    checking = acts.add_parser(
        "check",
        help="逐项检查",
        description="检查一份报告：由记录编制的，或一个 JSON 文件（report compile --format json 的样子，只要有各格）。",
        example="gongkai report check --organ 利通区人民政府 --year 2021\ngongkai report check 报告.json --json",
    )
    checking.add_argument("file", nargs="?", type=Path, metavar="文件", help="要检查的 JSON 文件")
    _organ_and_year(checking, required=False)
    checking.add_argument("--json", action="store_true", help="输出 JSON")
    checking.set_defaults(run=run_check)


def _organ_and_year(parser: Any, *, required: bool) -> None:
    parser.add_argument("--organ", required=required, metavar="机关", help="机关代码，或当年的全称")
    parser.add_argument("--year", required=required, type=whole(1, 9999), metavar="年份", help="报告的年份")


def _compiled(arguments: Namespace) -> CompiledReport:
    bootstrap.open_installation()
    from gongkai.annual_report.compile import compile_report
    from gongkai.foundation.actors import COMMAND_LINE
    from gongkai.foundation.clock import legal_day
    from gongkai.rules.report.forms import NoForm

    organ = organ_of(arguments.organ, arguments.year)
    try:
        return compile_report(organ, arguments.year, reader=COMMAND_LINE, today=legal_day(arguments.now))
    except NoForm as error:
        raise CouldNot(str(error)) from error


def run_compile(arguments: Namespace) -> int:
    """Print or write the report."""
    kind, target = arguments.format, arguments.output
    if kind not in (*_TEXTS, *_DOCUMENTS):
        raise CouldNot(f"没有“{kind}”这种格式，应为 json、html、docx、pdf 或 xlsx。")
    if kind in _DOCUMENTS and target is None:
        raise CouldNot(f"{kind} 不能显示在屏幕上，要写到文件。加上 -o，例如 -o 年度报告.{kind}。")
    compiled = _compiled(arguments)
    if kind in _DOCUMENTS:
        _write(target, _document(compiled, kind))
    else:
        text = _json_text(compiled) if kind == "json" else _html_text(compiled, arguments)
        if target is None:
            result(text)
        else:
            _write(target, (text + "\n").encode())
    _say_unfiled(compiled)
    return DONE


def _write(target: Path, content: bytes) -> None:
    try:
        target.write_bytes(content)
    except OSError as error:
        raise CouldNot(f"写不了 {target}（{reason(error)}）。换一个能写的位置。") from error
    say(f"已写出 {target}。")


def _document(compiled: CompiledReport, kind: str) -> bytes:
    """A draft of the file that would be sealed; it says that it is one."""
    import json

    from gongkai.annual_report.documents import FORMATS
    from gongkai.annual_report.sealing import sealed_content
    from gongkai.foundation import ledger

    content = json.loads(sealed_content(compiled, version=0, ledger_head=ledger.head()))
    return FORMATS[kind].render(content, "", True)


def _json_text(compiled: CompiledReport) -> str:
    import json

    from gongkai.annual_report.output import as_json

    return json.dumps(as_json(compiled), ensure_ascii=False, indent=1)


def _html_text(compiled: CompiledReport, arguments: Namespace) -> str:
    from django.template.loader import render_to_string

    from gongkai.annual_report.output import as_json, draft_json
    from gongkai.foundation.clock import legal_day
    from gongkai.web.portal.report_page import report_page

    page = report_page(as_json(compiled), draft_json(compiled.draft))
    context = {"page": page, "draft": True, "compiled_on": legal_day(arguments.now)}
    return render_to_string("portal/document.html", context).rstrip()


def _say_unfiled(compiled: CompiledReport) -> None:
    from gongkai.rules.report.checks.model import few

    unfiled = [part.short_name for part in compiled.tables.units if not part.filed]
    if unfiled:
        say(f"还没有报送的单位：{few(unfiled)}。它们的记录已经计入，报送后再发布。")


def run_check(arguments: Namespace) -> int:
    """Print what every check finds; 1 where one of level error fails."""
    given = arguments.organ is not None or arguments.year is not None
    if (arguments.file is None) == (not given):
        raise CouldNot("写明检查什么：--organ 和 --year，或一个 JSON 文件，二者之一。")
    if arguments.file is not None:
        checks = _file_checks(arguments.file)
    elif arguments.organ is None or arguments.year is None:
        raise CouldNot("--organ 和 --year 要一起写。")
    else:
        checks = list(_compiled(arguments).checks)
    wrong = [c for c in checks if c.status == "fail" and c.level == "error"]
    if arguments.json:
        result_json([c.as_json() for c in checks])
    else:
        _print_checks(checks)
    return FOUND_WRONG if wrong else DONE


def _file_checks(path: Path) -> list[CheckResult]:
    """Needs no installation: the law alone."""
    from gongkai.rules.report.checks import NotAReport, report_from_json, run_checks

    try:
        if path.stat().st_size > _LARGEST:
            raise CouldNot(f"{path} 超过 64 MB，不像一份年报。核对文件。")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CouldNot(f"读不了 {path}（{reason(error)}）。核对文件名。") from error
    except UnicodeDecodeError as error:
        raise CouldNot(
            f"{path} 不是 UTF-8 的 JSON。用 report compile --format json 得到的样子，再试。"
        ) from error
    try:
        return run_checks(report_from_json(text))
    except NotAReport as error:
        raise CouldNot(f"{path}：{error}") from error


def _print_checks(checks: Iterable[CheckResult]) -> None:
    found = list(checks)
    for check in found:
        result(f"{check.id:<4}{_LEVELS[check.level]}　{_STATUSES[check.status]}　{check.message}")
    counts = {status: sum(c.status == status for c in found) for status in _STATUSES}
    result(
        f"{len(found)} 项：一致 {counts['pass']}，不符 {counts['fail']}，无法核对 {counts['not_assessable']}。"
    )


def run_trace(arguments: Namespace) -> int:
    """Print the records behind a number."""
    bootstrap.open_installation()
    from gongkai.annual_report.compile import count_report
    from gongkai.annual_report.output import NoSuchCell, trace
    from gongkai.foundation.actors import COMMAND_LINE
    from gongkai.rules.report.forms import NoForm

    organ = organ_of(arguments.organ, arguments.year)
    try:
        leaves = trace(count_report(organ, arguments.year, reader=COMMAND_LINE), arguments.cell)
    except (NoForm, NoSuchCell) as error:
        raise CouldNot(str(error)) from error
    if arguments.json:
        result_json(leaves)
        return DONE
    for leaf in leaves:
        result(
            f"{leaf['date']}  {leaf['value']:>8}  {leaf['title']}（{leaf['organ']}，{leaf['record']}）{leaf.get('evidence', '')}"
        )
    result(f"共 {len(leaves)} 条记录。" if leaves else "没有记录。")
    return DONE
