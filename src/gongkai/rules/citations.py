"""Several provisions in one citation (引用数条), as letters write it: 《…》第三十三条第二款、第三款."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gongkai.rules.legislation import INSTRUMENTS, article_text
from gongkai.rules.legislation.reader import number_of
from gongkai.rules.provision import Provision, chinese_number

_NUMBER = "[零一二三四五六七八九十百]+"
_CITED = re.compile(
    rf"《([^《》]+(?:〈[^〈〉]+〉[^《》]*)?)》(?:（[^（）]*）)?(第{_NUMBER}条(?:第{_NUMBER}款)?(?:第[（(]{_NUMBER}[）)]项)?"
    rf"(?:、第{_NUMBER}(?:条|款)(?:第{_NUMBER}款)?(?:第[（(]{_NUMBER}[）)]项)?)*)"
)
_PLACE = re.compile(rf"第({_NUMBER})(条|款)|第[（(]({_NUMBER})[）)](项)")


def cite(provisions: Iterable[Provision]) -> str:
    """All provisions in order, each once; what a citation shares with the one before is not repeated."""
    parts: list[str] = []
    before: Provision | None = None
    for provision in dict.fromkeys(provisions):
        parts.append(_shortened(provision, before))
        before = provision
    return "、".join(parts)


def _shortened(provision: Provision, before: Provision | None) -> str:
    if before is None or before.instrument != provision.instrument or provision.article is None:
        return provision.citation()
    tail = provision.citation().removeprefix(provision.source.citation(article=True))
    if before.article != provision.article:
        return tail
    shorter = tail.removeprefix(f"第{chinese_number(provision.article)}条")
    return shorter or tail


def uncited(text: str) -> tuple[str, ...]:
    """The citations in a text that lead nowhere (查不到的条文): of laws held in full, in no version of them.

    A text the project does not hold is not doubted.
    """
    wrong = (
        f"《{title}》{place}"
        for title, places in _CITED.findall(text)
        for place, parts in _places(places)
        if not _stands(title, parts)
    )
    return tuple(dict.fromkeys(wrong))


def _places(places: str) -> Iterator[tuple[str, tuple[int, int | None, int | None]]]:
    """Each place of a citation of several; what is not repeated is taken from the one before."""
    article, paragraph = 0, None
    for words in places.split("、"):
        item = None
        for number, unit, item_number, _ in _PLACE.findall(words):
            if unit == "条":
                article, paragraph = number_of(number), None
            elif unit == "款":
                paragraph = number_of(number)
            else:
                item = number_of(item_number)
        yield words, (article, paragraph, item)


def _stands(title: str, parts: tuple[int, int | None, int | None]) -> bool:
    versions = [one.id for one in INSTRUMENTS.values() if one.title == title and one.file is not None]
    return not versions or any(article_text(one, *parts) is not None for one in versions)
