"""The parts of a case that other organs work on (案卷里的协办): what was asked, the answer, the material beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.casework.files import name_token
from gongkai.casework.models import CaseFile
from gongkai.casework.queries import Said, View, story
from gongkai.rules.requests.facts import Part


@dataclass(frozen=True, slots=True)
class PartShown:
    """One part on the page of the case (一份协办). ``answer``: what was said of it, "" while it waits."""

    part: Part
    standing: str
    answer: str
    papers: tuple[tuple[CaseFile, str, CaseFile | None], ...]


def parts_of(found: View, papers: list[CaseFile]) -> list[PartShown]:
    """The parts with their answers and what came with them, the first first; ``papers`` are the case's."""
    answers = _answers(story(found))
    taken = {one.taken_from_id: one for one in papers if one.taken_from_id is not None}
    return [
        PartShown(
            part, _standing(part), answers.get(n, ""),
            tuple(
                (one, found.texts.get(name_token(one.place), "材料"), taken.get(one.pk))
                for one in papers
                if one.purpose == CaseFile.Purpose.PART and one.part == n
            ),
        )
        for n, part in enumerate(found.life.parts)
    ]  # fmt: skip


def _standing(part: Part) -> str:
    if part.answered_on is not None:
        return f"{part.answered_on} 回复"
    if part.taken_back_on is not None:
        return f"{part.taken_back_on} 收回自办"
    return f"{part.due_on} 前回复"


def _answers(acts: tuple[Said, ...]) -> Mapping[int, str]:
    """What was answered to each part, by its place in the life; every round counts its own from nought."""
    given_out = before = 0
    found: dict[int, str] = {}
    for one in acts:
        if one.act.id == "reopen":
            before = given_out
        elif one.act.id == "assign_part":
            given_out += 1
        elif one.act.id == "part_answered":
            found[before + int(str(one.given["part"]))] = str(one.given.get("opinion", ""))
    return found
