"""Erasing a person from a case (删除个人信息，个人信息保护法第四十七条): the words go, facts and counts stay whole."""

from __future__ import annotations

from datetime import datetime

from gongkai.casework.models import Applicant, Case, SealedText
from gongkai.casework.refusals import refused
from gongkai.foundation import ledger
from gongkai.foundation.actors import Actor, require
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import StoredFile


def erase_person(case: Case, *, reason: str, by: Actor, now: datetime) -> int:
    """Delete every word of a closed case that could name a person. Returns how many were deleted.

    Sealed words, the hashes by which the person is found and the keys of the ledger's personal parts go; acts,
    days, outcome and the chain stay. Papers are destroyed with the archive, by two people. Raises
    CaseworkRefused, NotAllowed.
    """
    require(by, "account.manage", case.organ, "删除个人信息")
    if not reason.strip():
        raise refused("reason", "写明删除的原因，例如“保管期满”。")
    with write_transaction():
        case = _archived(case)
        return _erase_words(case, reason.strip(), by.ref, now)


def give_up(case: Case, *, reason: str, by: str, now: datetime) -> list[StoredFile]:
    """Delete the words of an archived case for good, inside the act of destroying it (两人鉴定以后).

    Returns its papers, which that act destroys. Raises CaseworkRefused where the case is not archived.
    """
    case = _archived(case)
    _erase_words(case, reason, by, now)
    return [paper.file for paper in case.papers.select_related("file")]


def _archived(case: Case) -> Case:
    case = Case.objects.get(pk=case.pk)
    if case.state != "archived":
        raise refused("", "这件申请还没有归档，个人信息要用来办理和答复；归档以后再删除。")
    return case


def _erase_words(case: Case, reason: str, by: str, now: datetime) -> int:
    words = SealedText.objects.filter(case=case)
    deleted = words.count()
    words.delete()
    Applicant.objects.filter(case=case).update(identity_index="", name_index="")
    ledger.erase_personal(subject=case.ref, by=by, reason=reason, now=now)
    return deleted
