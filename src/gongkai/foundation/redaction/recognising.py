"""Numbers that name a person, found on a page (识别号码): identity cards, telephones, bank cards, by their checks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.foundation.redaction.model import Box, Sheet
from gongkai.foundation.redaction.passages import boxes_of
from gongkai.rules.identifiers import IdentifierRefused, check_email, check_identity, check_phone


@dataclass(frozen=True, slots=True)
class Recognised:
    """A number found (识别出的号码): what it is, how it is written there, and its boxes."""

    kind: str
    words: str
    boxes: tuple[Box, ...]


_SEPARATED = r"[ \-–—]?"
_CARD = re.compile(rf"(?<![0-9])(?:[0-9]{_SEPARATED}){{17}}[0-9Xx](?![0-9Xx])")
_BANK = re.compile(rf"(?<![0-9])(?:[0-9]{_SEPARATED}){{15,18}}[0-9](?![0-9])")
_MOBILE = re.compile(rf"(?<![0-9])1[3-9]{_SEPARATED}(?:[0-9]{_SEPARATED}){{8}}[0-9](?![0-9])")
_LANDLINE = re.compile(r"(?<![0-9])\(?0[0-9]{2,3}\)?[-–— ]?[2-9][0-9]{6,7}(?![0-9])")
_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9.-]{3,200}")


def recognise(sheet: Sheet, page: int, *, today: date) -> list[Recognised]:
    """Suggestions for a page; whether they are blackened a person decides."""
    signs = [
        (sign, index)
        for index, letter in enumerate(sheet.letters)
        for sign in (" " if letter.breaks else "") + unicodedata.normalize("NFKC", letter.text)
    ]
    text = "".join(sign for sign, _ in signs)
    found: list[Recognised] = []
    taken: set[int] = set()
    for kind, start, end in _matches(text, today):
        places = sorted({signs[at][1] for at in range(start, end) if not signs[at][0].isspace()})
        if taken.isdisjoint(places):
            taken.update(places)
            boxes = tuple(boxes_of([sheet.letters[place] for place in places], page))
            found.append(Recognised(kind, text[start:end].strip(), boxes))
    return found


def _matches(text: str, today: date) -> Iterator[tuple[str, int, int]]:
    """The surest kind first."""
    checks = (
        ("居民身份证号码", _CARD, lambda said: check_identity("identity-card", said, today=today)),
        ("银行卡号", _BANK, _bank),
        ("手机号码", _MOBILE, check_phone),
        ("固定电话", _LANDLINE, check_phone),
        ("电子邮箱", _EMAIL, check_email),
    )
    for kind, pattern, check in checks:
        for match in pattern.finditer(text):
            try:
                check(re.sub(r"[ –—-]", "", match[0]) if kind != "固定电话" else match[0].replace("–", "-"))
            except IdentifierRefused:
                continue
            yield kind, match.start(), match.end()


def _bank(number: str) -> str:
    """A card number by its check digit (Luhn). Raises IdentifierRefused."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    if total % 10 or len(set(number)) < 3:
        raise IdentifierRefused("银行卡号的校验位对不上；核对号码。")
    return number
