"""Words as they are compared (规范写法), and what is looked for of what was removed (要查的词)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# Shorter pieces of a removed text recur by themselves in any other text (six: a name with its verb, the last six
# of a number); from six on a piece tells what was removed.
FRAGMENT = 6
# From five on, digits in a row are a number of their own: looked for by themselves, whatever stands around them.
NUMBER = 5
# Backwards, two characters form by chance in any text; four do not.
BACKWARDS = 4
# Shorter than this, the numbers by which things are placed on a page form any number by chance.
TELLING = 8
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[-–—.·,，()（）/](?=[0-9])")
_NUMBERS = re.compile(rf"[0-9]{{{NUMBER},}}X?", re.IGNORECASE)


def normal(text: str) -> str:
    """Half width, small letters, no blanks, no invisible characters, numbers without their separators."""
    narrow = unicodedata.normalize("NFKC", text)
    kept = "".join(c for c in narrow if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc", "Cn"))
    return _BETWEEN_DIGITS.sub("", kept.casefold())


@dataclass(frozen=True, slots=True)
class Needles:
    """What is looked for (要查的词), in normal form.

    ``whole``: removed strings and the numbers in them, to be found nowhere. ``backwards``: the same read from
    the end. ``pieces``: fragments, to be found nowhere but in text that was left readable. ``short``: removed
    strings of one character, which no search can tell apart.
    """

    whole: frozenset[str]
    backwards: dict[str, str]
    pieces: frozenset[str]
    short: int


def needles_of(removed: Iterable[str]) -> Needles:
    """What to look for, from the strings that were removed."""
    strings = {normal(one) for one in removed} - {""}
    whole = {one for one in strings if len(one) > 1}
    numbers = {number.rstrip("x") for one in strings for number in _NUMBERS.findall(one)}
    whole |= numbers | {number for one in strings for number in _NUMBERS.findall(one)}
    backwards = {one[::-1]: one for one in whole if len(one) >= BACKWARDS and one != one[::-1]}
    pieces = {
        one[start : start + FRAGMENT]
        for one in whole
        if len(one) > FRAGMENT
        for start in range(len(one) - FRAGMENT + 1)
    }
    return Needles(frozenset(whole), backwards, frozenset(pieces), sum(len(one) == 1 for one in strings))


def found_in(text: str, needles: Needles, *, pieces: bool) -> list[str]:
    """The removed words that a normal text holds; ``pieces``: fragments too."""
    found = [one for one in needles.whole if one in text]
    found += [forward for backward, forward in needles.backwards.items() if backward in text]
    if pieces and not found:
        windows = {text[at : at + FRAGMENT] for at in range(len(text) - FRAGMENT + 1)}
        found += sorted(windows & needles.pieces)[:3]
    return sorted(dict.fromkeys(found), key=lambda one: (-len(one), one))


def _turned(one: str) -> str:
    return one[::-1] if len(one) >= BACKWARDS else one


def found_in_stream(text: str, needles: Needles) -> list[str]:
    """The removed words that a stream of the file's own instructions holds.

    Its numbers are places and sizes: a removed number is looked for as it is written, and from ``TELLING`` digits on.
    """
    plain, low = normal(text), text.casefold()
    found = []
    for one in needles.whole:
        digits = one.rstrip("x").isdigit()
        if (len(one) >= TELLING and one in low) if digits else (one in plain or _turned(one) in plain):
            found.append(one)
    return sorted(found)
