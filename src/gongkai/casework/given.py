"""What was filled in for an act, split in two (填写的内容): the open part, and words that could name a person.

A personal word is replaced by its token (``3.reason``), so that neither the life of a case nor the open part of
the ledger ever holds it; ``with_texts`` puts the words back for who may read them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any

from gongkai.foundation.canonical import canonical_json
from gongkai.rules.requests.facts import Life, Passage
from gongkai.rules.requests.fields import FIELDS, Field

MARK = "⟦"
_CLOSE = "⟧"
# Names of organs and printed numbers are no personal data, and the law's own checks read them.
OPEN_TEXT = frozenset({"whom", "organ", "contact", "number", "order_number"})
_SEALED_KINDS = frozenset({"text", "long"})
# Words an act may carry beside the fields of the law: who a third party is, what the clerk notes.
EXTRAS: dict[str, str] = {
    "whom_name": "第三方的姓名或者名称",
    "whom_contact": "第三方的联系方式",
    "content": "拟公开的内容",
    "access": "获取的方式、途径和时间",
    "earlier": "此前的答复",
    "note": "备注",
}
# The places of the papers that go along with a request handed on: numbers, no words.
ALONG, ALONG_LABEL = "along", "随转的材料"
ERASED = "（已删除）"
MOST_LETTERS = 20_000


@dataclass(frozen=True, slots=True)
class Split:
    """``open`` goes to the law and the ledger; ``texts`` are sealed, by token."""

    open: dict[str, Any]
    texts: dict[str, str]


_THIRD_PARTY = re.compile(r"第三方[甲乙丙丁戊己庚辛壬癸]\d{0,3}")
_STEMS = "甲乙丙丁戊己庚辛壬癸"


def named_apart(given: Mapping[str, Any], before: int) -> dict[str, Any]:
    """A third party under a key (第三方甲), the name sealed: a name typed where the key belongs is moved.

    ``before``: how many third parties the case has asked already.
    """
    whom = str(given.get("whom") or "").strip()
    if not whom or _THIRD_PARTY.fullmatch(whom):
        return dict(given)
    turn, place = divmod(before, len(_STEMS))
    key = f"第三方{_STEMS[place]}{turn or ''}"
    return {**given, "whom": key, "whom_name": given.get("whom_name") or whom}


def token(place: int, code: str) -> str:
    """The token of one field of one act."""
    return f"{place}.{code}"


def split(given: Mapping[str, Any], place: int) -> Split:
    """The two parts of what was filled in for the act at ``place``; blanks are left out."""
    open_: dict[str, Any] = {}
    texts: dict[str, str] = {}

    def seal(code: str, words: str) -> str:
        texts[token(place, code)] = words.strip()
        return f"{MARK}{token(place, code)}{_CLOSE}"

    for code, value in given.items():
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        if code == "passages":
            open_[code] = tuple(
                replace(one, place=seal(f"passages.{n}", one.place) if one.place.strip() else "")
                for n, one in enumerate(value)
            )
        elif isinstance(value, str) and _sealed(code):
            open_[code] = seal(code, value)
        else:
            # What looks like a token is none: nobody reads another word by typing its name.
            open_[code] = value.replace(MARK, "[") if isinstance(value, str) else value
    return Split(open_, texts)


def _sealed(code: str) -> bool:
    if code in OPEN_TEXT:
        return False
    return code in EXTRAS or (code in FIELDS and FIELDS[code].kind in _SEALED_KINDS)


def to_json(open_: Mapping[str, Any]) -> str:
    """The open part as canonical JSON, by the kinds of the fields."""
    return canonical_json({code: _plain(value) for code, value in open_.items()})


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Passage):
        return {"place": value.place, "ground": value.ground}
    return [_plain(one) for one in value] if isinstance(value, tuple | list) else value


def from_json(text: str, known: Mapping[str, Field] = FIELDS) -> dict[str, Any]:
    """The open part again, ready for the law; ``known``: the fields of a request's acts, or of the other kinds'."""
    said: dict[str, Any] = json.loads(text)
    for code, value in said.items():
        if code == "passages":
            said[code] = tuple(Passage(place=one["place"], ground=one["ground"]) for one in value)
        elif isinstance(value, list):
            said[code] = tuple(value)
        elif code in known and known[code].kind == "date":
            said[code] = date.fromisoformat(value)
    return said


def with_texts(life: Life, texts: Mapping[str, str]) -> Life:
    """The life with its words in place of their tokens; an erased word says so."""
    filled: Life = fill(life, texts)
    return filled


def words(value: str, texts: Mapping[str, str]) -> str:
    """One value with the word in place of its token."""
    if not value.startswith(MARK):
        return value
    return texts.get(value.strip(MARK + _CLOSE), ERASED)


def fill(value: Any, texts: Mapping[str, str]) -> Any:
    """Any part of a life, or of what was given, with words in place of tokens."""
    if isinstance(value, str):
        return words(value, texts)
    if isinstance(value, tuple):
        return tuple(fill(one, texts) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: fill(getattr(value, f.name), texts) for f in fields(value)})
    return value
