"""What is already public and alike (已经公开的相近信息), for anybody who is about to ask for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from gongkai.disclosure.models import STANDING, Channel, InformationClass, Publication
from gongkai.foundation.models import OrganName
from gongkai.rules.requests.similar import shingles

# The newest publications alone are looked at: a phone must not make the server read ten million titles.
_LOOKED_AT = 5000
_LEAST_PAIRS, _LEAST_SHARE = 3, 0.4
# The year and the organ's name stand in every other title, and tell nothing of what it is about.
_YEAR = re.compile(r"\d{4}\s*年度?")


@dataclass(frozen=True, slots=True)
class PublicTitle:
    """Something published on the portal (已公开): ``url`` "" where only its title is known here."""

    title: str
    organ_id: int
    published_on: date
    url: str


def alike(text: str, most: int = 3) -> list[PublicTitle]:
    """The published titles nearest to the words, the nearest first; none where nothing is near."""
    wanted = shingles(_YEAR.sub("", text))
    if len(wanted) < _LEAST_PAIRS:
        return []
    rows = (
        Publication.objects.filter(STANDING, information__withdrawn_seq=None, channel=Channel.PORTAL)
        .exclude(information_class=InformationClass.BULLETIN)
        .order_by("-id")
        .values_list("information__title", "information__organ_id", "published_on", "url")[:_LOOKED_AT]
    )
    names = dict(OrganName.objects.filter(until_on=None).values_list("organ_id", "name"))
    found: dict[str, tuple[float, PublicTitle]] = {}
    for title, organ_id, published_on, url in rows:
        pairs = shingles(_YEAR.sub("", title.replace(names.get(organ_id, title), "")))
        shared = len(pairs & wanted)
        if (
            shared >= min(_LEAST_PAIRS, len(pairs)) > 0
            and shared / len(pairs) >= _LEAST_SHARE
            and title not in found
        ):
            safe = url if url.startswith(("https://", "http://")) else ""
            found[title] = (shared / len(pairs), PublicTitle(title, organ_id, published_on, safe))
    nearest = sorted(found.values(), key=lambda one: -one[0])
    return [one for _, one in nearest[:most]]
