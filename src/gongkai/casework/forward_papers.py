"""The papers that go along with a request handed on (随转的材料): chosen by who hands it on, kept anew by who enters it.

Until the other organ enters the request, nothing of them is there: its people see what they are, by kind and size.
What is entered has papers of its own, sealed for its own case, each with the paper it came from.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongkai.casework.files import NewPaper, add_kept, keep_sealed, name_token, opened
from gongkai.casework.given import ALONG
from gongkai.casework.lives import texts_of_many
from gongkai.casework.models import Case, CaseAct, CaseFile, CaseForward, SealedText
from gongkai.casework.refusals import refused
from gongkai.foundation.actors import Actor
from gongkai.foundation.files import FileMissing
from gongkai.foundation.personal import Unreadable

HANDS_ON = "forward"
# They are sealed anew while others wait: beyond this they are sent some other way.
MOST_ALONG = 20
MOST_TOGETHER = 50 * 1024 * 1024
_P = CaseFile.Purpose
# What is the applicant's own; why this organ was asked so often, and what was paid here, is no concern elsewhere.
_OWN = (_P.APPLICATION, _P.IDENTITY, _P.AUTHORITY, _P.SUPPLEMENT)


@dataclass(frozen=True, slots=True)
class MayGo:
    """A paper that may go along (可以随转的材料). ``sure``: known to be the applicant's own, so chosen at first."""

    paper: CaseFile
    name: str
    sure: bool


def may_go(case: Case) -> list[MayGo]:
    """The papers of the request, each with its name: the applicant's own, and others that may be."""
    rows = case.papers.filter(purpose__in=(*_OWN, _P.OTHER), to_applicant=False, file__destroyed_seq=None)
    papers = list(rows)
    texts = texts_of_many([case], *(name_token(one.place) for one in papers))[case.pk]
    return [MayGo(one, texts.get(name_token(one.place), "材料"), _sure(one)) for one in papers]


def _sure(paper: CaseFile) -> bool:
    """What a clerk filed under 其他 may be a note of the house."""
    own = paper.added_by.startswith("applicant:") or paper.came_from_id is not None
    return paper.purpose != _P.OTHER or own


def check(case: Case, act_id: str, given: Mapping[str, Any]) -> None:
    """Refuse papers that cannot go along (核对随转的材料). Raises CaseworkRefused."""
    if act_id != HANDS_ON or ALONG not in given:
        return
    chosen = set(given[ALONG])
    sizes = {one.paper.place: one.paper.size for one in may_go(case)}
    if chosen - set(sizes):
        raise refused(ALONG, "选的材料里有不能随转的；随转的只是申请人自己交的，从列出的几份里选。")
    if len(chosen) > MOST_ALONG:
        raise refused(ALONG, f"随转的材料最多 {MOST_ALONG} 份；少选几份，其余的另送。")
    if sum(sizes[place] for place in chosen) > MOST_TOGETHER:
        most = MOST_TOGETHER // 1024 // 1024
        raise refused(ALONG, f"随转的材料合起来超过 {most} MB；少选几份，其余的另送。")


def places_chosen(forwards: Iterable[CaseForward]) -> dict[int, tuple[int, ...]]:
    """Which papers go along with each forward, by its id, as the act that handed it on says: one query."""
    forwards = list(forwards)
    acts: dict[int, list[str]] = defaultdict(list)
    rows = CaseAct.objects.filter(case_id__in={one.case_id for one in forwards}, act=HANDS_ON)
    for case_id, given in rows.order_by("case_id", "place").values_list("case_id", "given"):
        acts[case_id].append(given)
    return {one.pk: _places(acts[one.case_id], one.place) for one in forwards}


def _places(acts: list[str], place: int) -> tuple[int, ...]:
    # A row beyond its acts was changed around the actions: it carries nothing, and the proof names it.
    return tuple(json.loads(acts[place]).get(ALONG, ())) if place < len(acts) else ()


def along_of_many(forwards: list[CaseForward]) -> dict[int, list[CaseFile]]:
    """The papers that go along with each forward, by its id: three queries.

    Not what was destroyed meanwhile; nothing of a person who was erased, which a paper without its name tells.
    """
    chosen = places_chosen(forwards)
    cases = {one.case_id for one in forwards if chosen[one.pk]}
    if not cases:
        return {one.pk: [] for one in forwards}
    rows = CaseFile.objects.filter(case_id__in=cases, file__destroyed_seq=None)
    papers = {(one.case_id, one.place): one for one in rows.select_related("file", "case")}
    names = SealedText.objects.filter(case_id__in=cases, token__startswith="file.")
    named = set(names.values_list("case_id", "token"))
    return {
        one.pk: [
            papers[one.case_id, place]
            for place in chosen[one.pk]
            if (one.case_id, place) in papers and (one.case_id, name_token(place)) in named
        ]
        for one in forwards
    }


def along(forward: CaseForward) -> list[CaseFile]:
    """The papers that go along with one forward (随这一件转来的材料): what they are, not what they are called."""
    return along_of_many([forward])[forward.pk]


def named(forward: CaseForward) -> list[tuple[CaseFile, str]]:
    """The same, each with its name; for who took it on, as a name may say who asks."""
    papers = along(forward)
    texts = texts_of_many([forward.case], *(name_token(one.place) for one in papers))[forward.case_id]
    return [(one, texts[name_token(one.place)]) for one in papers]


def put_in(forward: CaseForward, case: Case, *, by: Actor, now: datetime) -> None:
    """Make them papers of the case just entered (随转的材料放进案卷); call inside the filing's transaction.

    Raises CaseworkRefused where one of them cannot be opened.
    """
    for paper, name in named(forward):
        try:
            content = opened(paper)
        except (FileMissing, Unreadable) as wrong:
            raise refused(
                "",
                f"随转的第 {paper.place} 份材料打不开：{wrong}要先录入的，按“录入申请”另填一张，材料向转来的机关要。",
            ) from wrong
        new = NewPaper(
            paper.media_type, paper.size, name, paper.purpose, by, now, to_applicant=False, came_from=paper
        )
        add_kept(case, keep_sealed(case, content), new)


def misfits(case: Case, origin: CaseForward | None) -> bool:
    """Whether a paper of the case claims to have come along and did not (验证随转的材料)."""
    came = [one for one in case.papers.all() if one.came_from is not None]
    if not came:
        return False
    chosen = places_chosen([origin])[origin.pk] if origin is not None else ()
    return any(not _fits(one, one.came_from, origin, chosen) for one in came if one.came_from is not None)


def _fits(paper: CaseFile, source: CaseFile, origin: CaseForward | None, chosen: tuple[int, ...]) -> bool:
    same = (paper.purpose, paper.size, paper.media_type) == (source.purpose, source.size, source.media_type)
    return same and origin is not None and source.case_id == origin.case_id and source.place in chosen
