"""What an event says of a correction or a proposal (事件内容)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from gongkai.casework.models import SideAct, SideFile, SideRequest
from gongkai.casework.proving import facts_digest

FILED_COLUMNS = (
    "kind", "number", "channel", "query_code", "key_number", "year", "serial", "proven", "criteria", "id_type",
    "by_agent",
)  # fmt: skip


def filed_values(side: SideRequest) -> dict[str, Any]:
    """What the filing set and nothing changes."""
    values = {name: getattr(side, name) for name in FILED_COLUMNS}
    return {**values, "arrived_on": side.arrived_on.isoformat(), "about": _about(side)}


def _about(side: SideRequest) -> str:
    return f"case:{side.about_id}" if side.about_id else ""


def filed_payload(side: SideRequest, texts: Mapping[str, str]) -> dict[str, Any]:
    """The open part of a filing's event."""
    return {**filed_values(side), "state": side.state, "facts": facts_digest(side), "texts": sorted(texts)}


def act_payload(
    row: SideAct, side: SideRequest, texts: Mapping[str, str], paper: SideFile | None = None
) -> dict[str, Any]:
    """The open part of an act's event; ``paper``: the letter that the act put into the file."""
    payload: dict[str, Any] = {
        "act": row.act,
        "place": row.place,
        "given": json.loads(row.given),
        "state": side.state,
        "facts": facts_digest(side),
        "texts": sorted(texts),
    }
    if paper is not None:
        payload["paper"] = paper_values(paper)
    return payload


def paper_values(paper: SideFile) -> dict[str, Any]:
    """What the ledger says openly of a paper."""
    return {
        "place": paper.place,
        "purpose": paper.purpose,
        "file": paper.file.ledger_name,
        "size": paper.size,
        "media_type": paper.media_type,
        "to_person": paper.to_person,
    }
