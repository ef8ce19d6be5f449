"""Reading a report from a file to check it (受检文件): the shape of ``report compile --format json``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.rules.report.checks.model import Report, Values
from gongkai.rules.report.form import Form
from gongkai.rules.report.forms import VERSIONS, NoForm, form_for
from gongkai.rules.report.narrative import Narrative, narrative_from
from gongkai.rules.report.values import read_cells

_CURE = "文件应是 gongkai report compile --format json 的样子。"
_MOST_NAMED = 5


class NotAReport(ValueError):
    """A file that is no report in JSON, or names a cell no form has; the message says the cure."""


def report_from_json(text: str) -> Report:
    """The report a JSON text holds; ``cells`` with ``year`` and ``form`` is enough. Raises NotAReport."""
    try:
        data = json.loads(
            text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_without_twins
        )
    except RecursionError:
        raise NotAReport(f"嵌套太深，不是年报的 JSON。{_CURE}") from None
    except NotAReport:
        raise
    except ValueError:
        raise NotAReport(f"不是完整的 JSON，可能传输时截断了。{_CURE}") from None
    if not isinstance(data, dict):
        raise NotAReport(f"最外层应是一个对象。{_CURE}")
    year, form = _year_and_form(data)
    written = data.get("cells")
    if not isinstance(written, dict) or not written:
        raise NotAReport(f"没有 cells（各格的值）。{_CURE}")
    _refuse_unknown(written, form)
    values, bad = read_cells(form.cells, written)
    return Report(
        year=year,
        form=form,
        values=values,
        bad=bad,
        narrative=_narrative(data.get("narrative")),
        government=_government(data.get("organ")),
        previous=_previous(data, form),
        previous_form=_previous_form(data, form),
        parts=_parts(data, form),
        published_on=_day(data.get("published_on")),
    )


def _no_constant(name: str) -> Any:
    raise NotAReport(f"里面有 {name}，不是数。{_CURE}")


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise NotAReport(f"“{key[:40]}”写了两次，删去一个。")
        found[key] = value
    return found


def _year_and_form(data: Mapping[str, Any]) -> tuple[int, Form]:
    year, version = data.get("year"), data.get("form")
    if isinstance(year, str) and year.isascii() and year.isdigit() and len(year) == 4:
        year = int(year)
    if year is not None and (isinstance(year, bool) or not isinstance(year, int)):
        raise NotAReport("year（年份）应是四位数的年，例如 2021。")
    if version is not None and str(version) not in VERSIONS:
        raise NotAReport(f"不认识 form（表样）“{str(version)[:20]}”，应为{'、'.join(sorted(VERSIONS))}之一。")
    if version is not None:
        form = VERSIONS[str(version)]
        return (year if year is not None else int(form.version)), form
    if year is None:
        raise NotAReport("没有 year（年份）和 form（表样），不知道按哪年的表检查。补上再试。")
    try:
        return year, form_for(year)
    except NoForm as error:
        raise NotAReport(str(error)) from None


def _refuse_unknown(written: Mapping[str, Any], form: Form) -> None:
    unknown = [str(name)[:40] for name in written if name not in form.cells]
    if unknown:
        names = "、".join(unknown[:_MOST_NAMED]) + (" 等" if len(unknown) > _MOST_NAMED else "")
        raise NotAReport(f"{form.version} 年表样里没有这些格：{names}。格的代号见规则参考的表样一页。")


def _narrative(value: Any) -> Narrative | None:
    if value is None:
        return None
    try:
        if isinstance(value, Mapping):
            found = narrative_from(value)
            return found if any(text.strip() for _, text in found.all_texts()) else None
    except ValueError:
        pass
    raise NotAReport(f"narrative（文字部分）的样子不对。{_CURE}")


def _government(name: Any) -> bool | None:
    return name.endswith("人民政府") if isinstance(name, str) and name.strip() else None


def _previous(data: Mapping[str, Any], form: Form) -> Values | None:
    previous = data.get("previous")
    if not isinstance(previous, Mapping) or not isinstance(previous.get("cells"), Mapping):
        return None
    of_form = VERSIONS.get(str(previous.get("form")), form)
    return read_cells(of_form.cells, previous["cells"])[0]


def _previous_form(data: Mapping[str, Any], form: Form) -> str:
    previous = data.get("previous")
    named = str(previous.get("form")) if isinstance(previous, Mapping) else ""
    return named if named in VERSIONS else form.version


def _parts(data: Mapping[str, Any], form: Form) -> tuple[tuple[str, Values], ...] | None:
    """Own part and units, where every one of them brings its cells."""
    units = data.get("units")
    own = data.get("own")
    if not isinstance(units, list) or not units or not isinstance(own, Mapping):
        return None
    found = []
    for part in (own, *units):
        if not isinstance(part, Mapping) or not isinstance(part.get("cells"), Mapping):
            return None
        found.append((str(part.get("organ") or ""), read_cells(form.cells, part["cells"])[0]))
    return tuple(found)


def _day(value: Any) -> date | None:
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise NotAReport("published_on（发布日期）写成 2022-03-18 这样。") from None
