"""What the demonstration enters (演示记录): one item is one row of a register, by kind."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Item:
    """One record to enter: whose, its values by column code, its evidence file's name."""

    organ: str
    values: dict[str, Any]
    evidence: str = ""


@dataclass(slots=True)
class Collection:
    """Items by kind, in the order they are entered; evidence files by name."""

    items: dict[str, list[Item]] = field(default_factory=lambda: defaultdict(list))
    files: dict[str, bytes] = field(default_factory=dict)

    def add(self, kind: str, organ: str, *, evidence: str = "", **values: Any) -> None:
        """Add one item."""
        self.items[kind].append(Item(organ, values, evidence))

    def __len__(self) -> int:
        return sum(map(len, self.items.values()))
