"""The wording of letters (文书模板): an organ's own, the district's, or the first one; checked, versioned, on record."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongkai.casework.draft_text import tidy
from gongkai.casework.letter_settings import MANAGE
from gongkai.casework.models import LetterTemplate
from gongkai.casework.refusals import CaseChanged, CaseworkRefused, refused
from gongkai.foundation import ledger
from gongkai.foundation.actors import Actor, require
from gongkai.foundation.kinds import Finding
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Organ
from gongkai.rules.requests import letter_compose
from gongkai.rules.requests.elements import ELEMENTS
from gongkai.rules.requests.letters import LETTERS, must_hold

SAVED = "letters.template_saved"
MOST_LETTERS = 20_000
_PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}")


@dataclass(frozen=True, slots=True)
class InUse:
    """The wording in use (在用的模板). ``organ`` None: the first wording of the program."""

    text: str
    organ: Organ | None
    version: int


def wording(organ: Organ, code: str) -> str | None:
    """The organ's own wording, else the district's; None for the first one."""
    row = _active(organ, code)
    return row.text if row is not None else None


def _active(organ: Organ, code: str) -> LetterTemplate | None:
    places = [organ.pk, *([organ.parent_id] if organ.parent_id else [])]
    rows = LetterTemplate.objects.select_related("organ").filter(organ_id__in=places, code=code, active=True)
    found = {row.organ_id: row for row in rows}
    return found.get(organ.pk) or found.get(organ.parent_id or 0)


def in_use(organ: Organ, code: str) -> InUse:
    """The wording an organ's letter of this kind is made with."""
    row = _active(organ, code)
    if row is None:
        return InUse(letter_compose.default_template(code), None, 0)
    return InUse(row.text, row.organ, row.version)


def versions(organ: Organ, code: str) -> list[LetterTemplate]:
    """Every version of the organ's own wording, the newest first."""
    return list(LetterTemplate.objects.filter(organ=organ, code=code).order_by("-version"))


def own_active(organ: Organ) -> dict[str, LetterTemplate]:
    """The organ's own wordings in use, by code of the letter."""
    return {row.code: row for row in LetterTemplate.objects.filter(organ=organ, active=True)}


def faults(code: str, text: str, grounds: Iterable[str] = ()) -> tuple[Finding, ...]:
    """What keeps a wording from being used (模板的检查): an element left out, a placeholder nobody knows."""
    check: Any = getattr(letter_compose, "check_template", None)
    if check is not None:
        return tuple(Finding("text", fault.message) for fault in check(code, text, grounds))
    known = set(must_hold(LETTERS[code], grounds))
    used = {name.strip() for name in _PLACEHOLDER.findall(text)}
    missing = [
        e for e in must_hold(LETTERS[code], grounds) if e not in letter_compose.PLACED and e not in used
    ]
    found = [Finding("text", f"少了{ELEMENTS[e].label}；在应写的地方放上 {{{{{e}}}}}。") for e in missing]
    found += [
        Finding("text", f"“{{{{{name}}}}}”不是这种文书的要件；删去，或者改成列出的几种。")
        for name in sorted(used - known)
    ]
    return tuple(found)


def save_template(
    organ: Organ, code: str, text: str, *, by: Actor, now: datetime, based_on: int | None = None
) -> LetterTemplate:
    """Use another wording from now on (改模板); letters already issued keep theirs.

    ``based_on``: the version the person had before them. Raises CaseworkRefused with every fault, CaseChanged,
    NotAllowed.
    """
    require(by, MANAGE, organ, "改文书模板")
    if code not in LETTERS:
        raise refused("code", f"没有“{code}”这种文书；从列出的几种里选。")
    words = tidy(text)
    if len(words) > MOST_LETTERS:
        raise refused("text", f"模板有 {len(words)} 个字，最多 {MOST_LETTERS} 个；写短一些。")
    found = faults(code, words) if words else (Finding("text", "模板是空的；写好正文，或者“恢复初始文字”。"),)
    if found:
        raise CaseworkRefused(*found)
    return _put(organ, code, words, active=True, by=by, now=now, based_on=based_on)


def reset_template(
    organ: Organ, code: str, *, by: Actor, now: datetime, based_on: int | None = None
) -> LetterTemplate:
    """Go back to the wording behind (恢复): the district's for a unit, the first one for the district."""
    require(by, MANAGE, organ, "改文书模板")
    if not LetterTemplate.objects.filter(organ=organ, code=code, active=True).exists():
        raise refused("", "没有自己的模板在用，不用恢复。")
    return _put(organ, code, "", active=False, by=by, now=now, based_on=based_on)


def _put(
    organ: Organ, code: str, text: str, *, active: bool, by: Actor, now: datetime, based_on: int | None
) -> LetterTemplate:
    with write_transaction():
        rows = LetterTemplate.objects.filter(organ=organ, code=code)
        last = rows.order_by("-version").first()
        reached = last.version if last else 0
        if based_on is not None and based_on != reached:
            raise CaseChanged(f"打开以后，这个模板有了第 {reached} 版；看过再改，写的还在。", ())
        if last is not None and last.active == active and last.text == text:
            return last
        seq = ledger.next_seq()
        rows.filter(active=True).update(active=False)
        row = LetterTemplate.objects.create(
            organ=organ, code=code, version=reached + 1, text=text, active=active, by=by.ref, at=now, seq=seq
        )
        ledger.append(
            SAVED,
            subject=f"letter-template:{organ.pk}:{code}",
            actor=by.ref,
            now=now,
            organ_code=organ.code,
            payload={"code": code, "version": row.version, "text": text, "active": active},
        )
    return row
