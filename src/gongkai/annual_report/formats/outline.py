"""What every document of a report prints (成品内容), in order: title, words, tables, explanations, seal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.rules.report.form import Form, LayoutCell
from gongkai.rules.report.forms import VERSIONS

Content = Mapping[str, Any]
BLANK = "未填"
DRAFT_LINE = "编制稿：由编制时的记录生成，尚未封存，不作为发布的依据。"
# The type area of GB/T 9704 is 156 mm wide; table three needs its labels, the others are even.
_TYPE_AREA = 156.0
_REQUEST_WIDTHS = (8.4, 11.8, 63.0)
# Columns and first column of table two until 2020.
_SEVEN, _LABEL = 7, 42.0


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a printed table; ``cell`` names the cell whose value it shows. Lines break at ``\\n``."""

    text: str
    rows: int = 1
    columns: int = 1
    head: bool = False
    side: bool = False
    cell: str = ""


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table of the form with its values (表格). ``widths`` in millimetres."""

    title: str
    widths: tuple[float, ...]
    rows: tuple[tuple[Box, ...], ...]

    def groups(self) -> Iterator[tuple[bool, tuple[tuple[Box, ...], ...]]]:
        """The rows in runs: heads (True), then what stands below them."""
        run: list[tuple[Box, ...]] = []
        for row in self.rows:
            if run and _heading(row) != _heading(run[0]):
                yield _heading(run[0]), tuple(run)
                run = []
            run.append(row)
        if run:
            yield _heading(run[0]), tuple(run)


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six sections: parts (sub-heading or none, paragraphs) and tables."""

    heading: str
    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    tables: tuple[PrintedTable, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """Everything a document prints, in order. ``seal``: (label, value) rows, none for a draft."""

    organ: str
    year: int
    notice: str
    preface: tuple[str, ...]
    sections: tuple[Section, ...]
    signature: tuple[str, ...]
    explanations: tuple[str, ...]
    seal: tuple[tuple[str, str], ...]

    @property
    def title(self) -> str:
        """The title on one line."""
        return f"{self.organ}{self.year}年政府信息公开工作年度报告"

    @property
    def title_lines(self) -> tuple[str, str]:
        """The title as it is printed."""
        return self.organ, f"{self.year}年政府信息公开工作年度报告"


def outline(content: Content, *, digest: str, draft: bool) -> Outline:
    """What the documents of this content print."""
    report = content["report"]
    version, reason = content["version"], content["reason"]
    notice = DRAFT_LINE if draft else f"（第{version}版，更正原因：{reason}）" if version > 1 else ""
    return Outline(
        organ=report["organ"],
        year=report["year"],
        notice=notice,
        preface=_paragraphs(report["narrative"]["preface"]),
        sections=tuple(_sections(report)),
        signature=_signature(content),
        explanations=tuple(map(_explanation, content["explanations"])),
        seal=() if draft else tuple(_seal(content, digest)),
    )


def _signature(content: Content) -> tuple[str, ...]:
    """Name and day, on which the seal is set (落款); an edition that does not hold its day has none."""
    day_of_seal = content.get("sealed_on")
    return (content["report"]["organ"], day(day_of_seal)) if day_of_seal else ()


def dated(content: Content) -> date:
    """The day a file is dated: of the seal, else the day its year was over; never a clock's."""
    day_of_seal = content.get("sealed_on")
    return date.fromisoformat(day_of_seal) if day_of_seal else date(content["report"]["year"] + 1, 1, 1)


def _sections(report: Mapping[str, Any]) -> Iterator[Section]:
    form, words = VERSIONS[report["form"]], report["narrative"]
    headings = form.section_headings()
    lead = [("", _paragraphs(words.get("lead", "")))]
    overview = [(one["heading"], _paragraphs(one["text"])) for one in words["overview"]]
    yield Section(headings[0], tuple(part for part in (*lead, *overview) if part[1]))
    for number in (2, 3, 4):
        yield Section(headings[number - 1], tables=tuple(printed_tables(form, number, report["cells"])))
    yield Section(headings[4], (("", _paragraphs(words["problems"])),))
    yield Section(headings[5], (("", _paragraphs(words["other"])),))


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def printed_tables(
    form: Form, number: int, cells: Mapping[str, str | None], *, broken: bool = True
) -> Iterator[PrintedTable]:
    """The tables of one section, with their values; ``broken``: narrow headings in lines of two characters."""
    for table in form.tables[number]:
        width = sum(box.columns for box in table.rows[0])
        narrow = broken and width > 7
        rows = tuple(tuple(_box(one, cells, narrow) for one in row) for row in table.rows)
        yield PrintedTable(table.title, _widths(number, width), rows)


def _box(one: LayoutCell, cells: Mapping[str, str | None], narrow: bool) -> Box:
    if one.cell:
        value = cells.get(one.cell)
        return Box(BLANK if value is None else value, one.rows, one.columns, cell=one.cell)
    broken = narrow and one.columns == 1 and (one.header or one.rows > 1)
    text = _broken(one.text) if broken else one.text
    return Box(text, one.rows, one.columns, one.header, one.row_header)


def _broken(text: str) -> str:
    """A heading of a narrow column, two characters a line: 自然 / 人, （三） / 不予 / 公开."""
    number, mark, rest = text.partition("）")
    first = [number + mark] if mark else []
    rest = rest if mark else text
    return "\n".join([*first, *(rest[at : at + 2] for at in range(0, len(rest), 2))])


def _widths(number: int, width: int) -> tuple[float, ...]:
    if number == 3:
        values = width - len(_REQUEST_WIDTHS)
        return (*_REQUEST_WIDTHS, *[(_TYPE_AREA - sum(_REQUEST_WIDTHS)) / values] * values)
    if width == _SEVEN:
        return (_LABEL, *[(_TYPE_AREA - _LABEL) / (width - 1)] * (width - 1))
    return (_TYPE_AREA / width,) * width


def _heading(row: Sequence[Box]) -> bool:
    return all(box.head for box in row)


def _explanation(one: Mapping[str, str]) -> str:
    """An explanation as it is printed (对提醒的说明): what was found, why it stands, who says so, when."""
    found, said = one["finding"].rstrip("。"), one["text"].rstrip("。")
    return f"核对发现：{found}。说明：{said}。（{one['organ']} {one['by']}，{day(one['on'])}）"


def _seal(content: Content, digest: str) -> Iterator[tuple[str, str]]:
    yield "版本", f"第{content['version']}版"
    if content["reason"]:
        yield "更正原因", content["reason"]
    if content["sealed_by"]:
        yield "封存人", content["sealed_by"]
    if content.get("sealed_on"):
        yield "封存日期", day(content["sealed_on"])
    yield "内容指纹", digest
    yield "底账序号", str(content["ledger"]["seq"])
    yield "底账指纹", content["ledger"]["head"]


SEAL_HEADING = "版本与校验"
SEAL_NOTE = (
    "本文件由封存的报告数据生成。对本报告的数据文件（JSON）计算 SHA-256，"
    "与“内容指纹”一致的，即为封存时的内容；底账序号和指纹是封存时底账的末条。"
)
EXPLANATION_HEADING = "对核对提醒的说明"


def day(iso: str) -> str:
    """A date as an official document writes it: 2022年1月10日."""
    year, month, number = iso.split("-")
    return f"{int(year)}年{int(month)}月{int(number)}日"
