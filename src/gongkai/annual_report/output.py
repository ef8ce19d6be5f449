"""A compiled report as data (年报数据): the contract's JSON, and the leaves behind a number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.annual_report import narrative_counts
from gongkai.annual_report.compile import CompiledReport, CountedReport, Part
from gongkai.annual_report.narrative_counts import BY_CODE
from gongkai.foundation import kinds
from gongkai.rules.report.counting import CellValue
from gongkai.rules.report.narrative import Draft
from gongkai.rules.report.values import printed


class NoSuchCell(ValueError):
    """A cell or number nobody knows; the message says how to find the right name."""


def as_json(compiled: CompiledReport) -> dict[str, Any]:
    """As ``report compile --format json`` prints it."""
    tables = compiled.tables
    return {
        "organ": tables.name,
        "organ_code": tables.organ.code,
        "year": tables.year,
        "form": tables.form.version,
        "cells": cell_texts(tables.cells),
        "narrative": compiled.draft.narrative().as_json(),
        "checks": [check.as_json() for check in compiled.checks],
        "explanations": compiled.explanations_json(),
        "own": _part(tables.own),
        "units": [_part(part) for part in tables.units],
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "organ": part.name,
        "organ_code": part.organ.code,
        "kind": part.organ.kind,
        "filed": part.filed,
        "cells": cell_texts(part.cells),
    }


def cell_texts(cells: Mapping[str, CellValue]) -> dict[str, str | None]:
    """Values as decimal strings; a blank is null."""
    return {name: None if cell.value is None else printed(cell.value) for name, cell in cells.items()}


def draft_json(draft: Draft) -> dict[str, list[list[str]]]:
    """The segments of each section: [words, fact]."""
    return {
        name: [[segment.text, segment.fact] for segment in found] for name, found in draft.sections.items()
    }


def trace(tables: CountedReport, name: str) -> list[dict[str, str]]:
    """The records behind a cell, or behind a number of the narrative: the leaves, adding up to it.

    Raises NoSuchCell.
    """
    if name in tables.cells:
        return [leaf for part in (tables.own, *tables.units) for leaf in _leaves(part, name)]
    if name in BY_CODE:
        return number_records(tables, name)
    raise NoSuchCell(
        f"{tables.form.version} 年表样里没有“{name}”这一格。格的代号如 t3.r1.c1，见 report compile --format json。"
    )


def _leaves(part: Part, name: str) -> list[dict[str, str]]:
    return [
        {
            "record": one.record,
            "kind": one.kind,
            "title": one.title,
            "date": one.date.isoformat() if one.date else "",
            "rule": one.rule.id,
            "provision": one.provision,
            "value": printed(one.value),
            "organ": part.name,
            **({"evidence": one.evidence} if one.evidence else {}),
        }
        for one in part.cells[name].contributions
    ]


def number_records(tables: CountedReport, code: str) -> list[dict[str, str]]:
    """The records behind a number of the narrative."""
    one = BY_CODE[code]
    kind = kinds.get(one.kind)
    rows = narrative_counts.records(code, [o.pk for o in tables.scope], tables.year)
    related = kind.list_related
    day = kind.column(kind.date_column).field
    owners = {part.organ.pk: part.name for part in (tables.own, *tables.units)}
    owners |= {organ.pk: owners.get(organ.pk, tables.name) for organ in tables.scope}
    found: list[dict[str, str]] = []
    seen: set[int] = set()
    for row in rows.select_related(*related):
        value = 1 if one.measure == "" else getattr(row, one.measure, None) or 0
        if one.measure == "organ":
            value = 0 if row.organ_id in seen else 1
            seen.add(row.organ_id)
        found.append(
            {
                "record": row.ref,
                "kind": one.kind,
                "title": kind.title(row),
                "date": str(getattr(row, day)),
                "rule": code,
                "provision": kind.provision.citation(),
                "value": str(value),
                "organ": owners[row.organ_id],
            }
        )
    return found
