"""What a question offers (备选): the organs, the likely ones first, and what is already public and alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from gongkai.disclosure import public_titles
from gongkai.disclosure.public_titles import PublicTitle
from gongkai.foundation.models import Organ
from gongkai.web.portal.apply_steps import Draft
from gongkai.web.portal.catalogue import Names, Unit, listed, units

_MOST_LIKELY = 3
_KIND_WORDS = ("局", "委员会", "委", "办公室", "中心", "镇", "乡", "街道办事处", "人民政府")


@dataclass(frozen=True, slots=True)
class Public:
    """Something that is already public (已经公开的)."""

    title: str
    organ: str
    published_on: date
    url: str
    kind: str


def beside(words: str) -> list[Public]:
    """What is already public and alike to what is described: publications, normative documents, annual reports."""
    if not words.strip():
        return []
    named = Names()
    found = public_titles.alike(words, _reports(words, named))
    if not found:
        return []
    organs = Organ.objects.in_bulk([one.organ_id for one in found])
    return [
        Public(one.title, named.now(organs[one.organ_id]), one.published_on, one.url, one.kind)
        for one in found
    ]


def _reports(words: str, named: Names) -> list[PublicTitle]:
    """The published annual reports, of the year that is named where one is."""
    years = set(re.findall(r"(?:19|20)[0-9]{2}", words))
    return [
        PublicTitle(
            f"{one.name}{one.year}年政府信息公开工作年度报告",
            one.organ.pk,
            one.published_on,
            reverse("portal:report", args=[one.organ.code, one.year]),
            "年度报告",
        )
        for one in listed(named=named)
        if not years or str(one.year) in years
    ]


def organ_choices(draft: Draft, short: str) -> list[tuple[str, list[Unit]]]:
    """The organs of today by kind; before them those that the description names, or that published the like."""
    groups = units(short)
    every = [one for _, group in groups for one in group]
    words = words_of(draft)
    published = {one.organ_id for one in public_titles.alike(words)}
    likely = [one for one in every if _named(one, words)]
    likely += [one for one in every if one.organ.pk in published and one not in likely]
    likely = [one for one in likely if one.organ.kind != "government"][:_MOST_LIKELY]
    return [("从您写的看，可能是", likely), *groups] if likely else groups


def _named(unit: Unit, words: str) -> bool:
    """Whether the description names the unit, with or without the word for its kind."""
    stem = unit.short
    for end in _KIND_WORDS:
        stem = stem.removesuffix(end)
    return unit.short in words or (len(stem) >= 2 and stem in words)


def words_of(draft: Draft) -> str:
    """What is described, with its title."""
    return f"{draft.values.get('title', '')} {draft.values.get('description', '')}"
