"""Composing a letter of a case (生成文书): its elements, its wording, what a clerk edited, and what the lint says."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.casework.draft_text import Draft, edited
from gongkai.casework.file_values import contact_of, form_details, form_rows
from gongkai.casework.letter_matter import Matter
from gongkai.casework.letter_templates import wording
from gongkai.casework.letter_values import Values, values_of
from gongkai.casework.models import CaseFile
from gongkai.foundation.kinds import Finding
from gongkai.rules.documents import OfficialDocument
from gongkai.rules.requests import letter_lint
from gongkai.rules.requests.leaving import grounds_of
from gongkai.rules.requests.letter_compose import compose
from gongkai.rules.requests.letters import LETTERS
from gongkai.rules.requests.record_words import order_words


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter as it would leave now (拟出的文书). ``generated``: before anybody edited it."""

    code: str
    document: OfficialDocument
    generated: OfficialDocument
    faults: tuple[Finding, ...]

    @property
    def title(self) -> str:
        """What a list calls it."""
        return LETTERS[self.code].title


def composed(code: str, matter: Matter, *, number: str = "", draft: Draft | None = None) -> Composed:
    """The letter with everything that keeps it from leaving (生成并检查)."""
    values, grounds = values_of(code, matter, number), grounds_of(code, matter.life)
    form = LETTERS[code].is_form
    generated = compose(
        code,
        {element: words for element, words in values.known.items() if words},
        organ=matter.organ_name,
        dated=matter.on,
        template=None if form else wording(matter.case.organ, code),
        grounds=grounds,
        enclosures=_enclosures(code, matter),
        contact="" if form else contact_of(matter),
        to_organisation=matter.organisation(code),
        rows=form_rows(code, matter) if form else (),
        details=form_details(code, matter) if form else None,
        order=order_words(matter.life) if _answers(code) else "",
    )
    document = edited(generated, draft) if draft is not None else generated
    return Composed(code, document, generated, _faults(code, values, document, matter, grounds))


def _answers(code: str) -> bool:
    """Whether it answers the request: not one who withdrew it."""
    return code.startswith("reply-") and code != "reply-withdrawn"


def _enclosures(code: str, matter: Matter) -> tuple[str, ...]:
    """What goes with it: the form to answer on; with a reply the information, by the names of its files."""
    if code == "consult-third-party":
        return (LETTERS["consult-confirmation"].title,)
    if not code.startswith("reply-"):
        return ()
    purpose = CaseFile.Purpose.INFORMATION
    papers = matter.case.papers.filter(purpose=purpose, to_applicant=True).order_by("place")
    names = [matter.texts.get(f"file.{paper.place}.name", "") for paper in papers]
    return tuple(name.rpartition(".")[0] or name for name in names if name)


def _faults(
    code: str, values: Values, document: OfficialDocument, matter: Matter, grounds: tuple[str, ...]
) -> tuple[Finding, ...]:
    checked = letter_lint.Draft(code, values.known, document.text, matter.on, grounds)
    # The mark of an element that is missing is named once, by the element.
    marks = [f"{{{{{element}}}}}" for element, words in values.known.items() if not words.strip()]
    found = (
        Finding(fault.element, values.notes.get(fault.element) or fault.message)
        for fault in letter_lint.lint(checked)
        if fault.element or not any(mark in fault.message for mark in marks)
    )
    return tuple(dict.fromkeys(found))
