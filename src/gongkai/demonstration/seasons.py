"""When in the year a thing happens (时令): nobody plants trees in September."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

# A word in a title, and the months in which such a title can stand.
_MONTHS: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("植树造林", (3, 4)),
    ("春季", (2, 3, 4)),
    ("春灌", (3, 4)),
    ("春耕", (2, 3, 4)),
    ("备耕", (2, 3)),
    ("秋冬", (9, 10, 11)),
    ("冬灌", (10, 11)),
    ("冬春", (11, 12)),
    ("秸秆", (3, 4, 9, 10, 11)),
    ("防汛", (5, 6, 7, 8)),
    ("汛期", (5, 6, 7, 8)),
    ("水旱", (5, 6, 7, 8)),
    ("防溺水", (5, 6, 7, 8)),
    ("招生", (5, 6, 7, 8)),
    ("开学", (2, 3, 8, 9)),
    ("暑期", (7, 8)),
    ("毕业生", (6, 7, 8, 9)),
    ("安全生产月", (5, 6)),
    ("防火", (2, 3, 4, 10, 11, 12)),
    ("征缴", (9, 10, 11, 12)),
    ("参保缴费", (9, 10, 11, 12)),
    ("人口普查", (5, 6, 7, 9)),
    ("“八五”", (6, 7, 8, 9, 10, 11)),
    ("供暖", (10, 11, 12)),
    ("扫雪", (1, 11, 12)),
    ("春联", (1, 2)),
    ("春节", (1, 2)),
    ("年货", (1, 2)),
    ("端午", (6,)),
    ("重阳", (10,)),
    ("国庆", (9, 10)),
    ("丰收", (8, 9, 10)),
    ("麦收", (6, 7)),
    ("纳凉", (6, 7, 8)),
    ("灌溉", (4, 5, 6, 7, 8)),
    ("决算", (2, 3, 8, 9)),
    ("预算", (2, 3)),
    ("年度报告", (1, 2)),
)


def months_of(title: str) -> tuple[int, ...]:
    """The months in which something of that title can happen."""
    for word, months in _MONTHS:
        if word in title:
            return months
    return tuple(range(1, 13))


def dated(random: Random, titles: Sequence[str], days: Sequence[date]) -> list[tuple[date, int]]:
    """A day for each title that fits its season, in order of days; with the title's place in the list."""
    by_month: dict[int, list[date]] = {}
    for day in days:
        by_month.setdefault(day.month, []).append(day)
    found = []
    for place, title in enumerate(titles):
        fitting = [day for month in months_of(title) for day in by_month.get(month, ())]
        found.append((random.choice(fitting or list(days)), place))
    return sorted(found)
