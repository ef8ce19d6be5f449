"""What a letter is made from (文书的材料): the case as the act leaves it, read once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F

from gongkai.casework.given import fill, from_json, with_texts
from gongkai.casework.letter_settings import LetterNeeds, needs_of
from gongkai.casework.lives import calendar_for, life_of, texts_of
from gongkai.casework.models import Case
from gongkai.foundation.models import Organ, OrganName
from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.requests.facts import Consultation, Life
from gongkai.rules.requests.letters import LETTERS

# A third party asked before anybody said what it is: what ends so is no person.
_ORGANISATION = re.compile(r"(公司|企业|厂|社|院|校|园|中心|局|所|会|行|集团|店|部|站|馆|队|场|庄)$")


@dataclass(frozen=True, slots=True)
class Done:
    """One act with what was filled in, words in place (办过的一个动作)."""

    act: str
    place: int
    on: date
    given: Mapping[str, Any]
    actor: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """Everything a letter may draw on. ``acts``: in order, the one it leaves with last.

    ``filled``: elements that a person wrote on the draft, for what no record holds; ``number``: of the letter
    that this one goes with.
    """

    case: Case
    life: Life
    texts: Mapping[str, str]
    acts: tuple[Done, ...]
    on: date
    needs: LetterNeeds
    calendar: WorkingCalendar
    organ_name: str
    government_name: str
    filled: Mapping[str, str] = field(default_factory=dict)
    number: str = ""

    @property
    def given(self) -> Mapping[str, Any]:
        """What was filled in for the act it leaves with."""
        return self.acts[-1].given if self.acts else {}

    def last(self, *names: str) -> Done | None:
        """The last act of these names."""
        return next((one for one in reversed(self.acts) if one.act in names), None)

    @property
    def consultation(self) -> Consultation | None:
        """The third party that is told, where one was picked; else the last one asked."""
        known = self.life.round.consultations
        place = self.given.get("consultation")
        if isinstance(place, int) and place < len(known):
            return known[place]
        return known[-1] if known else None

    def organisation(self, code: str) -> bool:
        """Whether the reader is an organisation (你单位, not 您)."""
        if LETTERS[code].to == "third-party":
            party = self.consultation.party if self.consultation is not None else ""
            name = str(self.asked().get("whom_name", ""))
            return party == "organisation" if party else _ORGANISATION.search(name) is not None
        return LETTERS[code].to == "organ" or self.case.applicant_class != "natural"

    def asked(self) -> Mapping[str, Any]:
        """What was filled in when the consultation at hand was sent: name and contact of the third party, content."""
        one = self.consultation
        names = ("consult_third_party", "consult_organ")
        sent = [
            d.given
            for d in self.acts
            if d.act in names and one is not None and d.given.get("whom") == one.whom
        ]
        return sent[-1] if sent else {}


def matter_of(
    case: Case,
    on: date,
    *,
    life: Life | None = None,
    texts: Mapping[str, str] | None = None,
    act: Done | None = None,
    filled: Mapping[str, str] | None = None,
) -> Matter:
    """The matter of a case on a day; in the midst of an act with the life, the words and the act it makes."""
    known = texts if texts is not None else texts_of(case)
    bare = life if life is not None else life_of(case)
    rows = [
        Done(
            row.act,
            row.place,
            row.on,
            {c: fill(v, known) for c, v in from_json(row.given).items()},
            row.actor,
        )
        for row in case.acts.all()
    ]
    government = case.organ.parent if case.organ.parent is not None else case.organ
    names = names_on([case.organ, government], on)
    return Matter(
        case=case,
        life=with_texts(bare, known),
        texts=known,
        acts=(*rows, *([act] if act is not None else [])),
        on=on,
        needs=needs_of(case.organ),
        calendar=calendar_for(case.organ),
        organ_name=names[case.organ_id],
        government_name=names[government.pk],
        filled=dict(filled or {}),
    )


def names_on(organs: list[Organ], day: date) -> dict[int, str]:
    """Each organ's full name on that day, by organ id: a letter of then bears the name of then."""
    names = {organ.pk: organ.code for organ in organs}
    rows = OrganName.objects.filter(organ__in=organs).order_by(F("from_on").asc(nulls_first=True), "id")
    first: set[int] = set()
    for row in rows:
        if row.organ_id not in first or row.from_on is None or row.from_on <= day:
            names[row.organ_id] = row.name
            first.add(row.organ_id)
    return names
