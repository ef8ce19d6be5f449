"""The content of a letter as bytes that are hashed and sealed (文书内容): an official document as canonical JSON."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from gongkai.foundation.canonical import canonical_json
from gongkai.rules.documents import Block, Cell, Form, OfficialDocument, Paragraph

FORM = 1


def sealed_content(document: OfficialDocument) -> str:
    """The content as it is sealed. Its salt keeps a guessed name from being proven by the open digest."""
    return canonical_json({"form": FORM, "salt": secrets.token_hex(16), "document": _plain(document)})


def digest_of(content: str) -> str:
    """The fingerprint of a sealed content (内容指纹)."""
    return hashlib.sha256(content.encode()).hexdigest()


def document_of(content: str) -> OfficialDocument:
    """The document again. Raises ValueError for a form this version does not know."""
    said = json.loads(content)
    if said.get("form") != FORM:
        raise ValueError(f"no letter form {said.get('form')!r}")
    return _document(said["document"])


def seen_digest(document: OfficialDocument) -> str:
    """The fingerprint of what somebody looked at before signing (看过的内容): all but number and day."""
    shown = {**_plain(document), "number": "", "dated": ""}
    return hashlib.sha256(canonical_json(shown).encode()).hexdigest()


def _plain(document: OfficialDocument) -> dict[str, Any]:
    return {**asdict(document), "dated": document.dated.isoformat()}


def _document(said: Mapping[str, Any]) -> OfficialDocument:
    known = {
        **said,
        "dated": date.fromisoformat(said["dated"]),
        "blocks": tuple(_block(one) for one in said["blocks"]),
        "enclosures": tuple(said["enclosures"]),
    }
    return OfficialDocument(**known)


def _block(said: Mapping[str, Any]) -> Block:
    if "rows" not in said:
        return Paragraph(**said)
    rows = tuple(tuple(Cell(**cell) for cell in row) for row in said["rows"])
    return Form(tuple(said["widths"]), rows, said["heads"])
