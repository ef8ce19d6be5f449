"""What the archive refuses (不能这样做), in words that name the cure."""

from __future__ import annotations

from gongkai.foundation.kinds import Finding


class ArchiveRefused(Exception):
    """Nothing was changed; ``findings`` say what is wrong, by field."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("；".join(f.message for f in findings))
        self.findings = findings


def refused(field: str, message: str) -> ArchiveRefused:
    """A refusal of one field, "" for the whole."""
    return ArchiveRefused(Finding(field, message))
