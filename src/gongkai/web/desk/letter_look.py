"""A letter as a page shows it before it leaves (看文书): the sheet, what is wrong with it, what was changed in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gongkai.casework import acts
from gongkai.casework.composing import Composed
from gongkai.casework.draft_text import Line, compare
from gongkai.casework.drafting import draft_of
from gongkai.casework.issuing import reply_preview
from gongkai.casework.letter_content import seen_digest
from gongkai.casework.queries import View
from gongkai.foundation.kinds import Finding
from gongkai.rules.documents import Block, OfficialDocument, Paragraph, printed
from gongkai.rules.requests.elements import ELEMENTS
from gongkai.rules.requests.leaving import LEAVING_ACTS
from gongkai.rules.requests.letters import LETTERS, TO
from gongkai.web.clock import moment

# The acts at which the whole reply is looked at; its number comes with the last of them.
OF_THE_REPLY = frozenset({"submit", "sign", "return"})
UNSIGNED = "（草稿，未签发）"


@dataclass(frozen=True, slots=True)
class Look:
    """One letter on a page. ``edited``: against the generated wording; ``since``: against what was returned."""

    code: str
    title: str
    to: str
    paper: OfficialDocument
    day: str
    faults: tuple[Finding, ...] = ()
    edited: tuple[Line, ...] = ()
    since: tuple[Line, ...] = ()
    seen: str = ""

    @property
    def shown(self) -> OfficialDocument:
        """The letter as the page shows it: what is missing as a blank, never in the text that is edited."""
        return _with_blanks(self.paper)


_MISSING = re.compile(r"\{\{(" + "|".join(ELEMENTS) + r")\}\}")
_BLANK = "〔待补：{}〕"


def in_words(text: str) -> str:
    """What is still missing, as a blank that a clerk can read (待补)."""
    return _MISSING.sub(lambda found: _BLANK.format(ELEMENTS[found.group(1)].label), text)


def in_codes(text: str) -> str:
    """The blanks that a clerk left standing, as they are kept: what is filled in later takes their place."""
    for code, element in ELEMENTS.items():
        text = text.replace(_BLANK.format(element.label), f"{{{{{code}}}}}")
    return text


def _with_blanks(document: OfficialDocument) -> OfficialDocument:
    """What is still missing as a blank that a clerk can read (待补); what is signed is checked before."""

    def shown(block: Block) -> Block:
        if not isinstance(block, Paragraph):
            return block
        return replace(block, text=in_words(block.text))

    return replace(document, blocks=tuple(shown(block) for block in document.blocks))


def look_of(one: Composed, *, since: tuple[Line, ...] = (), but: tuple[str, ...] = ()) -> Look:
    """A composed letter as a look; ``but``: elements that a later step brings."""
    kind = LETTERS[one.code]
    return Look(
        one.code,
        kind.title,
        TO[kind.to],
        one.document,
        printed(one.document.dated),
        tuple(fault for fault in one.faults if fault.column not in but),
        compare(one.generated, one.document),
        since,
        seen_digest(one.document),
    )


def sheet(document: OfficialDocument) -> Look:
    """A letter that was issued, as a look."""
    kind = LETTERS[document.code]
    return Look(document.code, kind.title, TO[kind.to], document, printed(document.dated))


def reply_look(found: View, on: date, number: str = "") -> Look | None:
    """The reply in hand, with what the clerk edited and what was changed since it was returned."""
    case, texts = found.case, found.texts
    now = reply_preview(case, on, number=number, texts=texts)
    if now is None:
        return None
    but = () if number else ("number",)
    return look_of(now, since=_since_return(found, on, number, now), but=but)


def _since_return(found: View, on: date, number: str, now: Composed) -> tuple[Line, ...]:
    returned = next((row.place for row in reversed(found.acts) if row.act == "return"), 0)
    submitted = [row for row in found.acts if row.act == "submit" and row.place < returned]
    if not submitted:
        return ()
    draft = draft_of(found.case, found.texts, before=submitted[-1].seq)
    before = reply_preview(found.case, on, number=number, draft=draft, texts=found.texts)
    return compare(before.document, now.document) if before is not None else ()


def rehearsed(request: Any, found: View, act: str, given: dict[str, Any], on: date | None) -> list[Look]:
    """The letters an act would send. Raises CaseworkRefused."""
    made = acts.rehearse(found.case, act, given, by=request.actor, now=moment(request), on=on)
    return [look_of(one) for one in made]


def sends_letters(act: str) -> bool:
    """Whether an act other than the signing sends letters, which can be looked at before."""
    return act in LEAVING_ACTS


def marked(document: OfficialDocument) -> OfficialDocument:
    """The document marked as a draft (草稿标记), for a print that nobody has signed."""
    return replace(document, number=f"{document.number}{UNSIGNED}")
