"""A letter from the record (由记录生成文书): the template's words with the elements of the case in their places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from gongkai.rules.documents import Block, OfficialDocument, Paragraph
from gongkai.rules.requests.answer_words import ORGANISATION, PERSON, law_words
from gongkai.rules.requests.forms import Filled, form_blocks
from gongkai.rules.requests.letter_templates import (
    HEADING,
    PLACED,
    PLACEHOLDER,
    WORDS,
    default_template,
)
from gongkai.rules.requests.letters import LETTERS

__all__ = ["PLACED", "compose", "default_template"]

# Words of others that are quoted as given, never set into a sentence that runs on; 照录.
_QUOTED = ("request",)
# So long a quotation (characters) stands in paragraphs of its own.
_LONG = 160
_STOPS = "。！？；"


def compose(
    code: str,
    values: Mapping[str, str],
    *,
    organ: str,
    dated: date,
    template: str | None = None,
    grounds: Iterable[str] = (),
    enclosures: tuple[str, ...] = (),
    contact: str = "",
    to_organisation: bool = False,
    rows: Sequence[Sequence[str]] = (),
    details: Mapping[str, str] | None = None,
    order: str = "",
) -> OfficialDocument:
    """The letter (文书). ``values``: by element code; a missing one leaves its mark for the lint to name.

    ``to_organisation``: the reader is addressed as 你单位, not 您. ``rows``: the lines of a list or a form
    (``forms.COLUMNS``), ``details``: what else a form has boxes for (``forms.DETAILS``); letters use neither.
    ``order``: the sentence that names a judgment or decision obeyed.
    A value is put in as it is: marks and line breaks in it are words, each of its lines a paragraph.
    Raises KeyError for a letter nobody defined, FormRefused for rows or details a form has no place for.
    """
    letter, chosen = LETTERS[code], tuple(grounds)
    you = ORGANISATION if to_organisation else PERSON
    if letter.is_form:
        filled = Filled(values, organ, dated, tuple(map(tuple, rows)), details or {})
        blocks = form_blocks(code, filled)
    else:
        text = default_template(code, chosen) if template is None else template
        blocks = _paragraphs(text, {**values, "you": you, "law": law_words(code, chosen), "order": order})
    own = set(letter.elements)
    return OfficialDocument(
        code=code,
        title=letter.title.partition("（")[0],
        organ=organ,
        dated=dated,
        number=values.get("number", "") if "number" in own else "",
        addressee="" if letter.is_form or "addressee" not in own else values.get("addressee", ""),
        blocks=blocks,
        enclosures=enclosures,
        signed="seal" in own and not letter.is_form,
        contact=contact,
    )


def _paragraphs(template: str, values: Mapping[str, str]) -> tuple[Block, ...]:
    made: list[Paragraph] = []
    for line in template.splitlines():
        if HEADING.fullmatch(line.strip()) and not PLACEHOLDER.search(line):
            made.append(Paragraph(line.strip(), "heading"))
        else:
            made += _line(line.strip(), values)
    return tuple(one for one in made if one.text.strip())


def _line(line: str, values: Mapping[str, str]) -> list[Paragraph]:
    """One line of the template as paragraphs; each place is filled once, what was filled in is not read again."""
    made, current, at = [], "", 0
    for found in PLACEHOLDER.finditer(line):
        current += line[at : found.start()]
        at, code = found.end(), found[1]
        value = values.get(code, "")
        if not value.strip():
            current += "" if code in WORDS else found[0]
            continue
        lines = [one.strip() for one in value.splitlines() if one.strip()]
        if len(lines) > 1 or (code in _QUOTED and len(value) > _LONG):
            kind = "quote" if code in _QUOTED else "body"
            mark = current[len(current.rstrip("“")) :]
            made.append(Paragraph(current[: len(current) - len(mark)]))
            made += [Paragraph(mark * (not place) + one, kind) for place, one in enumerate(lines[:-1])]
            rest = line[at:]
            end = rest[: len(rest) - len(rest.lstrip("”。；"))]
            made.append(Paragraph(mark * (len(lines) == 1) + lines[-1] + _stopped(lines[-1], end), kind))
            at += len(end)
            current = ""
        else:
            current += lines[0]
            at += line[at : at + 1] == "。" and lines[0][-1] in _STOPS
    return [*made, Paragraph(current + line[at:])]


def _stopped(value: str, end: str) -> str:
    """The stop of the template after a value, unless the value has its own."""
    return "" if end == "。" and value[-1] in _STOPS else end
