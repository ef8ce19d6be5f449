"""What the first answer did not need is loaded behind it (预热), so that the second visitor does not wait: ADR 16."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Event, Thread
from typing import Any

from django.core.signals import request_finished
from django.urls import URLResolver, get_resolver

from gongkai.foundation import kinds
from gongkai.foundation.deferred import load

# A worker that nobody asks is loaded all the same: the visitor who meets it first is another's second.
_LONGEST_WAIT = 2.0


def begin() -> None:
    """Load the whole URL map in a thread, once a page has been answered; called where a worker starts."""
    answered = Event()

    def note(**signal: Any) -> None:
        answered.set()

    def run() -> None:
        answered.wait(_LONGEST_WAIT)
        request_finished.disconnect(note)
        everything()

    request_finished.connect(note, weak=False)
    Thread(target=run, name="warm-up", daemon=True).start()


def everything() -> None:
    """Import every view and kind. The sections come last: each is one long import that others wait for."""
    patterns = get_resolver().url_patterns
    _load([one for one in patterns if one.__class__ is URLResolver])
    _load(patterns)
    kinds.all_kinds()


def _load(patterns: Iterable[Any]) -> None:
    for one in patterns:
        if isinstance(one, URLResolver):
            _load(one.url_patterns)
        else:
            load(one.callback.__module__)
