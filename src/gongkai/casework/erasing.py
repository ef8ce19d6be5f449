"""Erasing a person from a file (删除个人信息，个人信息保护法第四十七条): the words go, facts and counts stay whole."""

from __future__ import annotations

from datetime import datetime

from gongkai.casework.models import Applicant, Case, Dossier, Letter, Redaction, RedactionDraft
from gongkai.casework.refusals import refused
from gongkai.foundation import ledger, outbox
from gongkai.foundation.actors import Actor, require
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import StoredFile


def erase_person(dossier: Dossier, *, reason: str, by: Actor, now: datetime) -> int:
    """Delete every word of an archived file that could name a person. Returns how many were deleted.

    Sealed words, the hashes by which the person is found and the keys of the ledger's personal parts go; acts,
    days, outcome and the chain stay. Papers are destroyed with the archive, by two people. Raises
    CaseworkRefused, NotAllowed.
    """
    require(by, "account.manage", dossier.organ, "删除个人信息")
    if not reason.strip():
        raise refused("reason", "写明删除的原因，例如“保管期满”。")
    with write_transaction():
        _check_archived(dossier)
        return _erase_words(dossier, reason.strip(), by.ref, now)


def give_up(dossier: Dossier, *, reason: str, by: str, now: datetime) -> list[StoredFile]:
    """Delete the words of an archived file for good, inside the act of destroying it (两人鉴定以后).

    Returns its papers and letters, which that act destroys. Raises CaseworkRefused where it is not archived.
    """
    _check_archived(dossier)
    _erase_words(dossier, reason, by, now)
    papers = [paper.file for paper in dossier.papers.select_related("file")]
    if not isinstance(dossier, Case):
        # Its letter is one of its papers.
        return papers
    letters = Letter.objects.filter(case=dossier, kept_seq__isnull=False).select_related("pdf", "docx")
    return papers + [file for one in letters for file in (one.pdf, one.docx) if file is not None]


def _check_archived(dossier: Dossier) -> None:
    if not type(dossier).objects.filter(pk=dossier.pk, state="archived").exists():
        raise refused("", "还没有归档，个人信息要用来办理、答复、告知；归档以后再删除。")


def _erase_words(dossier: Dossier, reason: str, by: str, now: datetime) -> int:
    deleted, _ = dossier.sealed_texts.all().delete()
    if isinstance(dossier, Case):
        # Boxes and notes may tell what stood under them; the counts by ground stay.
        RedactionDraft.objects.filter(source__case=dossier).delete()
        deleted += Redaction.objects.filter(case=dossier).exclude(sealed="").update(sealed="")
        Applicant.objects.filter(case=dossier).update(identity_index="", name_index="")
    outbox.forget(dossier.ref, now=now)
    ledger.erase_personal(subject=dossier.ref, by=by, reason=reason, now=now)
    return deleted
