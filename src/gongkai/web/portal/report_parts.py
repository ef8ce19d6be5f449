"""What stands round a report (年报页面的周边): the files to download, the units it adds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from gongkai.foundation.models.organs import OrganKind
from gongkai.web.portal.address import Address

_FILES = (
    ("pdf", "PDF", "可打印、盖章的版式"),
    ("docx", "Word", "可以编辑"),
    ("xlsx", "Excel", "各表，和每个数的记录"),
)


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the report."""

    label: str
    what: str
    href: str


def downloads(address: Address) -> list[Download]:
    """The documents of a report."""
    return [Download(label, what, address.to("document", ending=code)) for code, label, what in _FILES]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit a report adds; ``href`` its own report of that year, empty while it is not published."""

    name: str
    href: str


def unit_groups(
    units: Sequence[Mapping[str, Any]], published: Set[str], year: int
) -> list[tuple[str, list[UnitLine]]]:
    """The units by kind."""
    found: dict[str, list[UnitLine]] = defaultdict(list)
    for unit in units:
        code = unit["organ_code"]
        href = Address(code, year).report if code in published else ""
        found[unit["kind"]].append(UnitLine(unit["organ"], href))
    return [(kind.label, found[kind]) for kind in OrganKind if found[kind]]
