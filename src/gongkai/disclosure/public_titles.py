"""What is already public and alike (已经公开的相近信息), for anybody who is about to ask for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.disclosure.models import STANDING, Channel, InformationClass, NormativeDocument, Publication
from gongkai.foundation.models import OrganName
from gongkai.rules.requests.similar import shingles

# The newest publications alone are looked at: a phone must not make the server read ten million titles.
_LOOKED_AT = 5000
_LEAST_PAIRS, _LEAST_SHARE = 3, 0.4
# The year and the organ's name stand in every other title, and tell nothing of what it is about.
_YEAR = re.compile(r"\d{4}\s*年度?")
_FOUR = re.compile(r"(?:19|20)[0-9]{2}")


_ENDED = ("repealed", "expired", "declared_invalid")


@dataclass(frozen=True, slots=True)
class PublicTitle:
    """Something that is public (已公开): ``url`` "" where only its title is known here, ``kind`` in a word."""

    title: str
    organ_id: int
    published_on: date
    url: str
    kind: str = ""


def alike(text: str, also: Iterable[PublicTitle] = (), most: int = 3) -> list[PublicTitle]:
    """The public titles nearest to the words, the nearest first; none where nothing is near.

    ``also``: what is public elsewhere, to be weighed with the publications and the normative documents. Three
    queries, however many there are.
    """
    wanted = shingles(_YEAR.sub("", text))
    if len(wanted) < _LEAST_PAIRS:
        return []
    names = dict(OrganName.objects.filter(until_on=None).values_list("organ_id", "name"))
    named = {organ for organ, name in names.items() if _unit(name) in text}
    found: dict[str, tuple[float, PublicTitle]] = {}
    for one in (*also, *_publications(), *_documents()):
        plain = one.title.replace(names.get(one.organ_id, one.title), "")
        pairs = shingles(_YEAR.sub("", plain))
        shared = len(pairs & wanted)
        near = shared >= min(_LEAST_PAIRS, len(pairs)) > 0 and shared / len(pairs) >= _LEAST_SHARE
        if near and one.title not in found:
            found[one.title] = (shared / len(pairs) + _closer(one, text, named), one)
    nearest = sorted(found.values(), key=lambda pair: -pair[0])
    return [one for _, one in nearest[:most]]


def _closer(one: PublicTitle, text: str, named: set[int]) -> float:
    """How much nearer it is for being of the unit and the year that are named; farther for being of others."""
    wanted, its = set(_FOUR.findall(text)), set(_FOUR.findall(one.title))
    year = 0.0 if not wanted or not its else 1.0 if wanted & its else -1.0
    unit = 0.0 if not named else 1.0 if one.organ_id in named else -1.0
    return 0.2 * year + 0.3 * unit


def _unit(name: str) -> str:
    """The name of a unit without its district's, as people write it."""
    return re.split(r"[市区县旗]", name, maxsplit=1)[-1] or name


def _publications() -> list[PublicTitle]:
    rows = (
        Publication.objects.filter(STANDING, information__withdrawn_seq=None, channel=Channel.PORTAL)
        .exclude(information_class=InformationClass.BULLETIN)
        .order_by("-id")
        .values_list("information__title", "information__organ_id", "published_on", "url")[:_LOOKED_AT]
    )
    return [
        PublicTitle(title, organ_id, on, url if url.startswith(("https://", "http://")) else "")
        for title, organ_id, on, url in rows
    ]


def _documents() -> list[PublicTitle]:
    """The normative documents that still hold; they must be public (条例 art 20 item 1)."""
    rows = (
        NormativeDocument.objects.filter(STANDING)
        .exclude(events__event__in=_ENDED, events__withdrawn_seq=None)
        .order_by("-id")
        .values_list("title", "organ_id", "made_on", "document_number")[:_LOOKED_AT]
    )
    return [PublicTitle(title, organ_id, on, "", number) for title, organ_id, on, number in rows]
