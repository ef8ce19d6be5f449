"""The questions of an application (申请的六步), and the draft that goes with the visitor from one to the next.

The answers lie in the visitor's session, sealed under the data keys as a case's words are: no page and no cookie
carries them, the database holds no name in clear, and every question is an ordinary address, so that the back
button and a reload work and nothing is sent twice.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.casework import draft_papers
from gongkai.casework.draft_papers import DraftPaper
from gongkai.casework.filing import AgentGiven, ApplicantGiven, Filing
from gongkai.foundation import personal
from gongkai.rules.applicants import APPLICANT_CLASSES

_SESSION = "apply"
ORGANISATION_ID = "unified-credit-code"


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the questions. ``fields``: what it asks, each with the column a finding names it by."""

    code: str
    number: int
    title: str
    fields: Mapping[str, str]


STEPS: dict[str, Step] = {
    s.code: s
    for s in (
        Step("who", 1, "您以什么身份申请？", {"class": "applicant.class", "by": "by"}),
        Step(
            "person",
            1,
            "申请人是谁？",
            {
                "name": "applicant.name",
                "id_type": "applicant.id_type",
                "id_number": "applicant.id_number",
                "representative": "applicant.representative",
                "agent_name": "agent.name",
                "agent_id_type": "agent.id_type",
                "agent_id_number": "agent.id_number",
                "agent_phone": "agent.phone",
            },
        ),
        Step(
            "contact",
            2,
            "怎么联系您？",
            {"phone": "applicant.phone", "email": "applicant.email", "address": "applicant.address"},
        ),
        Step(
            "what",
            3,
            "您想要什么信息？",
            {"description": "description", "title": "title", "document_number": "document_number"},
        ),
        Step("organ", 4, "向哪个单位申请？", {"organ": "organ"}),
        Step("how", 5, "怎么给您？", {"form": "form", "delivery": "delivery"}),
        Step("papers", 5, "有材料要附上吗？", {"papers": "papers"}),
    )
}
ORDER = tuple(STEPS)
LAST = 6
FIELD_OF: dict[str, tuple[str, str]] = {
    column: (step.code, field) for step in STEPS.values() for field, column in step.fields.items()
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been answered so far (没提交的申请). ``key``: the one under which it is filed, once."""

    key: str
    values: dict[str, str]
    papers: tuple[DraftPaper, ...] = ()

    @property
    def organisation(self) -> bool:
        """Whether a legal person or other organisation asks."""
        known = APPLICANT_CLASSES.get(self.values.get("class", ""))
        return known is not None and known.organisation

    @property
    def by_agent(self) -> bool:
        """Whether somebody else acts for the applicant."""
        return self.values.get("by") == "agent"

    def filing(self) -> Filing:
        """The draft as a filing."""
        said = {name: self.values.get(name, "") for step in STEPS.values() for name in step.fields}
        agent = AgentGiven(
            name=said["agent_name"],
            id_type=said["agent_id_type"],
            id_number=said["agent_id_number"],
            phone=said["agent_phone"],
        )
        return Filing(
            applicant=ApplicantGiven(
                applicant_class=said["class"],
                representative=said["representative"] if self.organisation else "",
                **{n: said[n] for n in ("name", "id_type", "id_number", "phone", "email", "address")},
            ),
            agent=agent if self.by_agent else None,
            description=said["description"],
            title=said["title"],
            document_number=said["document_number"],
            form=said["form"],
            delivery=said["delivery"],
        )

    def answered(self, code: str) -> bool:
        """Whether a question was answered."""
        return any(self.values.get(name) for name in STEPS[code].fields)


def draft_of(session: Any) -> Draft:
    """The visitor's draft; a new one where there is none, or its key is gone."""
    kept = session.get(_SESSION)
    if isinstance(kept, dict) and isinstance(kept.get("key"), str):
        try:
            said = json.loads(personal.open_sealed(kept["sealed"], place=_place(kept["key"])))
            papers = tuple(DraftPaper(*one) for one in said["papers"])
            return Draft(kept["key"], said["values"], papers)
        except (personal.Unreadable, KeyError):
            pass
    return Draft(secrets.token_urlsafe(18), {})


def keep(session: Any, draft: Draft) -> None:
    """Put the draft back, sealed."""
    papers = [[one.token, one.purpose, one.name, one.size] for one in draft.papers]
    text = json.dumps({"values": draft.values, "papers": papers}, ensure_ascii=False)
    session[_SESSION] = {"key": draft.key, "sealed": personal.seal(text, place=_place(draft.key))}


def forget(session: Any) -> None:
    """Nothing of the draft stays (清除)."""
    draft_papers.drop(*draft_of(session).papers)
    session.pop(_SESSION, None)


def _place(key: str) -> str:
    return f"draft {key}"


def before(code: str) -> str:
    """The question before; "" before the first."""
    place = ORDER.index(code)
    return ORDER[place - 1] if place else ""


def after(code: str) -> str:
    """The question after; "" after the last."""
    place = ORDER.index(code) + 1
    return ORDER[place] if place < len(ORDER) else ""
