"""What the picture of the year shows (图解内容): from the cells and counts of one report, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gongkai.annual_report.formats.outline import Content
from gongkai.annual_report.formats.svg import decimal
from gongkai.rules.applicants import APPLICANT_CLASSES
from gongkai.rules.outcomes import OUTCOMES
from gongkai.rules.report.form import Form
from gongkai.rules.report.forms import VERSIONS


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with what it counts; None where it was not filled in."""

    label: str
    value: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One block of the picture: bars of one unit, figures that stand alone, and lines of words."""

    heading: str
    bars: tuple[Figure, ...] = ()
    figures: tuple[Figure, ...] = ()
    notes: tuple[str, ...] = ()


_CHANNELS = (("portal", "政府网站"), ("new_media", "政务新媒体"), ("other", "其他渠道"))
_CLASSES = (
    ("document", "公开文件"),
    ("interpretation", "政策解读"),
    ("budget", "财政预决算"),
    ("welfare", "社会公益事业"),
    ("project", "重大建设项目、征地"),
    ("key_other", "年报、社保、食品药品等"),
    ("bulletin", "工作动态、便民信息"),
)
_ACTS = (("licence", "行政许可"), ("penalty", "行政处罚"), ("coercion", "行政强制"))
_TRACKS = (("review", "行政复议"), ("direct", "直接起诉"), ("after_review", "复议后起诉"))
_RESULTS = (("upheld", "结果维持"), ("corrected", "结果纠正"), ("other", "其他结果"), ("pending", "尚未审结"))


def head_figures(content: Content) -> tuple[Figure, ...]:
    """The four numbers that stand first."""
    told = _Told(content)
    return (
        told.count("主动公开政府信息", "publications.total", "条"),
        told.cell("收到公开申请", "t3.r1.c7", "件"),
        told.cell("办结公开申请", f"t3.{told.form.total_row}.c7", "件"),
        told.count("政策解读", "interpretations.total", "篇"),
    )


def panels(content: Content) -> Iterator[Panel]:
    """The blocks in order."""
    told = _Told(content)
    yield _channels(told)
    classes = told.counts("publications.class.", _CLASSES, "条")
    if classes:
        yield Panel("政府网站发布了什么", _largest_first(classes))
    yield from _requests(told)
    yield _normatives(told)
    yield _powers(told)
    yield _remedies(told)
    yield _letters(told)


@dataclass(frozen=True, slots=True)
class _Told:
    content: Content

    @property
    def form(self) -> Form:
        return VERSIONS[self.content["report"]["form"]]

    @property
    def cells(self) -> Mapping[str, Any]:
        cells: Mapping[str, Any] = self.content["report"]["cells"]
        return cells

    def cell(self, label: str, name: str, unit: str) -> Figure:
        return Figure(label, decimal(self.cells.get(name)), unit)

    def known(self, figures: Iterable[tuple[str, str, str]]) -> list[Figure]:
        """(label, cell, unit) of the cells that the year's form has."""
        return [self.cell(*one) for one in figures if one[1] in self.form.cells]

    def count(self, label: str, code: str, unit: str) -> Figure:
        return Figure(label, decimal(self.content["counts"].get(code, 0)), unit)

    def counts(self, prefix: str, named: Iterable[tuple[str, str]], unit: str) -> list[Figure]:
        return _happened(self.count(label, prefix + code, unit) for code, label in named)


def _happened(figures: Iterable[Figure]) -> list[Figure]:
    """Those that are not 0; what was not filled in stays, to be said."""
    return [one for one in figures if one.value is None or one.value]


