"""A reply as a clerk edits it (改草稿): one line a paragraph; tables stand as marks and stay where they are."""

from __future__ import annotations

import difflib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from gongkai.foundation.canonical import canonical_json
from gongkai.rules.documents import Block, Form, OfficialDocument, Paragraph

_TABLE = "〔表{n}〕"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a clerk wrote (草稿). ``text`` None: the generated wording; ``filled``: elements by code."""

    text: str | None = None
    filled: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """As it is sealed."""
        return canonical_json({"text": self.text, "filled": dict(self.filled)})


def from_json(text: str) -> Draft:
    """The draft again."""
    said = json.loads(text)
    return Draft(said["text"], said["filled"])


def tidy(written: str) -> str:
    """The lines without invisible characters and without blanks at their ends; empty lines left out."""
    plain = unicodedata.normalize("NFC", written.replace("\r\n", "\n").replace("\r", "\n"))
    kept = "".join(c for c in plain if c == "\n" or unicodedata.category(c) not in ("Cf", "Cc", "Co", "Cs"))
    return "\n".join(line.strip() for line in kept.split("\n") if line.strip())


def lines_of(document: OfficialDocument) -> str:
    """The body as lines to edit (正文)."""
    return "\n".join(line for line, _ in _lines(document))


def _lines(document: OfficialDocument) -> list[tuple[str, Block]]:
    found: list[tuple[str, Block]] = []
    tables = 0
    for block in document.blocks:
        if isinstance(block, Form):
            tables += 1
            found.append((_TABLE.format(n=tables), block))
        else:
            found += [(line, replace(block, text=line)) for line in tidy(block.text).split("\n") if line]
    return found


def edited(document: OfficialDocument, draft: Draft) -> OfficialDocument:
    """The document with the clerk's lines for its body. A line that stayed keeps its look; a new one is plain."""
    if draft.text is None:
        return document
    before, after = _lines(document), tidy(draft.text).split("\n")
    blocks: list[Block] = []
    matcher = difflib.SequenceMatcher(None, [line for line, _ in before], after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            blocks += [block for _, block in before[i1:i2]]
            continue
        tables = [block for line, block in before[i1:i2] if isinstance(block, Form)]
        looks = [block for _, block in before[i1:i2] if isinstance(block, Paragraph)]
        for n, line in enumerate(after[j1:j2]):
            # A line put in the place of another of its kind: a heading that was reworded is a heading still.
            kind = looks[n].kind if len(looks) == j2 - j1 else "body"
            blocks.append(Paragraph(line, kind))
        # A table is the record's: it is edited there, and cannot be left out here.
        blocks += tables
    return replace(document, blocks=tuple(blocks))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a comparison (对照的一行). ``mark``: same, added or removed."""

    mark: str
    text: str


def compare(old: OfficialDocument, new: OfficialDocument) -> tuple[Line, ...]:
    """What was changed between two states of a body, line by line (改动对照); empty where nothing was."""
    before, after = lines_of(old).split("\n"), lines_of(new).split("\n")
    if before == after:
        return ()
    found: list[Line] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Line("same", line) for line in before[i1:i2]]
        else:
            found += [Line("removed", line) for line in before[i1:i2]]
            found += [Line("added", line) for line in after[j1:j2]]
    return tuple(found)
