"""One number of a published report (年报中的一个数): how it was counted, from what, and what it adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from gongkai.annual_report import editions
from gongkai.annual_report.editions import Edition
from gongkai.rules.report.forms import VERSIONS
from gongkai.rules.rule import Rule
from gongkai.web.portal.address import Address
from gongkai.web.portal.catalogue import published_codes
from gongkai.web.portal.counted_by import rules_of
from gongkai.web.portal.number_labels import NUMBER_LABELS, read, read_unit, unit_of

_BASES = {"counted": "由登记的记录逐件数出", "declared": "由单位逐月申报", "summed": "由本级和各单位相加"}
_YEARS = 5


@dataclass(frozen=True, slots=True)
class Part:
    """What one organ adds. ``share``: its bar, in hundredths of the largest."""

    organ: str
    value: str
    share: int
    href: str


@dataclass(frozen=True, slots=True)
class OtherYear:
    """The same number in another year's report."""

    year: int
    value: str | None
    href: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number with everything a reader may see of it."""

    code: str
    title: str
    above: str
    value: str | None
    unit: str
    basis: str
    section: str
    leaves: list[dict[str, str]]
    rules: list[Rule] = field(default_factory=list)
    provision: str = ""
    parts: list[Part] = field(default_factory=list)
    others: int = 0
    sums: bool | None = None
    checks: list[Mapping[str, Any]] = field(default_factory=list)
    years: list[OtherYear] = field(default_factory=list)

    @property
    def shown(self) -> str | None:
        """The value as a person reads it: money in yuan."""
        return None if self.value is None else read(self.code, self.value)

    @property
    def shown_unit(self) -> str:
        """What it is read in; as data it stays in ``unit``."""
        return read_unit(self.code) if self.code in NUMBER_LABELS else self.unit

    def as_json(self) -> dict[str, Any]:
        """As the page beside it says it."""
        return {
            "code": self.code,
            "label": self.title,
            "value": self.value,
            "unit": self.unit,
            "basis": self.basis,
            "rules": [
                {"id": r.id, "title": r.title, "sentence": r.sentence, "provision": r.citation()}
                for r in self.rules
            ],
            "records": self.leaves,
            "parts": [{"organ": part.organ, "value": part.value} for part in self.parts],
            "checks": self.checks,
        }


def cell(edition: Edition, address: Address, cell_id: str) -> Number | None:
    """A cell of the tables; None where the form has none of that name."""
    report = edition.report
    if cell_id not in report["cells"]:
        return None
    form = VERSIONS[report["form"]]
    described = form.cells[cell_id]
    leaves = edition.content["traces"].get(cell_id, [])
    label = described.label
    above, _, rest = label.partition("/") if label.startswith("第二十条") else ("", "", label)
    value = report["cells"][cell_id]
    parts = _parts(report, address, cell_id)
    return Number(
        code=cell_id,
        title=rest.replace("/", "，").replace(" × ", "，"),
        above=above,
        value=value,
        unit=described.unit,
        basis=_BASES[edition.content["bases"][cell_id]],
        section=f"s{described.table}",
        leaves=_ordered(leaves),
        rules=rules_of(cell_id, form, leaves),
        parts=parts,
        others=len(report["units"]) + 1 - len(parts) if report["units"] else 0,
        sums=_adds_up(report, cell_id) if report["units"] else None,
        checks=_checks(edition, cell_id),
        years=_other_years(edition, cell_id),
    )


def of_the_words(edition: Edition, code: str) -> Number | None:
    """A number of the words; None where there is none of that name, or it is not in this report."""
    leaves = edition.content["numbers"].get(code)
    if leaves is None or code not in NUMBER_LABELS:
        return None
    return Number(
        code=code,
        title=NUMBER_LABELS[code],
        above="",
        value=str(edition.content["counts"][code]),
        unit=unit_of(code),
        basis=_BASES["counted"],
        section="s1",
        leaves=_ordered(leaves),
        provision=leaves[0]["provision"] if leaves else "",
    )


def _checks(edition: Edition, cell_id: str) -> list[Mapping[str, Any]]:
    """The findings that name the cell, each with what the office said to it, if it did."""
    said = {one["check"]: one for one in edition.content.get("explanations", [])}
    return [
        {**check, "explanation": said.get(check["id"])}
        for check in edition.report["checks"]
        if cell_id in check["cells"]
    ]


def _ordered(leaves: list[dict[str, str]]) -> list[dict[str, str]]:
    """What adds nothing comes last: it is there to be seen, not to be leafed through."""
    return sorted(leaves, key=lambda leaf: leaf["value"] == "0")


def _parts(report: Mapping[str, Any], address: Address, cell_id: str) -> list[Part]:
    """The organs a sum adds that are not 0, largest first; those with a report of their own open."""
    if not report["units"]:
        return []
    found = [
        (part, part["cells"].get(cell_id))
        for part in (report["own"], *report["units"])
        if part["cells"].get(cell_id) not in (None, "0")
    ]
    if not found:
        return []
    published = published_codes(address.year)
    largest = max(Decimal(value) for _, value in found)
    found.sort(key=lambda one: -Decimal(one[1]))
    return [
        Part(
            part["organ"],
            value,
            max(1, int(Decimal(value) * 100 / largest)) if largest > 0 else 1,
            Address(part["organ_code"], address.year).number(cell_id)
            if part["organ_code"] in published
            else "",
        )
        for part, value in found
    ]


def _adds_up(report: Mapping[str, Any], cell_id: str) -> bool | None:
    """Whether the parts add up to the cell; None where something is blank."""
    values = [part["cells"].get(cell_id) for part in (report["own"], *report["units"])]
    total = report["cells"][cell_id]
    if total is None or None in values:
        return None
    return sum(map(Decimal, values), Decimal(0)) == Decimal(total)


def _other_years(edition: Edition, cell_id: str) -> list[OtherYear]:
    """The same cell of the same form in the years beside, newest first."""
    organ, form = edition.row.filing.organ, edition.report["form"]
    rows = editions.published().filter(filing__organ=organ).exclude(filing__year=edition.row.filing.year)
    newest = {
        row.filing.year: row for row in rows.select_related("content", "filing__organ").order_by("version")
    }
    found = []
    for year in sorted(newest, reverse=True)[:_YEARS]:
        report = editions.of(newest[year]).report
        if report["form"] == form:
            href = Address(organ.code, year).number(cell_id)
            found.append(OtherYear(year, report["cells"].get(cell_id), href))
    return found