def _largest_first(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    return tuple(sorted(figures, key=lambda one: -(one.value or Decimal(0))))


def _channels(told: _Told) -> Panel:
    found = told.counts("publications.", _CHANNELS, "条")
    if not found:
        return Panel("主动公开，从哪里发布", notes=("没有登记主动公开的政府信息。",))
    return Panel("主动公开，从哪里发布", _largest_first(found))


def _requests(told: _Told) -> Iterator[Panel]:
    total, carried = f"t3.{told.form.total_row}.c7", f"t3.{told.form.carried_row}.c7"
    new, before, after = (told.cell("", name, "件").value for name in ("t3.r1.c7", "t3.r2.c7", carried))
    done = told.cell("", total, "件").value
    if not any((new, before, after, done)) and None not in (new, before, done, after):
        yield Panel("依申请公开", notes=("没有收到政府信息公开申请，没有上年结转的申请。",))
        return
    applicants = [told.cell(one.label, f"t3.r1.{one.column}", "件") for one in APPLICANT_CLASSES.values()]
    asked = _largest_first(_happened(applicants))
    yield Panel("新收的申请，谁提出", asked, notes=() if asked else ("没有新收申请。",))
    outcomes = [told.cell(_outcome(told.form, row), f"t3.{row}.c7", "件") for row in told.form.leaf_rows]
    decided = _largest_first(_happened(outcomes))
    notes = (f"上年结转 {_said(before)} 件，本年办结 {_said(done)} 件，结转下年继续办理 {_said(after)} 件。",)
    yield Panel("办结的申请，什么结果", decided, notes=notes)


def _outcome(form: Form, row: str) -> str:
    """An outcome as people say it: 予以公开, 不予公开：属于国家秘密."""
    if form.outcome_rows.get(row) != row or row not in OUTCOMES:
        return "其他处理"
    one = OUTCOMES[row]
    group = one.group.partition("）")[2]
    label = one.label.partition("（")[0]
    return f"{group}：{label}" if group else label


def _said(value: Decimal | None) -> str:
    return "未填" if value is None else format(value, "f")


def _normatives(told: _Told) -> Panel:
    named = (("本年制发", "made"), ("本年废止", "repealed"), ("现行有效", "in_force"))
    found = told.known((label, f"t2.norm.{code}", "件") for label, code in named)
    if not _happened(found):
        return Panel("行政规范性文件", notes=("没有制发、废止行政规范性文件，也没有现行有效的。",))
    return Panel("行政规范性文件", figures=tuple(found))


def _powers(told: _Told) -> Panel:
    acts = told.known((label, f"t2.{code}.decisions", "件") for code, label in _ACTS)
    fee = told.known((("行政事业性收费", "t2.fee.amount", "万元"),))
    found, absent = _happened(acts), [one.label for one in (*acts, *fee) if one.value == 0]
    notes = (f"{'、'.join(absent)}没有发生。",) if absent else ()
    return Panel("处理决定和收费", _largest_first(found), tuple(_happened(fee)), notes)


def _remedies(told: _Told) -> Panel:
    found = _happened(told.cell(label, f"t4.{track}.total", "件") for track, label in _TRACKS)
    if not found:
        return Panel("行政复议、行政诉讼", notes=("没有因政府信息公开工作发生行政复议、行政诉讼。",))
    results = []
    for track, label in _TRACKS:
        parts = _happened(told.cell(name, f"t4.{track}.{code}", "件") for code, name in _RESULTS)
        if parts:
            results.append(
                f"{label}：" + "，".join(f"{one.label} {_said(one.value)} 件" for one in parts) + "。"
            )
    return Panel("行政复议、行政诉讼", tuple(found), notes=tuple(results))


def _letters(told: _Told) -> Panel:
    found = told.counts("letters.", (("mailbox", "领导信箱来信"), ("complaint", "投诉举报")), "件")
    if not found:
        return Panel("来信和投诉", notes=("没有登记来信、投诉举报。",))
    open_ = told.count("", "letters.unanswered", "件").value
    return Panel(
        "来信和投诉",
        tuple(found),
        notes=(f"其中 {_said(open_)} 件正在办理。" if open_ else "均已办理答复。",),
    )
