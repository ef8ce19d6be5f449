"""A day for the phone's calendar (日历文件), as RFC 5545 has it: one all-day event, folded and escaped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

MEDIA_TYPE = "text/calendar; charset=utf-8"
_LINE = 75
_BREAK = "\r\n"


@dataclass(frozen=True, slots=True)
class DayToKeep:
    """One day to be reminded of (要记住的一天). ``key`` stays the same, so that a later file moves the event."""

    key: str
    on: date
    title: str
    words: str
    url: str


def calendar_file(day: DayToKeep, *, now: datetime, sequence: int = 0) -> bytes:
    """The file, with a reminder at nine in the morning of the day before."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Gongkai//Request//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{_escaped(day.key)}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{sequence}",
        f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}",
        # The end of an all-day event is the first day that is no longer its own.
        f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(day.title)}",
        f"DESCRIPTION:{_escaped(day.words)}",
        f"URL:{day.url}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_escaped(day.title)}",
        "TRIGGER:-PT15H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(_folded(line) + _BREAK for line in lines).encode()


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\r\n", "\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 octets, never broken within a letter."""
    folded, room = "", _LINE
    for letter in line:
        size = len(letter.encode())
        if size > room:
            folded += f"{_BREAK} "
            room = _LINE - 1
        folded += letter
        room -= size
    return folded
