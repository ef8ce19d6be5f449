"""What the commands print (输出): results to standard output, everything else to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

DONE, FOUND_WRONG, COULD_NOT = 0, 1, 2
# Shorter work needs no lines in a log.
_LONG = 1000


class CouldNot(Exception):
    """A command that could not be done: exit status 2, and the message says what would help."""


def result(text: str) -> None:
    """Print a line of the result."""
    sys.stdout.write(text + "\n")


def result_json(value: Any) -> None:
    """Print the result as JSON, alone."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def say(text: str) -> None:
    """Tell the person at the terminal something that is not the result."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def progress(label: str) -> Callable[[int, int], None]:
    """A progress line for a terminal: what, n of N; elsewhere a line at each tenth of long work."""
    shown = -1

    def step(done: int, total: int) -> None:
        nonlocal shown
        tenth = done * 10 // max(total, 1)
        if tenth == shown and done != total:
            return
        shown = tenth
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{label}：{done} / {total}" + ("\n" if done == total else ""))
            sys.stderr.flush()
        elif total >= _LONG:
            say(f"{label}：{done} / {total}")

    return step
