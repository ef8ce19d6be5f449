"""Choosing without chance (取样): shares that add up exactly, days that are the same on every machine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

T = TypeVar("T")
_NUMBERS = re.compile(r"[0-9０-９〇零一二三四五六七八九十百千]")


def chance(name: str) -> Random:
    """A source of choices that is the same for the same name."""
    return Random(name)


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """A total split by weights, exactly: largest remainders first."""
    whole = sum(weights)
    found = [total * weight // whole for weight in weights]
    rest = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in rest[: total - sum(found)]:
        found[i] += 1
    return found


def bare(title: str) -> str:
    """A title without its numbers: two titles of a unit must differ in more than these."""
    return _NUMBERS.sub("", title)


class Titles:
    """Hands out titles that no other title of the same unit resembles but for a number."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, str]] = set()

    def take(self, owner: str, wanted: int, candidates: Iterable[T], title: object = None) -> list[T]:
        """The first ``wanted`` candidates not taken yet. Raises ValueError where there are too few."""
        found: list[T] = []
        for candidate in candidates:
            if len(found) == wanted:
                break
            text = title(candidate) if callable(title) else str(candidate)
            key = (owner, bare(text))
            if key not in self._seen:
                self._seen.add(key)
                found.append(candidate)
        if len(found) < wanted:
            raise ValueError(f"{owner}: only {len(found)} of {wanted} titles")
        return found


def crossed(random: Random, *lists: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every combination once, in a mixed order that soon has met each item."""
    combinations: list[tuple[str, ...]] = [()]
    for one in lists:
        combinations = [(*before, item) for before in combinations for item in one]
    random.shuffle(combinations)
    return iter(combinations)


# Days off that fell on weekdays in 2021, and the year's other holidays: nothing is issued on them.
_OFF_2021 = {
    date(2021, month, day)
    for month, days in ((1, (1,)), (2, (11, 12, 15, 16, 17)), (4, (5,)), (5, (3, 4, 5, 13)), (6, (14,)),
                        (7, (20,)), (9, (20, 21)), (10, (1, 4, 5, 6, 7)))
    for day in days
}  # fmt: skip


def working_days(first: date, last: date) -> list[date]:
    """The days on which offices issue documents."""
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    return [day for day in days if day.weekday() < 5 and day not in _OFF_2021]


def spread(random: Random, count: int, days: Sequence[date]) -> list[date]:
    """Days for ``count`` things, in order, over the whole span."""
    return sorted(random.choice(days) for _ in range(count))
