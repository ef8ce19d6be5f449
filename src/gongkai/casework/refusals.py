"""What casework refuses, said so that it can be mended (不能办的原因)."""

from __future__ import annotations

from gongkai.casework.models import CaseAct
from gongkai.foundation.kinds import Finding
from gongkai.rules.requests.fields import FIELDS
from gongkai.rules.requests.states import ActRefused


class CaseworkRefused(Exception):
    """Nothing was done; ``findings`` say what is wrong and the cure, by field ("" for the whole).

    ``instead``: ids of the acts that may be done now.
    """

    def __init__(self, *findings: Finding, instead: tuple[str, ...] = ()) -> None:
        super().__init__("".join(dict.fromkeys(f.message for f in findings)))
        self.findings = findings
        self.instead = instead


class CaseChanged(CaseworkRefused):
    """The case is no longer as the person had it before them; ``since`` are the acts done meanwhile."""

    def __init__(self, message: str, since: tuple[CaseAct, ...]) -> None:
        super().__init__(Finding("", message))
        self.since = since


def refused(column: str, message: str) -> CaseworkRefused:
    """A refusal with one finding."""
    return CaseworkRefused(Finding(column, message))


def from_rules(error: ActRefused) -> CaseworkRefused:
    """The law's refusal, by field where fields are missing."""
    if error.missing:
        found = [Finding(code, f"“{FIELDS[code].label}”没有填；填好再办。") for code in error.missing]
        return CaseworkRefused(*found, instead=error.instead)
    return CaseworkRefused(Finding("", str(error)), instead=error.instead)
