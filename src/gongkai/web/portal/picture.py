"""The year in one picture (一图读懂): drawn from the sealed cells, kept while it is asked for, and as tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gongkai.annual_report import editions
from gongkai.annual_report.editions import Edition
from gongkai.annual_report.models import ReportEdition
from gongkai.rules.report.form import COLUMNS
from gongkai.rules.report.forms import VERSIONS
from gongkai.web.portal.address import Address
from gongkai.web.portal.number_labels import NUMBER_LABELS


def drawn(edition: Edition) -> str:
    """The picture as SVG."""
    return _svg(_Key(edition.row.content.digest, edition.row))


def drawn_for_a_phone(edition: Edition) -> str:
    """The picture as SVG, as wide as a phone."""
    return _svg(_Key(edition.row.content.digest, edition.row), phone=True)


def pixels(edition: Edition) -> bytes:
    """The picture as PNG."""
    return _png(_Key(edition.row.content.digest, edition.row))


@dataclass(frozen=True, slots=True, eq=False)
class _Key:
    """An edition by its digest: what was sealed never changes, so its picture is drawn once."""

    digest: str
    row: ReportEdition

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.digest == self.digest

    def __hash__(self) -> int:
        return hash(self.digest)


@lru_cache(maxsize=16)
def _svg(key: _Key, *, phone: bool = False) -> str:
    from gongkai.annual_report.formats.picture import PHONE, WIDE, report_picture

    return report_picture(editions.of(key.row).content, PHONE if phone else WIDE)


@lru_cache(maxsize=4)
def _png(key: _Key) -> bytes:
    from gongkai.annual_report.formats.picture import report_picture_png

    return report_picture_png(editions.of(key.row).content)


@dataclass(frozen=True, slots=True)
class PictureTable:
    """One part of the picture as a table: (label, value, where it opens)."""

    title: str
    unit: str
    rows: list[tuple[str, str, str]]


_CHANNELS = ("publications.portal", "publications.new_media", "publications.other")
_CLASSES = tuple(code for code in NUMBER_LABELS if code.startswith("publications.class."))
_WORK = (
    "interpretations.total", "letters.mailbox", "letters.complaint", "open_days.total", "zones.total",
    "trainings.total",
)  # fmt: skip
_NORMS = ("t2.norm.made", "t2.norm.repealed", "t2.norm.in_force")
_DECISIONS = ("t2.licence.decisions", "t2.penalty.decisions", "t2.coercion.decisions", "t2.fee.amount")


def picture_tables(edition: Edition, address: Address) -> list[PictureTable]:
    """The numbers of the picture, each opening as in the report."""
    form = VERSIONS[edition.report["form"]]
    rows = ("r1", "r2", *form.leaf_rows, form.carried_row)
    requests = tuple(f"t3.{row}.c7" for row in rows)
    applicants = tuple(f"t3.r1.{column}" for column in COLUMNS)
    remedies = tuple(name for name in form.cells if name.startswith("t4.") and name.endswith(".total"))
    groups = (
        ("主动公开政府信息", "条", _CHANNELS, True),
        ("政府网站发布的信息", "条", _CLASSES, True),
        ("行政规范性文件", "件", _NORMS, False),
        ("行政行为和收费", "件，收费为万元", _DECISIONS, False),
        ("政府信息公开申请", "件", requests, True),
        ("新收的申请，谁提出", "件", applicants, True),
        ("行政复议、行政诉讼", "件", remedies, False),
        ("解读、回应和平台", "件（场、处）", _WORK, True),
    )
    found = [
        PictureTable(title, unit, _rows(edition, address, facts, sparse))
        for title, unit, facts, sparse in groups
    ]
    return [table for table in found if table.rows]


def _rows(
    edition: Edition, address: Address, facts: tuple[str, ...], sparse: bool
) -> list[tuple[str, str, str]]:
    """The facts of one table; ``sparse`` leaves out what is 0."""
    form = VERSIONS[edition.report["form"]]
    values: dict[str, Any] = {**edition.content["counts"], **edition.report["cells"]}
    found = []
    for fact in facts:
        value = values.get(fact)
        if value is None or (sparse and str(value) == "0"):
            continue
        label = NUMBER_LABELS.get(fact, "").rpartition("：")[2] or _cell_label(form.cells[fact].label)
        found.append((label, str(value), address.number(fact) if str(value) != "0" else ""))
    return found


def _cell_label(label: str) -> str:
    """A cell's label without its place in the form and without 总计; of one applicant class, the class."""
    rest = label.partition("/")[2] if label.startswith(("第二十条", "三、本年度办理结果")) else label
    rest = rest.removesuffix(" × 总计").removesuffix("/总计")
    return rest.rpartition(" × ")[2].replace("/", "，")
