"""The life of a case and the calendar it is counted by (案情与日历)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache

from gongkai.casework import snapshot
from gongkai.casework.given import with_texts
from gongkai.casework.models import Case, Dossier, SealedText, SideText
from gongkai.foundation import personal
from gongkai.foundation.inserting import insert_tuples
from gongkai.foundation.models import Organ
from gongkai.foundation.statements import run
from gongkai.rules.calendar import WorkingCalendar, announced, parse_notice
from gongkai.rules.requests.facts import Life

_EXCERPT = 60


def life_of(case: Case) -> Life:
    """The facts of the case, personal words as tokens: enough for every clock, state and list."""
    return snapshot.decode(case.facts)


def full_life(case: Case, texts: Mapping[str, str] | None = None) -> Life:
    """The facts with their words (含文字的案情), for who may read the case and for its letters."""
    return with_texts(life_of(case), texts if texts is not None else texts_of(case))


def texts_of(dossier: Dossier) -> dict[str, str]:
    """Every sealed text of a file by token, opened; for one file, after the reader was checked."""
    return {row.token: personal.open_sealed(row.sealed, place=row.at) for row in dossier.sealed_texts.all()}


def excerpt_of(texts: Mapping[str, str]) -> str:
    """The first words of what is asked for (申请内容的开头), on one line, as lists show it."""
    words = texts.get("filing.title") or texts.get("filing.description") or ""
    return " ".join(words.split())[:_EXCERPT]


def texts_of_many(cases: Iterable[Case], *tokens: str) -> dict[int, dict[str, str]]:
    """Some texts of many cases, by case id: one query."""
    found: dict[int, dict[str, str]] = {case.pk: {} for case in cases}
    rows = SealedText.objects.filter(case_id__in=found, token__in=tokens)
    for case_id, token, sealed in rows.values_list("case_id", "token", "sealed"):
        found[case_id][token] = personal.open_sealed(sealed, place=SealedText.place(case_id, token))
    return found


def calendar_for(organ: Organ) -> WorkingCalendar:
    """The calendar an organ's cases are counted by: its district's, as ``calendars.calendar_of`` makes it."""
    region = region_of(organ)
    # By hand, as every act asks this inside the lock.
    rows = run(
        "SELECT content FROM foundation_storednotice WHERE region IN (%s, %s) ORDER BY entered_seq",
        ("national", region or "national"),
    )
    return made_of(region, tuple(content for (content,) in rows))


def region_of(organ: Organ) -> str:
    """The region whose festivals an organ keeps: its district's."""
    return (organ.parent if organ.parent is not None else organ).region or ""


@lru_cache(maxsize=32)
def made_of(region: str, contents: tuple[str, ...]) -> WorkingCalendar:
    """The calendar of these notices; made once, as counting through the years takes longer than an act."""
    return announced(region or None).with_notices([parse_notice(json.loads(c)) for c in contents])


def seal_texts(dossier: Dossier, texts: Mapping[str, str]) -> None:
    """Keep the words of an act, sealed; call inside its transaction."""
    table, place = (SealedText if isinstance(dossier, Case) else SideText), dossier.ref
    sealed = ((name, personal.seal(words, place=f"{place} {name}")) for name, words in texts.items())
    insert_tuples(table, [(dossier.pk, name, words) for name, words in sealed])
