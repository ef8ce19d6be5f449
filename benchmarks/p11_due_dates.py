"""P11: due dates in batch against a day loop over chinesecalendar, equal to it for every start day."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import chinese_calendar
import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from gongkai.rules.calendar import WorkingCalendar, announced
from gongkai.rules.calendar_batch import due_dates
from measuring import interleaved, milliseconds, record

LENGTHS = (7, 10, 15, 20, 40)


def by_day_loop(start: date, n: int) -> date:
    """The reference: one day after another."""
    day = start
    while n:
        day += timedelta(days=1)
        if chinese_calendar.is_workday(day):
            n -= 1
    return day


def starts_of(first: int, last: int, n: int) -> list[date]:
    """Every day of the announced years from which ``n`` working days can still be counted."""
    end = date(last, 12, 31) - timedelta(days=2 * n + 20)
    day, found = date(first, 1, 1), []
    while day <= end:
        found.append(day)
        day += timedelta(days=1)
    return found


def measure(share: int, runs: int) -> list[str]:
    """Compare every result, then time both over the same start days; returns the lines of the page."""
    calendar: WorkingCalendar = announced(None)
    years = [year for year in calendar.years if 2019 <= year <= 2026]
    lines = ["| working days | start days | equal | batch | day loop | ratio |", "|---|---|---|---|---|---|"]
    for n in LENGTHS:
        days = starts_of(min(years), max(years), n)[::share]
        array = np.array(days, dtype="datetime64[D]")
        expected = np.array([by_day_loop(day, n) for day in days], dtype="datetime64[D]")
        got = due_dates(calendar, array, n)
        assert (got == expected).all(), f"{n}: differs at {days[int(np.argmin(got == expected))]}"
        ours, loop = interleaved(
            runs,
            lambda n=n, array=array: due_dates(calendar, array, n),  # type: ignore[misc]
            lambda n=n, days=days: [by_day_loop(day, n) for day in days],  # type: ignore[misc]
        )
        row = (n, len(days), "all", milliseconds(ours), milliseconds(loop), f"{loop / ours:,.0f} ×")
        lines.append(f"| {' | '.join(map(str, row))} |")
    return [*lines, "", "Goal: ≥ 1,000 ×, equal for every start day. Command: `scripts/bench p11`."]


def main() -> None:
    """Measure and write down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=int, default=1, help="every n-th start day")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--no-record", action="store_true")
    arguments = parser.parse_args()
    lines = measure(arguments.share, arguments.runs)
    print("\n".join(lines))
    if not arguments.no_record:
        record("P11 due dates", lines, f"{datetime.now(UTC):%Y-%m-%d}")


if __name__ == "__main__":
    main()
