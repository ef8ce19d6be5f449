"""Reading a text of law by its divisions (条、款、项)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gongkai.rules.legislation.instruments import INSTRUMENTS

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100}
_ARTICLE = re.compile(r"^第([零一二三四五六七八九十百]+)条(?:之([一二三四五六七八九十]+))?[ \u3000]+(.*)$")
_ITEM = re.compile(r"^[（(]([一二三四五六七八九十]+)[）)]")
_HEADING = re.compile(r"^#|^<!--")


def number_of(chinese: str) -> int:
    """The number written in a text of law: 三十三 is 33."""
    total = current = 0
    for character in chinese:
        if character in _UNITS:
            total += (current or 1) * _UNITS[character]
            current = 0
        else:
            current = _DIGITS[character]
    return total + current


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph (款) with its numbered items (项), each as printed."""

    lead: str
    items: tuple[tuple[int, str], ...]

    @property
    def text(self) -> str:
        """The paragraph with its items, one line each."""
        return "\n".join((self.lead, *(text for _, text in self.items)))


@dataclass(frozen=True, slots=True)
class Article:
    """One article (条), without the words 第…条. ``sub`` counts 之一, 之二."""

    number: int
    sub: int
    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        """All paragraphs, one line each."""
        return "\n".join(p.text for p in self.paragraphs)

    def part(self, paragraph: int | None, item: int | None) -> str | None:
        """The words of a paragraph or an item; None where the article has no such part.

        An item named without its paragraph is found where only one paragraph has an item of that number.
        """
        if paragraph is not None and not 1 <= paragraph <= len(self.paragraphs):
            return None
        chosen = self.paragraphs if paragraph is None else (self.paragraphs[paragraph - 1],)
        if item is None:
            return self.text if paragraph is None else chosen[0].text
        found = [text for p in chosen for number, text in p.items if number == item]
        return found[0] if len(found) == 1 else None


def _parse(lines: list[str]) -> dict[tuple[int, int], Article]:
    found: dict[tuple[int, int], list[list[str]]] = {}
    current: list[list[str]] | None = None
    for line in (raw.strip() for raw in lines):
        if not line or _HEADING.match(line):
            continue
        start = _ARTICLE.match(line)
        if start:
            sub = number_of(start[2]) if start[2] else 0
            current = found.setdefault((number_of(start[1]), sub), [])
            current.append([start[3].strip()])
        elif current is not None:
            if _ITEM.match(line):
                current[-1].append(line)
            else:
                current.append([line])
    return {key: Article(*key, tuple(map(_paragraph, parts))) for key, parts in found.items()}


def _paragraph(lines: list[str]) -> Paragraph:
    items = []
    for line in lines[1:]:
        number = _ITEM.match(line)
        items.append((number_of(number[1]) if number else 0, line))
    return Paragraph(lines[0], tuple(items))


@cache
def articles(instrument: str) -> dict[tuple[int, int], Article]:
    """Every article of a text by (number, sub); empty where the project holds no full text."""
    file = INSTRUMENTS[instrument].file
    if file is None:
        return {}
    text = files("gongkai.rules.legislation").joinpath("texts", file).read_text("utf-8")
    return _parse(text.splitlines())


def article_text(
    instrument: str, article: int, paragraph: int | None = None, item: int | None = None
) -> str | None:
    """The words of a provision, as printed; None without a full text or where there is no such part.

    Raises KeyError for an instrument nobody registered.
    """
    found = articles(instrument).get((article, 0))
    return found.part(paragraph, item) if found else None
