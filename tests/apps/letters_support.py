"""Letters for tests: a case in hand, the words of its letters, the proof."""

from __future__ import annotations

from typing import Any

from gongkai.casework.keeping import content_of
from gongkai.casework.models import Case, Letter
from gongkai.foundation.verification import verify
from tests.apps.casework_support import People, Told, told


def proven() -> None:
    assert [(b.place, b.message) for b in verify().breaks] == []


def handled(people: People, on: str = "2024-03-01", **changes: Any) -> Told:
    return told(people, on, **changes).registered(on)


def said(case: Case, code: str) -> str:
    """The words of the case's last letter of that kind."""
    return content_of(Letter.objects.filter(case=case, code=code).latest("place")).text
