"""Measuring side by side: interleaved runs, medians, and the page of results."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "measured.md"
HEAD = """# Measured

Each figure was measured by the script named, on the machine and day named, interleaved with its reference
(A B A B …), median of the runs. `make bench` measures again and replaces the section of each script.
"""


def interleaved(runs: int, *works: Callable[[], object]) -> list[float]:
    """The median seconds of each work, run in turn."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(runs):
        for place, work in enumerate(works):
            start = time.perf_counter()
            work()
            times[place].append(time.perf_counter() - start)
    return [statistics.median(found) for found in times]


def record(name: str, lines: list[str], day: str) -> None:
    """Put the section of one benchmark into the page of results, in place of the last one."""
    text = PAGE.read_text("utf-8") if PAGE.exists() else HEAD
    sections = {part.split("\n", 1)[0]: part for part in text.split("\n## ")[1:]}
    title = f"{name}"
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    sections[title] = f"{title}\n\nMeasured {day} on {machine}.\n\n" + "\n".join(lines) + "\n"
    ordered = [sections[key].rstrip() for key in sorted(sections)]
    PAGE.write_text(HEAD + "".join(f"\n## {part}\n" for part in ordered), "utf-8")


def milliseconds(seconds: float) -> str:
    """For a line of results."""
    return f"{seconds * 1000:.3g} ms"
