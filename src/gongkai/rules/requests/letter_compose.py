"""A letter from the record (由记录生成文书): the template's words with the elements of the case in their places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from gongkai.rules.documents import OfficialDocument, Paragraph
from gongkai.rules.requests.elements import ELEMENTS
from gongkai.rules.requests.letters import LETTERS, must_hold

# Elements that have a place of their own on the page, outside the template's text.
PLACED = ("number", "addressee", "seal", "date")


def default_template(code: str, grounds: Iterable[str] = ()) -> str:
    """The first wording of a letter (文书的初始正文). Raises KeyError for a letter nobody defined."""
    own = [e for e in must_hold(LETTERS[code], grounds) if e not in PLACED]
    return "\n".join(f"{ELEMENTS[e].label}：{{{{{e}}}}}" for e in own)


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
) -> OfficialDocument:
    """The letter (文书). ``values``: by element code; a missing one leaves its mark for the lint to name."""
    letter = LETTERS[code]
    text = default_template(code, grounds) if template is None else template
    for element, value in values.items():
        text = text.replace(f"{{{{{element}}}}}", value)
    return OfficialDocument(
        code=code,
        title=letter.title.partition("（")[0],
        organ=organ,
        dated=dated,
        number=values.get("number", ""),
        addressee=values.get("addressee", ""),
        blocks=tuple(Paragraph(line) for line in text.splitlines() if line.strip()),
        enclosures=enclosures,
        signed="seal" in letter.elements,
        contact=contact,
    )
