"""Keeping letters as they leave (存文书原件): typeset once after they were issued, encrypted, on record, never again."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongkai.casework.letter_content import document_of
from gongkai.casework.models import Case, Letter, SealedText
from gongkai.casework.refusals import refused
from gongkai.foundation import files, ledger, letters, personal
from gongkai.foundation.locks import write_transaction
from gongkai.rules.documents import OfficialDocument

_log = logging.getLogger(__name__)
KEPT = "case.letter_kept"
SERVER = "system"
KINDS: dict[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class Erased(Exception):
    """The content of a letter is no longer there: the person was erased."""


@dataclass(frozen=True, slots=True)
class _Typeset:
    """A letter as files: plain for the hash, sealed for the disk."""

    pdf: bytes
    docx: bytes


def content_of(letter: Letter) -> OfficialDocument:
    """What a letter says (文书的内容). Raises Erased, personal.Unreadable."""
    row = SealedText.objects.filter(case_id=letter.case_id, token=letter.token).first()
    if row is None:
        raise Erased("个人信息已删除，文书的内容不再保存；文号和日期还在。")
    return document_of(personal.open_sealed(row.sealed, place=row.at))


def keep_letters(case: Case, *, now: datetime) -> None:
    """Keep every letter of the case that is not kept yet (存没有存的): after an act, and when next looked at."""
    for row in Letter.objects.filter(case=case, kept_seq=None):
        keep_letter(row, now=now)


def keep_after(case: Case, *, now: datetime) -> None:
    """Keep what an act has issued, after its commit; where it fails the act stands, and the next look tries again."""
    try:
        keep_letters(case, now=now)
    except Exception:
        # The act is done and answered as done; nothing of the letter goes into the log.
        _log.exception("letters of case %s are not kept yet", case.number)


def keep_letter(letter: Letter, *, now: datetime) -> Letter:
    """Typeset a letter and keep its files, once (存一份文书); what is kept already is left as it is."""
    if letter.kept_seq is not None:
        return letter
    try:
        document = content_of(letter)
    except Erased:
        return letter
    # Outside the transaction: nobody waits behind a page being set.
    made = _Typeset(letters.to_pdf(document), letters.to_docx(document))
    with write_transaction():
        row = Letter.objects.select_related("case__organ").get(pk=letter.pk)
        return row if row.kept_seq is not None else _keep(row, made, now)


def _keep(row: Letter, made: _Typeset, now: datetime) -> Letter:
    case, said = row.case, {}
    for kind in KINDS:
        plain: bytes = getattr(made, kind)
        stored = files.keep(
            personal.seal_bytes(plain, place=place_of(row, kind)),
            name=f"{case.number} 文书",
            media_type="application/octet-stream",
        )
        setattr(row, kind, stored)
        said[kind] = {"file": stored.digest, "sha256": hashlib.sha256(plain).hexdigest()}
    row.kept_seq = ledger.next_seq()
    row.save(update_fields=["pdf", "docx", "kept_seq"])
    payload: dict[str, Any] = {"letter": row.place, **said}
    ledger.append(KEPT, subject=case.ref, actor=SERVER, now=now, organ_code=case.organ.code, payload=payload)
    return row


def place_of(letter: Letter, kind: str) -> str:
    """The only place where the file opens."""
    return f"case:{letter.case_id} letter {letter.place} {kind}"


def kept_file(letter: Letter, kind: str) -> bytes:
    """The letter's file as it left (原件). Raises files.FileMissing, personal.Unreadable, CaseworkRefused."""
    stored = letter.pdf if kind == "pdf" else letter.docx
    if stored is None:
        raise refused("", "文书的文件还没有生成；过一会儿再打开。")
    return personal.open_bytes(files.read(stored.digest), place=place_of(letter, kind))
