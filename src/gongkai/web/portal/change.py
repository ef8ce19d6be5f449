"""What differs between two published versions (更正前后), for the page and as data."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gongkai.annual_report.differences import Differences, differences
from gongkai.annual_report.editions import Edition
from gongkai.annual_report.models import ReportEdition
from gongkai.rules.report.values import printed
from gongkai.web.portal.address import Address


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """A cell before and after, each opening in its own version."""

    label: str
    before: str | None
    after: str | None
    step: str
    before_href: str
    after_href: str


def changed_cells(changed: Differences, address: Address, before: int, after: int) -> list[ChangedCell]:
    """The cells whose values differ."""
    old = Address(address.organ_code, address.year, before)
    new = Address(address.organ_code, address.year, after)
    return [
        ChangedCell(
            one.label.replace(" × ", "，"),
            one.before,
            one.after,
            _step(one.before, one.after),
            old.number(one.cell),
            new.number(one.cell),
        )
        for one in changed.cells
    ]


def _step(before: str | None, after: str | None) -> str:
    """By how much a value changed; empty where one of them is blank or no number."""
    try:
        step = Decimal(after or "") - Decimal(before or "")
    except ArithmeticError:
        return ""
    return f"+{printed(step)}" if step > 0 else printed(step).replace("-", "−")


def change_json(old: Edition, new: Edition) -> dict[str, Any]:
    """The difference as data."""
    changed = differences(old.report, new.report)
    return {
        "organ": new.report["organ"],
        "organ_code": new.report["organ_code"],
        "year": new.report["year"],
        "before": _version(old.row),
        "after": _version(new.row),
        "cells": [
            {"cell": one.cell, "label": one.label, "before": one.before, "after": one.after}
            for one in changed.cells
        ],
        "texts": [
            {"section": one.section, "label": one.label, "before": one.before, "after": one.after}
            for one in changed.texts
        ],
        "units": list(changed.units),
    }


def _version(row: ReportEdition) -> dict[str, Any]:
    return {
        "version": row.version,
        "published_on": row.published_on.isoformat() if row.published_on else None,
        "sealed_by": row.sealed_by,
        "reason": row.reason,
        "digest": row.content.digest,
    }
