"""What an event says of a case (事件内容), and the fingerprint by which its facts are proven."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from gongkai.casework.models import Applicant, Case, CaseAct, Dossier

FILED_COLUMNS = ("number", "channel", "form", "delivery", "query_code", "key_number", "year", "serial")


def facts_digest(dossier: Dossier) -> str:
    """The fingerprint of the facts of a file (案情指纹)."""
    return hashlib.sha256(dossier.facts.encode()).hexdigest()


def act_payload(
    row: CaseAct, case: Case, register: Mapping[str, Any], texts: Mapping[str, str]
) -> dict[str, Any]:
    """The open part of an act's event."""
    payload: dict[str, Any] = {
        "act": row.act,
        "place": row.place,
        "given": json.loads(row.given),
        "state": case.state,
        "facts": facts_digest(case),
        "texts": sorted(texts),
    }
    if register:
        payload["with"] = dict(register)
    return payload


def filed_payload(
    case: Case, applicant: Applicant, register: Mapping[str, Any], texts: Mapping[str, str]
) -> dict[str, Any]:
    """The open part of a filing's event."""
    payload: dict[str, Any] = {
        **{name: getattr(case, name) for name in FILED_COLUMNS},
        "arrived_on": case.arrived_on.isoformat(),
        "applicant_class": case.applicant_class,
        "applicant": applicant_values(applicant),
        "state": case.state,
        "facts": facts_digest(case),
        "texts": sorted(texts),
    }
    if register:
        payload["with"] = dict(register)
    return payload


def applicant_values(applicant: Applicant) -> dict[str, Any]:
    """What the ledger says openly of an applicant: the document's kind and whether an agent acts."""
    return {"id_type": applicant.id_type, "by_agent": applicant.by_agent}
