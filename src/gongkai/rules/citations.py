"""Several provisions in one citation (引用数条), as letters write it: 《…》第三十三条第二款、第三款."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.rules.provision import Provision, chinese_number


def cite(provisions: Iterable[Provision]) -> str:
    """All provisions in order, each once; what a citation shares with the one before is not repeated."""
    parts: list[str] = []
    before: Provision | None = None
    for provision in dict.fromkeys(provisions):
        parts.append(_shortened(provision, before))
        before = provision
    return "、".join(parts)


def _shortened(provision: Provision, before: Provision | None) -> str:
    if before is None or before.instrument != provision.instrument or provision.article is None:
        return provision.citation()
    tail = provision.citation().removeprefix(provision.source.citation())
    if before.article != provision.article:
        return tail
    shorter = tail.removeprefix(f"第{chinese_number(provision.article)}条")
    return shorter or tail
