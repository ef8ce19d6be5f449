"""Many due dates at once (批量计算期限): the same rank/select tables, as arrays."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from gongkai.rules.calendar import CalendarRefused, WorkingCalendar

Days = NDArray[np.datetime64]
_EPOCH = np.datetime64("1970-01-01", "D")
_EPOCH_ORDINAL = 719_163

_tables: WeakKeyDictionary[WorkingCalendar, list[tuple[int, NDArray[np.int64], Days]]] = WeakKeyDictionary()


def due_dates(calendar: WorkingCalendar, starts: Days, n: int) -> Days:
    """The n-th working day after each start. Raises YearNotAnnounced like ``add_working_days``."""
    if n < 1:
        raise CalendarRefused(f"工作日数是 {n}，至少是 1。")
    days = np.asarray(starts, dtype="datetime64[D]")
    ordinals = days.astype(np.int64) + (_EPOCH_ORDINAL + 1)
    if ordinals.size == 0:
        return days.copy()
    for first, rank, working in _arrays(calendar):
        places = ordinals - first
        if places.min() >= 0 and places.max() < rank.size:
            chosen = rank[places] + (n - 1)
            if chosen.max() < working.size:
                return working[chosen]
            break
    return _one_by_one(calendar, days, n)


def _one_by_one(calendar: WorkingCalendar, days: Days, n: int) -> Days:
    """For starts that straddle a gap between announced years, or run out of them (which raises)."""
    starts: list[Any] = days.ravel().tolist()
    due = [calendar.add_working_days(day, n) for day in starts]
    return np.array(due, dtype="datetime64[D]").reshape(days.shape)


def _arrays(calendar: WorkingCalendar) -> list[tuple[int, NDArray[np.int64], Days]]:
    found = _tables.get(calendar)
    if found is None:
        found = [(run.first, np.array(run.rank, dtype=np.int64), _as_days(run.days)) for run in calendar.runs]
        _tables[calendar] = found
    return found


def _as_days(ordinals: tuple[int, ...]) -> Any:
    return _EPOCH + (np.array(ordinals, dtype=np.int64) - _EPOCH_ORDINAL).astype("timedelta64[D]")
