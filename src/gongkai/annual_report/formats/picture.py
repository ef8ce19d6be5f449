"""The picture of the year (图解、一图读懂): drawn from the sealed content, tall and narrow, for phone and wall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gongkai.annual_report.formats.charts import Bars, bars, sentence
from gongkai.annual_report.formats.outline import Content
from gongkai.annual_report.formats.picture_panels import Figure, Panel, head_figures, panels
from gongkai.annual_report.formats.svg import (
    D1,
    INK_2,
    INK_3,
    LINE,
    PAPER,
    WASH,
    Canvas,
    grouped,
    text_width,
    wrapped,
)
from gongkai.foundation import typesetting

_BLANK = "未填"


@dataclass(frozen=True, slots=True)
class Sheet:
    """How wide the picture is drawn: letters keep their size, so that a phone shows them as they are."""

    name: str
    width: float
    margin: float
    title: float

    @property
    def inner(self) -> float:
        """Between the margins."""
        return self.width - 2 * self.margin


# As a file and beside its tables, read from across a table; as wide as a phone.
WIDE, PHONE = Sheet("picture", 540.0, 32.0, 34.0), Sheet("picture-phone", 360.0, 18.0, 28.0)


def report_picture(content: Content, sheet: Sheet = WIDE) -> str:
    """The picture as SVG that stands alone or within a page."""
    report = content["report"]
    shown = list(panels(content))
    body = Canvas(sheet.width)
    _head(body, sheet, content)
    _head_figures(body, sheet, head_figures(content))
    for panel in shown:
        _panel(body, sheet, panel)
    _foot(body, sheet, content)
    title = f"{report['organ']}{report['year']}年政府信息公开工作一图读懂"
    told = _told(head_figures(content), shown)
    return body.svg(title, told, f"{sheet.name}-{report['year']}", ground=PAPER)


def report_picture_png(content: Content) -> bytes:
    """The picture as PNG, twice as fine, with the fonts the installation brings."""
    data = {"svg": report_picture(content), "width": WIDE.width}
    return typesetting.png(Path(__file__).with_name("picture.typ"), data, ppi=144)


def _head(canvas: Canvas, sheet: Sheet, content: Content) -> None:
    report = content["report"]
    lines = wrapped(report["organ"], 22, sheet.inner)
    said = _scope(content)
    # In two lines it breaks where it pauses.
    scope = [said] if text_width(said, 16) <= sheet.inner else said.split("，")
    height = 104 + 30 * len(lines) + 24 * len(scope)
    canvas.rect(0, 0, sheet.width, height, D1)
    y = 46.0
    for line in lines:
        canvas.text(sheet.margin, y, line, 22, fill=PAPER)
        y += 30
    canvas.text(sheet.margin, y + 14, f"{report['year']} 年政府信息公开", sheet.title, fill=PAPER, bold=True)
    for place, line in enumerate(scope):
        canvas.text(sheet.margin, y + 50 + 24 * place, line, 16, fill=PAPER)
    canvas.y = height


def _scope(content: Content) -> str:
    report = content["report"]
    units = f"，汇总 {len(report['units'])} 个单位" if report["units"] else ""
    return f"{report['year']} 年 1 月 1 日至 12 月 31 日{units}"


def _head_figures(canvas: Canvas, sheet: Sheet, figures: Sequence[Figure]) -> None:
    canvas.rect(0, canvas.y, sheet.width, 188, WASH)
    for place, one in enumerate(figures):
        x = sheet.margin + (place % 2) * (sheet.inner / 2 + 8)
        y = canvas.y + 52 + (place // 2) * 84
        _figure(canvas, x, y, one, 38, sheet.inner / 2 - 8)
    canvas.y += 188


def _figure(canvas: Canvas, x: float, y: float, one: Figure, size: float, room: float) -> None:
    """A number that stands alone, what it counts below it; a long one is set smaller."""
    text = _BLANK if one.value is None else grouped(one.value)
    size = min(size, size * (room - 40) / max(text_width(text, size), 1))
    canvas.text(x, y, text, size, fill=D1, bold=True)
    if one.value is not None:
        canvas.text(x + text_width(text, size) + 8, y, one.unit, 16, fill=INK_2)
    canvas.text(x, y + 25, one.label, 16, fill=INK_2)


def _panel(canvas: Canvas, sheet: Sheet, panel: Panel) -> None:
    canvas.y += 44
    canvas.text(sheet.margin, canvas.y, panel.heading, 22, bold=True)
    if panel.bars:
        canvas.text(
            sheet.width - sheet.margin, canvas.y, f"单位：{panel.bars[0].unit}", 15, fill=INK_3, anchor="end"
        )
    canvas.y += 24
    bars(canvas, [(one.label, one.value, None) for one in panel.bars], Bars(sheet.margin, sheet.inner, 17))
    if panel.figures:
        canvas.y += 16 if panel.bars else 0
        _figures(canvas, sheet, panel.figures)
    for note in panel.notes:
        for line in wrapped(note, 17, sheet.inner):
            canvas.y += 17
            canvas.text(sheet.margin, canvas.y, line, 17, fill=INK_2)
            canvas.y += 9
    canvas.y += 8
    canvas.line(sheet.margin, canvas.y, sheet.width - sheet.margin, canvas.y, LINE)


def _figures(canvas: Canvas, sheet: Sheet, figures: Sequence[Figure]) -> None:
    room = sheet.inner / len(figures)
    canvas.y += 22
    for place, one in enumerate(figures):
        _figure(canvas, sheet.margin + place * room, canvas.y, one, 32, room)
    canvas.y += 44


def _foot(canvas: Canvas, sheet: Sheet, content: Content) -> None:
    said = (
        "由编制时的记录画出，报告尚未封存。"
        if content["version"] < 1
        else f"由封存的年度报告（第{content['version']}版）中的数画出，数的来源见报告页。"
    )
    canvas.y += 16
    for line in wrapped(said, 15, sheet.inner):
        canvas.y += 15
        canvas.text(sheet.margin, canvas.y, line, 15, fill=INK_3)
        canvas.y += 8
    canvas.y += 20


def _told(figures: Sequence[Figure], shown: Sequence[Panel]) -> str:
    """Everything the picture says, in sentences."""
    told = [_listed("全年", figures)]
    for panel in shown:
        if panel.bars:
            rows = [(one.label, one.value, None) for one in panel.bars]
            told.append(sentence(panel.heading, rows, panel.bars[0].unit))
        if panel.figures:
            told.append(_listed(panel.heading, panel.figures))
        if panel.notes:
            told.append(("" if panel.bars or panel.figures else f"{panel.heading}：") + "".join(panel.notes))
    return "".join(told)


def _listed(heading: str, figures: Sequence[Figure]) -> str:
    said = (
        f"{one.label} {_BLANK if one.value is None else f'{grouped(one.value)} {one.unit}'}"
        for one in figures
    )
    return f"{heading}：{'，'.join(said)}。"
