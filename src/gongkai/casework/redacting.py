"""Issuing a redacted file (涂黑后提供, 条例 art 37): made, proven, and only then put into the case for the applicant."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongkai.casework.files import NewPaper, added_payload, keep_sealed, name_token, opened, place_paper
from gongkai.casework.lives import texts_of
from gongkai.casework.models import Case, CaseFile, Redaction, RedactionDraft
from gongkai.casework.readers import may_read
from gongkai.casework.redaction_boxes import Boxes, by_ground, check_drawn, findings, tidy
from gongkai.casework.redaction_drafts import opened_boxes, source_of
from gongkai.casework.refusals import CaseworkRefused, refused
from gongkai.foundation import ledger, personal
from gongkai.foundation.actors import Actor
from gongkai.foundation.canonical import canonical_json
from gongkai.foundation.kinds import Finding
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import StoredFile
from gongkai.foundation.redaction import apart
from gongkai.foundation.redaction.model import KINDS, RedactionRefused
from gongkai.rules.redaction import short_label
from gongkai.rules.requests.facts import Passage

REDACTED = "case.redacted"


class LeaksFound(CaseworkRefused):
    """The proof does not hold and nothing was issued; ``leaks``: page, kind and words of each."""

    def __init__(self, leaks: list[dict[str, Any]]) -> None:
        super().__init__(*(Finding("boxes", leak_words(one)) for one in leaks))
        self.leaks = leaks


def leak_words(leak: Mapping[str, Any]) -> str:
    """A leak as the screen says it, with its cure."""
    where = f"第 {leak['page']} 页" if leak["page"] else "整份文件"
    if leak["kind"] in ("text", "content"):
        return f"{where}没有涂黑的文字里还有“{leak['words']}”；也涂黑，或者看过以后确认那一处可以公开。"
    return f"{where}的{KINDS[leak['kind']]}里发现“{leak['words']}”；没有提供。把原文件打印成 PDF 另存一份再涂黑。"


@dataclass(frozen=True, slots=True)
class _Made:
    """A file that proved itself, about to be put into the case."""

    content: bytes
    boxes: Boxes
    proof: dict[str, Any]


def issue_redacted(case: Case, place: int, boxes: Boxes, *, by: Actor, now: datetime) -> Redaction:
    """Make the redacted file of a paper, prove it, and put it into the case for the applicant (涂黑后提供).

    The applicant can fetch it once the answer has left. Raises LeaksFound and issues nothing where the proof
    does not hold; CaseworkRefused, NotAllowed.
    """
    boxes = tidy(boxes)
    check_drawn(boxes)
    paper = source_of(case, place, by)
    missing = findings(boxes.boxes)
    if missing:
        raise CaseworkRefused(*missing)
    made = _made(opened(paper), boxes)
    stored = keep_sealed(case, made.content)
    with write_transaction():
        # Roles, the case and the paper as they are now: drawing and proving may have taken minutes.
        case = Case.objects.select_related("organ").get(pk=case.pk)
        return _record(case, source_of(case, place, by), stored, made, by, now)


def _made(content: bytes, boxes: Boxes) -> _Made:
    drawn = [box.drawn() for box in boxes.boxes]
    try:
        proof, issued = apart.run(
            "issue", content, boxes=drawn, also=list(boxes.also), accepted=list(boxes.accepted)
        )
    except RedactionRefused as error:
        raise refused("", str(error)) from error
    if proof["leaks"] or not issued:
        raise LeaksFound(_merged(proof["leaks"]))
    return _Made(issued, boxes, {name: value for name, value in proof.items() if name != "leaks"})


def _merged(leaks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What two ways of reading found of the same text is told once."""
    told: dict[tuple[Any, ...], dict[str, Any]] = {}
    for leak in leaks:
        kind = "text" if leak["kind"] == "content" else leak["kind"]
        told.setdefault((leak["page"], kind, leak["words"]), leak)
    return list(told.values())


def _record(
    case: Case, paper: CaseFile, stored: StoredFile, made: _Made, by: Actor, now: datetime
) -> Redaction:
    seq = ledger.next_seq()
    name = _issued_name(texts_of(case).get(name_token(paper.place), "材料"))
    new = NewPaper(
        "application/pdf", len(made.content), name, CaseFile.Purpose.INFORMATION, by, now, to_applicant=True
    )
    issued, texts = place_paper(case, stored, new, seq)
    row = Redaction(case=case, place=case.redactions.count() + 1, source=paper, issued=issued, seq=seq)
    row.sealed = personal.seal(made.boxes.to_json(), place=row.at)
    row.grounds = canonical_json(by_ground(made.boxes.boxes))
    row.proof = canonical_json(made.proof)
    row.issued_by, row.issued_at = by.ref, now
    row.save()
    RedactionDraft.objects.filter(source=paper).delete()
    ledger.append(
        REDACTED,
        subject=case.ref,
        actor=by.ref,
        now=now,
        organ_code=case.organ.code,
        payload=redacted_payload(row),
        personal={**texts, f"redaction.{row.place}": made.boxes.to_json()},
    )
    return row


def _issued_name(name: str) -> str:
    stem = name.rpartition(".")[0] or name
    return f"{stem}（涂黑）.pdf"


def redacted_payload(row: Redaction) -> dict[str, Any]:
    """What the ledger says openly of a redaction: no position, no word."""
    return {
        "place": row.place,
        "source": row.source.place,
        "source_file": row.source.file.ledger_name,
        "file": added_payload(row.issued, row.issued.file),
        "grounds": json.loads(row.grounds),
        "proof": json.loads(row.proof),
    }


def redactions_of(actor: Actor, case: Case) -> list[Redaction]:
    """The redactions of a case, for who may read it."""
    return list(case.redactions.select_related("source", "issued")) if may_read(actor, case) else []


def passages_from(redaction: Redaction) -> tuple[Passage, ...]:
    """The boxes as passages of the decision (逐处写明, art 37): 第 2 份材料第 2 页 3 处, with the ground."""
    counted = Counter((box.page, box.ground) for box in opened_boxes(redaction).boxes)
    return tuple(
        Passage(
            place=f"材料 {redaction.source.place} 第 {page} 页，{count} 处{short_label(ground)}",
            ground=ground,
        )
        for (page, ground), count in sorted(counted.items())
    )
