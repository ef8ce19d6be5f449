"""What the archive keeps sealed (档案加密的地方): the packages."""

from __future__ import annotations

from gongkai.archive.package import opens_at
from gongkai.foundation.sealed_places import AnyPlace, Files

PLACES: tuple[AnyPlace, ...] = (
    Files(
        "归档包",
        "archive.ArchivePackage",
        "file",
        lambda row: opens_at(row.dossier),
        related=("case", "side"),
    ),
)
