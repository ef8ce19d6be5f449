"""The wording of letters (文书模板): an organ's own, the district's, or the first one; checked, versioned, on record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gongkai.casework.draft_text import tidy
from gongkai.casework.letter_settings import MANAGE
from gongkai.casework.models import LetterTemplate
from gongkai.casework.refusals import CaseChanged, CaseworkRefused, refused
from gongkai.foundation import ledger
from gongkai.foundation.actors import Actor, require
from gongkai.foundation.kinds import Finding
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Organ
from gongkai.rules.requests.letter_compose import default_template
from gongkai.rules.requests.letters import LETTERS
from gongkai.rules.requests.template_check import check_template

SAVED = "letters.template_saved"


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
        return InUse(default_template(code), None, 0)
    return InUse(row.text, row.organ, row.version)


def versions(organ: Organ, code: str) -> list[LetterTemplate]:
    """Every version of the organ's own wording, the newest first."""
    return list(LetterTemplate.objects.filter(organ=organ, code=code).order_by("-version"))


def own_active(organ: Organ) -> dict[str, LetterTemplate]:
    """The organ's own wordings in use, by code of the letter."""
    return {row.code: row for row in LetterTemplate.objects.filter(organ=organ, active=True)}


def faults(code: str, text: str, grounds: Iterable[str] = ()) -> tuple[Finding, ...]:
    """What keeps a wording from being used (模板的检查): an element left out, a placeholder nobody knows."""
    return tuple(Finding("text", fault.message) for fault in check_template(code, text, grounds))


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
    found = faults(code, words)
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
